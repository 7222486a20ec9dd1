#pragma once

#include <optional>

#include "oms/domain/output.hpp"

namespace penstock::risk {

/// Refuses an order worth more than `limit` (quote currency) at `price`. Exact; cannot overflow.
std::optional<oms::Denial> check_max_notional(Price price, Quantity quantity, Price limit);

}  // namespace penstock::risk
