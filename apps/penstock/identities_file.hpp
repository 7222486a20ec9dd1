#pragma once

#include <string>
#include <variant>

#include "compliance/reports/identities.hpp"

namespace penstock::apps {

/// Reads a file of identities, .toml or .tsv. A sentence with file and line when it cannot be used, or says
/// what no report asks for.
std::variant<reports::Identities, std::string> read_identities(const std::string& file,
                                                               const reports::KnownFields& known);

}  // namespace penstock::apps
