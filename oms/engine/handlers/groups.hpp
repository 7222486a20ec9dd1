#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Contingent groups. What a group does is worked out anew from what its orders are now, whatever brought it
// about: each leg has a quantity it may have, and the group asks for what is missing. So a request that never
// arrived, a bust or a late fill needs no rule of its own.

/// An order of a list has changed: the list is looked at when the step's other work is done. Called by
/// `apply`.
void mark_group(const Context& context, Slot<Order> order, const OrderEvent& event);

/// A held order is about to be ended because its client wants that.
void note_wanted_end(const Context& context, Slot<Order> order);

/// The venue refused, or never had, what was asked of it for this cause. What the order's group asks for, or
/// its list that is cancelled, may have to be asked again.
void group_request_refused(const Context& context, Slot<Order> order, Request::Cause cause);

/// The venue did what the group had asked for, or what had been given up as never received: the new quantity
/// is nobody's wish, and the group makes of the order what it needs.
void group_request_done(const Context& context, Slot<Order> order);

/// Does a list that is not done need the order? Then it is not forgotten.
bool is_kept_by_list(const Context& context, const Order& order);

/// The order's price was seen, but in its group one works at a time: the group lets it go, perhaps in this
/// very step.
bool waits_for_turn(const Context& context, Slot<Order> order);

/// The order has been placed for this leg.
void bind_leg(const Context& context, Slot<Leg> leg, Slot<Order> order);

/// May the client's amend give the order this quantity? One that follows another must not have more than that
/// one's fills call for.
std::optional<Denial> check_group_amend(const Context& context, const Order& order, Quantity quantity);
/// What the client's amend makes of the order's quantity when the group has asked for another one that is not
/// confirmed yet: what the client changes is added to that.
Quantity amended_in_group(const Context& context, const Order& order, Quantity quantity);

/// A venue has come up: what could not be asked of it, what was asked too often, and the cancels it may never
/// have got, are asked now.
void retry_groups(const Context& context, VenueId venue);

/// Looks at every list that was marked, until none is. At the end of each step.
void settle_groups(const Context& context);

}  // namespace penstock::oms
