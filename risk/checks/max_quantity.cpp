#include "risk/checks/max_quantity.hpp"

namespace penstock::risk {

std::optional<oms::Denial> check_max_quantity(Quantity quantity, Quantity limit) {
    if (quantity <= limit) return std::nullopt;
    return oms::Denial{oms::Reason::MaxQuantity, Notional::of(quantity.value), Notional::of(limit.value)};
}

}  // namespace penstock::risk
