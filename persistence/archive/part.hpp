#pragma once

#include "persistence/archive/archive.hpp"

namespace penstock::persistence {

/// Copies an archive as it was when the journal's open segment began with record `open`: of the segments
/// before it every file that is kept, and what INDEX says of them; holds as they are. INDEX comes last, so
/// that a folder without one was not finished. `from` has been loaded; every file is compared with its INDEX.
/// Nothing when that worked, else why not.
std::optional<std::string> copy_archive_before(const Archive& from, std::uint64_t open,
                                               const std::filesystem::path& to);

/// Removes what copy_archive_before() put there, when it is not wanted after all. What cannot be removed
/// stays.
void remove_copied_archive(const Archive& from, const std::filesystem::path& to);

}  // namespace penstock::persistence
