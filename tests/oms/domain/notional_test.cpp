#include <gtest/gtest.h>

#include <limits>

#include "oms/domain/decimal.hpp"
#include "oms/domain/print.hpp"
#include "tests/oms/words.hpp"

namespace penstock {
namespace {

using tests::dec;
using tests::px;
using tests::qty;

const Notional kLargest = *Notional::from_parts(std::numeric_limits<Int128>::max(), 0);

TEST(Notional, IsTheExactProduct) {
    EXPECT_EQ(oms::to_text(px("10.05") * qty("3")), "30.15");
    EXPECT_EQ(oms::to_text(px("0.000000000001") * qty("0.000000000001")), "0.000000000000000000000001");
    EXPECT_EQ(oms::to_text(px("9223372036854775807") * qty("9223372036854775807")),
              "85070591730234615847396907784232501249");
    EXPECT_EQ(oms::to_text(px("-2.5") * qty("4")), "-10");
}

TEST(Notional, IsNormalised) {
    EXPECT_EQ(px("2.5") * qty("4"), Notional::of(dec("10")));
    EXPECT_EQ(px("0.001") * qty("0"), Notional{});
    EXPECT_EQ((px("0.001") * qty("0")).scale(), 0);
}

TEST(Notional, ComparesAcrossScales) {
    EXPECT_LT(px("1.5") * qty("3"), Notional::of(dec("4.500000000001")));
    EXPECT_GT(kLargest, px("0.000000000001") * qty("0.000000000001"));
    EXPECT_LT(*subtract(Notional{}, kLargest), px("-0.000000000001") * qty("0.000000000001"));
    EXPECT_LT(px("0.000000000001") * qty("0.000000000001"), kLargest);
}

TEST(Notional, SumsAreExactOrOverflow) {
    EXPECT_EQ(*add(px("1.5") * qty("3"), px("0.5") * qty("1")), Notional::of(dec("5")));
    EXPECT_TRUE(subtract(px("1.5") * qty("3"), px("4.5") * qty("1"))->is_zero());
    EXPECT_EQ(add(kLargest, Notional::of(dec("1"))).error(), Fault::Overflow);
    EXPECT_EQ(add(kLargest, Notional::of(dec("0.1"))).error(), Fault::Overflow);
}

TEST(Notional, PartsOutsideTheTypeAreFaults) {
    EXPECT_EQ(Notional::from_parts(1, 25).error(), Fault::PrecisionLoss);
    EXPECT_EQ(Notional::from_parts(1, -1).error(), Fault::Overflow);
    EXPECT_EQ(Notional::from_parts(10, 25)->scale(), 24);
}

}  // namespace
}  // namespace penstock
