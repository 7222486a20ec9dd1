#include "oms/engine/handlers/pegs.hpp"

#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/house_requests.hpp"

namespace penstock::oms {
namespace {

std::optional<Price> price_for(const Context& context, const Order& order, const Special& special) {
    const VenueId venue = context.orders()[order.first_child].venue;
    return peg_price_now(
        context, {venue, order.instrument, order.account, order.side}, special.conditions, special.cap);
}

/// Without a price the order stays where it is: the book will show one again. The same when the risk checks
/// would not let it go there.
void move_peg(const Context& context, Slot<Special> slot) {
    const OrderStore& orders = context.orders();
    const Order& order = orders[orders[slot].order];
    const auto price = price_for(context, order, orders[slot]);
    if (!price) return;
    const Account& account = context.directory()[order.account];
    const auto reference = context.world.prices.reference(order.instrument);
    if (risk::check_order({order.state.quantity, *price}, account.limits ? &*account.limits : nullptr,
                          reference, context.now))
        return;
    reprice_by_house(context, orders[slot].order, *price);
}

}  // namespace

std::optional<Price> peg_price_now(const Context& context, const Pegged& pegged,
                                   const OrderConditions& conditions, const std::optional<Price>& cap) {
    const auto& prices = context.world.prices;
    const marketdata::Quote* quote = prices.quote(pegged.venue, pegged.instrument);
    if (quote == nullptr) quote = prices.newest(pegged.instrument);
    const auto& limits = context.directory()[pegged.account].limits;
    if (quote == nullptr) return std::nullopt;
    // Without limits the risk checks refuse it, and say why.
    if (limits && context.now - quote->time > limits->max_reference_age) return std::nullopt;
    const auto& increment = context.directory()[pegged.instrument].price_increment;
    return peg_price(conditions, pegged.side, *quote, cap, increment);
}

std::optional<Denial> set_first_peg(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    Order& order = orders[slot];
    if (order.special.is_none() || !orders[order.special].does(Emulation::Peg)) return std::nullopt;
    const auto price = price_for(context, order, orders[order.special]);
    if (!price) return Denial{Reason::NoReferencePrice, {}, {}};
    order.has_limit = true;
    order.limit = *price;
    context.world.pegs.add(orders, order.special);
    return std::nullopt;
}

void follow_peg_terms(const Context& context, Slot<Order> slot) {
    const OrderStore& orders = context.orders();
    const Slot<Special> special = orders[slot].special;
    if (orders[special].peg_place != 0) move_peg(context, special);
}

void move_pegs(const Context& context) {
    if (context.directory().is_halted()) return;  // all are looked at again afterwards
    for (int moved = 0; moved < kMaxPegsPerStep; ++moved) {
        const Slot<Special> slot = context.world.pegs.next();
        if (slot.is_none()) return;
        move_peg(context, slot);
    }
}

}  // namespace penstock::oms
