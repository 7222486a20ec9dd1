#pragma once

#include <optional>

#include "oms/domain/output.hpp"

namespace penstock::risk {

/// Refuses a limit price further than `percent` from the reference, either side. The measured value
/// is the price; the limit given back is the edge it crossed.
std::optional<oms::Denial> check_price_collar(Price limit, Price reference, Decimal percent);

}  // namespace penstock::risk
