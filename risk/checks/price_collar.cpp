#include "risk/checks/price_collar.hpp"

namespace penstock::risk {
namespace {

/// reference * (100 + signed percent) / 100, exact in a Notional's 24 decimals.
Result<Notional> edge(Price reference, Decimal percent, bool upper) {
    const auto hundred = Decimal::whole(100);
    const auto share = upper ? add(hundred, percent) : subtract(hundred, percent);
    if (!share) return share.error();
    const Notional scaled = reference * Quantity{*share};
    return Notional::from_parts(scaled.mantissa(), scaled.scale() + 2);
}

}  // namespace

std::optional<oms::Denial> check_price_collar(Price limit, Price reference, Decimal percent) {
    const Notional price = Notional::of(limit.value);
    const auto low = edge(reference, percent, false);
    const auto high = edge(reference, percent, true);
    if (!low || !high) return oms::Denial{oms::Reason::NotionalOverflow, price, {}};
    if (price < *low) return oms::Denial{oms::Reason::PriceOutsideCollar, price, *low};
    if (price > *high) return oms::Denial{oms::Reason::PriceOutsideCollar, price, *high};
    return std::nullopt;
}

}  // namespace penstock::risk
