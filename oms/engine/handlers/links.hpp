#pragma once

#include "oms/engine/handlers/entry.hpp"

namespace penstock::oms {

// Orders of one session that name the same ClOrdLinkID(583) are one-cancels-other, as they come in.

/// Gives the order that is to be placed its leg among those it is linked to. A denial when one of them has
/// filled already, or no place is left; then nothing was made. After all other checks.
std::optional<Denial> join_link(const Context& context, const NewOrder& order, Entry& entry);

/// All orders of a link have ended. Unless one has filled, the link begins anew with the next order.
void close_link(const Context& context, Slot<OrderList> list);

/// Makes places for orders and what lists need for them. False when that is not possible.
bool make_room(const Context& context, std::uint32_t legs, std::uint32_t groups);

}  // namespace penstock::oms
