#include "persistence/journal/spares.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>

#include "persistence/journal/disk.hpp"
#include "persistence/journal/format.hpp"

namespace penstock::persistence {
namespace {

// Zeros are synced in pieces, so that the syncs of the journal never queue behind 64 MiB.
constexpr std::uint64_t kSyncedPiece = std::uint64_t{4} << 20U;
// A full disk is looked at again this often.
constexpr auto kRetry = std::chrono::seconds(1);

}  // namespace

std::filesystem::path Segment::path() const {
    return directory_ / (named_.load() ? segment_name(first_seq_) : spare_name(spare_number_));
}

int Segment::take_name() {
    // Opened first: out of descriptors nothing was begun, and it can be tried again.
    Fd directory;
    if (const int error = open_file(directory_, O_RDONLY | O_DIRECTORY, directory)) return error;
    const auto from = path();
    if (std::rename(from.c_str(), (directory_ / segment_name(first_seq_)).c_str()) != 0) return errno;
    named_.store(true);
    return ::fsync(directory.get()) == 0 ? 0 : errno;
}

Spares::~Spares() { stop(); }

void Spares::start() {
    thread_ = std::thread([this] { run(); });
}

void Spares::stop() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        stop_.store(true);
    }
    taken_.notify_all();
    thread_.join();
}

void Spares::run() {
    while (true) {
        {
            std::unique_lock lock(mutex_);
            if (making_failed_.load()) taken_.wait_for(lock, kRetry, [this] { return stop_.load(); });
            taken_.wait(lock, [this] { return stop_.load() || ready_.size() < kWanted; });
            if (stop_.load()) return;
        }
        const std::lock_guard lock(making_);
        const bool was_failing = making_failed_.load();
        const int error = make_one();
        if (error == 0 || error == ECANCELED || was_failing) continue;
        settings_.tell_trouble("no further journal segment can be made in " + settings_.directory.string() +
                               ": " + errno_text(error) + "; free space before the ready ones are full");
    }
}

std::shared_ptr<Segment> Spares::pop() {
    const std::lock_guard lock(mutex_);
    if (ready_.empty()) return nullptr;
    auto segment = std::move(ready_.front());
    ready_.pop_front();
    ready_count_.store(ready_.size());
    taken_.notify_all();
    return segment;
}

std::shared_ptr<Segment> Spares::take(int& error) {
    if (auto segment = pop()) return segment;
    // One may be in the making: wait for it rather than race it to the disk.
    const std::lock_guard lock(making_);
    if (auto segment = pop()) return segment;
    error = make_one();
    return pop();
}

/// Overwriting blocks that hold zeros commits some 25 times faster than growing a file, because no
/// metadata changes; so space is not only reserved but written.
int Spares::fill(int fd) {
    const std::uint64_t bytes = settings_.segment_bytes;
    // Not every file system can reserve; the zeros written next do it then.
    const int reserved = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes));
    if (reserved == ENOSPC || reserved == EFBIG || reserved == EDQUOT) return reserved;
    // Without a sync for each batch there is no commit to make cheap; reserved space reads as zeros too.
    if (reserved == 0 && settings_.durability == Durability::Process) return sync_data(fd);
    for (std::uint64_t from = 0; from < bytes; from += kSyncedPiece) {
        if (stop_.load()) return ECANCELED;
        if (const int error = write_zeros(fd, from, std::min(from + kSyncedPiece, bytes))) return error;
        if (const int error = sync_data(fd)) return error;
    }
    return 0;
}

int Spares::make_one() {
    const std::uint64_t number = next_number_++;
    const auto path = settings_.directory / spare_name(number);
    Fd filled;
    Fd fd;
    int error = open_file(path, O_RDWR | O_CREAT | O_EXCL, filled);
    if (error == 0) error = fill(filled.get());
    if (error == 0) error = sync_directory(settings_.directory);
    if (error == 0) error = open_file(path, O_RDWR | open_flags_, fd);
    making_failed_.store(error != 0);
    if (error != 0) {
        if (filled.is_open()) ::unlink(path.c_str());
        return error;
    }
    const std::lock_guard lock(mutex_);
    ready_.push_back(std::make_shared<Segment>(settings_.directory, Segment::Spare{number}, std::move(fd)));
    ready_count_.store(ready_.size());
    return 0;
}

}  // namespace penstock::persistence
