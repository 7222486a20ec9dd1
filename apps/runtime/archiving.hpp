#pragma once

#include <memory>
#include <optional>
#include <string>

#include "apps/runtime/snapshots.hpp"
#include "config/config.hpp"
#include "persistence/archive/archive.hpp"
#include "persistence/archive/retention.hpp"

namespace penstock::apps {

/// What `[storage] archive` names, opened for reading; nothing when there is none. `note` hears why it cannot
/// be read: then it is as if nothing were in it, and whoever needs a segment of it says which is missing.
std::shared_ptr<persistence::Archive> open_archive(const std::filesystem::path& folder, const Note& note);

/// The folders it is about.
struct StoragePlaces {
    std::filesystem::path state;
    persistence::JournalSettings journal;
    config::StorageConfig storage;
};
StoragePlaces places_of(const config::Config& config);

/// What came of it.
struct Archived {
    std::optional<std::string> failure;
    std::uint64_t segments = 0;
    std::uint64_t bytes = 0;   // of records
    std::uint64_t stored = 0;  // compressed
    std::string why_no_more;   // what keeps the next one in the journal's folder
};
/// Moves closed segments of the journal into the archive, beside a penstockd that runs or not: those that the
/// oldest kept snapshot does not start from, but for the newest keep_segments of them.
Archived archive_closed_segments(const StoragePlaces& places, const Note& note);

/// The first segment that a start from the newest good snapshot reads; 0: there is none.
std::uint64_t start_reads_from(const StoragePlaces& places, const Note& note);

}  // namespace penstock::apps
