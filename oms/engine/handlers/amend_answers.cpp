#include <algorithm>

#include "oms/engine/handlers/conflation.hpp"
#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/missing_fills.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/settled_orders.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/special_amends.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"
#include "oms/engine/handlers/venue_orders.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

// What a venue answers to an amend.

namespace penstock::oms {
namespace {

/// The answer to a replace, repeated: the terms it tells of are these or older ones, never a restatement.
bool is_told_again(const OrderStore& orders, Slot<Child> slot, const VenueAmended& body) {
    const Child& child = orders[slot];
    if (body.is_restatement || body.report.revision == 0) return false;
    if (body.report.revision < child.accepted_revision) return true;
    const Order& order = orders[child.order];
    return body.report.revision == child.accepted_revision && body.quantity == child.state.quantity &&
           !tells_other_limit(body.limit, order.has_limit, order.limit);
}

/// The answer to an amend that came after that to a newer one: the newer one's terms stand.
void answer_overtaken(const Context& context, Slot<Child> child, Slot<Request> request) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const Request answered = orders[request];
    orders.remove_request(request);
    replace_overtaken(context, slot, answered.revision);
    apply(context, child, AmendRefused{});
    if (is_seen(answered.cause)) apply(context, slot, AmendRefused{});
    heard_from(context, child);
    if (!answered.cl_ord_id.is_none()) {
        ExecutionReport& out = report(context, slot, ExecType::Replaced);
        out.orig_cl_ord_id = out.cl_ord_id;
        out.cl_ord_id = orders.text(answered.cl_ord_id);
    }
    send_waiting(context, slot);
}

/// The request's limit, as the venue has it now, is the order's; the client's limit on a peg is its cap.
void take_limit(const Context& context, Slot<Order> slot, const Request& request,
                const std::optional<Price>& told) {
    OrderStore& orders = context.orders();
    Order& order = orders[slot];
    const bool is_pegged = !order.special.is_none() && orders[order.special].does(Emulation::Peg);
    const bool sets_cap = is_pegged && request.cause == Request::Cause::Client;
    if (sets_cap) orders[order.special].cap = request.has_limit ? std::optional{request.limit} : std::nullopt;
    if (order.has_limit) order.limit = told.value_or(sets_cap ? order.limit : request.limit);
}
/// No order is for nothing: what became of the amend, or of the order, the venue has to say again. Nothing
/// ends by it.
void doubt_quantity(const Context& context, Slot<Child> child, const VenueReport& report) {
    contradicted(context, child, report, "told a quantity that no order has");
    if (is_done(context.orders()[child].state.phase)) return;
    if (!find_request(context, child, report.revision).is_none()) {
        apply(context, child, BecameUnknown{});
        apply(context, context.orders()[child].order, BecameUnknown{});
    }
    ask_status(context, child);
}

/// What is open again is at no venue, which had told of the end before it told of the replace.
void end_with_child(const Context& context, Slot<Child> child) {
    const OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    if (is_finished(orders[slot]) || is_sliced(orders, orders[slot]) || !awaits_in_vain(orders[child]))
        return;
    apply(context, slot, Cancelled{});
    report(context, slot, ExecType::Canceled).denial.reason = Reason::UnsolicitedCancel;
    refuse_waiting(context, slot);
}

}  // namespace

void handle(const Context& context, const VenueAmended& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    if (!body.quantity.is_positive()) return doubt_quantity(context, child, body.report);
    revive_settled(context, child, body.report);
    amended(context, child, body);
    compare_filled(context, child, body.report, {body.filled, body.average_price});
}

void amended(const Context& context, Slot<Child> child, const VenueAmended& body) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const Slot<Request> found = find_request(context, child, body.report.revision);
    if (found.is_none() && is_told_again(orders, child, body)) return;
    if (found.is_none() || orders[found].kind != Request::Kind::Amend) return restate(context, child, body);
    if (orders[found].revision < orders[child].accepted_revision)
        return answer_overtaken(context, child, found);
    // What a venue changes it has accepted, should the word of that be lost.
    if (orders[child].state.phase == Phase::PendingNew) handle(context, VenueAccepted{body.report});
    const Request request = orders[found];
    // A slice tells of itself; the order has what was asked for.
    const Quantity total = is_sliced(orders, orders[slot]) ? request.quantity : body.quantity;
    const bool wakes = is_good_till(orders[slot]);
    const bool had_finished = is_finished(orders[slot]);
    const OrderEvent event =
        is_seen(request.cause) ? OrderEvent{Amended{total, wakes}} : OrderEvent{Resized{total}};
    // The size of a slice is neither the order's nor anything the client has to know.
    const bool is_of_slice = request.cause == Request::Cause::Conditions && is_sliced(orders, orders[slot]);
    if (!apply(context, child, Amended{body.quantity, wakes}) ||
        (!is_of_slice && !apply(context, slot, event)))
        return contradicted(context, child, body.report, "amended an order that is done");
    if (request.cause == Request::Cause::Group) group_request_done(context, slot);
    const std::optional<OrderConditions> wish =
        request.wish.is_none() ? std::nullopt : std::optional{orders[request.wish]};
    take_limit(context, slot, request, body.limit);
    orders[child].accepted_revision = request.revision;
    follow_order_id(context, child, body.report);
    orders.remove_request(found);
    heard_from(context, child);
    if (is_of_slice) slice_trimmed(context, slot);
    if (wish) take_conditions(context, slot, *wish);
    if (request.cl_ord_id.is_none()) {
        if (!is_of_slice)
            report(context, slot, ExecType::Restated).restatement_reason = restatement_of(request.cause);
    } else {
        replace_superseded(context, slot, request.revision);
        report_replaced(context, slot, request.cl_ord_id);
    }
    if (request.cause == Request::Cause::Client) follow_conditions(context, slot);
    continue_slices(context, slot);
    if (had_finished) end_with_child(context, child);
    send_waiting(context, slot);
    if (had_finished) cancel_if_absent(context, slot);
}

}  // namespace penstock::oms
