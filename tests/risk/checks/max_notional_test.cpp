#include "risk/checks/max_notional.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::risk {
namespace {

using tests::dec;
using tests::px;
using tests::qty;

TEST(MaxNotional, TheLimitItselfPasses) {
    EXPECT_FALSE(check_max_notional(px("10"), qty("100"), px("1000")));
    EXPECT_FALSE(check_max_notional(px("0.1"), qty("0.3"), px("0.03")));
}

TEST(MaxNotional, TheSmallestExcessIsRefusedWithBothNumbers) {
    const auto denial = check_max_notional(px("10.000000000001"), qty("100"), px("1000"));
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->reason, oms::Reason::MaxNotional);
    EXPECT_EQ(denial->measured, Notional::of(dec("1000.0000000001")));
    EXPECT_EQ(denial->limit, Notional::of(dec("1000")));
}

// 0.1 * 3 is more than 0.3 in binary floating point.
TEST(MaxNotional, TenthsAreExact) { EXPECT_FALSE(check_max_notional(px("0.1"), qty("3"), px("0.3"))); }

TEST(MaxNotional, TheLargestOrderThereIsDoesNotWrapAround) {
    const auto denial =
        check_max_notional(px("9223372036854775807"), qty("9223372036854775807"), px("9223372036854775807"));
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->measured, px("9223372036854775807") * qty("9223372036854775807"));
}

}  // namespace
}  // namespace penstock::risk
