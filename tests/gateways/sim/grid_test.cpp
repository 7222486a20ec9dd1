#include "gateways/sim/grid.hpp"

#include <gtest/gtest.h>

namespace penstock::sim {
namespace {

Decimal dec(std::string_view text) { return *Decimal::parse(text); }

TEST(Grid, CountsTheStepsOfANumberOnIt) {
    EXPECT_EQ(steps_in(dec("10.25"), dec("0.05")), 205);
    EXPECT_EQ(steps_in(dec("0"), dec("0.05")), 0);
    EXPECT_EQ(steps_in(dec("300"), dec("100")), 3);
}

TEST(Grid, HasNoStepsForANumberBesideItBelowZeroOrBeyondItsEnd) {
    EXPECT_EQ(steps_in(dec("10.26"), dec("0.05")), std::nullopt);
    EXPECT_EQ(steps_in(dec("0.000000000001"), dec("1")), std::nullopt);
    EXPECT_EQ(steps_in(dec("-1"), dec("1")), std::nullopt);
    EXPECT_EQ(steps_in(dec("1000000000000"), dec("1")), kMaxSteps);
    EXPECT_EQ(steps_in(dec("1000000000001"), dec("1")), std::nullopt);
    EXPECT_EQ(steps_in(dec("9223372036854775807"), dec("0.000000000001")), std::nullopt);
}

TEST(Grid, CutsOffWhatIsLessThanAStepWhereAsked) {
    EXPECT_EQ(whole_steps_in(dec("10.29"), dec("0.05")), 205);
    EXPECT_EQ(whole_steps_in(dec("0.04"), dec("0.05")), 0);
    EXPECT_EQ(whole_steps_in(dec("-3"), dec("1")), 0);
}

TEST(Grid, PutsACountBackOnIt) { EXPECT_EQ(on_grid(205, dec("0.05")), dec("10.25")); }

TEST(Grid, TakesOnlyPositiveStepsOfFewDigits) {
    EXPECT_TRUE(is_usable_step(dec("0.00000001")));
    EXPECT_FALSE(is_usable_step(dec("0")));
    EXPECT_FALSE(is_usable_step(dec("-0.01")));
    EXPECT_FALSE(is_usable_step(dec("1000001")));
}

}  // namespace
}  // namespace penstock::sim
