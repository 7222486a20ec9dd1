#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <vector>

#include "persistence/journal/block_check.hpp"
#include "persistence/journal/chain.hpp"
#include "persistence/journal/disk.hpp"
#include "persistence/journal/later_segments.hpp"
#include "persistence/journal/more_segments.hpp"
#include "persistence/journal/offset_index.hpp"
#include "persistence/journal/place.hpp"
#include "persistence/journal/read_ahead.hpp"
#include "persistence/journal/segment_journal.hpp"
#include "persistence/journal/spare_names.hpp"

namespace penstock::persistence {

/// Reads a journal from its first byte to its last and judges every one of them: CRC, seq, epoch, the
/// hash chain, the watermark. Changes nothing on disk but the names of segments that were entered
/// before they could be named; what is to be thrown away is only reported.
class RecoveryRun {
  public:
    RecoveryRun(std::filesystem::path directory, const Uuid& uuid, const Watermark& watermark)
        : directory_(std::move(directory)), uuid_(uuid), watermark_(watermark) {}

    /// Reads on from a place that fits the journal (see misfit) instead of from the first byte. `index` is
    /// that of the records before it.
    void begin_at(const JournalPlace& place, OffsetIndex index);
    /// Reads from the first byte of this segment. What its header says of all before is believed: they are
    /// not there any more.
    void begin_with(std::uint64_t segment) { first_ = segment; }
    /// Segments that are not in the directory any more are read from there; it must outlive the run.
    void also_in(const MoreSegments* more) { more_ = more; }
    /// Ends before the first record of which this is true, as if the journal had no more.
    void end_before(std::function<bool(const RecordHeader&)> ends) { ends_before_ = std::move(ends); }
    void run(const oms::Visit& visit);
    /// Beside the process that writes: reads no further than the watermark and changes nothing at all.
    void run_to_watermark(const oms::Visit& visit);
    /// Of a journal that nobody writes: reads to its end as run() does, and changes nothing at all.
    void look(const oms::Visit& visit);

    // The outcome. With result().error set, the rest is meaningless.
    Recovery& result() { return result_; }
    OffsetIndex& index() { return index_; }
    /// The chain where the last segment ends, ready to go on.
    Chain& chain() { return chain_; }
    /// First seq of the last segment; 0: there is none.
    std::uint64_t segment() const { return segment_; }
    /// Where the next record goes in it.
    std::uint64_t end() const { return end_; }
    std::int64_t last_time_ns() const { return last_time_ns_; }
    /// The record that is being shown, as stored; for `visit`.
    const RecordAt& shown() const { return *shown_; }
    /// Where it ended, for a snapshot.
    JournalPlace place() const;
    /// Segments that look() found still under the name of a spare.
    const std::map<std::uint64_t, std::filesystem::path>& unnamed() const { return unnamed_; }
    /// Files written after what was lost in a power failure (Durability::Process only), or whose
    /// header was never completed.
    const std::vector<std::filesystem::path>& dropped() const { return dropped_; }

  private:
    enum class Next : std::uint8_t { Segment, Stop };
    static constexpr std::string_view kRestore =
        " Restore the file from a backup or a copy; do not delete it.";

    void read_segments(const oms::Visit& visit);
    bool list_segments();
    std::filesystem::path path_of(std::uint64_t segment) const;
    std::optional<std::string> map(std::uint64_t segment, Mapping& mapping) const;
    bool is_at_end() const {
        return has_ended_ ||
               (reads_to_watermark_ && segment_ == watermark_.segment && end_ == watermark_.offset);
    }
    Next read_segment(std::size_t at, const oms::Visit& visit);
    bool enter(std::size_t at, std::string_view bytes);
    bool continues(std::size_t at, const SegmentHeader& header);
    Found read_records(std::string_view bytes, const oms::Visit& visit);
    bool is_readable(const RecordAt& record);
    bool take_record(ReadAhead::Next& next, const oms::Visit& visit);
    bool take_seal(const RecordAt& record, std::string_view bytes);
    /// Is a seal what follows, or nothing?
    enum class Block : std::uint8_t { GoesOn, Ends };
    bool check_watermark_chain(std::string_view bytes, Block block);
    Next stop_here(std::size_t at, std::string_view bytes, Found found);
    Next torn(std::size_t at, std::uint64_t offset, std::string_view bytes);
    bool later_record_proves_loss(std::string_view bytes) const;
    Next refuse_later(const LaterSegment& later, std::uint64_t offset, std::size_t written);
    bool refuse(Fault fault, std::uint64_t offset, const std::string& what);
    void refuse_file(const SpareFailure& failure);
    void refuse_first();
    Next refuse_block(const BlockCheck::Changed& block);

    std::filesystem::path directory_;
    Uuid uuid_;
    Watermark watermark_;
    std::vector<std::uint64_t> segments_;  // first seqs, by name, in order
    /// Entered, but still under the name of a spare: only looked at, they are not renamed.
    std::map<std::uint64_t, std::filesystem::path> unnamed_;
    const MoreSegments* more_ = nullptr;

    Recovery result_;
    OffsetIndex index_;
    Chain chain_;
    BlockCheck blocks_;
    std::filesystem::path file_;  // being read, for errors
    std::uint64_t segment_ = 0;
    std::uint64_t end_ = 0;
    std::uint64_t first_ = 1;  // the segment to begin with
    std::uint64_t next_seq_ = 1;
    std::uint64_t epoch_ = 0;
    std::int64_t last_time_ns_ = 0;
    bool watermark_chain_seen_ = false;
    std::optional<JournalPlace> begin_;  // until its segment is entered
    bool reads_to_watermark_ = false;
    std::function<bool(const RecordHeader&)> ends_before_;
    bool has_ended_ = false;
    ReadAhead ahead_;
    const RecordAt* shown_ = nullptr;
    std::vector<std::filesystem::path> dropped_;
};

}  // namespace penstock::persistence
