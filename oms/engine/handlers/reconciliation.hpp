#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// What works at a venue is found out after its logon, and again while it is there: by its list of open
// orders, by questions about single orders, or both. Until every open order is confirmed nothing new is sent
// there, if its sheet wants that; cancels and amends go. What no answer tells of is never ended here.

VenueBook& book_of(const Context& context, VenueId venue);

/// The venue has logged on, or is away.
void begin_reconciliation(const Context& context, VenueId venue, bool is_up);
/// Time has passed: questions whose turn has come, answers that are late, checks that are due.
void go_on_reconciling(const Context& context);
/// At the end of a step: what waited for a venue goes when its last open order is confirmed.
void settle_reconciliations(const Context& context);

/// A line of the venue's list was taken.
void note_line(const Context& context, VenueId venue, const BookPlace& place);
/// Does this line belong to the list that is awaited?
bool is_awaited(const VenueBook& book, const BookPlace& place);

}  // namespace penstock::oms
