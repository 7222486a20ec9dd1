#include "risk/checks/max_quantity.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::risk {
namespace {

using tests::dec;
using tests::qty;

TEST(MaxQuantity, TheLimitItselfPasses) {
    EXPECT_FALSE(check_max_quantity(qty("100"), qty("100")));
    EXPECT_FALSE(check_max_quantity(qty("99.999999999999"), qty("100")));
}

TEST(MaxQuantity, TheSmallestExcessIsRefusedWithBothNumbers) {
    const auto denial = check_max_quantity(qty("100.000000000001"), qty("100"));
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->reason, oms::Reason::MaxQuantity);
    EXPECT_EQ(denial->measured, Notional::of(dec("100.000000000001")));
    EXPECT_EQ(denial->limit, Notional::of(dec("100")));
}

TEST(MaxQuantity, ALimitOfZeroLetsNothingThrough) {
    EXPECT_TRUE(check_max_quantity(qty("0.000000000001"), qty("0")));
}

}  // namespace
}  // namespace penstock::risk
