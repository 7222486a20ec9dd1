#include "persistence/journal/read_ahead.hpp"

#include <algorithm>

namespace penstock::persistence {
namespace {

/// Asks the processor for bytes of records to come: the first look at them is that of the CRC, which would
/// wait for memory where each page begins.
void prefetch(std::string_view bytes, std::uint64_t from, std::uint64_t size) {
    constexpr std::uint64_t kAhead = 4096;
    constexpr std::uint64_t kCacheLine = 64;
    const std::uint64_t end = std::min<std::uint64_t>(from + kAhead + size, bytes.size());
    for (std::uint64_t at = from + kAhead; at < end; at += kCacheLine) __builtin_prefetch(bytes.data() + at);
}

}  // namespace

void ReadAhead::begin(std::string_view bytes, std::uint64_t offset, const oms::Visit& visit) {
    bytes_ = bytes;
    offset_ = offset;
    visit_ = &visit;
    first_ = end_ = 0;
    is_last_ = false;
}

ReadAhead::Next& ReadAhead::front() {
    if (first_ == end_)
        while (end_ - first_ < kRecords && !is_last_) look();
    return ring_[first_ % kRecords];
}

void ReadAhead::pop() { ++first_; }

void ReadAhead::look() {
    Next& next = ring_[end_++ % kRecords];
    next.found = find_record(bytes_.substr(offset_), next.record);
    is_last_ = next.found != Found::Whole;
    next.is_decoded = false;
    if (is_last_) return;
    prefetch(bytes_, offset_, next.record.size);
    offset_ += next.record.size;
    if (next.record.header.kind != RecordKind::Input) return;
    next.is_decoded = visit_->wants_whole() ? next.decoded.take_whole(next.record.payload)
                                            : next.decoded.take(next.record.payload);
    if (next.is_decoded) visit_->expect(next.decoded.input());
}

}  // namespace penstock::persistence
