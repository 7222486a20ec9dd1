#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/scenarios/script.hpp"

namespace penstock::scenarios {

/// Plays the lines on a fresh core, after those of `world`. Nothing when every expectation held, every
/// output was expected, and a replay gave the same; else a text that names file and line, shows
/// expected and got, and ends with the transcript.
std::optional<std::string> play(const std::vector<Line>& world, const std::vector<Line>& lines);

}  // namespace penstock::scenarios
