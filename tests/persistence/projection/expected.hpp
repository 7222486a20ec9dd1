#pragma once

#include <array>
#include <string>
#include <vector>

#include "persistence/journal/settings.hpp"
#include "persistence/projection/tables.hpp"

namespace penstock::projection {

/// Every row of every table, as text, sorted; the cells of a row stand between bars, "\N" is NULL, bytes are
/// hexadecimal.
using AllRows = std::array<std::vector<std::string>, kTables.size()>;

/// What history says of the whole journal, folded afresh and written without anything of a projector.
AllRows expected_rows(const persistence::JournalSettings& journal);
AllRows rows_of_sqlite(const std::string& file);

/// Empty when they are the same, else the first differences.
std::string difference(const AllRows& expected, const AllRows& found);

std::string in_hexadecimal(std::string_view bytes);

}  // namespace penstock::projection
