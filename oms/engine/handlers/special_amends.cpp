#include "oms/engine/handlers/special_amends.hpp"

#include <algorithm>

#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/conflation.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/order_terms.hpp"
#include "oms/engine/handlers/pegs.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

template <class T>
void keep(std::optional<T>& asked, const std::optional<T>& before) {
    if (!asked) asked = before;
}

void park_or_release(const Context& context, Slot<Order> slot) {
    const OrderStore& orders = context.orders();
    if (!is_held(orders, orders[slot])) return;
    const Special& special = orders[orders[slot].special];
    const bool is_parked = special.is_held_by(Hold::Parked);
    if (special.conditions.held && !is_parked) hold(context, slot, Hold::Parked);
    if (!special.conditions.held && is_parked) lift(context, slot, Hold::Parked);
}

bool has_same_trigger(const Special& special, const OrderConditions& before, const OrderConditions& wanted) {
    // A client may repeat the stop as it was told, which is where a trailing one has come to.
    const bool same_stop = wanted.stop == before.stop || wanted.stop == special.stop;
    return same_stop && wanted.trail == before.trail && wanted.trail_unit == before.trail_unit &&
           wanted.trigger_on == before.trigger_on && wanted.trigger_direction == before.trigger_direction;
}

/// Another distance counts from the best price seen so far, so that the order is never without its stop.
void follow_watermark(const Context& context, const Order& order, Special& special) {
    if (!special.has_watermark) return;
    const auto stop =
        trailing_stop(special.conditions, special.watermark, Watches::waits_for_rise(order, special),
                      context.directory()[order.instrument].price_increment);
    if (!stop) return;
    special.stop = *stop;
    special.has_stop = true;
}

/// Takes another distance from an amend, and another price to watch: of that no best one is known yet.
void follow_trail(const Context& context, const Order& order, const OrderConditions& wish) {
    Special& special = context.orders()[order.special];
    OrderConditions& terms = special.conditions;
    if (wish.trigger_on != terms.trigger_on) special.has_watermark = false;
    terms.trigger_on = wish.trigger_on;
    if (wish.trail == terms.trail && wish.trail_unit == terms.trail_unit) return;
    terms.trail = wish.trail;
    terms.trail_unit = wish.trail_unit;
    follow_watermark(context, order, special);
}

/// The client says where the limit of a trailing stop-limit is to stand now, with its stop where that has
/// come to; what is kept is where it stood when the stop was where it began. A limit as it was told last, or
/// limit and stop as they were entered, are no change: the limit keeps its distance.
void set_trailing_limit(const Context& context, Order& order, Price limit,
                        const std::optional<OrderConditions>& wish) {
    Special& special = context.orders()[order.special];
    OrderConditions& terms = special.conditions;
    const bool moves_stop = wish && wish->stop != terms.stop;
    const bool is_as_entered = wish && !moves_stop && limit == order.limit;
    const bool is_as_told = !moves_stop && trailed_limit(order, special) == limit;
    if (is_as_entered || is_as_told) return;
    order.limit = limit;
    if (moves_stop) return;
    // Another distance moves the stop first, and the limit is to stand there with it.
    if (wish) follow_trail(context, order, *wish);
    if (const auto began = untrailed_limit(special, limit))
        order.limit = *began;
    else
        terms.stop = special.stop;  // no number tells where it was: it begins here
}

/// The client's limit on a peg is its worst price; what it is sent with is the book's.
void set_limit(const Context& context, Order& order, const Request& request,
               const std::optional<OrderConditions>& wish) {
    OrderStore& orders = context.orders();
    if (trails_limit(order, orders[order.special]))
        return set_trailing_limit(context, order, request.limit, wish);
    const bool is_pegged = orders[order.special].does(Emulation::Peg);
    if (is_pegged)
        orders[order.special].cap = request.has_limit ? std::optional{request.limit} : std::nullopt;
    if (is_pegged && !is_held(orders, order)) return;
    order.has_limit = request.has_limit;
    order.limit = request.limit;
}

/// The child that waits is to have what is open of its order. An iceberg of which nothing more is wanted has
/// no slice that waits.
void resize_held(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    const Slot<Child> child = orders[slot].first_child;
    if (!is_finished(orders[slot])) {
        apply(context, child, Resized{orders[slot].state.quantity});
        return;
    }
    orders[child].is_held = false;
    orders[orders[slot].special].holds = 0;
    apply(context, child, Resized{});
}

/// OrdStatus(39) is Suspended while the client has it parked.
void tell_parked(const Context& context, Slot<Order> slot) {
    const OrderStore& orders = context.orders();
    if (!is_held(orders, orders[slot])) return;
    const Special& special = orders[orders[slot].special];
    if (special.conditions.held)
        apply(context, slot, Suspended{});
    else if (special.is_held_by(Hold::Parked))
        apply(context, slot, Accepted{});
}

}  // namespace

OrderConditions merged(const OrderConditions& before, const OrderConditions& asked) {
    OrderConditions out = asked;
    keep(out.stop, before.stop);
    keep(out.trail, before.trail);
    if (!asked.trail) out.trail_unit = before.trail_unit;
    if (asked.trigger_on == TriggerOn::Default) out.trigger_on = before.trigger_on;
    if (asked.trigger_direction == TriggerDirection::Implied)
        out.trigger_direction = before.trigger_direction;
    if (asked.peg == PegKind::None) out.peg = before.peg;
    keep(out.peg_offset, before.peg_offset);
    if (!asked.peg_offset) out.peg_unit = before.peg_unit;
    keep(out.display, before.display);
    if (!asked.display) {
        keep(out.display_low, before.display_low);
        keep(out.display_high, before.display_high);
    }
    keep(out.minimum, before.minimum);
    out.cash = before.cash;
    if (asked.expire_time.is_none()) out.expire_time = before.expire_time;
    if (asked.effective_time.is_none()) out.effective_time = before.effective_time;
    out.link_id = before.link_id;
    if (asked.on_disconnect == OnDisconnect::AsSession) out.on_disconnect = before.on_disconnect;
    out.post_only = before.post_only || asked.post_only;
    out.reduce_only = before.reduce_only || asked.reduce_only;
    out.held = (before.held || asked.held) && !asked.release;
    out.release = false;
    return out;
}

std::optional<Denial> check_conditions(const Context& context, const Order& order, const AmendOrder& body) {
    if (!body.conditions || *body.conditions == OrderConditions{}) return std::nullopt;
    if (order.special.is_none()) return Denial{Reason::ContradictoryConditions, {}, {}};
    const OrderStore& orders = context.orders();
    const Special& special = orders[order.special];
    const OrderConditions& before = special.conditions;
    const OrderConditions wanted = merged(before, *body.conditions);
    // Also when it waits in the queue of those to be sent.
    const bool is_met = special.triggered || special.watch == Watch::Met;
    if (is_met && !has_same_trigger(special, before, wanted)) return Denial{Reason::TooLate, {}, {}};
    const bool is_timed = special.is_held_by(Hold::Time);
    if (wanted.effective_time != before.effective_time && !is_timed) return Denial{Reason::TooLate, {}, {}};
    if (wanted.held && !before.held && !is_held(orders, order)) return Denial{Reason::TooLate, {}, {}};
    // Who does what was settled when it came: an amend moves a trigger, it does not make one.
    const Venue& venue = context.directory()[orders[order.first_child].venue];
    const bool is_new_kind =
        emulated_for(venue, order.type, order.time_in_force, wanted) != special.emulates ||
        has_trigger(wanted) != has_trigger(before);
    return is_new_kind ? std::optional{Denial{Reason::ContradictoryConditions, {}, {}}} : std::nullopt;
}

void take_conditions(const Context& context, Slot<Order> slot, const OrderConditions& conditions) {
    OrderStore& orders = context.orders();
    Special& special = orders[orders[slot].special];
    // What was met stays so.
    if (special.watch != Watch::Met) stop_waiting(context, slot);
    const OrderConditions before = special.conditions;
    follow_trail(context, orders[slot], conditions);
    special.conditions = conditions;
    orders[slot].on_disconnect = conditions.on_disconnect;
    if (special.is_held_by(Hold::Time) && !special.day_since.is_none())
        special.day_since = conditions.effective_time;
    if (conditions.stop != before.stop) {
        special.has_stop = conditions.stop.has_value();
        special.stop = conditions.stop.value_or(Price{});
    }
}

void follow_conditions(const Context& context, Slot<Order> slot) {
    const OrderStore& orders = context.orders();
    if (is_finished(orders[slot])) return;
    const Slot<Special> special = orders[slot].special;
    if (special.is_none() || orders[special].watch == Watch::Met) return;
    start_waiting(context, slot);
    park_or_release(context, slot);
    if (orders[special].conditions.effective_time <= context.now) lift(context, slot, Hold::Time);
    follow_peg_terms(context, slot);
}

bool concerns_venue(const Context& context, Slot<Order> slot, const Request& request) {
    const OrderStore& orders = context.orders();
    const Order& order = orders[slot];
    if (order.special.is_none()) return true;
    if (is_held(orders, order)) return false;
    // Nothing of it is answered before the order itself.
    if (order.state.phase == Phase::PendingNew) return true;
    // Behind others it has to wait its turn, so that the ids follow each other.
    if (&orders[first_of_newest(orders, order)] != &request) return true;
    const Special& special = orders[order.special];
    const Child& child = orders[order.first_child];
    // Its last slice is gone: there is nobody to ask, and the next one gets what is wanted.
    if (is_sliced(orders, order) && child.state.phase == Phase::Filled) return false;
    const OrderConditions& wanted = request.wish.is_none() ? special.conditions : orders[request.wish];
    // A peg's limit is the OMS's; the client's is the worst it may be.
    const bool is_pegged = special.does(Emulation::Peg);
    const auto before = order.has_limit ? std::optional{order.limit} : std::nullopt;
    const auto after = is_pegged ? before : request.has_limit ? std::optional{request.limit} : std::nullopt;
    return child_total(orders, child, request.quantity) != child.state.quantity ||
           as_sent(order, &special, before, &special.conditions) != as_sent(order, &special, after, &wanted);
}

void accept_inside(const Context& context, Slot<Order> slot, Slot<Request> at) {
    OrderStore& orders = context.orders();
    const Request request = orders[at];
    // About the slice that is gone: the next one is sized anew.
    if (request.cause == Request::Cause::Conditions) return orders.remove_request(at);
    const std::optional<OrderConditions> wish =
        request.wish.is_none() ? std::nullopt : std::optional{orders[request.wish]};
    orders.remove_request(at);
    Order& order = orders[slot];
    const Quantity quantity = std::max(request.quantity, order.state.filled);
    apply(context, slot, Resized{quantity});
    if (is_held(orders, order)) resize_held(context, slot);
    if (request.cause == Request::Cause::Client) set_limit(context, order, request, wish);
    if (wish) take_conditions(context, slot, *wish);
    tell_parked(context, slot);
    if (request.cause == Request::Cause::Group) {
        group_request_done(context, slot);
        report(context, slot, ExecType::Restated).restatement_reason = RestatementReason::BrokerOption;
    } else {
        if (request.is_sent) replace_superseded(context, slot, request.revision);
        report_replaced(context, slot, request.cl_ord_id);
    }
    follow_conditions(context, slot);
}

}  // namespace penstock::oms
