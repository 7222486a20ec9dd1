#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Slices of an iceberg that counted as filled, and of which a bust or a restatement has opened something
// again while a newer one is there, or when the order has ended; or that people had settled as ended, and
// that works. The venue is asked to end them, until it has; what they had open goes with the next slice.

/// A slice before the newest one, or any of an order that has ended unfilled, of which the venue may trade
/// something.
bool is_woken(const OrderStore& orders, Slot<Child> child);
/// An open order with such a slice: it does not end with its newest one.
bool has_woken(const OrderStore& orders, const Order& order);

/// Asks the venue to cancel a woken slice, if it is there; else, and should it refuse, that is tried again
/// when the time for an answer is over.
void retire(const Context& context, Slot<Child> child);
/// The same for all of an order about which nothing is under way.
void retire_woken(const Context& context, Slot<Order> order);
/// The venue did not cancel it.
void retire_refused(const Context& context, Slot<Child> child, Slot<Request> request, Reason why);

/// The newest slice has ended, and the order would with it. True when a woken slice outlives it: that is the
/// order's newest from now on, and the order ends when that has, which the venue is asked to bring about.
/// `cancel` is the request that has brought this end about; none: `cause` says what the order ends by.
bool is_outlived(const Context& context, Slot<Child> ended, const OrderEvent& end, Slot<Request> cancel,
                 Request::Cause cause);

/// Sends the cancel of an order to what its venue has of it: the newest slice, or a woken one when that is
/// gone.
void send_cancel_of_order(const Context& context, Slot<Order> order, Slot<Request> cancel);

}  // namespace penstock::oms
