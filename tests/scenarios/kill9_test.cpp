#include "tests/scenarios/kill9.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "tests/scenarios/all_scenarios.hpp"

namespace penstock::scenarios {
namespace {

/// Tells at the end how much was played.
struct Totals final : testing::Environment {
    std::size_t scenarios = 0;
    std::size_t steps = 0;
    std::size_t kills = 0;
    std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();

    void TearDown() override {
        const auto took = std::chrono::steady_clock::now() - start;
        std::printf("kill -9: %zu scenarios, %zu steps, %zu kills and recoveries, %.1f s\n", scenarios, steps,
                    kills, std::chrono::duration<double>(took).count());
    }
};
// GoogleTest owns it.
auto* const kTotals = static_cast<Totals*>(testing::AddGlobalTestEnvironment(new Totals));

void kill_at_every_step(const std::vector<Line>& world, const std::vector<Line>& lines, std::size_t first,
                        std::size_t last) {
    for (std::size_t step = first; step <= last; ++step) {
        for (const Moment moment : kMoments) {
            const auto failure = play_killed(world, lines, {step, moment});
            ASSERT_FALSE(failure) << *failure;
            ++kTotals->kills;
        }
        ++kTotals->steps;
    }
    ++kTotals->scenarios;
}

class Kill9 : public testing::TestWithParam<std::string> {};

TEST_P(Kill9, AtEveryStep) {
    const auto world = standard_world();
    const auto lines = scenario(GetParam());
    const Steps steps = count_steps(world, lines);
    kill_at_every_step(world, lines, steps.of_world + 1, steps.of_world + steps.of_scenario);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Kill9, testing::ValuesIn(all_scenarios()), [](const auto& scenario) {
    return scenario.param;
});

/// Where every scenario begins, killed once for all of them.
TEST(Kill9World, AtEveryStep) {
    const auto world = standard_world();
    kill_at_every_step(world, {}, 1, count_steps(world, {}).of_world);
}

constexpr const char* kAccepted =
    "client A > new a1 BUY 100 XYZ @ 10\n"
    "venue X < new a1 100 @ 10\n"
    "venue X > accept a1\n";

/// What is said of a scenario whose process dies at its second step.
std::string said(const std::string& text, Moment moment) {
    const auto world = standard_world();
    const std::size_t step = count_steps(world, {}).of_world + 2;
    return play_killed(world, parse("x.scn", text), {step, moment}).value_or("");
}

TEST(Kill9Runner, AFailureAfterTheKillNamesTheKillAndTheLine) {
    const std::string text =
        std::string(kAccepted) + "client A < new a1\nclient A > status a1\nclient A < status a1 leaves 90";
    const std::string got = said(text, Moment::BeforeRelease);
    EXPECT_NE(got.find("killed after the flush, before the release of step "), std::string::npos) << got;
    EXPECT_NE(got.find("x.scn:6: leaves: expected 90, got 100"), std::string::npos) << got;
}

TEST(Kill9Runner, OutputsNobodyExpectedFailHoweverTheyArrive) {
    for (const Moment moment : kMoments)
        EXPECT_NE(said(kAccepted, moment).find("x.scn: an output nobody expected"), std::string::npos);
}

TEST(Kill9Runner, AScenarioThatEndsBeforeTheKillFails) {
    const auto got = play_killed(standard_world(), parse("x.scn", kAccepted), {1'000, Moment::BeforeFlush});
    ASSERT_TRUE(got);
    EXPECT_NE(got->find("ended by itself"), std::string::npos) << *got;
}

}  // namespace
}  // namespace penstock::scenarios
