#include "gateways/sim/grid.hpp"

#include <algorithm>

#include "oms/domain/assert.hpp"

namespace penstock::sim {
namespace {

struct Division {
    Int128 quotient;
    Int128 remainder;
};

Int128 power_of_ten(int exponent) {
    Int128 power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

/// value / step at their common scale. An int64 times 10^12 fits 128 bits with room to spare.
Division divide(Decimal value, Decimal step) {
    const int scale = std::max(value.scale(), step.scale());
    const Int128 above = value.mantissa() * power_of_ten(scale - value.scale());
    const Int128 below = step.mantissa() * power_of_ten(scale - step.scale());
    return {above / below, above % below};
}

}  // namespace

bool is_usable_step(Decimal step) { return step.is_positive() && step.mantissa() <= kMaxStepMantissa; }

std::optional<std::int64_t> steps_in(Decimal value, Decimal step) {
    if (value.is_negative()) return std::nullopt;
    const Division division = divide(value, step);
    if (division.remainder != 0 || division.quotient > kMaxSteps) return std::nullopt;
    return static_cast<std::int64_t>(division.quotient);
}

std::int64_t whole_steps_in(Decimal value, Decimal step) {
    if (value.is_negative()) return 0;
    return static_cast<std::int64_t>(std::min<Int128>(divide(value, step).quotient, kMaxSteps));
}

Decimal on_grid(std::int64_t count, Decimal step) {
    const auto made = Decimal::from_parts(Int128{count} * step.mantissa(), step.scale());
    PENSTOCK_ASSERT(made, "a grid's numbers fit a decimal");
    return *made;
}

Quantity plus(Quantity left, Quantity right) {
    const auto sum = add(left, right);
    PENSTOCK_ASSERT(sum, "quantities on one lot grid add exactly");
    return *sum;
}

Quantity minus(Quantity left, Quantity right) {
    const auto difference = subtract(left, right);
    PENSTOCK_ASSERT(difference, "quantities on one lot grid subtract exactly");
    return *difference;
}

}  // namespace penstock::sim
