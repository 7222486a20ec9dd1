#include "apps/runtime/event_loop.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <chrono>

namespace penstock::apps {

void EventLoop::run(const Turn& turn) {
    using Clock = std::chrono::steady_clock;
    const auto guard = boost::asio::make_work_guard(io_);
    const auto patience = std::chrono::microseconds(spin_us_);
    auto last_work = Clock::now();
    while (!is_stopped_) {
        const bool was_busy = io_.poll() > 0;
        const bool progressed = turn.end();
        if (was_busy || progressed) {
            last_work = Clock::now();
            continue;
        }
        if (!turn.is_waiting() && Clock::now() - last_work < patience) {
            __builtin_ia32_pause();
            continue;
        }
        if (!turn.before_sleep()) continue;
        io_.run_one();
        turn.end();
        last_work = Clock::now();
    }
}

}  // namespace penstock::apps
