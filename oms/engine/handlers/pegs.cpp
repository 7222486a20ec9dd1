#include "oms/engine/handlers/pegs.hpp"

#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/house_requests.hpp"

namespace penstock::oms {
namespace {

std::optional<Price> price_for(const Context& context, const Order& order, const Special& special) {
    const VenueId venue = context.orders()[order.first_child].venue;
    return peg_price_now(context, venue, order.instrument, order.side, special.conditions, special.cap);
}

}  // namespace

std::optional<Price> peg_price_now(const Context& context, VenueId venue, InstrumentId instrument, Side side,
                                   const OrderConditions& conditions, const std::optional<Price>& cap) {
    const auto& prices = context.world.prices;
    const marketdata::Quote* quote = prices.quote(venue, instrument);
    if (quote == nullptr) quote = prices.newest(instrument);
    if (quote == nullptr) return std::nullopt;
    return peg_price(conditions, side, *quote, cap, context.directory()[instrument].price_increment);
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

void move_pegs(const Context& context) {
    OrderStore& orders = context.orders();
    for (int moved = 0; moved < kMaxPegsPerStep; ++moved) {
        const Slot<Special> slot = context.world.pegs.next();
        if (slot.is_none()) return;
        const Order& order = orders[orders[slot].order];
        // Without a price the order stays where it is: the book will show one again.
        if (const auto price = price_for(context, order, orders[slot]))
            reprice_by_house(context, orders[slot].order, *price);
    }
}

}  // namespace penstock::oms
