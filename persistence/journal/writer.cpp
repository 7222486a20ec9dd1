#include "persistence/journal/writer.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include "oms/domain/assert.hpp"

namespace penstock::persistence {

BatchWriter::BatchWriter(const JournalSettings& settings, SyncMethod method, FailStop& fail_stop)
    : sync_each_(settings.durability == Durability::Power && method == SyncMethod::Fdatasync),
      threaded_(settings.durability == Durability::Power && settings.sync_thread == SyncThread::Writer),
      fail_stop_(fail_stop),
      durable_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    PENSTOCK_ASSERT(durable_fd_.is_open(), "the process is out of descriptors");
}

BatchWriter::~BatchWriter() { stop(); }

void BatchWriter::start(Point point) {
    publish(point);
    if (threaded_) thread_ = std::thread([this] { run(); });
}

void BatchWriter::submit(const WriteJob& job) {
    if (!threaded_) return write(job);
    job_ = job;
    state_.store(kBusy, std::memory_order_release);
    state_.notify_all();
}

void BatchWriter::run() {
    while (true) {
        state_.wait(kIdle, std::memory_order_acquire);
        if (state_.load(std::memory_order_acquire) == kStop) return;
        write(job_);
        // First idle, then the wake-up: whoever wakes can hand over the next batch at once. Sequentially
        // consistent, as is the flag: a caller that asks to be woken and then finds the writer busy is.
        state_.store(kIdle);
        state_.notify_all();
        if (wake_.load()) wake();
    }
}

void BatchWriter::write(const WriteJob& job) {
    if (fail_stop_.failed()) return;
    const int fd = job.segment->fd();
    if (const int error = write_at(fd, job.bytes.data(), job.bytes.size(), job.offset)) {
        return fail_stop_.disk_failed(job.segment->path().string(), "write", error);
    }
    if (sync_each_) {
        if (const int error = sync_data(fd))
            return fail_stop_.disk_failed(job.segment->path().string(), "sync", error);
    }
    publish({job.segment->first_seq(), job.offset + job.bytes.size(), job.last_seq});
}

void BatchWriter::publish(Point point) {
    {
        const std::lock_guard lock(mutex_);
        point_ = point;
    }
    durable_.store(point.seq);
}

void BatchWriter::wake() {
    // Fails only when the counter is full, and then the descriptor is readable already.
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t ignored = ::write(durable_fd_.get(), &one, sizeof one);
}

Point BatchWriter::point() const {
    const std::lock_guard lock(mutex_);
    return point_;
}

void BatchWriter::stop() {
    if (!thread_.joinable()) return;
    wait_until_idle();
    state_.store(kStop, std::memory_order_release);
    state_.notify_all();
    thread_.join();
}

}  // namespace penstock::persistence
