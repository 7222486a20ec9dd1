#include "oms/engine/handlers/venue_answers.hpp"

#include <algorithm>

#include "oms/engine/handlers/conflation.hpp"
#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/missing_fills.hpp"
#include "oms/engine/handlers/reconciliation.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/settled_orders.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/special_amends.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_orders.hpp"
#include "oms/engine/handlers/venue_requests.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

namespace penstock::oms {
namespace {

/// Its own reason for an order or a request, or what it says of a message it could not take.
Denial denial_of(bool message_rejected, std::uint32_t venue_reason) {
    const Reason reason = message_rejected ? Reason::VenueRejectedMessage : Reason::VenueRefused;
    return {reason, Notional::of(Decimal::whole(venue_reason)), {}};
}

/// An order the OMS had accepted before its venue saw it, and the venue will not have it: it ends.
void end_refused(const Context& context, Slot<Child> child, Slot<Order> slot, const Denial& denial,
                 const Text& text) {
    apply(context, child, Refused{});
    heard_from(context, child);  // a request may be out still
    // Filled by an old slice meanwhile: the client knows how it ended.
    if (!apply(context, slot, Cancelled{})) return;
    ExecutionReport& out = report(context, slot, ExecType::Canceled);
    out.denial = denial;
    out.text = text;
    refuse_waiting(context, slot);
}

/// A request that came too late for a slice, while the order is open: nothing of it is at the venue any more,
/// so that the OMS can do as it was asked.
bool is_without_slice(const OrderStore& orders, Slot<Child> child) {
    const Order& order = orders[orders[child].order];
    return is_sliced(orders, order) && !is_finished(order) && !has_woken(orders, order) &&
           is_done(orders[order.first_child].state.phase);
}

/// An amend other than the refused request may make the slice that has filled larger at its venue.
bool may_grow(const OrderStore& orders, Slot<Child> child, const Request& refused) {
    const int own = refused.kind == Request::Kind::Amend ? 1 : 0;
    return orders[child].state.amends_in_flight > own;
}

/// The end that a cancel brings about, to the client: the cancel of an expiry is that.
OrderEvent end_by(Request::Cause cause) {
    return cause == Request::Cause::Expiry ? OrderEvent{Expired{}} : OrderEvent{Cancelled{}};
}
ExecType told_of_end(Request::Cause cause) {
    return cause == Request::Cause::Expiry ? ExecType::Expired : ExecType::Canceled;
}

/// What a cancel's confirmation tells of the request it answers.
void tell_cancel(const Context& context, ExecutionReport& out, const Request& request) {
    const RestatementReason reason = restatement_of(request.cause);
    if (reason != RestatementReason::None) out.restatement_reason = reason;
    if (request.cause == Request::Cause::Group) out.denial.reason = Reason::GroupClosed;
    // It outlived one that the venue had ended.
    if (request.cause == Request::Cause::Woken) out.denial.reason = Reason::UnsolicitedCancel;
    if (request.cl_ord_id.is_none()) return;
    out.orig_cl_ord_id = out.cl_ord_id;
    out.cl_ord_id = context.orders().text(request.cl_ord_id);
}

/// Does what a refused request wanted of an order that has no slice at its venue.
void settle_inside(const Context& context, Slot<Child> child, Slot<Request> found) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const Request request = orders[found];
    if (request.kind == Request::Kind::Amend) {
        apply(context, child, AmendRefused{});
        if (is_seen(request.cause)) apply(context, slot, AmendRefused{});
        if (request.cause == Request::Cause::Conditions)
            orders.remove_request(found);  // about the slice that is gone
        else
            accept_inside(context, slot, found);
        heard_from(context, child);
        return continue_slices(context, slot);
    }
    orders.remove_request(found);
    apply(context, child, CancelRefused{});
    heard_from(context, child);
    apply(context, slot, end_by(request.cause));
    tell_cancel(context, report(context, slot, told_of_end(request.cause)), request);
    refuse_waiting(context, slot);
}

bool for_absent(Request::Cause cause) {
    return cause == Request::Cause::Disconnect || cause == Request::Cause::Logout;
}

/// The OMS had asked, so there is no ClOrdID to refuse; the client still hears of it, or the desk.
void tell_refused_house(const Context& context, Slot<Child> child, const Request& request,
                        const Denial& denial, const Text& text) {
    const Slot<Order> slot = context.orders()[child].order;
    // The book will move again, and what has ended the order has been told.
    const bool is_of_group = request.cause == Request::Cause::Group;
    const bool is_expiry = request.cause == Request::Cause::Expiry;
    if (request.cause == Request::Cause::Conditions || request.cause == Request::Cause::Woken) return;
    if ((is_of_group || is_expiry) && is_finished(context.orders()[slot])) return;
    if (is_expiry) return tell_blocked(context, slot, "it has expired, and its venue keeps it");
    ExecutionReport& out = report(context, slot, ExecType::OrderStatus);
    out.denial = denial;
    out.text = text;
    const bool is_absent = for_absent(request.cause);
    const bool is_asked_again = denial.reason == Reason::VenueNeverReceived;
    if (is_absent && !is_asked_again && may_work(context.orders(), context.orders()[slot]))
        tell_blocked(context, slot, "its client is gone, and its venue refused to cancel it");
}

}  // namespace

Slot<Child> child_of(const Context& context, const VenueReport& report) {
    const Slot<Child> slot =
        report.child.is_none() ? Slot<Child>{} : context.orders().find_child(report.child);
    // One that waits inside was never sent: who tells of it means something else.
    const auto is_sent = [&](const Child& child) { return child.venue == report.venue && !child.is_held; };
    if (slot.is_none() || !is_sent(context.orders()[slot])) {
        alarm(context, AlarmKind::UnmatchedReport, {}, report, "no such order was sent to this venue");
        return {};
    }
    Child& child = context.orders()[slot];
    if (child.venue_order_id.empty()) follow_order_id(context, slot, report);
    if (child.state.outcome_unknown) {
        apply(context, slot, BecameKnown{});
        apply(context, child.order, BecameKnown{});
    }
    return slot;
}

void contradicted(const Context& context, Slot<Child> child, const VenueReport& report,
                  std::string_view said) {
    alarm(context, AlarmKind::IllegalTransition, child, report, said);
}

bool tells_other_limit(const std::optional<Price>& told, bool has_limit, Price limit) {
    return told && has_limit && *told != limit;
}

void refuse_child(const Context& context, Slot<Child> child, const VenueReport& venue_report,
                  const Denial& denial, const Text& text) {
    const Slot<Order> order = context.orders()[child].order;
    const OrderStore& orders = context.orders();
    if (orders[child].state.phase == Phase::Rejected) return;  // said twice
    const bool was_accepted_inside =
        !orders[order].special.is_none() && orders[order].state.phase != Phase::PendingNew &&
        orders[child].state.phase == Phase::PendingNew;
    if (is_outlived(context, child, Refused{}, {}, Request::Cause::Woken)) return;
    if (was_accepted_inside) return end_refused(context, child, order, denial, text);
    if (!apply(context, child, Refused{}))
        return contradicted(context, child, venue_report, "refused an order it had accepted");
    apply(context, order, Refused{});
    heard_from(context, child);
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
    const bool is_cancel = request.kind == Request::Kind::Cancel;
    if (request.cause == Request::Cause::Woken && (is_old_slice(orders, child) || is_finished(orders[slot])))
        return retire_refused(context, child, found, denial.reason);
    const bool is_gone = is_done(orders[child].state.phase) && !may_grow(orders, child, request);
    if (is_gone && is_cancel && is_outlived(context, child, CancelRefused{}, found, request.cause)) return;
    if (is_gone && is_without_slice(orders, child)) return settle_inside(context, child, found);
    orders.remove_request(found);
    refuse_superseded(context, slot, request.revision, denial, text);
    const OrderEvent event = is_cancel ? OrderEvent{CancelRefused{}} : OrderEvent{AmendRefused{}};
    apply(context, child, event);
    if (is_seen(request.cause)) apply(context, slot, event);
    heard_from(context, child);
    group_request_refused(context, slot, request.cause);
    if (request.cause == Request::Cause::Conditions) slice_not_trimmed(context, slot);
    if (request.cl_ord_id.is_none()) {
        tell_refused_house(context, child, request, denial, text);
    } else {
        refuse(context, slot,
               {orders[slot].session, orders.text(request.cl_ord_id), orders.text(orders[slot].cl_ord_id),
                is_cancel ? CancelRejectTo::CancelRequest : CancelRejectTo::ReplaceRequest, denial, text});
    }
    continue_slices(context, slot);
    send_waiting(context, slot);
    // The client is not there to ask again for what never arrived.
    const bool never_arrived = denial.reason == Reason::VenueNeverReceived;
    if (never_arrived && for_absent(request.cause) && may_work(orders, orders[slot]))
        cancel_for_absent(context, slot);
}

void handle(const Context& context, const VenueAccepted& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    revive_settled(context, child, body.report);
    const Slot<Order> order = context.orders()[child].order;
    const Phase phase = context.orders()[order].state.phase;
    // Only good-till orders wake up again; told of any other, or of a slice that has filled, it is an old
    // ack.
    const bool sleeps = phase == Phase::DoneForDay;
    const bool wakes = !is_finished(context.orders()[order]) && !is_done(context.orders()[child].state.phase);
    if (sleeps && !wakes) return heard_from(context, child);
    const bool is_first = phase == Phase::PendingNew;
    const VenueBook& book = book_of(context, body.report.venue);
    // Accepted after the list was asked for: it need not stand in it, and is confirmed by this.
    if (book.awaits_list && context.orders()[child].state.phase == Phase::PendingNew)
        context.orders()[child].told_in_book = book.mark();
    if (!apply(context, child, Accepted{}))
        return contradicted(context, child, body.report, "accepted an order it had refused");
    apply(context, order, Accepted{});
    heard_from(context, child);
    if (is_first) report(context, order, ExecType::New);
    continue_slices(context, order);  // it may be too large by now, or have slept
    send_waiting(context, order);
}

void handle(const Context& context, const VenueRefused& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none() || end_settled(context, child)) return;
    const Denial denial = denial_of(body.message_rejected, body.venue_reason);
    refuse_child(context, child, body.report, denial, body.text);
}

namespace {

/// `was_inferred`: what the report counts has just been booked.
void take_cancelled(const Context& context, Slot<Child> child, const VenueCancelled& body,
                    bool was_inferred) {
    if (end_settled(context, child)) return;
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const Slot<Request> request = find_request(context, child, body.report.revision);
    if (!request.is_none() && orders[request].is_cancel_to_venue) {
        // The client amended to what is filled. A fill that overtook it counts too. The venue has ended it:
        // should a bust follow, nothing works there again.
        apply(context, child, Cancelled{});
        const Quantity quantity = std::max(orders[request].child_quantity, orders[child].state.filled);
        amended(context, child, VenueAmended{body.report, quantity, {}});
        // What a bust set free meanwhile was cancelled with the rest.
        if (is_finished(orders[slot])) return;
        return handle(context, VenueCancelled{body.report, body.text, body.restatement_reason});
    }
    if (is_old_slice(orders, child) || is_woken(orders, child))
        return end_old_slice(context, child, body.report, Cancelled{});
    const bool answers_cancel = !request.is_none() && orders[request].kind == Request::Kind::Cancel;
    const Slot<Request> answered = answers_cancel ? request : Slot<Request>{};
    if (is_outlived(context, child, Cancelled{}, answered, Request::Cause::Woken)) return;
    if (answers_cancel && is_without_slice(orders, child)) return settle_inside(context, child, request);
    const bool had_ended = is_done(orders[slot].state.phase) && orders[slot].state.phase != Phase::Filled;
    // Said twice; but a client whose cancel it answers has not been told yet.
    if (had_ended && !answers_cancel) return;
    if (had_ended && orders[request].cl_ord_id.is_none()) {
        orders.remove_request(request);
        apply(context, child, CancelRefused{});
        return heard_from(context, child);
    }
    // It had expired, or was refused, before this cancel was answered.
    if (answers_cancel && had_ended && orders[slot].state.phase != Phase::Cancelled)
        return refuse_request(context, child, request, Denial{Reason::TooLate, {}, {}}, {});
    const auto cause = answers_cancel ? orders[request].cause : Request::Cause::Client;
    const bool is_legal = apply(context, child, Cancelled{}) && apply(context, slot, end_by(cause));
    if (!is_legal) {
        end_filled(context, child);
        if (!was_inferred)
            return contradicted(context, child, body.report, "cancelled an order that is filled");
        // By that count all of it has filled.
        if (answers_cancel) refuse_request(context, child, request, Denial{Reason::TooLate, {}, {}}, {});
        return refuse_waiting(context, slot);
    }
    ExecutionReport& out = report(context, slot, told_of_end(cause));
    out.text = body.text;
    out.restatement_reason = body.restatement_reason;
    if (answers_cancel) {
        tell_cancel(context, out, orders[request]);
        orders.remove_request(request);
    } else if (out.time_in_force != TimeInForce::Ioc && out.time_in_force != TimeInForce::Fok) {
        out.denial.reason = Reason::UnsolicitedCancel;
    }
    heard_from(context, child);
    refuse_waiting(context, slot);
}

}  // namespace

void handle(const Context& context, const VenueCancelled& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    take_end(context, child, body.report, {body.filled, body.average_price},
             [&](bool was_inferred) { take_cancelled(context, child, body, was_inferred); });
}

void handle(const Context& context, const VenueRequestRefused& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    const Slot<Request> found = find_request(context, child, body.report.revision);
    if (found.is_none()) {
        // Who settled the order answered what was out.
        const bool was_settled = context.orders()[child].was_settled || context.orders()[child].was_revived;
        return was_settled ? void()
                           : contradicted(context, child, body.report, "refused a request nobody made");
    }
    const Denial denial = denial_of(body.message_rejected, body.venue_reason);
    refuse_request(context, child, found, denial, body.text);
    // How it ended, and whether it did, is for a report or a status to say: no order ends by a refusal.
    if (body.order_has_ended && !is_done(context.orders()[child].state.phase)) ask_status(context, child);
}

void handle(const Context& context, const VenueUndecodable& body) {
    VenueReport report;
    report.venue = body.venue;
    alarm(context, AlarmKind::UndecodableReport, {}, report, body.problem.view());
}

}  // namespace penstock::oms
