#include "oms/engine/watches.hpp"

#include "oms/domain/steps.hpp"

namespace penstock::oms {
namespace {

/// Which of two is met first: the nearest stop, then the oldest order.
struct ByStop {
    OrderStore& orders;
    bool waits_for_rise;

    HeapLinks<Special>& links(Slot<Special> slot) const { return orders[slot].watch_links; }
    bool comes_before(Slot<Special> a, Slot<Special> b) const {
        const Special& left = orders[a];
        const Special& right = orders[b];
        if (left.stop != right.stop) return waits_for_rise == (left.stop < right.stop);
        return orders[left.order].id < orders[right.order].id;
    }
};

/// Which of two follows a new best price first: one that has seen none, then the one that has seen the worst.
struct ByWatermark {
    OrderStore& orders;
    bool waits_for_rise;

    HeapLinks<Special>& links(Slot<Special> slot) const { return orders[slot].trail_links; }
    bool comes_before(Slot<Special> a, Slot<Special> b) const {
        const Special& left = orders[a];
        const Special& right = orders[b];
        if (left.has_watermark != right.has_watermark) return right.has_watermark;
        if (left.watermark != right.watermark) return waits_for_rise == (left.watermark > right.watermark);
        return orders[left.order].id < orders[right.order].id;
    }
};

bool is_price(const std::optional<Price>& price) { return price && price->is_positive(); }

}  // namespace

TriggerDirection implied_direction(OrderType type, Side side) {
    const bool is_touch = type == OrderType::MarketIfTouched;
    return (side == Side::Buy) != is_touch ? TriggerDirection::Up : TriggerDirection::Down;
}

std::optional<Decimal> offset_at(Price base, Decimal offset, OffsetUnit unit,
                                 const std::optional<Price>& increment) {
    const auto made = [](const Result<Decimal>& value) {
        return value ? std::optional<Decimal>{*value} : std::nullopt;
    };
    switch (unit) {
        case OffsetUnit::Price: return offset;
        case OffsetUnit::Percent: return made(percent_of(base.value, offset));
        case OffsetUnit::BasisPoints: {
            const auto hundredfold = percent_of(base.value, offset);
            return hundredfold ? made(percent_of(*hundredfold, Decimal::whole(1))) : std::nullopt;
        }
        case OffsetUnit::Ticks:
            if (!increment) return std::nullopt;
            return made(Decimal::from_parts(
                static_cast<Int128>(offset.mantissa()) * increment->value.mantissa(),
                offset.scale() + increment->value.scale()));
        case OffsetUnit::Unsupported: break;
    }
    return std::nullopt;
}

std::optional<Price> trailing_stop(const OrderConditions& conditions, Price best, bool waits_for_rise,
                                   const std::optional<Price>& increment) {
    const auto away = offset_at(best, *conditions.trail, conditions.trail_unit, increment);
    if (!away) return std::nullopt;
    const auto stop = waits_for_rise ? add(best.value, *away) : subtract(best.value, *away);
    if (!stop) return std::nullopt;
    const Decimal step = increment ? increment->value : Decimal{};
    const auto stepped = waits_for_rise ? step_up(*stop, step) : step_down(*stop, step);
    if (!stepped || !stepped->is_positive()) return std::nullopt;
    return Price{*stepped};
}

bool trails_limit(const Order& order, const Special& special) {
    return order.type == OrderType::StopLimit && special.conditions.trail && !special.triggered;
}

namespace {

/// The limit that is as far from the second stop as `limit` is from the first.
std::optional<Price> limit_beside(Price limit, Price first_stop, Price second_stop) {
    const auto moved = subtract(second_stop.value, first_stop.value);
    const auto beside = moved ? add(limit.value, *moved) : moved;
    return beside ? std::optional{Price{*beside}} : std::nullopt;
}

}  // namespace

std::optional<Price> untrailed_limit(const Special& special, Price limit) {
    return limit_beside(limit, special.stop, *special.conditions.stop);
}

std::optional<Price> trailed_limit(const Order& order, const Special& special) {
    if (!trails_limit(order, special)) return order.limit;
    // One with a limit always says where its stop begins.
    const auto limit = limit_beside(order.limit, *special.conditions.stop, special.stop);
    return limit && limit->value.is_positive() ? limit : std::nullopt;
}

std::size_t Watches::index_of(TriggerOn on) {
    switch (on) {
        case TriggerOn::BestOffer: return 1;
        case TriggerOn::BestBid: return 2;
        case TriggerOn::Mid: return 3;
        case TriggerOn::Mark: return 4;
        case TriggerOn::Default:
        case TriggerOn::Last:
        case TriggerOn::Unsupported: break;
    }
    return 0;
}

std::optional<Price> Watches::price_of(const marketdata::Quote& quote, TriggerOn on) {
    const bool is_crossed = is_price(quote.bid) && is_price(quote.ask) && *quote.bid > *quote.ask;
    const auto usable = [](const std::optional<Price>& price) {
        return is_price(price) ? price : std::nullopt;
    };
    switch (on) {
        case TriggerOn::Default:
        case TriggerOn::Last: return usable(quote.last);
        case TriggerOn::Mark: return usable(quote.mark);
        case TriggerOn::BestOffer: return is_crossed ? std::nullopt : usable(quote.ask);
        case TriggerOn::BestBid: return is_crossed ? std::nullopt : usable(quote.bid);
        case TriggerOn::Mid: return marketdata::mid_price(quote);
        case TriggerOn::Unsupported: break;
    }
    return std::nullopt;
}

bool Watches::waits_for_rise(const Order& order, const Special& special) {
    if (special.conditions.trigger_direction != TriggerDirection::Implied)
        return special.conditions.trigger_direction == TriggerDirection::Up;
    return implied_direction(order.type, order.side) == TriggerDirection::Up;
}

Watches::Directions& Watches::directions_of(const Order& order, const Special& special) {
    if (by_instrument_.size() <= order.instrument.value) by_instrument_.resize(order.instrument.value + 1);
    std::vector<Bucket>& buckets = by_instrument_[order.instrument.value];
    const std::size_t price = index_of(special.conditions.trigger_on);
    for (Bucket& bucket : buckets)
        if (bucket.venue == special.watched) return bucket.by_price[price];
    return buckets.emplace_back(Bucket{special.watched, {}}).by_price[price];
}

void Watches::arm(OrderStore& orders, Slot<Special> slot) {
    Special& special = orders[slot];
    PENSTOCK_ASSERT(special.watch == Watch::None, "an order that is watched was to be watched again");
    const Order& order = orders[special.order];
    Directions& directions = directions_of(order, special);
    const bool rise = waits_for_rise(order, special);
    if (special.has_stop) (rise ? directions.up : directions.down).add(ByStop{orders, rise}, slot);
    if (special.conditions.trail)
        (rise ? directions.trailing_up : directions.trailing_down).add(ByWatermark{orders, rise}, slot);
    special.watch = Watch::Armed;
    ++armed_;
}

void Watches::disarm(OrderStore& orders, Slot<Special> slot) {
    Special& special = orders[slot];
    switch (special.watch) {
        case Watch::None: return;
        case Watch::Armed: {
            const Order& order = orders[special.order];
            Directions& directions = directions_of(order, special);
            const bool rise = waits_for_rise(order, special);
            if (special.watch_links.is_linked)
                (rise ? directions.up : directions.down).remove(ByStop{orders, rise}, slot);
            if (special.trail_links.is_linked)
                (rise ? directions.trailing_up : directions.trailing_down)
                    .remove(ByWatermark{orders, rise}, slot);
            --armed_;
            break;
        }
        case Watch::Met: {
            const HeapLinks<Special> links = special.watch_links;
            (links.previous.is_none() ? met_first_ : orders[links.previous].watch_links.next) = links.next;
            (links.next.is_none() ? met_last_ : orders[links.next].watch_links.previous) = links.previous;
            special.watch_links = {};
            break;
        }
    }
    special.watch = Watch::None;
}

void Watches::meet(OrderStore& orders, Slot<Special> slot) {
    disarm(orders, slot);
    Special& special = orders[slot];
    special.watch = Watch::Met;
    special.watch_links.is_linked = true;
    special.watch_links.previous = met_last_;
    (met_last_.is_none() ? met_first_ : orders[met_last_].watch_links.next) = slot;
    met_last_ = slot;
}

void Watches::follow(OrderStore& orders, Directions& directions, bool rise, Price price,
                     const std::optional<Price>& increment) {
    Heap& trailing = rise ? directions.trailing_up : directions.trailing_down;
    while (!trailing.empty()) {
        const Slot<Special> slot = trailing.first();
        Special& special = orders[slot];
        // For a stop below the market a higher price is the better one.
        if (special.has_watermark && (rise ? price >= special.watermark : price <= special.watermark)) return;
        trailing.remove(ByWatermark{orders, rise}, slot);
        special.watermark = price;
        special.has_watermark = true;
        trailing.add(ByWatermark{orders, rise}, slot);
        move_stop(orders, rise ? directions.up : directions.down, rise, slot, price, increment);
    }
}

/// It never gives way: a stop the client set nearer stays until the price has gained the distance.
void Watches::move_stop(OrderStore& orders, Heap& heap, bool rise, Slot<Special> slot, Price price,
                        const std::optional<Price>& increment) {
    Special& special = orders[slot];
    const auto stop = trailing_stop(special.conditions, price, rise, increment);
    if (!stop || (special.has_stop && (rise ? *stop >= special.stop : *stop <= special.stop))) return;
    if (special.watch_links.is_linked) heap.remove(ByStop{orders, rise}, slot);
    special.stop = *stop;
    special.has_stop = true;
    heap.add(ByStop{orders, rise}, slot);
}

void Watches::see(OrderStore& orders, Directions& directions, Price price,
                  const std::optional<Price>& increment) {
    follow(orders, directions, true, price, increment);
    follow(orders, directions, false, price, increment);
    while (!directions.up.empty() && orders[directions.up.first()].stop <= price)
        meet(orders, directions.up.first());
    while (!directions.down.empty() && orders[directions.down.first()].stop >= price)
        meet(orders, directions.down.first());
}

void Watches::see(OrderStore& orders, InstrumentId instrument, VenueId venue, const marketdata::Quote& quote,
                  const std::optional<Price>& increment) {
    constexpr std::array kWatched{
        TriggerOn::Last, TriggerOn::BestOffer, TriggerOn::BestBid, TriggerOn::Mid, TriggerOn::Mark};
    if (armed_ == 0 || instrument.value >= by_instrument_.size()) return;
    for (Bucket& bucket : by_instrument_[instrument.value]) {
        if (!bucket.venue.is_none() && bucket.venue != venue) continue;
        for (const TriggerOn on : kWatched)
            if (const auto price = price_of(quote, on))
                see(orders, bucket.by_price[index_of(on)], *price, increment);
    }
}

void Watches::look(OrderStore& orders, Slot<Special> slot, const marketdata::Quote& quote,
                   const std::optional<Price>& increment) {
    Special& special = orders[slot];
    const Order& order = orders[special.order];
    const auto price = price_of(quote, special.conditions.trigger_on);
    if (!price) return;
    const bool rise = waits_for_rise(order, special);
    if (special.conditions.trail) {
        Directions& directions = directions_of(order, special);
        Heap& trailing = rise ? directions.trailing_up : directions.trailing_down;
        if (!special.has_watermark || (rise ? *price < special.watermark : *price > special.watermark)) {
            trailing.remove(ByWatermark{orders, rise}, slot);
            special.watermark = *price;
            special.has_watermark = true;
            trailing.add(ByWatermark{orders, rise}, slot);
            move_stop(orders, rise ? directions.up : directions.down, rise, slot, *price, increment);
        }
    }
    if (special.has_stop && (rise ? *price >= special.stop : *price <= special.stop)) meet(orders, slot);
}

}  // namespace penstock::oms
