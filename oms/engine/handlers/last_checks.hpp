#pragma once

#include <optional>

#include "oms/engine/handlers/handlers.hpp"
#include "risk/pre_trade.hpp"

namespace penstock::oms {

/// May an order have these terms at its venue, by the limits, the permissions and the prices of now? Asked
/// again whenever something goes to a venue later than it was asked for: a change that had to wait, an order
/// that was held, the next slice, what a group raises. A permission or a limit withdrawn meanwhile counts.
std::optional<Denial> check_before_sending(const Context& context, const Order& order,
                                           const risk::OrderTerms& terms);

/// The same with the order's limit as it stands.
std::optional<Denial> check_before_sending(const Context& context, const Order& order, Quantity total);

}  // namespace penstock::oms
