#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// What the OMS asks for in a client's place.

/// Asks the venue to cancel. When it cannot be asked the client hears of the order that stays, and why:
/// the reason, else None.
Reason cancel_by_house(const Context& context, Slot<Order> order, Request::Cause cause);

}  // namespace penstock::oms
