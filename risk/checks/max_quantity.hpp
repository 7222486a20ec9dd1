#pragma once

#include <optional>

#include "oms/domain/output.hpp"

namespace penstock::risk {

/// Refuses more than `limit` units in one order.
std::optional<oms::Denial> check_max_quantity(Quantity quantity, Quantity limit);

}  // namespace penstock::risk
