#include "oms/engine/handlers/order_terms.hpp"

#include "oms/domain/steps.hpp"
#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/watches.hpp"

namespace penstock::oms {
namespace {

using No = std::optional<Denial>;

No no(Reason reason) { return Denial{reason, {}, {}}; }
No no(Reason reason, Decimal measured, Decimal limit) {
    return Denial{reason, Notional::of(measured), Notional::of(limit)};
}

bool trades_at_once_or_never(TimeInForce tif) { return tif == TimeInForce::Ioc || tif == TimeInForce::Fok; }
bool is_for_an_auction(TimeInForce tif) {
    return tif == TimeInForce::AtOpen || tif == TimeInForce::AtClose || tif == TimeInForce::GoodForAuction;
}

No check_quantity(const StatedTerms& terms) {
    if (terms.conditions == nullptr || !terms.conditions->cash) {
        if (terms.quantity.is_positive()) return std::nullopt;
        return no(Reason::InvalidQuantity, terms.quantity.value, {});
    }
    const Price cash = *terms.conditions->cash;
    if (!terms.quantity.is_zero()) return no(Reason::QuantityAndCash);
    if (!cash.is_positive()) return no(Reason::InvalidQuantity, cash.value, {});
    // What it buys is known at one price, the one of now: it cannot wait for another.
    const OrderConditions& conditions = *terms.conditions;
    const bool waits = conditions.stop || conditions.held || !conditions.effective_time.is_none();
    const bool is_plain = terms.type == OrderType::Market && !waits && !conditions.minimum;
    return is_plain ? std::nullopt : no(Reason::ContradictoryConditions);
}

No check_limit(const StatedTerms& terms) {
    const bool may_have = is_priced(terms.type) || terms.type == OrderType::Pegged;
    if (is_priced(terms.type) && !terms.limit) return no(Reason::MissingPrice);
    if (!terms.limit) return std::nullopt;
    // Zero is how many clients say that a market order has no price.
    if (!may_have) return terms.limit->is_zero() ? std::nullopt : no(Reason::PriceNotAllowed);
    if (!terms.limit->is_positive()) return no(Reason::InvalidPrice, terms.limit->value, {});
    return std::nullopt;
}

/// Money, ticks, basis points or percent, more than nothing and less than everything.
No check_trail(const OrderConditions& conditions) {
    if (!conditions.trail) return std::nullopt;
    const Decimal trail = *conditions.trail;
    if (conditions.trail_unit == OffsetUnit::Unsupported) return no(Reason::UnsupportedInstruction);
    if (!trail.is_positive()) return no(Reason::InvalidOffset, trail, {});
    const bool is_share = conditions.trail_unit == OffsetUnit::Percent;
    const bool is_points = conditions.trail_unit == OffsetUnit::BasisPoints;
    if (is_share && trail >= Decimal::whole(100))
        return no(Reason::InvalidOffset, trail, Decimal::whole(100));
    if (is_points && trail >= Decimal::whole(10'000))
        return no(Reason::InvalidOffset, trail, Decimal::whole(10'000));
    return std::nullopt;
}

/// Stops and if-touched orders know which way the price has to go. A plain market or limit order has a
/// trigger only when its direction is said.
No check_direction(const StatedTerms& terms) {
    const TriggerDirection said = terms.conditions->trigger_direction;
    if (terms.type == OrderType::Market || terms.type == OrderType::Limit)
        return said == TriggerDirection::Implied ? no(Reason::StopPriceNotAllowed) : std::nullopt;
    const bool fits = said == TriggerDirection::Implied || said == implied_direction(terms.type, terms.side);
    return fits ? std::nullopt : no(Reason::ContradictoryConditions);
}

No check_trigger(const StatedTerms& terms) {
    const OrderConditions& conditions = *terms.conditions;
    if (conditions.trigger_on == TriggerOn::Unsupported) return no(Reason::UnsupportedInstruction);
    const bool is_stop = terms.type == OrderType::Stop || terms.type == OrderType::StopLimit;
    if (conditions.trail && !is_stop) return no(Reason::ContradictoryConditions);
    if (const auto denied = check_trail(conditions)) return denied;
    if (!conditions.stop) {
        // A trailing stop finds its own; but a trailing limit needs to know how far it is to be from it.
        const bool is_found = conditions.trail && terms.type == OrderType::Stop;
        const bool is_told_of = conditions.trigger_on != TriggerOn::Default ||
                                conditions.trigger_direction != TriggerDirection::Implied;
        const bool is_needed = is_stop || terms.type == OrderType::MarketIfTouched || is_told_of;
        if (!is_found) return is_needed ? no(Reason::MissingStopPrice) : std::nullopt;
        return check_direction(terms);
    }
    if (!conditions.stop->is_positive()) return no(Reason::InvalidPrice, conditions.stop->value, {});
    if (terms.type == OrderType::Pegged) return no(Reason::StopPriceNotAllowed);
    return check_direction(terms);
}

No check_peg(const StatedTerms& terms) {
    const OrderConditions& conditions = *terms.conditions;
    if (conditions.peg == PegKind::Unsupported || conditions.peg_unit == OffsetUnit::Unsupported)
        return no(Reason::UnsupportedInstruction);
    const bool is_pegged = terms.type == OrderType::Pegged;
    if (is_pegged != (conditions.peg != PegKind::None)) return no(Reason::ContradictoryConditions);
    if (!is_pegged) return conditions.peg_offset ? no(Reason::ContradictoryConditions) : std::nullopt;
    if (trades_at_once_or_never(terms.time_in_force) || is_for_an_auction(terms.time_in_force))
        return no(Reason::ContradictoryConditions);
    return std::nullopt;
}

No check_display(const StatedTerms& terms) {
    const OrderConditions& conditions = *terms.conditions;
    const bool has_bounds = conditions.display_low || conditions.display_high;
    if (!conditions.display) return has_bounds ? no(Reason::ContradictoryDisplay) : std::nullopt;
    const Quantity shown = *conditions.display;
    if (!shown.is_positive()) return no(Reason::InvalidQuantity, shown.value, {});
    if (shown > terms.quantity) return no(Reason::DisplayExceedsQuantity, shown.value, terms.quantity.value);
    if (trades_at_once_or_never(terms.time_in_force) || !is_priced(terms.type))
        return no(Reason::ContradictoryConditions);
    if (!has_bounds) return std::nullopt;
    const bool both = conditions.display_low && conditions.display_high;
    const bool fit = both && conditions.display_low->is_positive() && *conditions.display_low <= shown &&
                     shown <= *conditions.display_high && *conditions.display_high <= terms.quantity;
    return fit ? std::nullopt : no(Reason::ContradictoryDisplay);
}

No check_minimum(const StatedTerms& terms) {
    const auto& minimum = terms.conditions->minimum;
    if (!minimum) return std::nullopt;
    if (minimum->is_negative()) return no(Reason::InvalidQuantity, minimum->value, {});
    // An iceberg wants to trade bit by bit.
    if (minimum->is_positive() && terms.conditions->display) return no(Reason::ContradictoryConditions);
    if (*minimum <= terms.quantity) return std::nullopt;
    return no(Reason::MinimumExceedsQuantity, minimum->value, terms.quantity.value);
}

No check_life(const StatedTerms& terms, Timestamp now) {
    const bool is_gtd = terms.time_in_force == TimeInForce::Gtd;
    const Timestamp expire = terms.conditions == nullptr ? Timestamp{} : terms.conditions->expire_time;
    if (is_gtd && expire.is_none()) return no(Reason::MissingExpireTime);
    if (!is_gtd && !expire.is_none()) return no(Reason::ExpireTimeNotAllowed);
    if (expire.is_none()) return std::nullopt;
    if (expire <= now) return no(Reason::ExpireTimePast);
    return expire <= terms.conditions->effective_time ? no(Reason::ContradictoryConditions) : std::nullopt;
}

No check_instructions(const StatedTerms& terms) {
    if (!terms.conditions->post_only) return std::nullopt;
    const bool takes = trades_at_once_or_never(terms.time_in_force) ||
                       !(is_priced(terms.type) || terms.type == OrderType::Pegged);
    return takes ? no(Reason::ContradictoryConditions) : std::nullopt;
}

}  // namespace

bool is_served(Side side) {
    switch (side) {
        case Side::Buy:
        case Side::Sell:
        case Side::SellShort:
        case Side::SellShortExempt: return true;
    }
    return false;
}

bool is_priced(OrderType type) { return type == OrderType::Limit || type == OrderType::StopLimit; }

bool has_trigger(const OrderConditions& conditions) { return conditions.stop || conditions.trail; }

std::optional<Denial> check_stated(const StatedTerms& terms, Timestamp now) {
    if (!is_served(terms.side)) return no(Reason::UnsupportedSide);
    if (terms.type == OrderType::Unsupported) return no(Reason::UnsupportedOrderType);
    if (terms.time_in_force == TimeInForce::Unsupported) return no(Reason::UnsupportedTimeInForce);
    if (auto denied = check_quantity(terms)) return denied;
    if (auto denied = check_limit(terms)) return denied;
    if (auto denied = check_life(terms, now)) return denied;
    static constexpr OrderConditions kNone;
    StatedTerms all = terms;
    if (all.conditions == nullptr) all.conditions = &kNone;
    if (auto denied = check_trigger(all)) return denied;
    if (auto denied = check_peg(all)) return denied;
    if (auto denied = check_display(all)) return denied;
    if (auto denied = check_minimum(all)) return denied;
    return check_instructions(all);
}

/// Ticks of what? Only of the instrument's price step.
No check_ticks(const OrderConditions& conditions) {
    if (conditions.trail && conditions.trail_unit == OffsetUnit::Ticks)
        return no(Reason::InvalidOffset, *conditions.trail, {});
    if (conditions.peg_offset && conditions.peg_unit == OffsetUnit::Ticks)
        return no(Reason::InvalidOffset, *conditions.peg_offset, {});
    return std::nullopt;
}

std::optional<Denial> check_increments(const StatedTerms& terms, const Instrument& instrument) {
    if (!instrument.price_increment && terms.conditions != nullptr)
        if (const auto denied = check_ticks(*terms.conditions)) return denied;
    if (instrument.price_increment) {
        const Decimal step = instrument.price_increment->value;
        const auto fits = [&](const std::optional<Price>& price) {
            return !price || is_multiple(price->value, step);
        };
        if (!fits(terms.limit)) return no(Reason::PriceIncrement, terms.limit->value, step);
        if (terms.conditions != nullptr && !fits(terms.conditions->stop))
            return no(Reason::PriceIncrement, terms.conditions->stop->value, step);
    }
    if (!instrument.quantity_increment) return std::nullopt;
    const Decimal step = instrument.quantity_increment->value;
    if (!is_multiple(terms.quantity.value, step))
        return no(Reason::QuantityIncrement, terms.quantity.value, step);
    if (terms.conditions == nullptr) return std::nullopt;
    for (const auto& part : {terms.conditions->display, terms.conditions->display_low,
                             terms.conditions->display_high, terms.conditions->minimum})
        if (part && !is_multiple(part->value, step)) return no(Reason::QuantityIncrement, part->value, step);
    return std::nullopt;
}

std::optional<Denial> check_offered(const StatedTerms& terms, const Venue& venue) {
    const auto needs = [&](std::uint32_t feature) {
        return venue.has(feature) ? std::nullopt : no(Reason::NotOfferedByVenue);
    };
    switch (terms.time_in_force) {
        case TimeInForce::AtOpen:
            if (auto denied = needs(venue_does::kAtOpen)) return denied;
            break;
        case TimeInForce::AtClose:
            if (auto denied = needs(venue_does::kAtClose)) return denied;
            break;
        case TimeInForce::GoodForAuction:
            if (auto denied = needs(venue_does::kAuction)) return denied;
            break;
        case TimeInForce::Unsupported:
        case TimeInForce::Day:
        case TimeInForce::Gtc:
        case TimeInForce::Ioc:
        case TimeInForce::Fok:
        case TimeInForce::Gtd: break;
    }
    if (terms.conditions == nullptr) return std::nullopt;
    // An auction waits neither for a price that we see nor for a next slice of ours.
    const std::uint8_t emulates = emulated_for(venue, terms.type, terms.time_in_force, *terms.conditions);
    if (is_for_an_auction(terms.time_in_force) && emulates != 0) return no(Reason::NotOfferedByVenue);
    if (terms.conditions->post_only)
        if (auto denied = needs(venue_does::kPostOnly)) return denied;
    if (terms.conditions->reduce_only)
        if (auto denied = needs(venue_does::kReduceOnly)) return denied;
    const bool has_minimum = terms.conditions->minimum && terms.conditions->minimum->is_positive();
    return has_minimum ? needs(venue_does::kMinimumQuantity) : std::nullopt;
}

}  // namespace penstock::oms
