#pragma once

#include <string>

#include "persistence/journal/settings.hpp"

namespace penstock::persistence {

struct SyncChoice {
    SyncMethod method = SyncMethod::Fdatasync;  // never Measure
    std::string why;                            // with the figures, for the log
};

/// Settles SyncMethod::Measure: writes 4 KiB blocks into a zeroed file in the journal's directory for
/// about 100 ms each way and takes the way with the lower 90th percentile; in a tie, fdatasync.
SyncChoice choose_sync_method(const JournalSettings& settings);

}  // namespace penstock::persistence
