#pragma once

#include "oms/engine/handlers/handlers.hpp"
#include "oms/engine/special.hpp"

namespace penstock::oms {

/// An order as its venue gets it: what the venue does by itself is passed on, the rest is left out because
/// the OMS does it.
struct AsSent {
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    std::optional<Price> limit;
    std::optional<OrderConditions> conditions;

    friend bool operator==(const AsSent&, const AsSent&) = default;
};

/// `limit` and `conditions` (null: none) are those of the order, or those an amend asks for.
AsSent as_sent(const Order& order, const Special* special, const std::optional<Price>& limit,
               const OrderConditions* conditions);

/// What is shown, and what is traded at least, is no more than all there is: a group may leave less of an
/// order than its client wanted to show, or to trade at least.
void clip(OrderConditions& conditions, Quantity all);

/// Which of the order's conditions the OMS keeps in the venue's place: bits of Emulation.
std::uint8_t emulated_for(const Venue& venue, OrderType type, TimeInForce time_in_force,
                          const OrderConditions& conditions);

/// The limit of a peg by what the venue's book shows now; nothing when it shows too little. Never beyond
/// `cap`; a multiple of the increment, rounded away from trading.
std::optional<Price> peg_price(const OrderConditions& conditions, Side side, const marketdata::Quote& quote,
                               const std::optional<Price>& cap, const std::optional<Price>& increment);

/// How much of `open` the next slice of an iceberg shows. The same number on every run: it varies by the
/// order's id and the count of slices so far.
Quantity next_slice(const OrderConditions& conditions, OrderId order, std::uint32_t slices, Quantity open,
                    const std::optional<Quantity>& increment);

}  // namespace penstock::oms
