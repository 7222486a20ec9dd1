#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// A new order on its way in: its names looked up, its route, and what was seen when it was judged.
struct Entry {
    InstrumentId instrument;
    AccountId account;
    VenueId venue;      // where it wants to go, then where it goes
    Quantity quantity;  // OrderQty(38), or what CashOrderQty(152) buys
    std::optional<marketdata::Reference> reference;
    std::optional<Price> peg;  // where a peg the OMS keeps begins
    std::uint8_t holds = 0;    // of Hold: why it is kept inside at first
    Slot<Leg> leg;             // its place in a list; none: it came alone
    bool follows = false;      // it waits until another order of its list calls it
};

// Everything that may speak against a new order but its ClOrdID. Both change nothing but `entry`, so that a
// whole list can be judged before any of it is placed.

/// Does it make sense, and are its names known?
std::optional<Denial> check_words(const Context& context, const NewOrder& order, Entry& entry);
/// May it go: increments, what the venue offers, risk, route. After check_words. `entry.holds` may name
/// reasons to wait beyond those in the order's own terms.
std::optional<Denial> check_chances(const Context& context, const NewOrder& order, Entry& entry);

/// Makes the order and its child, and sends it or keeps it inside. None when no place is left; then nothing
/// was made and nothing told.
Slot<Order> place(const Context& context, const NewOrder& order, const Entry& entry);

/// ClOrdID(11) already names an order of this session. PossResend asks what became of it; anything
/// else is refused with the status of the order that has the id (FIX matrices F.1.a and F.1.b).
void answer_known_id(const Context& context, const NewOrder& order, Slot<Order> known);
/// The same for an id that names a refused order: it stays refused, whatever has changed since.
void answer_known_id(const Context& context, const NewOrder& order, const RefusedOrder& refused);

}  // namespace penstock::oms
