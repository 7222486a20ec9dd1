#include "persistence/journal/cursor.hpp"

#include <algorithm>
#include <cerrno>
#include <iterator>

#include "persistence/journal/segment_names.hpp"

namespace penstock::persistence {

void RecordCursor::list(std::uint64_t first_kept) {
    segments_ = segments_in(directory_);
    if (more_ != nullptr) std::ranges::copy(more_->list(), std::back_inserter(segments_));
    std::erase_if(segments_, [&](std::uint64_t first) { return first < first_kept; });
    std::ranges::sort(segments_);
    segments_.erase(std::ranges::unique(segments_).begin(), segments_.end());
    if (!segments_.empty()) expected_ = segments_.front();
}

bool RecordCursor::fail(const std::string& why) {
    error_ = why;
    return false;
}

bool RecordCursor::enter_next_segment() {
    const std::uint64_t first = segments_[at_++];
    const auto file = directory_ / segment_name(first);
    int error = Mapping::map(file, mapping_);
    if (error == ENOENT && more_ != nullptr) {
        if (const auto why = more_->read(first, mapping_)) return fail(*why);
        error = 0;
    }
    if (error != 0) return fail(file.string() + ": cannot read: " + errno_text(error));
    offset_ = sizeof(SegmentHeader);
    return true;
}

bool RecordCursor::next() {
    if (error_ || expected_ > last_ || segments_.empty()) return false;
    while (true) {
        const std::string_view rest = mapping_.bytes().substr(std::min(offset_, mapping_.bytes().size()));
        const Found found = rest.empty() ? Found::Empty : find_record(rest, record_);
        if (found == Found::Bad)
            return fail("record " + std::to_string(expected_) + " is damaged; see journal verify");
        if (found == Found::Empty) {
            if (at_ == segments_.size()) return fail("record " + std::to_string(expected_) + " is missing");
            if (!enter_next_segment()) return false;
            continue;
        }
        offset_ += record_.size;
        if (record_.header.kind != RecordKind::Input) continue;
        if (record_.header.seq != expected_)
            return fail("record " + std::to_string(expected_) + " is missing; see journal verify");
        ++expected_;
        return true;
    }
}

}  // namespace penstock::persistence
