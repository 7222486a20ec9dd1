#include "persistence/journal/recovery.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <map>

#include "persistence/journal/newer.hpp"
#include "persistence/journal/segment_names.hpp"
#include "persistence/journal/spare_names.hpp"
#include "persistence/journal/wire.hpp"

namespace penstock::persistence {

bool RecoveryRun::refuse(Fault fault, std::uint64_t offset, const std::string& what) {
    result_.error = JournalError{
        fault, file_.string(), offset, file_.string() + ": byte " + std::to_string(offset) + ": " + what};
    return false;
}

void RecoveryRun::refuse_file(const SpareFailure& failure) {
    file_ = failure.file;
    refuse(failure.fault, 0, failure.what);
}

void RecoveryRun::begin_at(const JournalPlace& place, OffsetIndex index) {
    begin_ = place;
    index_ = std::move(index);
}

JournalPlace RecoveryRun::place() const {
    const SealPayload open = chain_.seal();
    return {next_seq_ - 1, epoch_,     last_time_ns_,   segment_,  index_.segments(),
            end_,          open.start, chain_.before(), open.chain};
}

void RecoveryRun::run(const oms::Visit& visit) {
    blocks_.check_beside();
    if (const auto failed = name_spares(directory_, uuid_))
        refuse_file(*failed);
    else
        read_segments(visit);
}

void RecoveryRun::run_to_watermark(const oms::Visit& visit) {
    reads_to_watermark_ = true;
    if (watermark_.segment != 0) read_segments(visit);
}

void RecoveryRun::look(const oms::Visit& visit) {
    SparesFound found = find_entered_spares(directory_, uuid_);
    unnamed_ = std::move(found.entered);
    if (found.failure)
        refuse_file(*found.failure);
    else
        read_segments(visit);
}

void RecoveryRun::read_segments(const oms::Visit& visit) {
    if (!list_segments()) return;
    if (segments_.empty() && watermark_.segment == 0) return;
    file_ = directory_ / segment_name(segments_.empty() ? watermark_.segment : segments_.front());
    // A place to begin at has a segment of its own, and says what lies before.
    if (segments_.empty() || (segments_.front() != 1 && !begin_)) return refuse_first();
    const std::uint64_t from = begin_ ? begin_->segment : first_;
    const auto first = std::ranges::lower_bound(segments_, from) - segments_.begin();
    auto at = static_cast<std::size_t>(first);
    if (begin_ && (at == segments_.size() || segments_[at] != from)) {
        file_ = directory_ / segment_name(from);
        refuse(Fault::Corrupt, 0, "the segment to read on from is missing." + std::string(kRestore));
        return;
    }
    for (; at < segments_.size(); ++at) {
        if (read_segment(at, visit) == Next::Stop) break;
    }
    if (result_.error) return;
    result_.last = Seq{next_seq_ - 1};
    if (watermark_.segment > segment_ && !has_ended_) {
        file_ = directory_ / segment_name(watermark_.segment);
        refuse(Fault::Corrupt, 0, "missing, though it was on the disk once." + std::string(kRestore));
    }
}

void RecoveryRun::refuse_first() {
    std::string what = "the first segment is missing";
    if (!segments_.empty()) what += ", segments begin with record " + std::to_string(segments_.front());
    const auto problem = more_ == nullptr ? std::nullopt : more_->problem();
    if (problem)
        what += ", and the archive cannot say whether it has it: " + *problem + ".";
    else if (more_ == nullptr && !segments_.empty())
        what +=
            ". If older ones were archived, name their folder ([storage] archive, or --archive). If not," +
            std::string(" restore the file from a backup or a copy.");
    else
        what += "." + std::string(kRestore);
    file_ = directory_ / segment_name(1);
    refuse(Fault::Corrupt, 0, what);
}

std::filesystem::path RecoveryRun::path_of(std::uint64_t segment) const {
    const auto unnamed = unnamed_.find(segment);
    return unnamed == unnamed_.end() ? directory_ / segment_name(segment) : unnamed->second;
}

/// Nothing when its bytes are there, else why not.
std::optional<std::string> RecoveryRun::map(std::uint64_t segment, Mapping& mapping) const {
    const int error = Mapping::map(path_of(segment), mapping);
    if (error == 0) return std::nullopt;
    if (error == ENOENT && more_ != nullptr) return more_->read(segment, mapping);
    return errno_text(error);
}

bool RecoveryRun::list_segments() {
    std::error_code failed;
    for (const auto& [segment, path] : unnamed_) segments_.push_back(segment);
    for (const auto& entry : std::filesystem::directory_iterator(directory_, failed)) {
        if (const auto seq = first_seq_of(entry.path().filename().string())) segments_.push_back(seq);
    }
    // After the directory: a segment that is leaving it meanwhile is seen twice rather than not at all.
    // None past the watermark's is archived of this journal: it would be of one that was lost since.
    if (more_ != nullptr)
        std::ranges::copy_if(more_->list(), std::back_inserter(segments_), [this](std::uint64_t first) {
            return first <= watermark_.segment;
        });
    std::sort(segments_.begin(), segments_.end());
    segments_.erase(std::unique(segments_.begin(), segments_.end()), segments_.end());
    file_ = directory_;
    return !failed || refuse(Fault::IoError, 0, "cannot list the directory: " + failed.message());
}

RecoveryRun::Next RecoveryRun::read_segment(std::size_t at, const oms::Visit& visit) {
    file_ = path_of(segments_[at]);
    Mapping mapping;
    if (const auto why = map(segments_[at], mapping)) {
        refuse(Fault::IoError, 0, "cannot read: " + *why);
        return Next::Stop;
    }
    const std::string_view bytes = mapping.bytes();
    if (!enter(at, bytes)) {
        // Without a header nothing in the segment was ever durable, unless HEAD or a successor says so.
        if (!result_.error) return torn(at, 0, bytes);
        return Next::Stop;
    }
    const Found found = read_records(bytes, visit);
    // Every block it looks at lies before what reading stopped at, so its word comes first.
    if (const auto changed = blocks_.first_changed()) return refuse_block(*changed);
    if (result_.error) return Next::Stop;
    return stop_here(at, bytes, found);
}

/// Checks the header. False without an error: the header is damaged.
bool RecoveryRun::enter(std::size_t at, std::string_view bytes) {
    SegmentHeader header;
    if (bytes.size() < sizeof header) return false;
    std::memcpy(&header, bytes.data(), sizeof header);
    if (!verifies(header)) return false;
    if (header.version != kFormatVersion)
        return refuse(Fault::Incompatible, 0, of_other_format(header.version));
    if (header.uuid != uuid_)
        return refuse(Fault::Corrupt, 0, "belongs to another journal." + std::string(kRestore));
    if (begin_) {
        chain_.begin(begin_->chain_before, begin_->block_start);
        segment_ = begin_->segment;
        end_ = begin_->offset;
        next_seq_ = begin_->last_seq + 1;
        epoch_ = begin_->epoch;
        last_time_ns_ = begin_->last_time_ns;
        // A block of the chain before the place is not looked at again.
        watermark_chain_seen_ =
            watermark_.segment == segment_ && watermark_.block_start < begin_->block_start;
        begin_.reset();
        ++result_.segments;
        return true;
    }
    if (header.first_seq == first_ && first_ != 1) {
        next_seq_ = first_;
        epoch_ = header.epoch;
    } else if (!continues(at, header)) {
        return false;
    }
    chain_.begin(header.previous_chain, 0);
    segment_ = header.first_seq;
    end_ = sizeof header;
    index_.enter_segment(segment_);
    ++result_.segments;
    return true;
}

/// Is this segment the one after what was read?
bool RecoveryRun::continues(std::size_t at, const SegmentHeader& header) {
    if (header.first_seq != segments_[at] || header.first_seq != next_seq_) {
        return refuse(Fault::Corrupt, 0,
                      "begins with record " + std::to_string(header.first_seq) + ", expected is " +
                          std::to_string(next_seq_) + "." + std::string(kRestore));
    }
    if (header.epoch < epoch_)
        return refuse(Fault::Corrupt, 0, "epoch went backwards." + std::string(kRestore));
    const Digest before = at == 0 ? Digest{} : chain_.seal().chain;
    return header.previous_chain == before ||
           refuse(Fault::Corrupt, 0,
                  "does not continue the hash chain: it or a segment before was changed." +
                      std::string(kRestore));
}

/// Reads until something is no record that continues the journal. With Found::Whole the error is set.
Found RecoveryRun::read_records(std::string_view bytes, const oms::Visit& visit) {
    // Behind the watermark somebody may be writing.
    const bool has_more = reads_to_watermark_ && segment_ == watermark_.segment;
    ahead_.begin(has_more ? bytes.substr(0, watermark_.offset) : bytes, end_, visit);
    while (!is_at_end()) {
        ReadAhead::Next& next = ahead_.front();
        const RecordAt& record = next.record;
        if (next.found != Found::Whole) return next.found;
        const bool seal = record.header.kind == RecordKind::Seal;
        if (!seal && record.header.kind != RecordKind::Input) return Found::Bad;
        if (record.header.seq != (seal ? next_seq_ - 1 : next_seq_) || record.header.epoch < epoch_)
            return Found::Bad;
        if (!is_readable(record)) return Found::Whole;
        if (!seal && ends_before_ && ends_before_(record.header)) {
            has_ended_ = true;
            return Found::Empty;
        }
        if (seal ? !take_seal(record, bytes) : !take_record(next, visit)) return Found::Whole;
        epoch_ = record.header.epoch;
        end_ += record.size;
        ahead_.pop();
    }
    return Found::Empty;
}

/// A record that verifies and is of a newer kind is no damage, and nothing to be guessed at.
bool RecoveryRun::is_readable(const RecordAt& record) {
    return record.header.version <= kPayloadVersion ||
           refuse(Fault::Incompatible, end_, of_newer_payload(record.header.seq, record.header.version));
}

bool RecoveryRun::take_record(ReadAhead::Next& next, const oms::Visit& visit) {
    const RecordAt& record = next.record;
    if (!next.is_decoded) return refuse(Fault::Incompatible, end_, of_unknown_content(next_seq_));
    if (next.decoded.input().seq.value != next_seq_)
        return refuse(Fault::Corrupt, end_,
                      "record " + std::to_string(next_seq_) + " says that it is another, " +
                          std::to_string(next.decoded.input().seq.value) + "." + std::string(kRestore));
    index_.add(next_seq_, end_);
    last_time_ns_ = record.header.time_ns;
    ++next_seq_;
    ++result_.records;
    shown_ = &record;
    if (visit(next.decoded)) return true;
    return refuse(
        Fault::Closed, end_, "stopped by its reader at record " + std::to_string(next_seq_ - 1) + ".");
}

bool RecoveryRun::take_seal(const RecordAt& record, std::string_view bytes) {
    SealPayload seal;
    if (record.payload.size() != sizeof seal)
        return refuse(Fault::Corrupt, end_, "a seal of an unknown form.");
    std::memcpy(&seal, record.payload.data(), sizeof seal);
    if (!check_watermark_chain(bytes, Block::GoesOn)) return false;
    if (seal.start != chain_.block_start() || seal.end < seal.start || seal.end > end_) {
        refuse_block({chain_.block_start(), end_});
        return false;
    }
    // Without a second thread nothing behind a changed block is shown to anybody.
    if (!blocks_.add(chain_.before(), bytes.substr(seal.start, seal.end - seal.start), seal, end_))
        return false;
    chain_.begin(seal.chain, seal.end);
    return true;
}

RecoveryRun::Next RecoveryRun::refuse_block(const BlockCheck::Changed& block) {
    refuse(Fault::Corrupt, block.sealed_at,
           "the hash chain does not match: a byte since " + std::to_string(block.start) + " was changed." +
               std::string(kRestore));
    return Next::Stop;
}

}  // namespace penstock::persistence
