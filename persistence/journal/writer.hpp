#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <thread>

#include "persistence/journal/disk.hpp"
#include "persistence/journal/fail_stop.hpp"
#include "persistence/journal/spares.hpp"

namespace penstock::persistence {

/// A place in the journal: everything before it has been written, and in Durability::Power synced.
struct Point {
    std::uint64_t segment = 0;  // first seq
    std::uint64_t offset = 0;
    std::uint64_t seq = 0;
};

/// One batch on its way to the disk. What it points to stays as it is until the writer is idle again.
struct WriteJob {
    const Segment* segment = nullptr;
    std::string_view bytes;
    std::uint64_t offset = 0;
    std::uint64_t last_seq = 0;
};

/// Brings batches to the disk, one at a time, on its own thread or on the caller's, and says what is
/// durable.
class BatchWriter {
  public:
    BatchWriter(const JournalSettings& settings, SyncMethod method, FailStop& fail_stop);
    ~BatchWriter();

    /// Before the first submit: what recovery found.
    void start(Point point);
    /// Only when idle. Without a thread it returns when the batch is durable.
    void submit(const WriteJob& job);
    bool idle() const { return state_.load() == kIdle; }
    void wait_until_idle() const { state_.wait(kBusy, std::memory_order_acquire); }
    /// Finishes what was submitted and ends the thread.
    void stop();

    std::uint64_t durable() const { return durable_.load(); }
    Point point() const;
    int durable_fd() const { return durable_fd_.get(); }
    void wake_when_durable(bool wake) { wake_.store(wake); }

  private:
    static constexpr int kIdle = 0;
    static constexpr int kBusy = 1;
    static constexpr int kStop = 2;

    void run();
    void write(const WriteJob& job);
    void publish(Point point);
    void wake();

    bool sync_each_;  // call fdatasync; O_DSYNC descriptors and Durability::Process need none
    bool threaded_;
    FailStop& fail_stop_;
    std::atomic<std::uint64_t> durable_ = 0;
    std::atomic<bool> wake_ = false;
    Fd durable_fd_;
    mutable std::mutex mutex_;  // guards point_
    Point point_;
    WriteJob job_;  // the thread's while busy
    std::atomic<int> state_ = kIdle;
    std::thread thread_;
};

}  // namespace penstock::persistence
