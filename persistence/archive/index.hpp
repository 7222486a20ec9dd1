#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oms/domain/time.hpp"
#include "persistence/journal/format.hpp"

namespace penstock::persistence {

/// One archived segment. Its file is "j-<first seq>.seg.zst".
struct ArchivedSegment {
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    Timestamp first_time;  // of its first and last record
    Timestamp last_time;
    std::uint64_t bytes = 0;  // without the zeros at its end, which are not kept
    Digest sha256{};          // of these bytes
    std::uint64_t stored_bytes = 0;
    Digest stored_sha256{};  // of the file
    Timestamp deleted;       // none: it is there

    bool is_kept() const { return deleted.is_none(); }
};

/// Records of these days are wanted by somebody and stay, whatever their term.
struct LegalHold {
    std::string matter;
    Timestamp from;
    Timestamp to;
};

/// What an archive holds: the file INDEX, text, one line each, with a SHA-256 of itself at the end. Replaced
/// as a whole: written aside, synced, renamed.
struct ArchiveIndex {
    Uuid uuid{};                            // of the journal; zeros: nothing was archived yet
    std::vector<ArchivedSegment> segments;  // by first seq
    std::vector<LegalHold> holds;

    const ArchivedSegment* find(std::uint64_t first_seq) const;
    /// The hold of that name; null: there is none.
    const LegalHold* hold(std::string_view matter) const;
};

/// Nothing when that worked, else why not. Of a folder without an INDEX the index is empty.
std::optional<std::string> read_index(const std::filesystem::path& folder, ArchiveIndex& index);
std::optional<std::string> write_index(const std::filesystem::path& folder, const ArchiveIndex& index);

std::string hex_of(const std::uint8_t* bytes, std::size_t size);
/// False when it is no hexadecimal text of this length.
bool parse_hex(std::string_view text, std::uint8_t* bytes, std::size_t size);

}  // namespace penstock::persistence
