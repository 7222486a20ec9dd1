#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "oms/domain/ids.hpp"
#include "persistence/journal/format.hpp"
#include "persistence/journal/settings.hpp"

namespace penstock::persistence {

/// Brings a copy of a journal up to its watermark: what was written since the last time is appended to the
/// copy's segments and synced, then the copy's HEAD says how far it goes. So the copy is a journal at every
/// moment, and restores as one. Reads beside the process that writes; one at a time for a copy.
struct Shipped {
    std::optional<std::string> failure;  // the copy is as good as it was
    Seq seq;                             // how far it goes
    std::uint64_t bytes = 0;             // appended now
};
/// Where a copy ended when it was last known to be the beginning of the journal. A process begins with none,
/// and compares the copy's last segment with the journal's byte for byte: each names the hash of all before.
struct ProvenCopy {
    Watermark end;
};
Shipped ship_journal(const JournalSettings& settings, const std::filesystem::path& copy, ProvenCopy& proven);

/// Copies the newest snapshot, when it is not there yet, and keeps the newest two of the copy.
std::optional<std::string> ship_snapshot(const std::filesystem::path& snapshots,
                                         const std::filesystem::path& copy);

}  // namespace penstock::persistence
