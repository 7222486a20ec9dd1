#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Icebergs the OMS keeps: an order of which the venue sees one slice at a time, each a child of its own.

/// Only a slice of the order is at its venue.
bool is_sliced(const OrderStore& orders, const Order& order);
/// Before a child is sent: it gets the quantity the venue shall see.
void size_child(const Context& context, Slot<Child> child);
/// A slice before the one that is live.
bool is_old_slice(const OrderStore& orders, Slot<Child> child);
/// A bust had opened it again, and its venue ends it: what is open of it goes with the next one.
void end_old_slice(const Context& context, Slot<Child> child, const VenueReport& report,
                   const OrderEvent& end);
/// What the child is to have in all when its order has `total` in all.
Quantity child_total(const OrderStore& orders, const Child& child, Quantity total);
/// The venue refused to make the live slice smaller: it is asked again, kMaxTrimTries times in all.
void slice_not_trimmed(const Context& context, Slot<Order> order);
/// It did, to what was right when it was asked.
void slice_trimmed(const Context& context, Slot<Order> order);
/// Has it something to do at its venue's logon: a slice to cut, also one that the venue has refused to, or,
/// good till, to go on after a day that ended with no slice there?
bool waits_for_logon(const OrderStore& orders, const Order& order);
void go_on_at_logon(const Context& context, Slot<Order> order);
/// Slices that could not be cut for want of a place among the requests are, while there is one.
void cut_what_waited(const Context& context);
/// After anything that may have ended a slice: the next one goes, with the terms of the newest amend. A live
/// slice that has become too large, because an old one traded more, is made smaller.
void continue_slices(const Context& context, Slot<Order> order);

}  // namespace penstock::oms
