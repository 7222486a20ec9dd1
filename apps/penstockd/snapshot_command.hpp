#pragma once

#include "config/config.hpp"

namespace penstock::apps {

/// Exit codes of `penstockd snapshot`.
inline constexpr int kSnapshotTaken = 0;  // or there was one of the newest record
inline constexpr int kNoSnapshot = 1;
inline constexpr int kNotArchived = 3;  // there is a snapshot, but the archive takes no more segments

/// `penstockd snapshot`: takes a snapshot as a second reader of the journal, at the lowest priority, whether
/// a penstockd serves from it or not; then closed segments are archived. What came of it is in
/// log/snapshot.log. Returns the exit code.
int snapshot_command(const config::Config& config);

}  // namespace penstock::apps
