#pragma once

#include "oms/engine/handlers/handlers.hpp"
#include "oms/engine/special.hpp"

namespace penstock::oms {

// Amends of orders that have conditions, and of those that are held.

/// The conditions an order would have: what the amend does not name stays.
OrderConditions merged(const OrderConditions& before, const OrderConditions& asked);

/// May the conditions be changed so? A trigger that was met cannot be moved any more, and an order without
/// conditions gets none.
std::optional<Denial> check_conditions(const Context& context, const Order& order, const AmendOrder& body);

/// The new terms are the order's from now on. Nobody is told yet: the answer to the amend comes first.
void take_conditions(const Context& context, Slot<Order> order, const OrderConditions& conditions);
/// What they bring about: it waits for them, or no longer.
void follow_conditions(const Context& context, Slot<Order> order);

/// Does the venue have to agree? Not when the order is held, nor when nothing changes of what it was sent.
bool concerns_venue(const Context& context, Slot<Order> order, const Request& request);

/// Makes the order as the request wants it, without asking anybody, and answers the request.
void accept_inside(const Context& context, Slot<Order> order, Slot<Request> request);

}  // namespace penstock::oms
