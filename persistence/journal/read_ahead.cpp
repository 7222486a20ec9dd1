#include "persistence/journal/read_ahead.hpp"

namespace penstock::persistence {

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
    offset_ += next.record.size;
    if (next.record.header.kind != RecordKind::Input) return;
    next.is_decoded = visit_->wants_whole() ? next.decoded.take_whole(next.record.payload)
                                            : next.decoded.take(next.record.payload);
    if (next.is_decoded) visit_->expect(next.decoded.input());
}

}  // namespace penstock::persistence
