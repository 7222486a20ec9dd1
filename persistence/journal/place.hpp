#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "persistence/journal/format.hpp"
#include "persistence/journal/more_segments.hpp"
#include "persistence/journal/offset_index.hpp"

namespace penstock::persistence {

/// A place between two records from which a journal is read on without what lies before it.
struct JournalPlace {
    std::uint64_t last_seq = 0;  // the record before it
    std::uint64_t epoch = 0;     // of that record
    std::int64_t last_time_ns = 0;
    std::uint64_t segment = 0;      // first seq of the segment it is in
    std::uint64_t segments = 0;     // files up to and with that one
    std::uint64_t offset = 0;       // where the next record goes
    std::uint64_t block_start = 0;  // the chain's block that it is in
    Digest chain_before{};          // of all before that block
    Digest chain{};                 // and of the block up to the offset

    friend bool operator==(const JournalPlace&, const JournalPlace&) = default;
};
static_assert(sizeof(JournalPlace) == 120, "stored as it lies");

/// Why the journal in this directory cannot be read on from there; nothing: it can. Reads the files' names,
/// the segment's header and the open block, and nothing before it.
std::optional<std::string> misfit(const JournalPlace& place, const std::filesystem::path& directory,
                                  const Uuid& uuid, const MoreSegments* more = nullptr);

}  // namespace penstock::persistence
