#pragma once

#include <memory>
#include <optional>
#include <string>

#include "persistence/journal/reader.hpp"

namespace penstock::persistence {

/// Walks over the records of a journal one by one, as they lie: for two journals side by side. Checks CRC and
/// seq, nothing more. Reads up to the watermark.
class RecordCursor {
  public:
    RecordCursor(const JournalSettings& settings, const JournalReader& reader)
        : directory_(settings.directory), more_(settings.more), last_(reader.last().value) {
        list(reader.first_kept());
    }

    /// The next record; false at the end, or when something is wrong (see error()).
    bool next();
    const RecordAt& record() const { return record_; }
    const std::optional<std::string>& error() const { return error_; }

  private:
    void list(std::uint64_t first_kept);
    bool enter_next_segment();
    bool fail(const std::string& why);

    std::filesystem::path directory_;
    std::shared_ptr<const MoreSegments> more_;
    std::uint64_t last_;
    std::vector<std::uint64_t> segments_;
    std::size_t at_ = 0;  // index of the next segment
    Mapping mapping_;
    std::size_t offset_ = 0;
    std::uint64_t expected_ = 0;
    RecordAt record_;
    std::optional<std::string> error_;
};

}  // namespace penstock::persistence
