#include "gateways/sim/order_desk.hpp"

#include <algorithm>

#include "gateways/sim/grid.hpp"

namespace penstock::sim {
namespace {

oms::CancelRejectTo response_to(RequestKind kind) {
    return kind == RequestKind::Cancel ? oms::CancelRejectTo::CancelRequest
                                       : oms::CancelRejectTo::ReplaceRequest;
}

}  // namespace

/// The order is unknown, so nothing of it can be said and the request's id stays free. Source: B.1.f.
void OrderDesk::refuse_unknown(const Asked& asked, Turn& turn) {
    CancelRefusal refusal;
    refusal.cl_ord_id = asked.message.cl_ord_id;
    refusal.orig_cl_ord_id = asked.message.orig_cl_ord_id;
    refusal.account = asked.message.account;
    refusal.response_to = response_to(asked.kind);
    refusal.text = Text::truncated(to_text(Refusal::UnknownOrder));
    refusal.at = turn.now;
    turn.out.push_back({asked.session, write_cancel_reject(refusal, profile_.version)});
}

/// OrigClOrdID of the answer is the last accepted id, whatever the client sent. Source: D.2.d.
void OrderDesk::refuse(VenueOrder& order, const PendingRequest& request, Refusal refusal,
                       std::string_view text, Turn& turn) {
    const EngineOrder* state = engine_.find(order.number);
    if (state == nullptr) return;
    CancelRefusal made;
    made.order_id = order.order_id;
    made.cl_ord_id = request.cl_ord_id;
    made.orig_cl_ord_id = order.current;
    made.account = order.account;
    made.status = status_of(order, *state);
    made.response_to = response_to(request.kind);
    made.refusal = refusal;
    made.text = Text::truncated(text);
    made.at = turn.now;
    answer(order, &request, Says::Other, write_cancel_reject(made, profile_.version), turn);
}

Refusal OrderDesk::refusal_of(const Asked& asked, const VenueOrder& order) const {
    const OrderMessage& message = asked.message;
    const EngineOrder& state = *engine_.find(order.number);
    if (!is_nameable(order, message.orig_cl_ord_id)) return Refusal::SupersededId;
    if (message.refusal != Refusal::None) return message.refusal;
    if (Script::is_misspelt(traits_of(message))) return Refusal::UnsupportedCharacteristic;
    const bool replace = asked.kind == RequestKind::Replace;
    const bool same_terms = message.symbol == state.terms.symbol && message.side == state.terms.side &&
                            (!replace || message.type == state.terms.type);
    if (!same_terms) return Refusal::TermsMismatch;
    if (!order.pending.empty() && profile_.chained_requests == ChainedRequests::Refused)
        return Refusal::AlreadyPending;
    const bool ended = state.phase == OrderPhase::Cancelled || state.phase == OrderPhase::Expired;
    if (ended || (!replace && state.phase == OrderPhase::Filled)) return Refusal::TooLate;
    if (!replace) return Refusal::None;
    const Quantity lot = engine_.instrument(state.terms.symbol)->lot;
    return steps_in(message.quantity.value, lot.value) ? Refusal::None : Refusal::InvalidQuantity;
}

/// A request may name a behaviour for itself; else the order's goes on. The quantity chooses only when
/// a replace changes it, or every cancel would repeat what the order was chosen for.
Misbehaviour OrderDesk::misbehaviour_of(const Asked& asked, const VenueOrder& order) const {
    Traits traits = traits_of(asked.message);
    const bool changes_quantity =
        asked.kind == RequestKind::Replace && traits.quantity != engine_.find(order.number)->terms.quantity;
    if (!changes_quantity) traits.quantity = {};
    const Misbehaviour chosen = profile_.script.choose(traits);
    return chosen.behaviour == Behaviour::None ? order.misbehaviour : chosen;
}

void OrderDesk::request(SessionKey session, RequestKind kind, const OrderMessage& message, Turn& turn) {
    const Asked asked{session, kind, message};
    VenueOrder* order = store_.find(session, message.orig_cl_ord_id);
    if (order == nullptr || engine_.find(order->number) == nullptr) return refuse_unknown(asked, turn);
    if (order->misbehaviour.behaviour == Behaviour::SilentAccept) order->misbehaviour = {};
    const PendingRequest request{
        kind, message.cl_ord_id, message.quantity, message.limit, misbehaviour_of(asked, *order)};
    const Behaviour how = request.misbehaviour.behaviour;
    if (how == Behaviour::NoAnswer) return;
    if (store_.find(session, message.cl_ord_id) != nullptr)
        return refuse(*order, request, Refusal::DuplicateClOrdId, to_text(Refusal::DuplicateClOrdId), turn);
    store_.name(*order, message.cl_ord_id);
    Refusal refusal = refusal_of(asked, *order);
    if (refusal == Refusal::None && (how == Behaviour::Reject || how == Behaviour::CancelReject))
        refusal = Refusal::VenueOption;
    if (refusal != Refusal::None) {
        const bool worded = refusal == message.refusal && !message.problem.empty();
        return refuse(*order, request, refusal, worded ? message.problem.view() : to_text(refusal), turn);
    }
    order->pending.push_back(request);
    acknowledge(*order, request, turn);
    if (profile_.request_delay.ns == 0) return execute(*order, request, turn);
    agenda_.put(turn.now + profile_.request_delay, Deed{DeedKind::Execute, order->number, request});
}

/// The pending report carries the order as it still is, under the new id. Source: B.1.a, C.1.a.
void OrderDesk::acknowledge(VenueOrder& order, const PendingRequest& request, Turn& turn) {
    const bool replace = request.kind == RequestKind::Replace;
    const bool scripted = replace && request.misbehaviour.behaviour == Behaviour::FillDuringPendingReplace;
    if (profile_.pending_acks == PendingAcks::NotSent && !scripted) return;
    const ReportKind kind = replace ? ReportKind::PendingReplace : ReportKind::PendingCancel;
    ExecReport report = report_of(order, *engine_.find(order.number), kind, turn);
    report.orig_cl_ord_id = order.current;
    report.cl_ord_id = request.cl_ord_id;
    answer(order, &request, Says::Other, write_exec_report(report, profile_.version), turn);
}

void OrderDesk::execute(VenueOrder& order, const PendingRequest& request, Turn& turn) {
    const EngineOrder* state = engine_.find(order.number);
    if (state == nullptr) return;
    const bool replace = request.kind == RequestKind::Replace;
    if (replace && request.misbehaviour.behaviour == Behaviour::FillDuringPendingReplace)
        house_fill(order.number, half_of(state->terms.symbol, leaves(*state)), turn);
    const bool was_working = state->phase == OrderPhase::Working;
    // From here on the request is answered, and the order's status is no longer pending because of it.
    const PendingRequest answered = request;
    std::erase_if(
        order.pending, [&](const PendingRequest& each) { return each.cl_ord_id == answered.cl_ord_id; });
    Events events;
    if (replace) {
        const bool remaining = profile_.amend_quantity == AmendQuantity::Remaining;
        const Quantity total = remaining ? plus(state->filled, answered.quantity) : answered.quantity;
        engine_.replace(order.number, {total, answered.limit}, events);
    } else {
        engine_.cancel(order.number, events);
    }
    tell(events, Cause{order.number, &answered}, turn);
    if (!replace && was_working && answered.misbehaviour.behaviour == Behaviour::CancelThenFill)
        agenda_.put(turn.now + answered.misbehaviour.delay(), Deed{DeedKind::LateFill, order.number, {}});
}

}  // namespace penstock::sim
