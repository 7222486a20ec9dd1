#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "persistence/journal/chain.hpp"
#include "persistence/journal/head_file.hpp"
#include "persistence/journal/spares.hpp"
#include "persistence/journal/writer.hpp"

namespace penstock::persistence {

/// Everything that has to happen sometime, but not while an order waits: hashing the chain, moving the
/// watermark, giving segments their names. One thread; the public functions are for
/// the core's thread.
class Keeper {
  public:
    Keeper(const JournalSettings& settings, HeadFile& head, BatchWriter& writer, FailStop& fail_stop);
    ~Keeper();

    /// Begins with the segment that is written to and the chain up to where it ends.
    void start(std::shared_ptr<Segment> segment, const Digest& before, std::uint64_t block_start);
    /// Bytes were submitted to the writer. Wakes the keeper when many are unhashed.
    void note_submitted(std::size_t bytes);
    /// A block of the chain is complete and wants its Seal record in the current segment.
    bool take_seal(SealPayload& seal, std::uint64_t offset);
    /// The writer is idle at `end` of the current segment and goes on with `next`. Returns the chain
    /// up to there.
    Digest change_segment(std::uint64_t end, std::shared_ptr<Segment> next);
    /// Ends the thread when all is named and, in Durability::Process, synced.
    void stop();

    // After stop(), on the caller's thread:

    /// Hashes up to where the writer is.
    SealPayload seal_now();
    /// Begins a new block.
    void accept(const SealPayload& seal);
    /// Everything written is on the disk when it returns true, and HEAD says so.
    bool move_watermark();

  private:
    void run();
    bool settle_segments(const Point& point);
    void hash_up_to(const Point& point);
    bool hash_piece(const Point& point);
    void read_into_chain(const Segment& segment, std::uint64_t end);
    bool write_watermark(const Point& point);

    const JournalSettings& settings_;
    HeadFile& head_;
    BatchWriter& writer_;
    FailStop& fail_stop_;

    std::mutex chain_mutex_;  // guards the next six
    Chain chain_;
    std::shared_ptr<Segment> chained_;  // the segment the chain is in: the one written to
    SealPayload pending_;
    bool has_pending_ = false;
    bool taken_ = false;
    std::uint64_t carried_from_ = 0;  // where the batch begins that the last seal was taken for
    std::vector<char> buffer_;
    std::atomic<bool> seal_ready_ = false;  // has_pending_, to be looked at without the lock

    std::mutex entered_mutex_;  // guards entered_
    std::deque<std::shared_ptr<Segment>> entered_;
    std::deque<std::shared_ptr<Segment>> unsettled_;  // the keeper's own: not yet named, or written to

    std::size_t unhashed_ = 0;  // the core's: bytes submitted since the keeper was woken for them
    std::mutex wake_mutex_;     // guards the next two
    bool kicked_ = false;
    bool stop_ = false;
    std::condition_variable wake_;
    std::thread thread_;
};

}  // namespace penstock::persistence
