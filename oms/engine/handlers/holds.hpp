#pragma once

#include <string>

#include "oms/engine/handlers/handlers.hpp"
#include "oms/engine/special.hpp"

namespace penstock::oms {

// Orders that are kept inside: accepted by the OMS, unknown to the venue. They can be amended and cancelled
// without asking anybody. Whatever lifts the last reason to wait sends them, after the risk checks of a new
// order.

/// A client has it confirmed, the venue does not know it.
bool is_held(const OrderStore& orders, const Order& order);

/// ExpireTime(126) has passed, or the trading day it is good for: nothing more of it is sent. Only of an
/// order with conditions.
bool is_over(const Context& context, const Order& order);

/// A held order has had its time. An old slice of it, which a bust has opened again, ends with it: until its
/// venue has confirmed that, it is asked again.
void expire_held(const Context& context, Slot<Order> order);

/// Another reason to wait. Only while it is held.
void hold(const Context& context, Slot<Order> order, Hold why);

/// A reason to wait is gone. When only the trigger is left, it is armed; when nothing is left, the order is
/// sent. It ends, and the client is told, when the risk checks say no by then. While its venue is not
/// connected it stays held, the desk is told, and the venue's logon lifts it. Nothing happens when the order
/// is not held for that reason.
void lift(const Context& context, Slot<Order> order, Hold why);

/// After the reasons to wait, or the trigger, were set or changed: arms the trigger if it is the only one
/// left, and sets the timer.
void start_waiting(const Context& context, Slot<Order> order);
/// Before a trigger is changed, or the order has ended: nobody looks at it any more.
void stop_waiting(const Context& context, Slot<Order> order);

/// The child that waits is not to be sent any more; the order goes on without it.
void drop_held(const Context& context, Slot<Order> order);
/// Ends an order that is held. Nobody has to be asked. The client gets a report of `type` Canceled or
/// Expired, on its request `cl_ord_id` if there is one.
ExecutionReport& end_held(const Context& context, Slot<Order> order, ExecType type,
                          const ClOrdId& cl_ord_id = {});

/// Sends the next of those whose price was seen, a bounded number.
void send_triggered(const Context& context);
/// The venue has published its first price of the instrument: its orders watch that from now on, and no
/// longer anybody's.
void watch_own_venue(const Context& context, VenueId venue, InstrumentId instrument);
/// Why a venue takes no orders just now, for people.
std::string why_no_orders(const Context& context, VenueId venue);
/// The venue is connected again: what waited for that goes, oldest first, a slice at a time.
void lift_all_of(const Context& context, VenueId venue);
/// The same while nothing new may be sent there: only slices that are too large are cut.
void lift_what_shrinks(const Context& context, VenueId venue);
/// A trading day of the venue has begun: what is held for it and was good for the one before ends, oldest
/// first, a slice at a time. What waits for its time (168), or for the order it follows, has not begun its
/// day.
void end_day_at(const Context& context, VenueId venue);
/// It goes, or looks for its price anew. One that holds for another reason by now stays.
void lift_from_venue(const Context& context, Slot<Order> order);

}  // namespace penstock::oms
