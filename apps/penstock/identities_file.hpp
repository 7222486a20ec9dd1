#pragma once

#include <string>
#include <variant>

#include "compliance/reports/identities.hpp"

namespace penstock::apps {

/// Reads a file of identities, .toml or .tsv. A sentence with file and place when it cannot be used.
std::variant<reports::Identities, std::string> read_identities(const std::string& file);

}  // namespace penstock::apps
