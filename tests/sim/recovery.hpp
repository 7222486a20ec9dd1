#pragma once

#include <filesystem>
#include <functional>

#include "persistence/journal/settings.hpp"
#include "tests/sim/journal.hpp"
#include "tests/sim/snapshots.hpp"

namespace penstock::sim {

/// What the configuration would say of the journal in this directory.
persistence::JournalSettings journal_settings(const Surroundings& world,
                                              const std::filesystem::path& directory);

/// Makes an empty journal directory on the disk: HEAD, with an identity that follows from the seed.
void make_journal(Surroundings& world, Disk& disk);

/// Reads what is on the disk with the product's own SegmentJournal, repair included, puts the repaired
/// files back on the disk and tells where the journal stands. Now and then the process is killed during the
/// repair, and all begins again. `visit` sees every record once, in order. Throws Violation when the
/// journal refuses to start. The repair begins at a snapshot where there is a good one.
JournalState recover_journal(Surroundings& world, Disk& disk, const std::filesystem::path& directory,
                             Snapshots& snapshots, const std::function<void(const oms::Record&)>& visit);

/// Another way to the same state: from a snapshot, and the records after it. False when there is no good one;
/// throws Violation when that way leads elsewhere.
bool restore_from_snapshot(Snapshots& snapshots, const JournalState& state,
                           const std::filesystem::path& directory, const apps::Replayed& into);

/// One flipped bit in what is durable beyond doubt makes the next start refuse the journal.
void check_damage_is_refused(Surroundings& world, Disk& disk, const std::filesystem::path& directory,
                             const persistence::Watermark& watermark);

}  // namespace penstock::sim
