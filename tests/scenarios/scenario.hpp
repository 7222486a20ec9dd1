#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/scenarios/script.hpp"
#include "tests/scenarios/system.hpp"

namespace penstock::scenarios {

/// How much the core of this scenario holds: little, or what its first line says. Throws Failure.
oms::Capacity capacity_of(const std::vector<Line>& lines);

/// Plays the lines on a fresh system, after those of `world`. Nothing when every expectation held, every
/// output was expected, and a replay gave the same; else a text that names file and line, shows
/// expected and got, and ends with the transcript.
std::optional<std::string> play(const std::vector<Line>& world, const std::vector<Line>& lines,
                                System& system);
/// The same on a core of its own.
std::optional<std::string> play(const std::vector<Line>& world, const std::vector<Line>& lines);

}  // namespace penstock::scenarios
