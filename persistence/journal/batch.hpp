#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "persistence/journal/format.hpp"
#include "persistence/journal/settings.hpp"
#include "persistence/journal/wire.hpp"

namespace penstock::persistence {

/// Records that go to the disk in one write. Room for a segment header is kept in front of them, so
/// that entering a new segment is one write too.
class Batch {
  public:
    Batch();

    bool empty() const { return offsets_.empty(); }
    bool full() const { return offsets_.size() >= kMaxBatchRecords || size() >= kMaxBatchBytes; }
    std::size_t size() const { return used_ - sizeof(SegmentHeader); }
    std::uint64_t first_seq() const { return first_seq_; }
    std::uint64_t last_seq() const { return first_seq_ + offsets_.size() - 1; }
    /// Where each record starts, counted from the first.
    const std::vector<std::uint32_t>& offsets() const { return offsets_; }

    /// What all records of a run have in common.
    struct Stamp {
        std::uint64_t epoch = 0;
        std::uint8_t flags = 0;
    };
    void add(const oms::RecordView& record, Stamp stamp);
    void add_seal(const SealPayload& seal, std::uint64_t seq, std::int64_t time_ns, Stamp stamp);
    void clear();

    /// The record's payload; empty when it is not in here.
    std::string_view payload(std::uint64_t seq) const;

    std::string_view records() const { return {bytes_.get() + sizeof(SegmentHeader), size()}; }
    /// The same with `header` in front.
    std::string_view with_header(const SegmentHeader& header);

  private:
    char* reserve(std::size_t more);
    void finish(const RecordHeader& header);

    // Its pages are asked of the system when a batch first reaches them: few batches are long.
    std::unique_ptr<char[]> bytes_;
    std::size_t room_;
    std::size_t used_ = sizeof(SegmentHeader);
    std::uint64_t first_seq_ = 0;
    std::vector<std::uint32_t> offsets_;
};

}  // namespace penstock::persistence
