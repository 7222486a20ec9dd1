#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/sim/plan.hpp"

namespace penstock::sim {

/// What the command line asks for.
struct Options {
    std::uint64_t from = 1;
    std::uint64_t to = 200;
    std::int64_t seconds = 0;  // run on from `from` for so long; 0: the range
    Mutation mutation = Mutation::None;
    bool expects_violation = false;
    bool plays_twice = false;
    bool prints_events = false;
    std::size_t events = 60;
    std::filesystem::path directory;
    bool wants_help = false;
    std::string problem;  // set: nothing else counts
};

Options read_options(int argc, const char* const* argv);
/// The whole of --help.
const char* usage();

}  // namespace penstock::sim
