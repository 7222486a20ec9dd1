#include "oms/engine/handlers/woken_slices.hpp"

#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

using Cause = Request::Cause;

Slot<Child> first_woken(const OrderStore& orders, const Order& order) {
    Slot<Child> at = order.first_child;
    while (!at.is_none() && !is_woken(orders, at)) at = orders[at].next_of_order;
    return at;
}

/// The OMS's own cancel of this slice, under way; none when there is none.
Slot<Request> own_cancel_of(const OrderStore& orders, Slot<Child> child) {
    Slot<Request> at = orders[orders[child].order].first_request;
    while (!at.is_none() && (orders[at].child != child || orders[at].cause != Cause::Woken))
        at = orders[at].next;
    return at;
}

bool can_be_asked(const Context& context, Slot<Child> slot) {
    const Child& child = context.orders()[slot];
    return context.directory().is_up(child.venue) &&
           child.next_revision + std::uint32_t{kMaxRequestsPerOrder} <= kMaxRevisionsPerChild;
}

/// False when it cannot be asked for now.
bool cancel_slice(const Context& context, Slot<Child> child, Cause cause) {
    OrderStore& orders = context.orders();
    const Slot<Request> request =
        can_be_asked(context, child) ? orders.create_request(orders[child].order, Request::Kind::Cancel, {})
                                     : Slot<Request>{};
    if (request.is_none()) return false;
    orders[request].cause = cause;
    send_cancel(context, child, request);
    return true;
}

/// The client, or who asked in its place, gets the answer to the cancel of `to`.
void pass_on(const Context& context, Slot<Child> to, Slot<Request> cancel) {
    OrderStore& orders = context.orders();
    const Slot<Request> own = own_cancel_of(orders, to);
    if (!own.is_none()) {
        orders[own].cause = orders[cancel].cause;
        orders[own].cl_ord_id = orders[cancel].cl_ord_id;
        return orders.remove_request(cancel);
    }
    if (can_be_asked(context, to)) return send_cancel(context, to, cancel);
    refuse_request(context, to, cancel, Denial{Reason::VenueNotConnected, {}, {}}, {});
}

/// A slice that has ended, or was never sent, is followed by a woken one.
void go_on_with_woken(const Context& context, Slot<Order> slot, Slot<Request> cancel, Cause cause) {
    OrderStore& orders = context.orders();
    const Slot<Child> woken = first_woken(orders, orders[slot]);
    orders.make_newest(woken);
    if (!cancel.is_none()) return pass_on(context, woken, cancel);
    const Slot<Request> own = own_cancel_of(orders, woken);
    if (own.is_none())
        cancel_slice(context, woken, cause);
    else
        orders[own].cause = cause;
}

}  // namespace

bool is_woken(const OrderStore& orders, Slot<Child> child) {
    if (is_old_slice(orders, child)) return leaves(orders[child].state).is_positive();
    const Order& order = orders[orders[child].order];
    if (!is_sliced(orders, order)) return false;
    const bool has_ended = is_finished(order) && order.state.phase != Phase::Filled;
    return has_ended && orders[child].state.phase == Phase::Working;
}

bool has_woken(const OrderStore& orders, const Order& order) {
    return !is_finished(order) && !first_woken(orders, order).is_none();
}

void retire(const Context& context, Slot<Child> child) {
    if (!cancel_slice(context, child, Cause::Woken)) context.orders().await_answer(child, context.now);
}

void retire_woken(const Context& context, Slot<Order> order) {
    const OrderStore& orders = context.orders();
    for (Slot<Child> at = orders[order].first_child; !at.is_none(); at = orders[at].next_of_order)
        if (is_woken(orders, at) && !orders[at].awaits_answer) retire(context, at);
}

void retire_refused(const Context& context, Slot<Child> child, Slot<Request> request, Reason why) {
    context.orders().remove_request(request);
    apply(context, child, CancelRefused{});
    heard_from(context, child);
    continue_slices(context, context.orders()[child].order);  // its place may be free now
    if (is_woken(context.orders(), child) && why != Reason::VenueNeverReceived)
        tell_blocked(
            context, context.orders()[child].order, "its venue refused to cancel a slice that works again");
}

bool is_outlived(const Context& context, Slot<Child> ended, const OrderEvent& end, Slot<Request> cancel,
                 Cause cause) {
    const Slot<Order> slot = context.orders()[ended].order;
    // One that another one has outlived already ends for itself.
    if (is_old_slice(context.orders(), ended) || !has_woken(context.orders(), context.orders()[slot]))
        return false;
    apply(context, ended, end);
    go_on_with_woken(context, slot, cancel, cause);
    heard_from(context, ended);
    return true;
}

void send_cancel_of_order(const Context& context, Slot<Order> slot, Slot<Request> cancel) {
    OrderStore& orders = context.orders();
    const Slot<Child> newest = orders[slot].first_child;
    const bool is_gone = orders[newest].is_held || is_done(orders[newest].state.phase);
    if (!is_gone || !has_woken(orders, orders[slot])) return send_cancel(context, newest, cancel);
    if (orders[newest].is_held) drop_held(context, slot);
    go_on_with_woken(context, slot, cancel, orders[cancel].cause);
}

}  // namespace penstock::oms
