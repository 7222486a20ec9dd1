#pragma once

#include <optional>

#include "marketdata/reference_prices.hpp"
#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"

namespace penstock::risk {

/// What the checks look at: a new order, or an order as an amend would leave it.
struct OrderTerms {
    Quantity quantity;
    std::optional<Price> limit;  // nothing: a market order, or one whose price is judged when it is sent
    /// What a unit is worth, when that is neither the limit nor the reference: the stop of an order that
    /// waits.
    std::optional<Price> worth = std::nullopt;
};

/// What an account may do. An absent limit lets nothing through.
struct AccountLimits {
    std::optional<Quantity> max_quantity;
    std::optional<Price> max_notional;
    std::optional<Decimal> collar_percent;
    Duration max_reference_age;
};

/// Asks every check in a fixed order and returns the first denial, with what was measured and the
/// limit. Nothing means the order may go. Fails closed: no limits, no reference, no trade.
std::optional<oms::Denial> check_order(const OrderTerms& terms, const AccountLimits* limits,
                                       const std::optional<marketdata::Reference>& reference, Timestamp now);

}  // namespace penstock::risk
