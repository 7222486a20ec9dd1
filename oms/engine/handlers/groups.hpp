#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Contingent groups. What a group does is worked out anew from what its orders are now, whatever brought it
// about: each leg has a quantity it may have, and the group asks for what is missing. So a request that never
// arrived, a bust or a late fill needs no rule of its own.

/// An order of a list has changed: the list is looked at when the step's other work is done. Called by
/// `apply`.
void mark_group(const Context& context, Slot<Order> order, const OrderEvent& event);

/// Does a list that is not done need the order? Then it is not forgotten.
bool is_kept_by_list(const Context& context, const Order& order);

/// The order's price was seen, but in its group one works at a time: the group lets it go, perhaps in this
/// very step.
bool waits_for_turn(const Context& context, Slot<Order> order);

/// The order has been placed for this leg.
void bind_leg(const Context& context, Slot<Leg> leg, Slot<Order> order);

/// A venue has come up: what could not be asked of it, or was asked too often, is asked now.
void retry_groups(const Context& context);

/// Looks at every list that was marked, until none is. At the end of each step.
void settle_groups(const Context& context);

}  // namespace penstock::oms
