#pragma once

#include "oms/domain/decimal.hpp"

namespace penstock {

// Arithmetic with increments and percentages: exact, or rounded in the one direction the name says.

/// Is it a whole number of steps? A step that is not positive allows everything.
bool is_multiple(Decimal value, Decimal step);
/// The nearest multiple of `step` at or below (above) `value`. A step that is not positive changes nothing.
/// Fault::Overflow.
Result<Decimal> step_down(Decimal value, Decimal step);
Result<Decimal> step_up(Decimal value, Decimal step);
/// left - right, rounded down to as many decimals as a number can hold of it. Neither may be negative.
Decimal difference_down(Decimal left, Decimal right);
/// value * percent / 100, cut off after twelve decimals. Fault::Overflow.
Result<Decimal> percent_of(Decimal value, Decimal percent);
/// value * part / whole, rounded down to a multiple of `step` (of 10^-12 when there is none). `whole` must
/// not be zero, nothing may be negative. Fault::Overflow.
Result<Decimal> share_down(Decimal value, Decimal part, Decimal whole, Decimal step);
/// The most units that `money` buys at `price`, a multiple of `step` (of one when there is none). The price
/// must be positive. Fault::Overflow.
Result<Decimal> units_for(Decimal money, Decimal price, Decimal step);

}  // namespace penstock
