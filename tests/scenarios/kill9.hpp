#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tests/scenarios/script.hpp"

namespace penstock::scenarios {

/// Where in a step the process dies.
enum class Moment {
    BeforeFlush,    // stepped, but the record is not in the journal yet: the step never happened
    BeforeRelease,  // the record is durable, and nothing it caused has left
    AfterRelease,   // what it caused has left
};
inline constexpr std::array kMoments{Moment::BeforeFlush, Moment::BeforeRelease, Moment::AfterRelease};
std::string name_of(Moment moment);

struct Kill {
    std::size_t step = 0;  // the number of an input, counted from the first of the world
    Moment moment = Moment::BeforeFlush;
};

/// Plays a scenario with a process that is killed there, recovers, and plays the rest; README.md has
/// what is asserted. Nothing when all of it holds, else a text like that of play(). The calling process
/// has no other thread.
std::optional<std::string> play_killed(const std::vector<Line>& world, const std::vector<Line>& lines,
                                       const Kill& kill);

/// How many inputs the lines make, played undisturbed after those of the world.
struct Steps {
    std::size_t of_world = 0;
    std::size_t of_scenario = 0;
};
Steps count_steps(const std::vector<Line>& world, const std::vector<Line>& lines);

}  // namespace penstock::scenarios
