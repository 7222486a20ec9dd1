#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Amends that wait behind another one are merged when the session wants it (conflate_amends): only the
// newest goes to the venue. Those it supersedes are pending with it and share its fate, each under its
// own ClOrdID(11) and in the order they came, as if the venue had been asked one after the other.

/// The first request that waits to be sent, in an order's list from here on; none when none does.
Slot<Request> next_waiting(const OrderStore& orders, Slot<Request> from);

/// The amend of this order to send next; none when none waits. Those it supersedes are reported as pending.
Slot<Request> next_to_send(const Context& context, Slot<Child> child);

/// The request with this revision was accepted, and the order has its terms: everything it supersedes is
/// Replaced, with those terms, because no others were ever in force.
void replace_superseded(const Context& context, Slot<Order> order, std::uint16_t revision);

/// The answer to the request with this revision came after that to a newer one, whose terms stand.
void replace_overtaken(const Context& context, Slot<Order> order, std::uint16_t revision);

/// The request with this revision was refused; it still counts as in flight.
void refuse_superseded(const Context& context, Slot<Order> order, std::uint16_t revision,
                       const Denial& denial, const Text& text);

}  // namespace penstock::oms
