#pragma once

#include <string>
#include <utility>
#include <vector>

#include "oms/domain/output.hpp"
#include "tests/scenarios/names.hpp"
#include "tests/scenarios/script.hpp"

namespace penstock::scenarios {

/// One output, or one expectation of an output, in the words of a scenario:
/// `client A < trade a1 40 @ 10 cum 40 leaves 60 status PartiallyFilled`.
struct Facts {
    std::string party;  // "client A"
    std::string kind;   // "trade"
    std::string id;     // "a1"; empty where nothing is named
    /// Key and value, in the order they are written. The quantity without a key has the key "#".
    std::vector<std::pair<std::string, std::string>> words;

    std::string value(const std::string& key) const;  // "none" when absent
};

std::string to_text(const Facts& facts);

/// Everything an output says. Absent fields are left out.
Facts facts_of(const oms::Output& output, const oms::Directory& directory, const Names& names);

/// An expectation as written. Throws Failure when a key has no value.
Facts facts_of(const Line& expectation);

/// What of `expected` does not hold of `actual`; empty when all of it does. Only the words given are
/// compared; numbers compare as numbers. The value "none" expects that nothing is said.
std::string difference(const Facts& expected, const Facts& actual);

}  // namespace penstock::scenarios
