#pragma once

#include <functional>
#include <optional>
#include <string>

#include "persistence/journal/place.hpp"
#include "persistence/journal/settings.hpp"

namespace penstock::persistence {

/// Takes the end off a copy of a journal, as if it had never been written: all from the first record of which
/// `ends` is true. `place`: where it ends then. Never for the journal that is in use. Nothing when that
/// worked, else why not.
std::optional<std::string> cut_journal(const JournalSettings& settings,
                                       std::function<bool(const RecordHeader&)> ends, JournalPlace& place);

}  // namespace penstock::persistence
