#pragma once

#include <optional>

#include "marketdata/reference_prices.hpp"
#include "oms/domain/output.hpp"

namespace penstock::risk {

/// Refuses when there is no reference price, or one older than `max_age`: an unknown price is not a
/// safe one. Measured and limit are whole milliseconds.
std::optional<oms::Denial> check_reference_age(const std::optional<marketdata::Reference>& reference,
                                               Timestamp now, Duration max_age);

}  // namespace penstock::risk
