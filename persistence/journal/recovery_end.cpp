#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "persistence/journal/recovery.hpp"

// Where a journal ends: what HEAD notes of it, what is a torn tail, and what was lost.

namespace penstock::persistence {
namespace {

/// Up to the last byte that is not zero. Most of a segment is zeros nobody has written over, so they are
/// stepped over by the page.
std::size_t written_size(std::string_view bytes) {
    constexpr std::size_t kPage = 4096;
    static constexpr std::array<char, kPage> kZeros{};
    while (bytes.size() >= kPage &&
           std::memcmp(bytes.data() + bytes.size() - kPage, kZeros.data(), kPage) == 0)
        bytes.remove_suffix(kPage);
    return bytes.find_last_not_of('\0') + 1;  // none: npos + 1 is 0
}

}  // namespace

/// Called where a block ends, before the next begins: is the watermark's chain one of this block?
bool RecoveryRun::check_watermark_chain(std::string_view bytes, Block block) {
    if (watermark_.segment != segment_ || watermark_chain_seen_) return true;
    // A block that had just begun: the seal that ends the one before was on its way when HEAD was written,
    // and may never have arrived.
    const bool had_begun = watermark_.block_start > chain_.block_start() &&
                           (watermark_.block_start == watermark_.offset || block == Block::Ends);
    if (!had_begun && watermark_.block_start != chain_.block_start()) return true;
    if (watermark_.offset > end_ || watermark_.offset < watermark_.block_start) return true;
    Chain again;
    again.begin(chain_.before(), chain_.block_start());
    const std::uint64_t first_end = had_begun ? watermark_.block_start : watermark_.offset;
    again.add(bytes.data() + chain_.block_start(), first_end - chain_.block_start());
    if (had_begun) {
        again.begin(again.seal().chain, watermark_.block_start);
        again.add(bytes.data() + watermark_.block_start, watermark_.offset - watermark_.block_start);
    }
    if (again.seal().chain != watermark_.chain) {
        return refuse(Fault::Corrupt, watermark_.offset,
                      "the hash chain is not the one noted in HEAD: a byte before was changed." +
                          std::string(kRestore));
    }
    watermark_chain_seen_ = true;
    return true;
}

RecoveryRun::Next RecoveryRun::stop_here(std::size_t at, std::string_view bytes, Found found) {
    const bool followed =
        !is_at_end() && at + 1 < segments_.size() && segments_[at + 1] == next_seq_ && found == Found::Empty;
    // Behind the watermark somebody may be writing.
    if (!followed && !is_at_end()) {
        const Next next = torn(at, end_, bytes);
        if (result_.error) return next;
    }
    if (!check_watermark_chain(bytes, Block::Ends)) return Next::Stop;
    if (watermark_.segment == segment_ && !watermark_chain_seen_ && !has_ended_) {
        refuse(Fault::Corrupt, watermark_.offset,
               "HEAD notes a block of the hash chain that is not there." + std::string(kRestore));
        return Next::Stop;
    }
    chain_.add(bytes.data() + chain_.end(), end_ - chain_.end());
    return followed ? Next::Segment : Next::Stop;
}

/// The journal ends here: was anything behind it ever durable?
RecoveryRun::Next RecoveryRun::torn(std::size_t at, std::uint64_t offset, std::string_view bytes) {
    const std::uint64_t here = segments_[at];
    const bool before_watermark =
        watermark_.segment > here || (watermark_.segment == here && watermark_.offset > offset);
    const std::string_view rest = bytes.substr(std::min<std::size_t>(offset, bytes.size()));
    if (before_watermark || later_record_proves_loss(rest)) {
        refuse(Fault::Corrupt, offset,
               "record " + std::to_string(next_seq_) +
                   " is damaged or missing, but it was durable (the watermark is record " +
                   std::to_string(watermark_.seq) + ")." + std::string(kRestore));
        return Next::Stop;
    }
    const std::size_t written = written_size(rest);
    if (const auto later = find_later_segment(directory_, std::span(segments_).subspan(at + 1), uuid_))
        return refuse_later(*later, offset, written);
    if (written != 0) result_.torn_tail = TornTail{file_.string(), offset, written};
    for (const std::uint64_t behind : std::span(segments_).subspan(at + 1))
        dropped_.push_back(directory_ / segment_name(behind));
    if (offset == 0) dropped_.push_back(file_);
    return Next::Stop;
}

/// Either that file is not where it belongs, or what lies before it is lost: both are named, and the error is
/// that of the one that looks wrong.
RecoveryRun::Next RecoveryRun::refuse_later(const LaterSegment& later, std::uint64_t offset,
                                            std::size_t written) {
    const auto number = [](std::uint64_t seq) { return std::to_string(seq); };
    const std::string ends = "the journal ends with record " + number(next_seq_ - 1) + ", in " +
                             file_.string() + ", byte " + number(offset);
    if (later.of == LaterSegment::Of::AnotherJournal) {
        file_ = later.file;
        refuse(Fault::Incompatible, 0, "belongs to another journal; " + ends + ". Move that file away.");
        return Next::Stop;
    }
    if (later.first_seq == next_seq_) {
        refuse(Fault::Corrupt, offset,
               "what follows record " + number(next_seq_ - 1) + " is damaged; it was durable when " +
                   later.file.string() + " was begun." + std::string(kRestore));
        return Next::Stop;
    }
    const std::string begins = "begins with record " + number(later.first_seq) + " of this journal";
    const std::string choice =
        ". If that file was copied here from elsewhere, move it away. If not, records " + number(next_seq_) +
        " to " + number(later.first_seq - 1) + " are lost: restore " + file_.string() +
        " from a backup or a copy; do not delete it.";
    if (written != 0) {
        refuse(Fault::Corrupt, offset,
               "record " + number(next_seq_) + " is damaged or missing, and " + later.file.string() + " " +
                   begins + choice);
    } else {
        file_ = later.file;
        refuse(Fault::Corrupt, 0, begins + ", and " + ends + choice);
    }
    return Next::Stop;
}

/// A whole record behind the damage, of a later batch that waited for the damaged one to be durable.
bool RecoveryRun::later_record_proves_loss(std::string_view bytes) const {
    constexpr std::uint64_t kNothing = 0;
    const std::size_t written = written_size(bytes);
    for (std::size_t at = 0; at < written && at + sizeof(RecordHeader) <= bytes.size(); at += 8) {
        if (std::memcmp(bytes.data() + at, &kNothing, sizeof kNothing) == 0) continue;
        RecordHeader header;
        std::memcpy(&header, bytes.data() + at, sizeof header);
        if (header.kind != RecordKind::Input || (header.flags & kSyncedFlag) == 0) continue;
        if (header.seq <= next_seq_ || header.epoch < epoch_) continue;
        if (header.seq - header.batch_index <= next_seq_) continue;
        RecordAt record;
        if (find_record(bytes.substr(at), record) == Found::Whole) return true;
    }
    return false;
}

}  // namespace penstock::persistence
