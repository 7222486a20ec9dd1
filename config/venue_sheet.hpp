#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "config/findings.hpp"
#include "gateways/fix_venue/settings.hpp"

namespace penstock::config {

/// The file a venue means by `sheet`: a path, seen from the configuration's folder, or the name of a
/// sheet that comes with Penstock. Nothing when there is no such file.
std::optional<std::filesystem::path> find_venue_sheet(const std::filesystem::path& folder,
                                                      const std::string& sheet);

/// Where the sheets that come with Penstock lie.
std::filesystem::path built_in_sheets();

/// Reads a sheet; see spec/venues/README.md for its keys. Nothing, and problems, when it is unusable.
std::optional<gateways::VenueSheet> read_venue_sheet(const std::filesystem::path& file, Findings& findings);

}  // namespace penstock::config
