#include "oms/engine/handlers/venue_answers.hpp"

#include <algorithm>

#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

void contradicted(const Context& context, Slot<Child> child, const VenueReport& report,
                  std::string_view said) {
    alarm(context, AlarmKind::IllegalTransition, child, report, said);
}

/// Its own reason for an order or a request, or what it says of a message it could not take.
Denial denial_of(bool message_rejected, std::uint32_t venue_reason) {
    const Reason reason = message_rejected ? Reason::VenueRejectedMessage : Reason::VenueRefused;
    return {reason, Notional::of(Decimal::whole(venue_reason)), {}};
}

/// The answer to a replace, repeated: the terms it tells of are these or older ones, never a restatement.
bool is_told_again(const OrderStore& orders, Slot<Child> slot, const VenueAmended& body) {
    const Child& child = orders[slot];
    if (body.is_restatement || body.report.revision == 0) return false;
    if (body.report.revision < child.accepted_revision) return true;
    const Order& order = orders[child.order];
    const bool same_limit = !body.limit || !order.has_limit || *body.limit == order.limit;
    return body.report.revision == child.accepted_revision && same_limit &&
           body.quantity == child.state.quantity;
}

/// The answer to an amend that came after that to a newer one: the newer one's terms stand.
void answer_overtaken(const Context& context, Slot<Child> child, Slot<Request> request) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const Slot<ClOrdIdEntry> answered = orders[request].cl_ord_id;
    orders.remove_request(request);
    apply(context, child, AmendRefused{});
    apply(context, slot, AmendRefused{});
    heard_from(context, child);
    ExecutionReport& out = report(context, slot, ExecType::Replaced);
    out.orig_cl_ord_id = out.cl_ord_id;
    out.cl_ord_id = orders.text(answered);
    send_waiting(context, child);
}

}  // namespace

Slot<Child> child_of(const Context& context, const VenueReport& report) {
    const Slot<Child> slot =
        report.child.is_none() ? Slot<Child>{} : context.orders().find_child(report.child);
    if (slot.is_none() || context.orders()[slot].venue != report.venue) {
        alarm(context, AlarmKind::UnmatchedReport, {}, report, "no such order was sent to this venue");
        return {};
    }
    Child& child = context.orders()[slot];
    if (child.venue_order_id.empty()) child.venue_order_id = report.venue_order_id;
    if (child.state.outcome_unknown) {
        apply(context, slot, BecameKnown{});
        apply(context, child.order, BecameKnown{});
    }
    return slot;
}

void follow_order_id(const Context& context, Slot<Child> slot, const VenueReport& report) {
    if (report.venue_order_id.empty()) return;
    context.orders()[slot].venue_order_id = report.venue_order_id;
}

void refuse_child(const Context& context, Slot<Child> child, const VenueReport& venue_report,
                  const Denial& denial, const Text& text) {
    const Slot<Order> order = context.orders()[child].order;
    if (context.orders()[order].state.phase == Phase::Rejected) return;  // said twice
    if (!apply(context, child, Refused{}) || !apply(context, order, Refused{}))
        return contradicted(context, child, venue_report, "refused an order it had accepted");
    context.orders().answered(child);
    ExecutionReport& out = report(context, order, ExecType::Rejected);
    out.denial = denial;
    out.text = text;
    refuse_waiting(context, order);
}

void refuse_request(const Context& context, Slot<Child> child, Slot<Request> found, const Denial& denial,
                    const Text& text) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const Request request = orders[found];
    orders.remove_request(found);
    const bool is_cancel = request.kind == Request::Kind::Cancel;
    const OrderEvent event = is_cancel ? OrderEvent{CancelRefused{}} : OrderEvent{AmendRefused{}};
    apply(context, child, event);
    apply(context, slot, event);
    heard_from(context, child);
    if (request.cl_ord_id.is_none()) {
        // The OMS itself had asked, so there is no ClOrdID to refuse; the client still hears of it.
        ExecutionReport& out = report(context, slot, ExecType::OrderStatus);
        out.denial = denial;
        out.text = text;
    } else {
        refuse(context, slot,
               {orders[slot].session, orders.text(request.cl_ord_id), orders.text(orders[slot].cl_ord_id),
                is_cancel ? CancelRejectTo::CancelRequest : CancelRejectTo::ReplaceRequest, denial, text});
    }
    send_waiting(context, child);
    // The client is not there to ask again for what never arrived.
    const bool never_arrived = denial.reason == Reason::VenueNeverReceived;
    if (never_arrived && request.cause == Request::Cause::Disconnect && !is_finished(orders[slot]))
        cancel_for_absent(context, slot);
}

void handle(const Context& context, const VenueAccepted& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    const Slot<Order> order = context.orders()[child].order;
    const Phase phase = context.orders()[order].state.phase;
    // Only good-till orders wake up again; told of any other, it is an old ack.
    if (phase == Phase::DoneForDay && is_finished(context.orders()[order])) return heard_from(context, child);
    const bool is_first = phase == Phase::PendingNew;
    if (!apply(context, child, Accepted{}) || !apply(context, order, Accepted{}))
        return contradicted(context, child, body.report, "accepted an order it had refused");
    heard_from(context, child);
    if (is_first) report(context, order, ExecType::New);
    send_waiting(context, child);
}

void handle(const Context& context, const VenueRefused& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    const Denial denial = denial_of(body.message_rejected, body.venue_reason);
    refuse_child(context, child, body.report, denial, body.text);
}

void handle(const Context& context, const VenueAmended& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const Slot<Request> request = find_request(context, child, body.report.revision);
    if (request.is_none() && is_told_again(orders, child, body)) return;
    if (request.is_none() || orders[request].kind != Request::Kind::Amend)
        return restate(context, child, body);
    if (orders[request].revision < orders[child].accepted_revision)
        return answer_overtaken(context, child, request);
    if (!apply(context, child, Amended{body.quantity}) || !apply(context, slot, Amended{body.quantity}))
        return contradicted(context, child, body.report, "amended an order that is done");
    Order& order = orders[slot];
    const Slot<ClOrdIdEntry> before = order.cl_ord_id;
    if (order.has_limit) order.limit = body.limit.value_or(orders[request].limit);
    order.cl_ord_id = orders[request].cl_ord_id;
    orders[child].accepted_revision = orders[request].revision;
    follow_order_id(context, child, body.report);
    orders.remove_request(request);
    heard_from(context, child);
    report(context, slot, ExecType::Replaced).orig_cl_ord_id = orders.text(before);
    send_waiting(context, child);
}

void handle(const Context& context, const VenueCancelled& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const Slot<Request> request = find_request(context, child, body.report.revision);
    if (!request.is_none() && orders[request].is_cancel_to_venue) {
        // The client amended to what is filled. A fill that overtook it counts too.
        const Quantity quantity = std::max(orders[request].quantity, orders[child].state.filled);
        return handle(context, VenueAmended{body.report, quantity, {}});
    }
    const bool answers_cancel = !request.is_none() && orders[request].kind == Request::Kind::Cancel;
    const bool had_ended = is_done(orders[slot].state.phase) && orders[slot].state.phase != Phase::Filled;
    // Said twice; but a client whose cancel it answers has not been told yet.
    if (had_ended && !(answers_cancel && !orders[request].cl_ord_id.is_none())) return;
    const bool is_legal = apply(context, child, Cancelled{}) && apply(context, slot, Cancelled{});
    if (!is_legal && !had_ended)
        return contradicted(context, child, body.report, "cancelled an order that is filled");
    ExecutionReport& out = report(context, slot, ExecType::Canceled);
    out.text = body.text;
    out.restatement_reason = body.restatement_reason;
    if (answers_cancel) {
        if (orders[request].cause == Request::Cause::Disconnect)
            out.restatement_reason = context.directory()[orders[slot].session].logged_out
                                         ? RestatementReason::Logout
                                         : RestatementReason::ConnectionLoss;
        if (!orders[request].cl_ord_id.is_none()) {
            out.orig_cl_ord_id = out.cl_ord_id;
            out.cl_ord_id = orders.text(orders[request].cl_ord_id);
        }
        orders.remove_request(request);
    } else if (out.time_in_force != TimeInForce::Ioc && out.time_in_force != TimeInForce::Fok) {
        out.denial.reason = Reason::UnsolicitedCancel;
    }
    heard_from(context, child);
    refuse_waiting(context, slot);
}

void handle(const Context& context, const VenueRequestRefused& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    const Slot<Request> found = find_request(context, child, body.report.revision);
    if (found.is_none()) return contradicted(context, child, body.report, "refused a request nobody made");
    const Denial denial = denial_of(body.message_rejected, body.venue_reason);
    refuse_request(context, child, found, denial, body.text);
}

void handle(const Context& context, const VenueUndecodable& body) {
    VenueReport report;
    report.venue = body.venue;
    alarm(context, AlarmKind::UndecodableReport, {}, report, body.problem.view());
}

}  // namespace penstock::oms
