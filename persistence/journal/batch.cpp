#include "persistence/journal/batch.hpp"

#include <algorithm>
#include <cstring>

#include "oms/domain/assert.hpp"

namespace penstock::persistence {
namespace {

// A batch may pass kMaxBatchBytes by one record. One that is longer than this makes the buffer grow,
// once: a mass cancel of thousands of orders.
constexpr std::size_t kUsualRecord = std::size_t{64} << 10U;
constexpr std::size_t kUsualRoom = sizeof(SegmentHeader) + kMaxBatchBytes + kUsualRecord;
// A record must fit its length field, and an offset in a batch must fit 32 bits, with room to spare.
constexpr std::size_t kMaxRecord = std::size_t{1} << 30U;

}  // namespace

Batch::Batch() : bytes_(std::make_unique_for_overwrite<char[]>(kUsualRoom)), room_(kUsualRoom) {
    offsets_.reserve(kMaxBatchRecords);
}

char* Batch::reserve(std::size_t more) {
    if (used_ + more > room_) [[unlikely]] {
        const std::size_t room = std::max(used_ + more, 2 * room_);
        auto larger = std::make_unique_for_overwrite<char[]>(room);
        std::memcpy(larger.get(), bytes_.get(), used_);
        bytes_ = std::move(larger);
        room_ = room;
    }
    return bytes_.get() + used_;
}

/// Completes the record whose payload lies behind the place of its header.
void Batch::finish(const RecordHeader& header) {
    char* const start = bytes_.get() + used_;
    const std::size_t size = record_size(header.length);
    std::memcpy(start, &header, sizeof header);
    char* const payload_end = start + sizeof header + header.length;
    std::memset(payload_end, 0, static_cast<std::size_t>(start + size - payload_end));
    seal_record(start, size);
    used_ += size;
}

void Batch::add(const oms::RecordView& record, Stamp stamp) {
    const std::size_t bound = encoded_bound(record);
    PENSTOCK_ASSERT(bound <= kMaxRecord, "one input caused more than a gibibyte of outputs");
    char* const payload = reserve(record_size(bound)) + sizeof(RecordHeader);
    const char* const end = encode(record, payload);
    if (offsets_.empty()) first_seq_ = record.input.seq.value;
    RecordHeader header;
    header.length = static_cast<std::uint32_t>(end - payload);
    header.seq = record.input.seq.value;
    header.epoch = stamp.epoch;
    header.time_ns = record.input.time.ns;
    header.flags = stamp.flags;
    header.batch_index = static_cast<std::uint32_t>(offsets_.size());
    offsets_.push_back(static_cast<std::uint32_t>(size()));
    finish(header);
}

void Batch::add_seal(const SealPayload& seal, std::uint64_t seq, std::int64_t time_ns, Stamp stamp) {
    char* const payload = reserve(record_size(sizeof seal)) + sizeof(RecordHeader);
    std::memcpy(payload, &seal, sizeof seal);
    RecordHeader header;
    header.length = sizeof seal;
    header.seq = seq;
    header.epoch = stamp.epoch;
    header.time_ns = time_ns;
    header.kind = RecordKind::Seal;
    header.flags = stamp.flags;
    header.batch_index = static_cast<std::uint32_t>(offsets_.size());
    finish(header);
}

void Batch::clear() {
    used_ = sizeof(SegmentHeader);
    offsets_.clear();
}

std::string_view Batch::payload(std::uint64_t seq) const {
    if (offsets_.empty() || seq < first_seq_ || seq > last_seq()) return {};
    const char* const start = records().data() + offsets_[seq - first_seq_];
    RecordHeader header;
    std::memcpy(&header, start, sizeof header);
    return {start + sizeof header, header.length};
}

std::string_view Batch::with_header(const SegmentHeader& header) {
    std::memcpy(bytes_.get(), &header, sizeof header);
    return {bytes_.get(), used_};
}

}  // namespace penstock::persistence
