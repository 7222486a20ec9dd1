#pragma once

#include <optional>
#include <string_view>

#include "persistence/journal/segment_journal.hpp"

namespace penstock::persistence {

/// What a reading says of a journal, in one word for programs; a heading is the same in capitals.
///   sound         every byte is as it was
///   damaged       a byte that was durable is another one, or missing
///   incompatible  nothing is known to be damaged: written by a newer Penstock, or of another journal
///   unreadable    a file could not be read
std::string_view verdict_on(const std::optional<JournalError>& error);
std::string_view heading_of(const JournalError& error);

}  // namespace penstock::persistence
