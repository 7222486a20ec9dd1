#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// What becomes of the orders of a client that is gone.

/// A client logged on or off: its grace period begins or ends.
void client_changed(const Context& context, const SessionChanged& body, bool was_up);
/// Clients whose grace period is over: their orders go, as far as they, their accounts and their session
/// say so.
void cancel_where_due(const Context& context);
/// Cancels one order of theirs, or promises to.
void cancel_for_absent(const Context& context, Slot<Order> order);
/// The same of one that works again, by a bust or its venue's word, when what its client's absence means has
/// been done already.
void cancel_if_absent(const Context& context, Slot<Order> order);
/// When its venue is not there the client is told so, and the order is cancelled when the venue comes back.
/// None when that was done, promised, or is in flight already; else the reason, and the client knows.
[[nodiscard]] Reason cancel_or_promise(const Context& context, Slot<Order> order, Request::Cause cause);
/// Its venue came back.
void cancel_promised(const Context& context, Slot<Order> order);
/// A cancel of it is out, whoever asked for it.
bool is_being_cancelled(const Context& context, Slot<Order> order);
/// A venue came back: what waited for that is cancelled.
void cancel_what_awaited(const Context& context, VenueId venue);

}  // namespace penstock::oms
