#include "persistence/journal/background.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <thread>

namespace penstock::persistence {
namespace {

constexpr std::chrono::microseconds kAwake{100};
constexpr std::chrono::microseconds kNap{100};
constexpr int kLess = 5;
constexpr int kLeast = 19;

/// sched_setattr(2), which the C library has no wrapper and no structure for.
struct SchedulingAttributes {
    std::uint32_t size = sizeof(SchedulingAttributes);
    std::uint32_t policy = SCHED_OTHER;
    std::uint64_t flags = 0;
    std::int32_t nice = kLeast;
    std::uint32_t priority = 0;
    // The longest slice there is. Since Linux 6.12 who wakes up with a shorter one gets the core at once;
    // until then, and among equals, who has the core keeps it for a slice of some 3 ms, whatever his share.
    std::uint64_t runtime_ns = 100'000'000;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

}  // namespace

void give_way(Share share) {
    const SchedulingAttributes least;
    if (share == Share::Least && ::syscall(SYS_sched_setattr, 0, &least, 0U) == 0) return;
    // On Linux a priority is a thread's, in spite of the name.
    static_cast<void>(
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), share == Share::Less ? kLess : kLeast));
}

void Naps::take() {
    if (Clock::now() - awake_since_ < kAwake) return;
    std::this_thread::sleep_for(kNap);
    begin();
}

}  // namespace penstock::persistence
