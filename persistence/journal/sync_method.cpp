#include "persistence/journal/sync_method.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "persistence/journal/disk.hpp"

namespace penstock::persistence {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBlock = 4096;
constexpr std::uint64_t kFileBytes = std::uint64_t{1} << 20U;
constexpr auto kTimeEach = std::chrono::milliseconds(100);
constexpr std::size_t kFewestSamples = 5;

/// The 90th percentile of one commit in microseconds; negative when the disk refuses.
std::int64_t measure(const std::filesystem::path& path, SyncMethod method) {
    Fd fd;
    if (open_file(path, O_RDWR | (method == SyncMethod::Dsync ? O_DSYNC : 0), fd) != 0) return -1;
    const std::vector<char> block(kBlock, 'x');
    std::vector<std::int64_t> taken;
    std::uint64_t offset = 0;
    const auto until = Clock::now() + kTimeEach;
    while (taken.size() < kFewestSamples || Clock::now() < until) {
        const auto start = Clock::now();
        if (write_at(fd.get(), block.data(), block.size(), offset) != 0) return -1;
        if (method == SyncMethod::Fdatasync && sync_data(fd.get()) != 0) return -1;
        taken.push_back(std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count());
        offset = (offset + kBlock) % kFileBytes;
    }
    std::sort(taken.begin(), taken.end());
    return taken[taken.size() * 9 / 10];
}

}  // namespace

SyncChoice choose_sync_method(const JournalSettings& settings) {
    if (settings.sync_method != SyncMethod::Measure) return {settings.sync_method, {}};
    const auto path = settings.directory / "selftest.tmp";
    Fd fd;
    const bool ready = open_file(path, O_RDWR | O_CREAT | O_TRUNC, fd) == 0 &&
                       write_zeros(fd.get(), 0, kFileBytes) == 0 && sync_data(fd.get()) == 0;
    const std::int64_t fdatasync_us = ready ? measure(path, SyncMethod::Fdatasync) : -1;
    const std::int64_t dsync_us = ready ? measure(path, SyncMethod::Dsync) : -1;
    ::unlink(path.c_str());
    if (fdatasync_us < 0 || dsync_us < 0)
        return {SyncMethod::Fdatasync, "the self-test failed; fdatasync is used"};
    const SyncMethod method = dsync_us < fdatasync_us ? SyncMethod::Dsync : SyncMethod::Fdatasync;
    return {method, "90% of commits took at most " + std::to_string(fdatasync_us) + " us by fdatasync and " +
                        std::to_string(dsync_us) +
                        " us by O_DSYNC; taken: " + (method == SyncMethod::Dsync ? "O_DSYNC" : "fdatasync")};
}

}  // namespace penstock::persistence
