#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "oms/domain/decimal.hpp"
#include "oms/domain/print.hpp"
#include "tests/oms/domain/big_int.hpp"

namespace penstock {
namespace {

using tests::BigInt;
using tests::in_units;
using tests::kUnit;
using tests::power_of_ten;

/// Any decimal: small ones, huge ones, and ones with many zeros at the end.
Decimal any_decimal() {
    const auto wide = *rc::gen::arbitrary<std::int64_t>();
    const int drop = *rc::gen::inRange(0, 19);
    Int128 mantissa = wide;
    for (int i = 0; i < drop; ++i) mantissa /= 10;
    const int scale = *rc::gen::inRange(0, Decimal::kMaxScale + 1);
    return *Decimal::from_parts(mantissa, scale);
}

/// Can a decimal hold mantissa * 10^-kMaxScale?
bool fits(Int128 mantissa) {
    for (int scale = Decimal::kMaxScale; scale > 0 && mantissa % 10 == 0; --scale) mantissa /= 10;
    return mantissa >= std::numeric_limits<std::int64_t>::min() &&
           mantissa <= std::numeric_limits<std::int64_t>::max();
}

/// The mantissa at the largest scale: 64 bits times 10^12 always fit.
Int128 at_max_scale(Decimal value) {
    Int128 mantissa = value.mantissa();
    for (int scale = value.scale(); scale < Decimal::kMaxScale; ++scale) mantissa *= 10;
    return mantissa;
}

RC_GTEST_PROP(DecimalProperty, TextAndBackIsTheSameValue, ()) {
    const Decimal value = any_decimal();
    if (value.mantissa() == std::numeric_limits<std::int64_t>::min()) return;
    const std::string text = oms::to_text(value);
    RC_ASSERT(text.size() <= Decimal::kMaxText);
    RC_ASSERT(*Decimal::parse(text) == value);
}

RC_GTEST_PROP(DecimalProperty, OrderIsThatOfTheExactValues, ()) {
    const Decimal left = any_decimal();
    const Decimal right = any_decimal();
    RC_ASSERT((left <=> right) == (in_units(left) <=> in_units(right)));
    RC_ASSERT((left == right) == (in_units(left) == in_units(right)));
}

RC_GTEST_PROP(DecimalProperty, SumAndDifferenceAreExactAndAFaultOnlyWhenTheyDoNotFit, ()) {
    const Decimal left = any_decimal();
    const Decimal right = any_decimal();
    const auto sum = add(left, right);
    const auto difference = subtract(left, right);
    if (sum) RC_ASSERT(in_units(*sum) == in_units(left) + in_units(right));
    if (difference) RC_ASSERT(in_units(*difference) == in_units(left) - in_units(right));
    RC_ASSERT(static_cast<bool>(sum) == fits(at_max_scale(left) + at_max_scale(right)));
    RC_ASSERT(static_cast<bool>(difference) == fits(at_max_scale(left) - at_max_scale(right)));
}

RC_GTEST_PROP(DecimalProperty, ProductIsAlwaysExact, ()) {
    const Decimal price = any_decimal();
    const Decimal quantity = any_decimal();
    const Notional product = Price{price} * Quantity{quantity};
    // Both sides in units of 10^-48, because each factor is in units of 10^-24.
    RC_ASSERT(in_units(product) * power_of_ten(kUnit) == in_units(price) * in_units(quantity));
    RC_ASSERT(oms::to_text(product).size() <= Notional::kMaxText);
}

RC_GTEST_PROP(DecimalProperty, NotionalSumAndOrderAreExact, ()) {
    const Notional left = Price{any_decimal()} * Quantity{any_decimal()};
    const Notional right = Price{any_decimal()} * Quantity{any_decimal()};
    RC_ASSERT((left <=> right) == (in_units(left) <=> in_units(right)));
    const auto sum = add(left, right);
    if (sum) RC_ASSERT(in_units(*sum) == in_units(left) + in_units(right));
    const auto difference = subtract(left, right);
    if (difference) RC_ASSERT(in_units(*difference) == in_units(left) - in_units(right));
}

/// Twice the distance of the average from the exact quotient is at most one last place, and at exactly
/// one the last digit is even. Multiplied out, so that nothing is divided.
RC_GTEST_PROP(DecimalProperty, AverageIsRoundedHalfToEven, ()) {
    const auto fills = *rc::gen::container<std::vector<std::pair<std::int64_t, std::int64_t>>>(rc::gen::pair(
        rc::gen::inRange<std::int64_t>(1, 1'000'000), rc::gen::inRange<std::int64_t>(1, 1'000)));
    const int scale = *rc::gen::inRange(0, 9);
    Notional total;
    Quantity quantity;
    for (const auto& [price, size] : fills) {
        total = *add(total, Price{*Decimal::from_parts(price, 3)} * Quantity::whole(size));
        quantity = *add(quantity, Quantity::whole(size));
    }
    if (fills.empty()) return;
    const Price average = average_price(total, quantity, scale);
    const BigInt last_place = power_of_ten(kUnit - scale) * BigInt{quantity.value.mantissa()};
    const BigInt booked = in_units(average.value) * BigInt{quantity.value.mantissa()};
    const BigInt twice_off = ((in_units(total) - booked) * BigInt{2}).magnitude();
    RC_ASSERT(twice_off <= last_place);
    if (twice_off == last_place) {
        const BigInt digits = BigInt{average.value.mantissa()} * power_of_ten(scale - average.value.scale());
        RC_ASSERT(!digits.is_odd());
    }
}

}  // namespace
}  // namespace penstock
