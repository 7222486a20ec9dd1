#include "oms/engine/handlers/holds.hpp"

#include <algorithm>

#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/last_checks.hpp"
#include "oms/engine/handlers/pegs.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

namespace penstock::oms {
namespace {

Special& special_of(const Context& context, Slot<Order> slot) {
    return context.orders()[context.orders()[slot].special];
}

bool waits_only_for(const Special& special, Hold why) {
    return special.holds == static_cast<std::uint8_t>(why);
}

/// What it watches: its own venue's prices when that publishes any, else anybody's.
void choose_watched(const Context& context, const Order& order, Special& special) {
    const VenueId venue = context.orders()[order.first_child].venue;
    special.watched = context.world.prices.quote(venue, order.instrument) == nullptr ? VenueId{} : venue;
}

/// What was said last of the price it watches.
const marketdata::Quote& watched_quote(const Context& context, const Order& order, const Special& special) {
    const auto& prices = context.world.prices;
    const marketdata::Quote* const quote =
        special.watched.is_none() ? prices.newest(order.instrument)
                                  : prices.quote(special.watched, order.instrument);
    PENSTOCK_ASSERT(quote != nullptr, "an order was taken though nobody had quoted its instrument");
    return *quote;
}

/// An order may come when its price has been seen already. A price older than the account allows is none.
void look_at_newest(const Context& context, const Order& order) {
    const marketdata::Quote& quote = watched_quote(context, order, context.orders()[order.special]);
    const auto& limits = context.directory()[order.account].limits;
    if (!limits || context.now - quote.time > limits->max_reference_age) return;
    context.world.watches.look(
        context.orders(), order.special, quote, context.directory()[order.instrument].price_increment);
}

void set_timer(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    const Slot<Special> special_slot = orders[slot].special;
    const Special& special = orders[special_slot];
    const bool is_timed = special.is_held_by(Hold::Time);
    const bool expires = special.does(Emulation::Expiry) ||
                         (is_held(orders, orders[slot]) && !special.conditions.expire_time.is_none());
    if (is_timed)
        context.world.timers.set(orders, special_slot, special.conditions.effective_time);
    else if (expires)
        context.world.timers.set(orders, special_slot, special.conditions.expire_time);
    else
        context.world.timers.stop(orders, special_slot);
}

/// Writes down those special orders of a venue that are as `which` says; they are worked on oldest first.
template <class Which>
void work_on_held(const Context& context, VenueId venue, BulkJob::Kind kind, Which&& which) {
    const OrderStore& orders = context.orders();
    BulkJob job;
    job.kind = kind;
    job.venue = venue;
    orders.for_each_special([&](Slot<Special> at) {
        const Order& order = orders[orders[at].order];
        if (orders[order.first_child].venue == venue && which(order, orders[at]))
            job.orders.push_back({orders[at].order, order.id});
    });
    std::ranges::sort(job.orders, {}, [](const BulkOrder& one) { return one.id.value; });
    add(context, std::move(job));
}

/// Nothing is left to wait for.
void activate(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    const Slot<Child> child = orders[slot].first_child;
    const VenueId venue = orders[child].venue;
    if (!context.directory().takes_orders(venue)) {
        special_of(context, slot).holds = static_cast<std::uint8_t>(Hold::Venue);
        set_timer(context, slot);
        return tell_blocked(context, slot, "it may go, but " + why_no_orders(context, venue));
    }
    // Its time, or its day, came to an end while it could not be cancelled, or while nobody looked.
    if (is_over(context, orders[slot])) return expire_held(context, slot);
    const auto reference = context.world.prices.reference(orders[slot].instrument);
    std::optional<Denial> no = set_first_peg(context, slot);
    if (!no) no = check_before_sending(context, orders[slot], orders[slot].state.quantity);
    if (no) {
        if (has_woken(orders, orders[slot])) drop_held(context, slot);
        if (is_outlived(context, child, CancelRefused{}, {}, Request::Cause::Woken)) return;
        end_held(context, slot, ExecType::Canceled).denial = *no;
        return;
    }
    orders[child].is_held = false;
    size_child(context, child);
    set_timer(context, slot);
    route(context, child, reference);
    send_new(context, child);
}

/// The price it waited for has been seen.
void trigger(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    Special& special = special_of(context, slot);
    Order& order = orders[slot];
    TriggerDecision& decision = context.out.emit<TriggerDecision>();
    decision.order_id = order.id;
    decision.trigger_on = special.conditions.trigger_on;
    decision.trigger = special.stop;
    const marketdata::Quote& quote = watched_quote(context, order, special);
    decision.seen = Watches::price_of(quote, special.conditions.trigger_on);
    decision.quote_time = quote.time;
    decision.venue = special.watched;
    special.holds = 0;
    // Else it looks for its price anew when the venue is back.
    if (!context.directory().takes_orders(orders[order.first_child].venue)) return activate(context, slot);
    const auto limit = trailed_limit(order, special);
    special.triggered = true;
    if (limit && order.has_limit) order.limit = *limit;
    report(context, slot, ExecType::Triggered);
    if (!limit) {
        // The limit that kept its distance to a falling stop has nowhere left to go.
        end_held(context, slot, ExecType::Canceled).denial = Denial{Reason::InvalidPrice, {}, {}};
        return;
    }
    if (!waits_for_turn(context, slot)) return activate(context, slot);
    // Another one of its group works: it makes way first.
    special.holds = static_cast<std::uint8_t>(Hold::Group);
}

}  // namespace

std::string why_no_orders(const Context& context, VenueId venue) {
    if (context.directory().is_halted()) return "trading is halted";
    return context.directory().is_up(venue) ? "what works at its venue is not confirmed yet"
                                            : "its venue is not connected";
}

void expire_held(const Context& context, Slot<Order> slot) {
    if (cancel_by_house(context, slot, Request::Cause::Expiry) != Reason::None)
        tell_blocked(context, slot, "it has expired, and cannot be cancelled now");
    // Until the venue has confirmed it is asked again.
    if (!is_finished(context.orders()[slot]))
        context.world.timers.set(
            context.orders(), context.orders()[slot].special, context.now + kExpiryRetry);
}

bool is_held(const OrderStore& orders, const Order& order) {
    return !order.special.is_none() && orders[order.first_child].is_held;
}

bool is_over(const Context& context, const Order& order) {
    const Special& special = context.orders()[order.special];
    const Timestamp until = special.conditions.expire_time;
    if (!until.is_none() && until <= context.now) return true;
    const Venue& venue = context.directory()[context.orders()[order.first_child].venue];
    return !is_good_till(order) && !special.day_since.is_none() && special.day_since < venue.day_began;
}

void hold(const Context& context, Slot<Order> slot, Hold why) {
    stop_waiting(context, slot);
    special_of(context, slot).holds |= static_cast<std::uint8_t>(why);
    if (why == Hold::Parked) apply(context, slot, Suspended{});
    start_waiting(context, slot);
}

void lift(const Context& context, Slot<Order> slot, Hold why) {
    if (!is_held(context.orders(), context.orders()[slot])) return;
    Special& special = special_of(context, slot);
    if (!special.is_held_by(why)) return;
    stop_waiting(context, slot);
    special.holds = static_cast<std::uint8_t>(special.holds & ~static_cast<unsigned>(why));
    if (special.day_since.is_none())  // it is called
        special.day_since = std::max(context.now, special.conditions.effective_time);
    if (why == Hold::Parked) apply(context, slot, Accepted{});  // no longer suspended
    if (special.holds == 0) return activate(context, slot);
    start_waiting(context, slot);
}

void start_waiting(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    set_timer(context, slot);
    Special& special = special_of(context, slot);
    if (!is_held(orders, orders[slot]) || !waits_only_for(special, Hold::Trigger)) return;
    if (special.watch != Watch::None) return;  // already
    choose_watched(context, orders[slot], special);
    context.world.watches.arm(orders, orders[slot].special);
    look_at_newest(context, orders[slot]);
}

void stop_waiting(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    context.world.watches.disarm(orders, orders[slot].special);
    context.world.timers.stop(orders, orders[slot].special);
}

void drop_held(const Context& context, Slot<Order> slot) {
    const Slot<Child> child = context.orders()[slot].first_child;
    context.orders()[child].is_held = false;
    special_of(context, slot).holds = 0;
    apply(context, child, Cancelled{});
}

ExecutionReport& end_held(const Context& context, Slot<Order> slot, ExecType type, const ClOrdId& cl_ord_id) {
    drop_held(context, slot);
    const OrderEvent event = type == ExecType::Expired ? OrderEvent{Expired{}} : OrderEvent{Cancelled{}};
    apply(context, slot, event);
    ExecutionReport& out = report(context, slot, type);
    if (cl_ord_id.empty()) return out;
    out.orig_cl_ord_id = out.cl_ord_id;
    out.cl_ord_id = cl_ord_id;
    return out;
}

void send_triggered(const Context& context) {
    Watches& watches = context.world.watches;
    for (int sent = 0; sent < kMaxTriggeredPerStep && watches.has_met(); ++sent) {
        const Slot<Special> special = watches.first_met();
        watches.disarm(context.orders(), special);
        trigger(context, context.orders()[special].order);
    }
}

void watch_own_venue(const Context& context, VenueId venue, InstrumentId instrument) {
    OrderStore& orders = context.orders();
    orders.for_each_special([&](Slot<Special> at) {
        const Order& order = orders[orders[at].order];
        const bool looks_elsewhere = orders[at].watch == Watch::Armed && orders[at].watched.is_none();
        if (!looks_elsewhere || order.instrument != instrument || orders[order.first_child].venue != venue)
            return;
        context.world.watches.disarm(orders, at);
        orders[at].watched = venue;
        context.world.watches.arm(orders, at);
    });
}

void lift_all_of(const Context& context, VenueId venue) {
    const OrderStore& orders = context.orders();
    work_on_held(context, venue, BulkJob::Kind::VenueLift, [&](const Order& order, const Special& special) {
        return special.is_held_by(Hold::Venue) || waits_for_logon(orders, order);
    });
}

void lift_what_shrinks(const Context& context, VenueId venue) {
    const OrderStore& orders = context.orders();
    work_on_held(context, venue, BulkJob::Kind::VenueLift, [&](const Order& order, const Special&) {
        return !is_held(orders, order) && order.state.phase != Phase::DoneForDay &&
               waits_for_logon(orders, order);
    });
}

void end_day_at(const Context& context, VenueId venue) {
    work_on_held(context, venue, BulkJob::Kind::VenueDay, [&](const Order& order, const Special& special) {
        return special.holds != 0 && is_over(context, order);
    });
}

void lift_from_venue(const Context& context, Slot<Order> slot) {
    if (!is_held(context.orders(), context.orders()[slot])) return go_on_at_logon(context, slot);
    if (!may_work(context.orders(), context.orders()[slot])) return;
    Special& special = special_of(context, slot);
    if (!special.does(Emulation::Trigger) || special.triggered) return lift(context, slot, Hold::Venue);
    special.holds = static_cast<std::uint8_t>(Hold::Trigger);
    start_waiting(context, slot);
}

}  // namespace penstock::oms
