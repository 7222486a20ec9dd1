#include "risk/checks/price_collar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::risk {
namespace {

using tests::dec;
using tests::px;

bool passes(std::string_view limit, std::string_view reference, std::string_view percent) {
    return !check_price_collar(px(limit), px(reference), dec(percent));
}

TEST(PriceCollar, BothEdgesPass) {
    EXPECT_TRUE(passes("11", "10", "10"));
    EXPECT_TRUE(passes("9", "10", "10"));
    EXPECT_TRUE(passes("10", "10", "10"));
}

TEST(PriceCollar, TheSmallestStepPastTheUpperEdgeIsRefusedWithTheEdge) {
    const auto denial = check_price_collar(px("11.000000000001"), px("10"), dec("10"));
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->reason, oms::Reason::PriceOutsideCollar);
    EXPECT_EQ(denial->measured, Notional::of(dec("11.000000000001")));
    EXPECT_EQ(denial->limit, Notional::of(dec("11")));
}

TEST(PriceCollar, TheSmallestStepPastTheLowerEdgeIsRefusedWithTheEdge) {
    const auto denial = check_price_collar(px("8.999999999999"), px("10"), dec("10"));
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->measured, Notional::of(dec("8.999999999999")));
    EXPECT_EQ(denial->limit, Notional::of(dec("9")));
}

// Edges need more decimals than a price has: 10.01 * 1.0333 = 10.343333; nothing is rounded.
TEST(PriceCollar, EdgesAreExact) {
    EXPECT_TRUE(passes("10.343333", "10.01", "3.33"));
    EXPECT_FALSE(passes("10.343334", "10.01", "3.33"));
    EXPECT_TRUE(passes("9.676667", "10.01", "3.33"));
    EXPECT_FALSE(passes("9.676666", "10.01", "3.33"));
    EXPECT_FALSE(passes("0.000000000002", "0.000000000001", "99.999999999"));
    EXPECT_TRUE(passes("0.000000000002", "0.000000000001", "100"));
}

TEST(PriceCollar, AZeroBandAllowsTheReferenceOnly) {
    EXPECT_TRUE(passes("10", "10", "0"));
    EXPECT_FALSE(passes("10.01", "10", "0"));
    EXPECT_FALSE(passes("9.99", "10", "0"));
}

TEST(PriceCollar, ANegativeBandAllowsNothing) { EXPECT_FALSE(passes("10", "10", "-1")); }

TEST(PriceCollar, AnEdgeThatCannotBeComputedIsARefusal) {
    const auto too_fine = check_price_collar(px("1"), px("1.000000000001"), dec("0.000000000001"));
    ASSERT_TRUE(too_fine);
    EXPECT_EQ(too_fine->reason, oms::Reason::NotionalOverflow);
    const auto too_wide = check_price_collar(px("1"), px("1"), dec("9223372036854775807"));
    ASSERT_TRUE(too_wide);
    EXPECT_EQ(too_wide->reason, oms::Reason::NotionalOverflow);
}

/// In whole ticks of a cent and whole percents: 100 * distance <= percent * reference, multiplied out.
RC_GTEST_PROP(PriceCollarProperty, PassesExactlyWhatIsWithinThePercentage, ()) {
    const auto reference = *rc::gen::inRange<std::int64_t>(1, 2'000);
    const auto limit = *rc::gen::inRange<std::int64_t>(1, 4'000);
    const auto percent = *rc::gen::inRange<std::int64_t>(0, 120);
    const auto in_cents = [](std::int64_t cents) { return Price{*Decimal::from_parts(cents, 2)}; };
    const std::int64_t distance = limit > reference ? limit - reference : reference - limit;
    const bool is_within = 100 * distance <= percent * reference;
    const auto denial = check_price_collar(in_cents(limit), in_cents(reference), Decimal::whole(percent));
    RC_ASSERT(is_within == !denial.has_value());
}

}  // namespace
}  // namespace penstock::risk
