#include "oms/engine/handlers/as_sent.hpp"

#include <algorithm>

#include "oms/domain/steps.hpp"
#include "oms/engine/handlers/order_terms.hpp"
#include "oms/engine/watches.hpp"

namespace penstock::oms {
namespace {

bool has(std::uint8_t bits, Emulation what) { return (bits & static_cast<std::uint8_t>(what)) != 0; }

/// What a triggered order is from then on.
OrderType live_type(OrderType type) {
    switch (type) {
        case OrderType::Stop:
        case OrderType::MarketIfTouched: return OrderType::Market;
        case OrderType::StopLimit:
        case OrderType::Pegged: return OrderType::Limit;
        case OrderType::Market:
        case OrderType::Limit:
        case OrderType::Unsupported: break;
    }
    return type;
}

/// A venue's own trigger looks at its last price, and only at the sides the order types stand for.
bool venue_keeps_trigger(const Venue& venue, OrderType type, const OrderConditions& conditions) {
    if (conditions.trigger_on != TriggerOn::Default && conditions.trigger_on != TriggerOn::Last) return false;
    if (conditions.trail) return venue.has(venue_does::kTrailingStop);
    if (type == OrderType::MarketIfTouched) return venue.has(venue_does::kIfTouched);
    return venue.has(venue_does::kStop) && (type == OrderType::Stop || type == OrderType::StopLimit);
}

std::optional<Price> pegged_to(PegKind kind, Side side, const marketdata::Quote& quote) {
    const bool buys = side == Side::Buy;
    switch (kind) {
        case PegKind::Last: return Watches::price_of(quote, TriggerOn::Last);
        case PegKind::Midpoint: return Watches::price_of(quote, TriggerOn::Mid);
        case PegKind::Market:
            return Watches::price_of(quote, buys ? TriggerOn::BestOffer : TriggerOn::BestBid);
        case PegKind::Primary:
            return Watches::price_of(quote, buys ? TriggerOn::BestBid : TriggerOn::BestOffer);
        case PegKind::None:
        case PegKind::Unsupported: break;
    }
    return std::nullopt;
}

}  // namespace

AsSent as_sent(const Order& order, const Special* special, const std::optional<Price>& limit,
               const OrderConditions* conditions) {
    AsSent out{order.type, order.time_in_force, limit, std::nullopt};
    if (special == nullptr) return out;
    const std::uint8_t emulates = special->emulates;
    if (has(emulates, Emulation::Trigger) || has(emulates, Emulation::Peg)) out.type = live_type(order.type);
    if (has(emulates, Emulation::Expiry)) out.time_in_force = TimeInForce::Gtc;
    OrderConditions kept;
    if (!has(emulates, Emulation::Trigger)) {
        kept.stop = conditions->stop;
        kept.trail = conditions->trail;
        kept.trail_unit = conditions->trail_unit;
    }
    if (!has(emulates, Emulation::Peg)) {
        kept.peg = conditions->peg;
        kept.peg_offset = conditions->peg_offset;
        kept.peg_unit = conditions->peg_unit;
    }
    if (!has(emulates, Emulation::Display)) {
        kept.display = conditions->display;
        kept.display_low = conditions->display_low;
        kept.display_high = conditions->display_high;
    }
    if (!has(emulates, Emulation::Expiry)) kept.expire_time = conditions->expire_time;
    kept.minimum = conditions->minimum;
    kept.post_only = conditions->post_only;
    kept.reduce_only = conditions->reduce_only;
    if (kept != OrderConditions{}) out.conditions = kept;
    return out;
}

void clip(OrderConditions& conditions, Quantity all) {
    for (auto* part :
         {&conditions.display, &conditions.display_low, &conditions.display_high, &conditions.minimum})
        if (*part && **part > all) *part = all;
}

std::uint8_t emulated_for(const Venue& venue, OrderType type, TimeInForce time_in_force,
                          const OrderConditions& conditions) {
    std::uint8_t bits = 0;
    const auto emulate = [&](bool wanted, bool is_native, Emulation what) {
        if (wanted && !is_native) bits |= static_cast<std::uint8_t>(what);
    };
    emulate(has_trigger(conditions), venue_keeps_trigger(venue, type, conditions), Emulation::Trigger);
    emulate(type == OrderType::Pegged, venue.has(venue_does::kPeg), Emulation::Peg);
    emulate(conditions.display.has_value(), venue.has(venue_does::kDisplay), Emulation::Display);
    emulate(time_in_force == TimeInForce::Gtd, venue.has(venue_does::kGoodTillDate), Emulation::Expiry);
    return bits;
}

std::optional<Price> peg_price(const OrderConditions& conditions, Side side, const marketdata::Quote& quote,
                               const std::optional<Price>& cap, const std::optional<Price>& increment) {
    const auto base = pegged_to(conditions.peg, side, quote);
    if (!base) return std::nullopt;
    const auto offset =
        offset_at(*base, conditions.peg_offset.value_or(Decimal{}), conditions.peg_unit, increment);
    if (!offset) return std::nullopt;
    const bool buys = side == Side::Buy;
    // A positive offset is one toward trading: up for who buys, down for who sells.
    const auto moved = buys ? add(base->value, *offset) : subtract(base->value, *offset);
    if (!moved) return std::nullopt;
    const Decimal step = increment ? increment->value : Decimal{};
    const auto stepped = buys ? step_down(*moved, step) : step_up(*moved, step);
    if (!stepped || !stepped->is_positive()) return std::nullopt;
    const Price price{*stepped};
    if (!cap) return price;
    return buys ? std::min(price, *cap) : std::max(price, *cap);
}

Quantity next_slice(const OrderConditions& conditions, OrderId order, std::uint32_t slices, Quantity open,
                    const std::optional<Quantity>& increment) {
    const Quantity shown = *conditions.display;
    Quantity slice = shown;
    if (conditions.display_low && conditions.display_high) {
        const Decimal low = conditions.display_low->value;
        const auto span = subtract(conditions.display_high->value, low);
        const Decimal step = increment ? increment->value : Decimal::whole(1);
        // A share of the span out of 1,001 steps, by a hash nobody outside can see the order of.
        const std::uint64_t hash = (order.value * 0x9E3779B97F4A7C15ULL) ^ (slices * 0xC2B2AE3D27D4EB4FULL);
        const auto share = static_cast<std::int64_t>((hash ^ (hash >> 29)) % 1001);
        if (span) {
            const auto extra = share_down(*span, Decimal::whole(share), Decimal::whole(1000), step);
            const auto sum = extra ? add(low, *extra) : Result<Decimal>(Fault::Overflow);
            if (sum) slice = Quantity{*sum};
        }
    }
    return std::min(slice, open);
}

}  // namespace penstock::oms
