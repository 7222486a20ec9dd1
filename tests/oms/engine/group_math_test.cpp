#include "oms/engine/group_math.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::qty;

Units units(std::string_view text) { return to_units(qty(text)); }
Quantity exact(Units of) { return to_quantity(of, {}, Decimal::kMaxScale); }

TEST(GroupMath, AQuantityIsTheSameAfterItWasUnits) {
    for (const auto* text : {"0", "1", "0.000000000001", "9223372036854775807", "9223372.036854775807"})
        EXPECT_EQ(exact(units(text)), qty(text)) << text;
}

TEST(GroupMath, WhatRemainsIsRoundedDownToTheIncrementOrTheScale) {
    EXPECT_EQ(to_quantity(units("66.67"), qty("5"), 2), qty("65"));
    EXPECT_EQ(to_quantity(units("66.67"), qty("0.5"), 0), qty("66.5"));
    EXPECT_EQ(to_quantity(units("66.67"), {}, 1), qty("66.6"));
    EXPECT_EQ(to_quantity(units("66.67"), qty("0"), 0), qty("66"));
    EXPECT_EQ(to_quantity(-1, {}, 0), qty("0"));
}

TEST(GroupMath, WhatNoQuantityHoldsIsRoundedDownFurther) {
    const Units fine = units("9223372036854775806") + 1;
    EXPECT_EQ(exact(fine), qty("9223372036854775806"));
    EXPECT_EQ(exact(fine * 10), qty("9223372036854775807"));
}

TEST(GroupMath, AThirdOfThreeTimesIsTheWhole) {
    EXPECT_EQ(proportion(units("100"), units("1"), units("3")), units("33.333333333333"));
    const Units share = proportion(kWhole, units("1"), units("3"));
    EXPECT_EQ(proportion(units("300"), share, kWhole), units("100"));
    EXPECT_EQ(proportion(units("100"), units("250"), units("100")), units("250"));
}

TEST(GroupMath, NothingOfNothingIsNothing) {
    EXPECT_EQ(proportion(units("100"), 0, units("3")), 0);
    EXPECT_EQ(proportion(units("100"), units("1"), 0), 0);
    EXPECT_EQ(proportion(0, units("1"), units("3")), 0);
}

TEST(GroupMath, ARatioWithoutMeasureIsCut) {
    EXPECT_EQ(proportion(units("1"), units("5000000"), units("1")), units("1000000"));
}

TEST(GroupMath, TheLargestQuantitiesDoNotOverflow) {
    const Units largest = units("9223372036854775807");
    EXPECT_EQ(proportion(largest, largest, largest), largest);
    EXPECT_EQ(proportion(largest, 1, largest), 1);
}

}  // namespace
}  // namespace penstock::oms
