#pragma once

#include <functional>
#include <optional>
#include <string>

#include "persistence/journal/place.hpp"
#include "persistence/journal/settings.hpp"

namespace penstock::persistence {

/// Takes the end off a copy of a journal, as if it had never been written: all from the first record of which
/// `ends` is true. `place`: where it ends then. A segment that it ends in and that is in `settings.more`
/// alone is unpacked, for a journal goes on in a segment of its own folder. Never for the journal that is in
/// use. Nothing when that worked, else why not.
std::optional<std::string> cut_journal(const JournalSettings& settings,
                                       std::function<bool(const RecordHeader&)> ends, JournalPlace& place);

/// Unpacks a segment up to this offset when it is in `settings.more` alone. Nothing when it is in the folder
/// now, else why not.
std::optional<std::string> unpack_end(const JournalSettings& settings, std::uint64_t segment,
                                      std::uint64_t offset);

}  // namespace penstock::persistence
