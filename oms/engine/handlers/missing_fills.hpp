#pragma once

#include <optional>

#include "oms/domain/venue_facts.hpp"
#include "oms/engine/handlers/handlers.hpp"
#include "oms/engine/handlers/slices.hpp"

// A venue counts another quantity filled, CumQty(14), than is booked here. Reports of executions may be on
// their way or lost, so that a venue that can be asked is asked; see docs/orders.md.

namespace penstock::oms {

/// What a venue counts as filled of an order with a report that is no status. None: it does not say.
struct ToldFilled {
    std::optional<Quantity> quantity;
    std::optional<Price> average_price;
};

/// Does the report say that the order ends? Then nobody asks about it again.
enum class Ends : std::uint8_t { No, Yes };

/// Before a status is taken: more than is booked is disputed, or inferred if it was told of before; of an
/// order that it says has ended at once, as far as one word is believed (the table below). Less is disputed.
void take_status_filled(const Context& context, Slot<Child> slot, const VenueStatus& body);

/// Of a report that is no status, and has been booked. When it counts more than is booked:
///
///                                       | while it lives, its venue asked | it lives | it has ended
/// no more than there was of it          | told, and asked if it infers    | told     | inferred, or told
/// more than that                        | the same                        | told     | told
/// an execution was taken back or changed| asked: may be of before that    | told     | told
///
/// The desk is told once until the counts agree. True when a fill was inferred.
bool compare_filled(const Context& context, Slot<Child> slot, const VenueReport& report,
                    const ToldFilled& told, Ends ends = Ends::No);

/// Takes the report of an end by take(was_inferred), after what it counts: then that has filled in time. Of a
/// slice the end comes first, so that no further slice goes to a venue that has just ended the order.
template <class Take>
void take_end(const Context& context, Slot<Child> slot, const VenueReport& report, const ToldFilled& told,
              Take&& take) {
    const OrderStore& orders = context.orders();
    if (!is_sliced(orders, orders[orders[slot].order]))
        return take(compare_filled(context, slot, report, told, Ends::Yes));
    take(false);
    compare_filled(context, slot, report, told, Ends::Yes);
}

/// After a status, while it is disputed: the venue is asked again when it had time to report, kMaxDisputes
/// times in all.
void ask_for_fills(const Context& context, Slot<Child> slot, const VenueReport& report);

}  // namespace penstock::oms
