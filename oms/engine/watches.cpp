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

std::optional<Decimal> distance(const OrderConditions& conditions, Price best,
                                const std::optional<Price>& increment) {
    const Decimal trail = *conditions.trail;
    const auto share = [&](Decimal percent) {
        const auto made = percent_of(best.value, percent);
        return made ? std::optional<Decimal>{*made} : std::nullopt;
    };
    switch (conditions.trail_unit) {
        case OffsetUnit::Price: return trail;
        case OffsetUnit::Percent: return share(trail);
        case OffsetUnit::BasisPoints: {
            const auto percent = Decimal::from_parts(trail.mantissa(), trail.scale() + 2);
            return percent ? share(*percent) : std::nullopt;
        }
        case OffsetUnit::Ticks: {
            if (!increment) return std::nullopt;
            const auto made = Decimal::from_parts(
                static_cast<Int128>(trail.mantissa()) * increment->value.mantissa(),
                trail.scale() + increment->value.scale());
            return made ? std::optional<Decimal>{*made} : std::nullopt;
        }
        case OffsetUnit::Unsupported: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Price> trailing_stop(const OrderConditions& conditions, Price best, bool waits_for_rise,
                                   const std::optional<Price>& increment) {
    const auto away = distance(conditions, best, increment);
    if (!away) return std::nullopt;
    const auto stop = waits_for_rise ? add(best.value, *away) : subtract(best.value, *away);
    if (!stop || !stop->is_positive()) return std::nullopt;
    if (!increment) return Price{*stop};
    const auto stepped =
        waits_for_rise ? step_up(*stop, increment->value) : step_down(*stop, increment->value);
    if (!stepped || !stepped->is_positive()) return std::nullopt;
    return Price{*stepped};
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
        case TriggerOn::Unsupported: return std::nullopt;
    }
    return std::nullopt;
}

bool Watches::waits_for_rise(const Order& order, const Special& special) {
    if (special.conditions.trigger_direction != TriggerDirection::Implied)
        return special.conditions.trigger_direction == TriggerDirection::Up;
    const bool is_touch = order.type == OrderType::MarketIfTouched;
    return (order.side == Side::Buy) != is_touch;
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
    Heap& heap = rise ? directions.up : directions.down;
    while (!trailing.empty()) {
        const Slot<Special> slot = trailing.first();
        Special& special = orders[slot];
        // For a stop below the market a higher price is the better one.
        if (special.has_watermark && (rise ? price >= special.watermark : price <= special.watermark)) return;
        trailing.remove(ByWatermark{orders, rise}, slot);
        special.watermark = price;
        special.has_watermark = true;
        trailing.add(ByWatermark{orders, rise}, slot);
        const auto stop = trailing_stop(special.conditions, price, rise, increment);
        // It never gives way: a stop the client set nearer stays until the price has gained the distance.
        if (!stop || (special.has_stop && (rise ? *stop >= special.stop : *stop <= special.stop))) continue;
        if (special.watch_links.is_linked) heap.remove(ByStop{orders, rise}, slot);
        special.stop = *stop;
        special.has_stop = true;
        heap.add(ByStop{orders, rise}, slot);
    }
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

}  // namespace penstock::oms
