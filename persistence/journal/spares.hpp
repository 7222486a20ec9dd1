#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "persistence/journal/disk.hpp"
#include "persistence/journal/settings.hpp"

namespace penstock::persistence {

/// One segment file that can be written to. The name on disk follows the contents a little later: the
/// keeper renames "next-3.seg" to "j-...seg", and recovery does it when the keeper had no time to.
class Segment {
  public:
    struct Spare {
        std::uint64_t number;
    };
    struct Named {
        std::uint64_t first_seq;
    };
    Segment(std::filesystem::path directory, Spare spare, Fd fd)
        : directory_(std::move(directory)), spare_number_(spare.number), fd_(std::move(fd)) {}
    Segment(std::filesystem::path directory, Named named, Fd fd)
        : directory_(std::move(directory)), first_seq_(named.first_seq), fd_(std::move(fd)), named_(true) {}

    int fd() const { return fd_.get(); }
    std::uint64_t first_seq() const { return first_seq_; }
    /// Called once, before any other thread knows the segment.
    void enter(std::uint64_t first_seq) { first_seq_ = first_seq; }
    /// The name it has now. Any thread.
    std::filesystem::path path() const;
    /// Gives the file the name of its first seq. Returns 0 or an errno.
    int take_name();
    bool is_named() const { return named_.load(); }

  private:
    std::filesystem::path directory_;
    std::uint64_t spare_number_ = 0;
    std::uint64_t first_seq_ = 0;
    Fd fd_;
    std::atomic<bool> named_ = false;
};

/// Empty segments made ahead by a thread of their own: zero-filled and synced (in
/// Durability::Process reserved, which reads as zeros too), so that entering one
/// costs nothing. Any thread.
class Spares {
  public:
    /// Two, so that one is there while the other is being made.
    static constexpr std::size_t kWanted = 2;

    /// `open_flags`: O_DSYNC or 0, for the descriptors of the segments.
    Spares(const JournalSettings& settings, int open_flags) : settings_(settings), open_flags_(open_flags) {}
    ~Spares();

    void start();
    void stop();
    /// The next empty segment. Makes one on the spot when none is ready. Null when that fails: then
    /// `error` is the errno.
    std::shared_ptr<Segment> take(int& error);
    std::size_t ready() const { return ready_count_.load(); }
    /// Fewer than kWanted are ready, and the last attempt to make one failed.
    bool nearly_full() const { return ready_count_.load() < kWanted && making_failed_.load(); }

  private:
    void run();
    std::shared_ptr<Segment> pop();
    int make_one();
    int fill(int fd);

    const JournalSettings& settings_;
    int open_flags_;
    std::mutex making_;  // held while a file is being made; guards next_number_
    std::uint64_t next_number_ = 1;
    std::mutex mutex_;  // guards ready_ and the wait for it to shrink
    std::condition_variable taken_;
    std::deque<std::shared_ptr<Segment>> ready_;
    std::atomic<std::size_t> ready_count_ = 0;
    std::atomic<bool> making_failed_ = false;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

}  // namespace penstock::persistence
