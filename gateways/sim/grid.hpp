#pragma once

#include <cstdint>
#include <optional>

#include "oms/domain/decimal.hpp"

namespace penstock::sim {

// Prices stand on a grid of ticks and quantities on a grid of lots. Every number the engine lets in is
// at most kMaxSteps steps of at most kMaxStepMantissa, so sums and differences on one grid are exact
// and always fit; that is why `plus` and `minus` may assert instead of returning a Result.

inline constexpr std::int64_t kMaxSteps = 1'000'000'000'000;
inline constexpr std::int64_t kMaxStepMantissa = 1'000'000;

/// May this be the step of a grid: positive, with a mantissa of at most kMaxStepMantissa.
bool is_usable_step(Decimal step);

/// How many steps make `value`; nothing when that is no whole number of 0..kMaxSteps.
std::optional<std::int64_t> steps_in(Decimal value, Decimal step);

/// The same, cutting off what is less than a whole step; for recorded data of a finer grid.
std::int64_t whole_steps_in(Decimal value, Decimal step);

/// count * step; the count must be within -kMaxSteps..kMaxSteps.
Decimal on_grid(std::int64_t count, Decimal step);

Quantity plus(Quantity left, Quantity right);
Quantity minus(Quantity left, Quantity right);

}  // namespace penstock::sim
