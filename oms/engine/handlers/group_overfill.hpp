#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// Compares what a list's groups have filled with what was meant, after `look_at`. When more is over than the
/// desk has heard of, it is told: a decision with the quantity, an alarm, and ListStatus(N) to the client.
void measure_overfill(const Context& context, Slot<OrderList> list);

}  // namespace penstock::oms
