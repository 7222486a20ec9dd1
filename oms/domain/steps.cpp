#include "oms/domain/steps.hpp"

#include <algorithm>

namespace penstock {
namespace {

/// 10^exponent, for the 0 to 24 that scales differ by.
Int128 power_of_ten(int exponent) {
    Int128 power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// Two decimals as whole numbers of the finer one's unit. A mantissa below 2^63 times 10^12 always fits.
struct Aligned {
    Int128 left;
    Int128 right;
    int scale;
};
Aligned align(Decimal left, Decimal right) {
    const int scale = std::max(left.scale(), right.scale());
    return {left.mantissa() * power_of_ten(scale - left.scale()),
            right.mantissa() * power_of_ten(scale - right.scale()), scale};
}

/// Rounded toward minus infinity.
Int128 floor_divide(Int128 value, Int128 by) {
    const Int128 quotient = value / by;
    return value % by != 0 && (value < 0) != (by < 0) ? quotient - 1 : quotient;
}

Result<Int128> multiply(Int128 a, Int128 b) {
    Int128 product = 0;
    if (__builtin_mul_overflow(a, b, &product)) return Fault::Overflow;
    return product;
}

Int128 common_factor(Int128 a, Int128 b) {
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a == 0 ? 1 : a;
}

}  // namespace

bool is_multiple(Decimal value, Decimal step) {
    if (!step.is_positive()) return true;
    const Aligned both = align(value, step);
    return both.left % both.right == 0;
}

Decimal difference_down(Decimal left, Decimal right) {
    const Aligned both = align(left, right);
    Int128 difference = both.left - both.right;
    int scale = both.scale;
    auto made = Decimal::from_parts(difference, scale);
    // Whole numbers always fit.
    while (!made) made = Decimal::from_parts(difference = floor_divide(difference, 10), --scale);
    return *made;
}

Result<Decimal> step_down(Decimal value, Decimal step) {
    if (!step.is_positive()) return value;
    const Aligned both = align(value, step);
    return Decimal::from_parts(floor_divide(both.left, both.right) * both.right, both.scale);
}

Result<Decimal> step_up(Decimal value, Decimal step) {
    if (!step.is_positive()) return value;
    const Aligned both = align(value, step);
    return Decimal::from_parts(-floor_divide(-both.left, both.right) * both.right, both.scale);
}

Result<Decimal> percent_of(Decimal value, Decimal percent) {
    const Int128 product = static_cast<Int128>(value.mantissa()) * percent.mantissa();
    const int scale = value.scale() + percent.scale() + 2;
    const int beyond = std::max(0, scale - Decimal::kMaxScale);
    return Decimal::from_parts(product / power_of_ten(beyond), scale - beyond);
}

Result<Decimal> share_down(Decimal value, Decimal part, Decimal whole, Decimal step) {
    Aligned ratio = align(part, whole);
    const Int128 factor = common_factor(ratio.left, ratio.right);
    ratio.left /= factor;
    ratio.right /= factor;
    const Decimal unit = step.is_positive() ? step : *Decimal::from_parts(1, Decimal::kMaxScale);
    // value * left / right, in units: value_mantissa * left / (right * unit_mantissa), scales aside.
    const Aligned in_units = align(value, unit);
    const auto above = multiply(in_units.left, ratio.left);
    const auto below = multiply(in_units.right, ratio.right);
    if (!above || !below) return Fault::Overflow;
    // So many units are no more than what was divided: the product fits.
    return Decimal::from_parts(floor_divide(*above, *below) * in_units.right, in_units.scale);
}

Result<Decimal> units_for(Decimal money, Decimal price, Decimal step) {
    const Decimal unit = step.is_positive() ? step : Decimal::whole(1);
    // One unit costs price * unit; how often does that fit into the money?
    const Int128 cost = static_cast<Int128>(price.mantissa()) * unit.mantissa();
    const int cost_scale = price.scale() + unit.scale();
    const int scale = std::max(cost_scale, money.scale());
    const auto have = multiply(money.mantissa(), power_of_ten(scale - money.scale()));
    const auto need = multiply(cost, power_of_ten(scale - cost_scale));
    if (!have || !need) return Fault::Overflow;
    // As above: one unit is no more than what it costs in the finest scale.
    return Decimal::from_parts(floor_divide(*have, *need) * unit.mantissa(), unit.scale());
}

}  // namespace penstock
