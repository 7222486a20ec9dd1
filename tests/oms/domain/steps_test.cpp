#include "oms/domain/steps.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/oms/domain/big_int.hpp"
#include "tests/oms/words.hpp"

namespace penstock {
namespace {

using tests::BigInt;
using tests::dec;
using tests::in_units;
using tests::kUnit;
using tests::power_of_ten;

/// A price, a quantity, a step: as large as they come, with any number of decimals.
Decimal any_amount() {
    const auto mantissa = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
    return *Decimal::from_parts(mantissa, *rc::gen::inRange(0, Decimal::kMaxScale + 1));
}
Decimal any_positive() {
    const Decimal amount = any_amount();
    if (amount.is_zero()) return Decimal::whole(1);
    return amount.is_negative() ? *subtract(Decimal{}, amount) : amount;
}

bool is_between(const BigInt& low, const BigInt& value, const BigInt& high) {
    return low <= value && value <= high;
}

RC_GTEST_PROP(StepsProperty, TheStepsAroundAValueAreMultiplesLessThanOneApart, ()) {
    const Decimal value = any_amount();
    const Decimal step = any_positive();
    const auto down = step_down(value, step);
    const auto up = step_up(value, step);
    if (!down || !up) return;  // more decimals than there is room for beside so many digits
    RC_ASSERT(is_multiple(*down, step));
    RC_ASSERT(is_multiple(*up, step));
    RC_ASSERT(is_between(in_units(*down), in_units(value), in_units(*up)));
    const BigInt apart = in_units(*up) - in_units(*down);
    RC_ASSERT(apart == (is_multiple(value, step) ? BigInt(0) : in_units(step)));
}

RC_GTEST_PROP(StepsProperty, APercentageIsCutOffAfterTwelveDecimals, ()) {
    const Decimal value = any_amount();
    const Decimal percent =
        *Decimal::from_parts(*rc::gen::inRange<std::int64_t>(-100'000, 100'000), *rc::gen::inRange(0, 9));
    const auto made = percent_of(value, percent);
    RC_ASSERT(static_cast<bool>(made));
    // In units of 10^-50: of the value, of the percent, and of the hundred they are of.
    const BigInt exact = in_units(value) * in_units(percent);
    const BigInt cut = in_units(*made) * power_of_ten(kUnit + 2);
    RC_ASSERT(cut.magnitude() <= exact.magnitude());
    RC_ASSERT((exact - cut).magnitude() < power_of_ten(2 * kUnit + 2 - Decimal::kMaxScale));
}

RC_GTEST_PROP(StepsProperty, AShareIsTheMostStepsThatFit, ()) {
    const Decimal value = any_positive();
    const Decimal whole = any_positive();
    const Decimal part = any_positive();
    const Decimal step = any_positive();
    const auto share = share_down(value, part, whole, step);
    if (!share) return;  // as above
    RC_ASSERT(is_multiple(*share, step));
    const BigInt exact = in_units(value) * in_units(part);
    RC_ASSERT(in_units(*share) * in_units(whole) <= exact);
    RC_ASSERT(exact < (in_units(*share) + in_units(step)) * in_units(whole));
}

RC_GTEST_PROP(StepsProperty, MoneyBuysTheMostStepsItSufficesFor, ()) {
    const Decimal money = any_positive();
    const Decimal price = any_positive();
    const Decimal step = any_positive();
    const auto units = units_for(money, price, step);
    if (!units) return;  // as above
    RC_ASSERT(is_multiple(*units, step));
    const BigInt have = in_units(money) * power_of_ten(kUnit);
    RC_ASSERT(in_units(*units) * in_units(price) <= have);
    RC_ASSERT(have < (in_units(*units) + in_units(step)) * in_units(price));
}

TEST(Steps, WithoutAStepEverythingIsAMultiple) {
    EXPECT_TRUE(is_multiple(dec("1.234"), Decimal{}));
    EXPECT_EQ(*step_down(dec("1.234"), Decimal{}), dec("1.234"));
    EXPECT_EQ(*step_up(dec("1.234"), dec("-1")), dec("1.234"));
    EXPECT_EQ(*share_down(dec("1"), dec("1"), dec("3"), Decimal{}), dec("0.333333333333"));
    EXPECT_EQ(*units_for(dec("100"), dec("30"), Decimal{}), dec("3"));
}

TEST(Steps, NegativeValuesRoundTowardTheirSide) {
    EXPECT_EQ(*step_down(dec("-0.15"), dec("0.1")), dec("-0.2"));
    EXPECT_EQ(*step_up(dec("-0.15"), dec("0.1")), dec("-0.1"));
    EXPECT_EQ(*percent_of(dec("-10"), dec("2")), dec("-0.2"));
}

TEST(Steps, NothingOfNothingIsNothing) {
    EXPECT_EQ(*share_down(Decimal{}, Decimal{}, dec("3"), dec("1")), Decimal{});
}

TEST(Steps, WhatDoesNotFitIsAFault) {
    const Decimal huge = dec("9223372036854775807");
    const Decimal tiny = dec("0.000000000001");
    EXPECT_EQ(step_up(huge, dec("10")).error(), Fault::Overflow);
    EXPECT_EQ(percent_of(huge, dec("1000")).error(), Fault::Overflow);
    EXPECT_EQ(share_down(huge, huge, tiny, tiny).error(), Fault::Overflow);
    EXPECT_EQ(share_down(tiny, dec("7"), huge, huge).error(), Fault::Overflow);
    EXPECT_EQ(units_for(huge, tiny, tiny).error(), Fault::Overflow);
    EXPECT_EQ(units_for(huge, tiny, dec("1")).error(), Fault::Overflow);
}

}  // namespace
}  // namespace penstock
