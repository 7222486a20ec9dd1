#pragma once

#include "oms/engine/group_math.hpp"
#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// What a list's groups are at this moment, and what they let each leg do. Nothing here changes an order.

/// Is the leg's order still kept? Those of a list that is not done always are.
bool is_kept(const Context& context, const Leg& leg);

/// Works out `now` of every group of a list from its legs, and `allowed` from the groups above.
void look_at(const Context& context, Slot<OrderList> list);

/// What a leg may do, after `look_at`.
Allowance allowance_of(const Context& context, Slot<Leg> leg);

/// What a leg is meant to fill in all, before anything others take of it: its own quantity, or as much as
/// follows from the order it follows.
Units meant_of(const Context& context, const Leg& leg, const Allowance& allowance);

/// OrderQty(38) the leg may have, after `look_at`. `scale`: decimals of the finest quantity of the list.
Quantity target_of(const Context& context, const Leg& leg, const Allowance& allowance, int scale);

/// The order whose fills the members of a one-triggers-other group follow.
const Order& leader_of(const Context& context, Slot<Group> group);

/// Decimals of the finest quantity in a list: what is worked out is no finer.
int scale_of(const Context& context, Slot<OrderList> list);

/// `quantity`, changed by as much as `to` differs from `from`; not below nothing.
Quantity moved(Quantity quantity, Quantity from, Quantity to);

/// OrderQty(38) as it will be once what the group asked for is confirmed.
Quantity expected_quantity(const OrderStore& orders, const Order& order);

}  // namespace penstock::oms
