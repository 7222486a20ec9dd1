#include "oms/engine/handlers/slices.hpp"

#include <algorithm>

#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/group_view.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/last_checks.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/special_amends.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

namespace penstock::oms {
namespace {

/// Never negative; what no Quantity can hold is rounded down.
Quantity less(Quantity from, Quantity what) { return moved(from, what, Quantity{}); }

/// What of the order no venue can trade: neither filled, nor open in a slice other than `but_for`. A bust may
/// have opened an old slice again, and what the venue may still trade of it is not sent a second time.
Quantity unsent_of(const OrderStore& orders, Slot<Order> slot, Slot<Child> but_for) {
    Quantity unsent = less(orders[slot].state.quantity, orders[slot].state.filled);
    for (Slot<Child> at = orders[slot].first_child; !at.is_none(); at = orders[at].next_of_order)
        if (at != but_for) unsent = less(unsent, leaves(orders[at].state));
    return unsent;
}

/// What of it may trade yet.
Quantity open_of(const Order& order) { return less(order.state.quantity, order.state.filled); }

/// An old slice has traded more than was known of it: the live one must not trade that too. What an old slice
/// may trade yet, because a bust woke it, takes nothing from the live one: that may never happen.
void trim_slice(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    const Quantity open = open_of(orders[slot]);
    if (leaves(orders[orders[slot].first_child].state) <= open) return;
    Special& special = orders[orders[slot].special];
    if (special.trim != open) special.trim_tries = 0;
    special.trim = open;
    if (special.trim_tries == kMaxTrimTries) return;
    resize_slice_by_house(context, slot);
    auto& waiting = context.world.slices_to_cut;
    const auto is_this = [&](const BulkOrder& one) { return one.id == orders[slot].id; };
    if (special.is_stuck && !orders.has_request_place() && std::ranges::none_of(waiting, is_this))
        waiting.push_back({slot, orders[slot].id});
}

/// Amends that waited for the slice that is gone: there is nobody left to ask. A request that is out is
/// answered by its venue, also when the order has ended meanwhile.
void accept_waiting(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    for (Slot<Request> at = orders[slot].first_request; !at.is_none();) {
        const Slot<Request> next = orders[at].next;
        if (!orders[at].is_sent) accept_inside(context, slot, at);
        at = next;
    }
}

/// The order was checked whole when it came, at its own limit: that no price is fresh now does not end it,
/// what its account may no longer do does.
std::optional<Denial> check_slice(const Context& context, const Order& order) {
    const auto no = check_before_sending(context, order, order.state.quantity);
    const bool is_for_want_of_price =
        no && (no->reason == Reason::NoReferencePrice || no->reason == Reason::StaleReferencePrice);
    return is_for_want_of_price ? std::nullopt : no;
}

/// A slice that waited for its venue counts as done with when the order has filled meanwhile. Should a bust
/// open the order again after the venue is back, no logon lets it go.
void go_on_if_venue_is_back(const Context& context, Slot<Order> slot) {
    const OrderStore& orders = context.orders();
    if (is_finished(orders[slot]) || !orders[orders[slot].special].is_held_by(Hold::Venue)) return;
    if (context.directory().takes_orders(orders[orders[slot].first_child].venue))
        lift_from_venue(context, slot);
}

/// No slice can follow, and none is open.
void end_without_slice(const Context& context, Slot<Order> slot, const std::optional<Denial>& no) {
    if (is_over(context, context.orders()[slot])) {
        apply(context, slot, Expired{});
        report(context, slot, ExecType::Expired);
        return;
    }
    apply(context, slot, Cancelled{});
    report(context, slot, ExecType::Canceled).denial = no ? *no : Denial{Reason::CapacityReached, {}, {}};
}

void send_next(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    const Quantity unsent = unsent_of(orders, slot, {});
    if (unsent.is_zero()) return;
    const VenueId venue = orders[orders[slot].first_child].venue;
    const std::optional<Denial> no = check_slice(context, orders[slot]);
    const bool may_go = !no && !is_over(context, orders[slot]);
    const Slot<Child> child = may_go ? orders.create_slice(slot, venue) : Slot<Child>{};
    if (child.is_none()) {
        // One that a bust has opened again gives its place to the next when it ends.
        const bool has_open_slice = unsent != less(orders[slot].state.quantity, orders[slot].state.filled);
        if (!has_open_slice) end_without_slice(context, slot, no);
        return;
    }
    if (!context.directory().takes_orders(venue)) {
        orders[child].is_held = true;
        hold(context, slot, Hold::Venue);
        return tell_blocked(context, slot, "its next slice may go, but " + why_no_orders(context, venue));
    }
    orders[orders[slot].special].trim_tries = 0;
    size_child(context, child);
    route(context, child, context.world.prices.reference(orders[slot].instrument));
    send_new(context, child);
}

}  // namespace

bool is_sliced(const OrderStore& orders, const Order& order) {
    return !order.special.is_none() && orders[order.special].does(Emulation::Display);
}

void size_child(const Context& context, Slot<Child> slot) {
    OrderStore& orders = context.orders();
    Child& child = orders[slot];
    const Order& order = orders[child.order];
    child.state.quantity = order.state.quantity;
    if (!is_sliced(orders, order)) return;
    Special& special = orders[order.special];
    child.state.quantity =
        next_slice(special.conditions, order.id, special.slices, unsent_of(orders, child.order, slot),
                   context.directory()[order.instrument].quantity_increment);
    ++special.slices;
}

Quantity child_total(const OrderStore& orders, const Child& child, Quantity total) {
    const Order& order = orders[child.order];
    if (!is_sliced(orders, order)) return total;
    // Shown stays what is shown, as far as so much of the order is open.
    const Quantity open = less(total, order.state.filled);
    return moved(child.state.filled, Quantity{}, std::min(open, leaves(child.state)));
}

bool is_old_slice(const OrderStore& orders, Slot<Child> slot) {
    return orders[orders[slot].order].first_child != slot;
}

void end_old_slice(const Context& context, Slot<Child> child, const VenueReport& report,
                   const OrderEvent& end) {
    const Slot<Request> answered = find_request(context, child, report.revision);
    if (!answered.is_none() && context.orders()[answered].cause == Request::Cause::Woken)
        context.orders().remove_request(answered);
    const bool had_ended =
        is_done(context.orders()[child].state.phase) && context.orders()[child].state.phase != Phase::Filled;
    if (had_ended) return;  // said twice
    if (!apply(context, child, end)) {
        end_filled(context, child);
        return alarm(context, AlarmKind::IllegalTransition, child, report, "ended a slice that is filled");
    }
    heard_from(context, child);
    continue_slices(context, context.orders()[child].order);
}

void slice_not_trimmed(const Context& context, Slot<Order> slot) {
    const Order& order = context.orders()[slot];
    if (!is_sliced(context.orders(), order) || is_finished(order)) return;
    Special& special = context.orders()[order.special];
    if (++special.trim_tries < kMaxTrimTries) return;
    tell_blocked(context, slot, "its venue refuses to make its slice smaller; it may fill too much");
}

void slice_trimmed(const Context& context, Slot<Order> slot) {
    context.orders()[context.orders()[slot].special].trim_tries = 0;
}

bool waits_for_logon(const OrderStore& orders, const Order& order) {
    if (!is_sliced(orders, order)) return false;
    const Child& newest = orders[order.first_child];
    if (order.state.phase == Phase::DoneForDay) return is_good_till(order) && is_done(newest.state.phase);
    // Also when it has filled: then nothing of the slice is wanted.
    return leaves(newest.state) > open_of(order);
}

void go_on_at_logon(const Context& context, Slot<Order> slot) {
    if (!waits_for_logon(context.orders(), context.orders()[slot])) return;
    // It ended its day with nothing at its venue, which has therefore nothing to wake.
    if (context.orders()[slot].state.phase == Phase::DoneForDay) apply(context, slot, Accepted{});
    slice_trimmed(context, slot);
    continue_slices(context, slot);
}

void cut_what_waited(const Context& context) {
    auto& waiting = context.world.slices_to_cut;
    while (!waiting.empty() && context.orders().has_request_place()) {
        const BulkOrder one = waiting.front();
        waiting.erase(waiting.begin());
        if (is_kept(context, one)) continue_slices(context, one.order);
    }
}

void continue_slices(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    if (!is_sliced(orders, orders[slot])) return;
    retire_woken(context, slot);
    if (is_held(orders, orders[slot])) return go_on_if_venue_is_back(context, slot);
    const Slot<Child> newest = orders[slot].first_child;
    const OrderState& slice = orders[newest].state;
    // The answer to what is in flight decides: it may re-open the slice, or end the order.
    if (slice.amends_in_flight > 0 || slice.cancels_in_flight > 0) return;
    // Its venue is closed to a good-till order that sleeps: what is to follow follows when it wakes.
    const bool sleeps = orders[slot].state.phase == Phase::DoneForDay;
    // One that was cut to nothing has ended as well, and its order may be open again.
    if (!is_done(slice.phase)) return sleeps ? void() : trim_slice(context, slot);
    accept_waiting(context, slot);
    if (!sleeps && !is_finished(orders[slot])) send_next(context, slot);
}

}  // namespace penstock::oms
