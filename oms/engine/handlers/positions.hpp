#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Positions as they come of what is executed here, compared with what venues tell. Nothing about orders is
// refused or sent because of them: people decide.

/// So much more, or less, of a child's order is executed. One look-up.
void move_position(const Context& context, Slot<Child> child, Quantity from, Quantity to);
/// One that was nobody's is adopted: what of it was there before us is ours from now on.
void take_over_position(const Context& context, Slot<Child> child, const VenueOrder& from);
/// How it is heard of: when it is reported it happens; of an order seen for the first time it is of any time.
enum class OrphanFill : std::uint8_t { Reported, Seen };
/// One that is nobody's has filled more than was told before, or less: is it in the position told last?
void note_orphan_fill(const Context& context, const VenueOrder& order, OrphanFill how);

/// The venue has logged on, or is away.
void begin_to_ask_positions(const Context& context, VenueId venue, bool is_up);
/// At the end of a step: a venue whose open orders are confirmed, and whose turn has come, is asked.
void ask_positions_when_due(const Context& context);
/// What a whole answer left to be looked at, of one venue.
void continue_positions(const Context& context);
/// Time has passed: answers that are late.
void give_up_late_positions(const Context& context);

}  // namespace penstock::oms
