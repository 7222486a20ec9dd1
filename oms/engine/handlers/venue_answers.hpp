#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// The child a report speaks of. None, and an alarm, when it is not one of ours or not of that venue.
/// Whatever the report says, it is evidence: the outcome is no longer unknown.
Slot<Child> child_of(const Context& context, const VenueReport& report);

/// Does the venue tell of another limit than these terms have? No when it tells of none, or they have none.
bool tells_other_limit(const std::optional<Price>& told, bool has_limit, Price limit);

/// The venue said what cannot be: the desk is told, and nothing is done.
void contradicted(const Context& context, Slot<Child> child, const VenueReport& report,
                  std::string_view said);

/// The venue changed the order, as it was asked to or not, to terms that make sense.
void amended(const Context& context, Slot<Child> child, const VenueAmended& body);

/// The venue changed the order of its own accord. A good-till order that was done for the day wakes up.
void restate(const Context& context, Slot<Child> child, const VenueAmended& body);

/// A request the venue refused, or never had: the client hears of it, and what waited goes on.
void refuse_request(const Context& context, Slot<Child> child, Slot<Request> request, const Denial& denial,
                    const Text& text);

/// The order has ended: its sent requests below this revision came too late, or were lost.
void refuse_sent(const Context& context, Slot<Child> child, std::uint16_t before);

/// Ends a child that the venue says was refused, and with it the order when nothing of it is left.
void refuse_child(const Context& context, Slot<Child> child, const VenueReport& report, const Denial& denial,
                  const Text& text);

}  // namespace penstock::oms
