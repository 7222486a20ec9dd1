#pragma once

#include <filesystem>
#include <optional>

#include "persistence/journal/disk.hpp"
#include "persistence/journal/format.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::persistence {

/// The file HEAD: which journal this is, and how far it was on the disk when it was last looked at.
class HeadFile {
  public:
    /// Reads HEAD, or makes it in a directory that has no segments.
    static std::optional<JournalError> open(const JournalSettings& settings, HeadFile& head);

    /// Reads HEAD for somebody who changes nothing.
    static std::optional<JournalError> look(const JournalSettings& settings, HeadFile& head);

    const JournalIdentity& identity() const { return identity_; }
    const Watermark& watermark() const { return watermark_; }
    /// Moves the watermark and syncs. `next.generation` and `next.crc` are filled in here.
    /// Returns 0 or an errno.
    int move(Watermark next);
    const std::filesystem::path& path() const { return path_; }

    /// The whole of such a file for a copy of the journal, which ends at this watermark.
    static std::string bytes_of(const JournalIdentity& identity, const Watermark& watermark);

  private:
    std::optional<JournalError> create(const JournalSettings& settings);
    std::optional<JournalError> read(const JournalSettings& settings);

    std::filesystem::path path_;
    Fd fd_;
    JournalIdentity identity_;
    Watermark watermark_;
};

}  // namespace penstock::persistence
