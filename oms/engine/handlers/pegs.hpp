#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Pegs the OMS keeps: the limit follows the book of the order's venue (of whoever quotes, when it does not),
// by amends of the OMS's own. One amend is in flight at a time; the newest price waits for it.

/// Whose peg, and at which book.
struct Pegged {
    VenueId venue;
    InstrumentId instrument;
    AccountId account;
    Side side = Side::Buy;
};
/// The limit a peg has now; nothing when the book shows too little, or is older than the account allows.
std::optional<Price> peg_price_now(const Context& context, const Pegged& pegged,
                                   const OrderConditions& conditions, const std::optional<Price>& cap);

/// Before the order is sent: gives it its first limit if it is pegged. A denial when there is no price.
std::optional<Denial> set_first_peg(const Context& context, Slot<Order> order);

/// The client has changed what it wants of the peg: it is moved there, if it is live.
void follow_peg_terms(const Context& context, Slot<Order> order);

/// Moves the next pegs of books that have moved, a bounded number.
void move_pegs(const Context& context);

}  // namespace penstock::oms
