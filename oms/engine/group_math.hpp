#pragma once

#include "oms/domain/lists.hpp"
#include "oms/engine/group.hpp"

namespace penstock::oms {

/// A share of an order, in parts of this: fine enough that a share of any order, taken of another, is right
/// to the twelfth decimal.
inline constexpr Units kWhole = Units{1'000'000'000'000} * 1'000'000'000'000;

Units to_units(Quantity quantity);
/// Rounded down to a multiple of `increment`, or without one to `scale` decimals. Never negative. What no
/// Quantity can hold is rounded down further.
Quantity to_quantity(Units units, const std::optional<Quantity>& increment, int scale);

/// whole * part / of, to the nearest. Nothing of nothing. `of` must not be negative; of more than a million
/// times `of` the rest does not count.
Units proportion(Units whole, Units part, Units of);

/// Counts one member more into its group.
void add_member(Exposure& group, Contingency contingency, OverfillPolicy policy, const Exposure& member,
                bool is_first);

}  // namespace penstock::oms
