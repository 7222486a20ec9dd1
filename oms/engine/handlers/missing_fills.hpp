#pragma once

#include <optional>

#include "oms/domain/venue_facts.hpp"
#include "oms/engine/handlers/handlers.hpp"

// A venue counts another quantity filled, CumQty(14), than is booked here. Reports of executions may be on
// their way or lost, so that a venue that can be asked is asked; see docs/orders.md.

namespace penstock::oms {

/// What a venue counts as filled of an order with a report that is no status. None: it does not say.
struct ToldFilled {
    std::optional<Quantity> quantity;
    std::optional<Price> average_price;
};

/// Before a status is taken: more than is booked is disputed, or inferred if it was told of before or the
/// order has ended; less is disputed.
void take_status_filled(const Context& context, Slot<Child> slot, const VenueStatus& body);

/// Of a report that says the order has ended, before that is taken: nobody asks about it again, so that more
/// than is booked is inferred at once.
void take_filled_at_end(const Context& context, Slot<Child> slot, const VenueReport& report,
                        const ToldFilled& told);

/// Of any other report, once it is booked. More than that is disputed; of an order that has ended by now it
/// is inferred. Where an execution was busted the count may be of before that: a venue that can be asked is
/// asked, and nothing is inferred.
void take_filled_so_far(const Context& context, Slot<Child> slot, const VenueReport& report,
                        const ToldFilled& told);

/// While it is disputed, the venue is asked again when it had time to report, kMaxDisputes times in all.
void ask_for_fills(const Context& context, Slot<Child> slot, const VenueReport& report);

}  // namespace penstock::oms
