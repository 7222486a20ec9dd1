#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Do the terms of an order make sense, and can they be served? Questions with all their inputs in the
// parentheses; each answer names the rule it broke (FIX 5.0SP2 volume 6, and
// docs/fix/rules-of-engagement.md).

/// What an order or an amend says of itself, whoever sent it.
struct StatedTerms {
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    Quantity quantity;
    std::optional<Price> limit;
    const OrderConditions* conditions = nullptr;  // null: none
};

/// Is it one of the sides that are taken, from a client or for an order that is adopted?
bool is_served(Side side);
/// Terms that contradict each other or miss something.
std::optional<Denial> check_stated(const StatedTerms& terms, Timestamp now);
/// Prices and quantities that are no multiples of the instrument's increments.
std::optional<Denial> check_increments(const StatedTerms& terms, const Instrument& instrument);
/// What neither the venue does nor the OMS can do in its place.
std::optional<Denial> check_offered(const StatedTerms& terms, const Venue& venue);

/// Does the type need a limit price, and has it one once it is live?
bool is_priced(OrderType type);
/// Waits for a price before it is live.
bool has_trigger(const OrderConditions& conditions);

}  // namespace penstock::oms
