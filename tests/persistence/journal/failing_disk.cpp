#include "tests/persistence/journal/failing_disk.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <limits>
#include <string>
#include <string_view>

namespace penstock::persistence {
namespace {

// Calls until the failing one; below zero afterwards.
std::atomic<int> calls_left = std::numeric_limits<int>::max();

bool is_segment(int fd) {
    std::array<char, 512> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    return size > 0 &&
           std::string_view(path.data(), static_cast<std::size_t>(size)).find("/j-") != std::string::npos;
}

bool fails_now(int fd) { return is_segment(fd) && calls_left.fetch_sub(1) == 0; }

}  // namespace

void fail_sync_of_segments(int good_calls) { calls_left.store(good_calls); }
int syncs_since_failure() { return -1 - calls_left.load(); }

}  // namespace penstock::persistence

extern "C" int fdatasync(int fd) {
    if (penstock::persistence::fails_now(fd)) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fdatasync, fd));
}
