#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// What the OMS itself asks about an order: for a mass request, a lost client, a group, an expiry, a peg. The
// client sees reports, never a reject, because it has not asked.

/// Ends a held order at once, else asks the venue to cancel. None when that was done or is in flight
/// already; otherwise why it cannot be done now: VenueNotConnected, TooManyRequests.
Reason cancel_by_house(const Context& context, Slot<Order> order, Request::Cause cause);

/// Makes OrderQty(38) this in all. A held order changes at once; else the venue is asked, after what is in
/// flight when it must be, and the newest wish of one cause replaces one that waits. Down to what is filled
/// cancels the rest. The client gets Restated(D) when it is so. Reasons as above.
Reason resize_by_house(const Context& context, Slot<Order> order, Quantity total, Request::Cause cause);

/// The same for the limit price: a peg that follows the book.
Reason reprice_by_house(const Context& context, Slot<Order> order, Price limit, Request::Cause cause);

/// ExecRestatementReason(378) that tells a client why the OMS did this.
RestatementReason reason_of(Request::Cause cause);

}  // namespace penstock::oms
