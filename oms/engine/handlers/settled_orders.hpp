#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// People had settled an order as ended (see SettleUnknown), and its venue tells that it works.

/// Whoever had settled it was mistaken: it is open again, its owner is told (Restated), and the desk, by
/// name, so that it decides what becomes of it. A slice of an iceberg, whose order stays ended, the venue is
/// asked to cancel. What fills of either counts as late. Nothing when it was not settled, or is filled.
void revive_settled(const Context& context, Slot<Child> child, const VenueReport& report);

/// The venue tells its own end of an order that people had settled: they were right, and nothing works of it
/// from now on, whatever is said late. Its client has been told. False when it was not settled.
bool end_settled(const Context& context, Slot<Child> child);

}  // namespace penstock::oms
