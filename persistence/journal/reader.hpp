#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>

#include "persistence/journal/offset_index.hpp"
#include "persistence/journal/place.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::persistence {

/// A second reader of a journal, beside the process that writes it: takes no lock and changes nothing. Sees
/// the records up to the watermark, which lags the newest by the watermark interval.
class JournalReader {
  public:
    /// Reads HEAD. Nothing when that worked.
    std::optional<JournalError> open(const JournalSettings& settings);
    const JournalIdentity& identity() const { return identity_; }
    /// The last record that is shown.
    Seq last() const { return Seq{watermark_.seq}; }
    /// The next read ends after this record, as if the journal had no more: reached() is a place to go on
    /// from.
    void end_after(Seq last) { end_after_ = last; }
    /// Of a journal that nobody writes: the watermark becomes its very end, for this reader. Checks what is
    /// behind it, from its segment on.
    std::optional<JournalError> go_to_end();
    /// Segments that go_to_end() found still under the name of a spare, by first seq.
    const std::map<std::uint64_t, std::filesystem::path>& unnamed() const { return unnamed_; }

    /// Shows the records after `from` (none: all) up to last(), and checks them as a start does. When `visit`
    /// returns false it ends with Fault::Closed. `index` knows the records before `from`, and then all.
    std::optional<JournalError> read(const JournalPlace* from, OffsetIndex& index, const oms::Visit& visit);
    /// Who writes it meanwhile?
    enum class Beside { AWriter, Nobody };
    /// Checks every byte from the first segment that is kept, and what follows the watermark too when nobody
    /// writes. What is wrong, and what a crash left at the end, is in the answer.
    Recovery check(Beside beside, const oms::Visit& visit) const;
    std::uint64_t first_kept() const { return more_ == nullptr ? 1 : more_->first_kept(); }
    const Watermark& watermark() const { return watermark_; }
    /// As read(), with what is stored of each record. Needs no index: `from` may be a segment_start().
    using VisitStored = std::function<bool(const RecordAt&, const oms::Record&)>;
    std::optional<JournalError> read_stored(const JournalPlace* from, const VisitStored& visit);
    /// The place before the first record of the segment that has record `seq`; nothing when there is none
    /// with a header that verifies.
    std::optional<JournalPlace> segment_start(Seq seq) const;
    /// Where the last read ended.
    const JournalPlace& reached() const { return reached_; }

  private:
    std::filesystem::path directory_;
    std::shared_ptr<const MoreSegments> more_;
    JournalIdentity identity_;
    Watermark watermark_;
    JournalPlace reached_;
    Seq end_after_;
    std::map<std::uint64_t, std::filesystem::path> unnamed_;
};

}  // namespace penstock::persistence
