#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// What the OMS itself asks about an order: for a mass request, a lost client, a group, an expiry, a peg. The
// client sees reports, never a reject, because it has not asked.

/// Ends a held order at once, else asks the venue to cancel. None when that was done or is in flight
/// already; otherwise why it cannot be done now: VenueNotConnected, TooManyRequests.
[[nodiscard]] Reason cancel_by_house(const Context& context, Slot<Order> order, Request::Cause cause);

/// Makes OrderQty(38) this in all, which is more than is filled. A held order changes at once; else the venue
/// is asked, after what is in flight when it must be, and the newest wish replaces one that waits. The client
/// gets Restated(D) when it is so. Reasons as above.
[[nodiscard]] Reason resize_by_house(const Context& context, Slot<Order> order, Quantity total);

/// The limit of a peg. What cannot be asked for is told to the desk (OrderBlocked), once until it can be
/// again.
void reprice_by_house(const Context& context, Slot<Order> order, Price limit);

/// The live slice of an iceberg shall show no more than is open of its order. The desk is told as above.
void resize_slice_by_house(const Context& context, Slot<Order> order);

/// Does the client see the request in OrdStatus(39)? It sees what it asked for, and mass requests; what else
/// the OMS does shows when it is done.
bool is_seen(Request::Cause cause);

/// ExecRestatementReason(378) and reason that tell a client why the OMS cancelled or restated.
RestatementReason restatement_of(Request::Cause cause);

}  // namespace penstock::oms
