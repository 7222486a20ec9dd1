#pragma once

#include <filesystem>
#include <functional>

#include "tests/sim/journal.hpp"

namespace penstock::sim {

/// Makes an empty journal directory on the disk: HEAD, with an identity that follows from the seed.
void make_journal(Surroundings& world, Disk& disk);

/// Reads what is on the disk with the product's own SegmentJournal, repair included, puts the repaired
/// files back on the disk and tells where the journal stands. Now and then the process is killed during the
/// repair, and all begins again. `visit` sees every record once, in order. Throws Violation when the
/// journal refuses to start.
JournalState recover_journal(Surroundings& world, Disk& disk, const std::filesystem::path& directory,
                             const std::function<void(const oms::Record&)>& visit);

/// One flipped bit in what is durable beyond doubt makes the next start refuse the journal.
void check_damage_is_refused(Surroundings& world, Disk& disk, const std::filesystem::path& directory,
                             const persistence::Watermark& watermark);

}  // namespace penstock::sim
