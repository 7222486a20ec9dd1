#pragma once

#include <filesystem>
#include <vector>

#include "oms/ports/journal.hpp"
#include "tests/scenarios/kill9.hpp"

namespace penstock::scenarios {

/// Plays the scenario in a process of its own, on a journal in `folder`, until that process kills itself
/// with SIGKILL. Returns what it had sent by then: the outputs and their numbers, one record a step.
/// Throws Failure when it ended in another way.
std::vector<oms::Record> run_doomed(const std::vector<Line>& world, const std::vector<Line>& lines,
                                    const std::filesystem::path& folder, const Kill& kill);

}  // namespace penstock::scenarios
