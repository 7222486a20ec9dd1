#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/scenarios/scenario.hpp"

namespace penstock::scenarios {
namespace {

const std::string kFolder = PENSTOCK_SOURCE_DIR "/tests/scenarios";

std::vector<std::string> all_scenarios() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder))
        if (entry.path().extension() == ".scn") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, Holds) {
    const auto world = parse_file(kFolder + "/standard.world");
    const auto failure = play(world, parse_file(kFolder + "/" + GetParam() + ".scn"));
    EXPECT_FALSE(failure) << *failure;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Scenario, testing::ValuesIn(all_scenarios()), [](const auto& scenario) {
    return scenario.param;
});

}  // namespace
}  // namespace penstock::scenarios
