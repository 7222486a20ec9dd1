#include "oms/engine/handlers/transitions.hpp"

#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

namespace penstock::oms {

bool is_good_till(const Order& order) {
    return order.time_in_force == TimeInForce::Gtc || order.time_in_force == TimeInForce::Gtd;
}

bool is_finished(const Order& order) {
    return is_done(order.state.phase) || (order.state.phase == Phase::DoneForDay && !is_good_till(order));
}

bool may_work(const OrderStore& orders, const Order& order) {
    if (order.state.phase != Phase::Filled) return !is_finished(order);
    // What the OMS asks about a peg or a slice asks for no more.
    for (Slot<Request> at = order.first_request; !at.is_none(); at = orders[at].next)
        if (orders[at].kind == Request::Kind::Amend && orders[at].cause != Request::Cause::Conditions)
            return true;
    return false;
}

namespace {

/// Counts are not asked: an unsolicited cancel takes back one that is still out.
bool has_sent_request(const OrderStore& orders, const Child& child) {
    for (Slot<Request> at = orders[child.order].first_request; !at.is_none(); at = orders[at].next)
        if (orders[at].is_sent && orders[orders[at].child].id == child.id) return true;
    return false;
}

}  // namespace

bool owes_answer(const OrderStore& orders, const Child& child) {
    return child.state.phase == Phase::PendingNew || child.state.outcome_unknown ||
           has_sent_request(orders, child);
}

bool awaits_in_vain(const Child& child) {
    // A filled order may work again, by a replace or a bust.
    return is_done(child.state.phase) && child.state.phase != Phase::Filled;
}

namespace {

/// What is over is neither watched nor timed; what is open again has its time again.
void follow_end(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    if (!is_finished(orders[slot])) {
        const Special& special = orders[orders[slot].special];
        // One that is held is at no venue, where alone what has ended opens again.
        if (special.does(Emulation::Peg)) context.world.pegs.add(orders, orders[slot].special);
        return start_waiting(context, slot);
    }
    stop_waiting(context, slot);
    context.world.pegs.remove(orders, orders[slot].special);
}

}  // namespace

bool apply(const Context& context, Slot<Order> slot, const OrderEvent& event) {
    const auto after = fold(context.orders()[slot].state, event);
    if (!after) return false;
    become(context, slot, *after, event);
    return true;
}

void become(const Context& context, Slot<Order> slot, const OrderState& after, const OrderEvent& event) {
    Order& order = context.orders()[slot];
    const bool had_finished = is_finished(order);
    order.state = after;
    // What a replace may re-open is not forgotten.
    const bool may_reopen = order.state.phase == Phase::Filled && order.state.amends_in_flight > 0;
    if (!order.special.is_none()) mark_group(context, slot, event);
    if (is_finished(order) && !may_reopen && !is_kept_by_list(context, order))
        context.orders().finish(slot);
    else
        context.orders().reopen(slot);
    if (!order.special.is_none() && is_finished(order) != had_finished) follow_end(context, slot);
}

bool apply(const Context& context, Slot<Child> slot, const OrderEvent& event) {
    Child& child = context.orders()[slot];
    const auto after = fold(child.state, event);
    if (!after) return false;
    // It wakes on another day: what its venue counts may begin anew, and then is no word of what was
    // inferred.
    if (child.state.phase == Phase::DoneForDay && after->phase == Phase::Working) child.has_inferred = false;
    child.state = *after;
    return true;
}

void end_filled(const Context& context, Slot<Child> child) {
    OrderState& state = context.orders()[child].state;
    if (state.phase == Phase::Filled) state.phase = Phase::Cancelled;
}

void heard_from(const Context& context, Slot<Child> slot) {
    const Child& child = context.orders()[slot];
    // Whatever else is heard of it, what it was asked at the logon it has not said.
    if (is_done(child.state.phase)) context.orders().set_asked(slot, false);
    const bool is_asked = child.is_asked;
    if (owes_answer(context.orders(), child) || is_woken(context.orders(), slot))
        context.orders().await_answer(slot, context.now);
    else if (!is_asked) {
        context.orders().answered(slot);
        context.orders()[slot].asked_at = context.now;
    }
}

Slot<Request> find_request(const Context& context, Slot<Child> child, std::uint32_t revision) {
    const OrderStore& orders = context.orders();
    Slot<Request> at = orders[orders[child].order].first_request;
    while (!at.is_none() && !(orders[at].child == child && orders[at].revision == revision))
        at = orders[at].next;
    return at;
}

Slot<Request> first_of_newest(const OrderStore& orders, const Order& order) {
    Slot<Request> at = order.first_request;
    while (!at.is_none() && orders[at].cause == Request::Cause::Woken) at = orders[at].next;
    return at;
}

}  // namespace penstock::oms
