#pragma once

#include <string>
#include <vector>

#include "tests/scenarios/script.hpp"

namespace penstock::scenarios {

/// The names of all .scn files of this folder, sorted.
std::vector<std::string> all_scenarios();
std::vector<Line> scenario(const std::string& name);
std::vector<Line> standard_world();

}  // namespace penstock::scenarios
