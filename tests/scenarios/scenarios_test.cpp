#include <gtest/gtest.h>

#include "tests/scenarios/all_scenarios.hpp"
#include "tests/scenarios/scenario.hpp"

namespace penstock::scenarios {
namespace {

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, Holds) {
    const auto failure = play(standard_world(), scenario(GetParam()));
    EXPECT_FALSE(failure) << *failure;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Scenario, testing::ValuesIn(all_scenarios()), [](const auto& scenario) {
    return scenario.param;
});

}  // namespace
}  // namespace penstock::scenarios
