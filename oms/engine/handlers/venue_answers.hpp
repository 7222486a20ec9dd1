#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// The child a report speaks of. None, and an alarm, when it is not one of ours or not of that venue.
/// Whatever the report says, it is evidence: the outcome is no longer unknown.
Slot<Child> child_of(const Context& context, const VenueReport& report);

/// Ends a child that the venue says was refused, and with it the order when nothing of it is left.
void refuse_child(const Context& context, Slot<Child> child, const VenueReport& report, const Denial& denial,
                  const Text& text);

}  // namespace penstock::oms
