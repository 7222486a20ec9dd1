#include "risk/checks/max_notional.hpp"

namespace penstock::risk {

std::optional<oms::Denial> check_max_notional(Price price, Quantity quantity, Price limit) {
    const Notional worth = price * quantity;
    const Notional most = Notional::of(limit.value);
    if (worth <= most) return std::nullopt;
    return oms::Denial{oms::Reason::MaxNotional, worth, most};
}

}  // namespace penstock::risk
