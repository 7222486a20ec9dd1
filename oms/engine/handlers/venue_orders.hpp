#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// How orders are found that a venue names by its own OrderID(37) only.

/// Of all that are kept, the child its venue calls by this OrderID(37): one that is open, else the newest;
/// none when it is nobody's here. Reads every child, some twenty milliseconds for a million: only the first
/// report on an order that names no ClOrdID of ours asks, and adoptions; that there is none is remembered. An
/// index would cost memory for each order, and work for each acknowledgement.
Slot<Child> find_by_order_id(const Context& context, VenueId venue, const VenueOrderId& id);

/// Takes over the venue's OrderID(37) from a report that tells of newer terms than are known. Any other
/// report gives it only where there was none. What was told of that order before, as of nobody's, was told of
/// this one.
void follow_order_id(const Context& context, Slot<Child> child, const VenueReport& report);

}  // namespace penstock::oms
