#include "gateways/sim/order_desk.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "oms/domain/assert.hpp"

namespace penstock::sim {

OrderDesk::OrderDesk(const VenueProfile& profile) : profile_(profile), positions_(profile.prefix) {
    for (const TradedInstrument& traded : profile_.instruments) {
        const Status added = engine_.add_instrument(traded.instrument);
        PENSTOCK_ASSERT(added == Fault::None, "the host checks a profile with problem_of first");
    }
}

VenueExecId OrderDesk::next_exec_id() {
    return VenueExecId::truncated(profile_.prefix + "-E" + std::to_string(++last_exec_));
}

VenueOrderId OrderDesk::next_order_id() {
    return VenueOrderId::truncated(profile_.prefix + "-O" + std::to_string(++last_order_));
}

ExecReport OrderDesk::report_of(const VenueOrder& order, const EngineOrder& state, ReportKind kind,
                                Turn& turn) {
    ExecReport report;
    report.kind = kind;
    report.order_id = order.order_id;
    report.exec_id = next_exec_id();
    report.cl_ord_id = order.current;
    report.account = order.account;
    report.symbol = state.terms.symbol;
    report.side = state.terms.side;
    report.type = state.terms.type;
    report.time_in_force = state.terms.time_in_force;
    report.quantity = state.terms.quantity;
    report.limit = state.terms.limit;
    report.filled = state.filled;
    report.leaves = leaves(state);
    report.traded = state.traded;
    report.status = status_of(order, state);
    report.at = turn.now;
    return report;
}

void OrderDesk::answer(const VenueOrder& order, const PendingRequest* request, Says says, Send send,
                       Turn& turn) {
    const Misbehaviour how = request != nullptr ? request->misbehaviour : order.misbehaviour;
    turn.answers.push_back({order.number, how, {says, {}, {order.session, std::move(send)}}});
}

void OrderDesk::tell(const Events& events, Turn& turn) { tell(events, Cause{}, turn); }

void OrderDesk::tell(const Events& events, const Cause& cause, Turn& turn) {
    for (const Event& event : events) tell(event, cause, turn);
}

void OrderDesk::tell(const Event& event, const Cause& cause, Turn& turn) {
    VenueOrder* order = store_.find(event.order.number);
    if (order == nullptr) return;  // The house needs no report.
    const PendingRequest* request = cause.order == order->number ? cause.request : nullptr;
    const auto send = [&](ReportKind kind, Says says) {
        answer(*order, request, says,
               write_exec_report(report_of(*order, event.order, kind, turn), profile_.version), turn);
    };
    switch (event.kind) {
        case EventKind::Accepted:
            if (profile_.pending_acks == PendingAcks::Sent) {
                ExecReport pending = report_of(*order, event.order, ReportKind::PendingNew, turn);
                pending.status = oms::OrdStatus::PendingNew;
                answer(*order, request, Says::Other, write_exec_report(pending, profile_.version), turn);
            }
            send(ReportKind::New, Says::Accepted);
            break;
        case EventKind::Filled: {
            ExecReport fill = report_of(*order, event.order, ReportKind::Trade, turn);
            fill.last = event.execution;
            move_position(*order, {}, event.execution.quantity);
            order->last_fill = ReportedFill{fill.exec_id, event.execution};
            answer(*order, request, Says::Filled, write_exec_report(fill, profile_.version), turn);
            break;
        }
        case EventKind::Replaced: tell_replaced(*order, event, request, turn); break;
        case EventKind::Cancelled: tell_cancelled(*order, event, request, turn); break;
        case EventKind::Expired: send(ReportKind::Expired, Says::Other); break;
        case EventKind::CancelRefused:
        case EventKind::ReplaceRefused:
            // Only requests are refused; what happens by itself is done only where it can be.
            if (request != nullptr) refuse(*order, *request, event.refusal, to_text(event.refusal), turn);
            break;
        case EventKind::Rejected: break;  // Never became an order: see new_order.
    }
    settle(*order);
}

void OrderDesk::tell_replaced(VenueOrder& order, const Event& event, const PendingRequest* request,
                              Turn& turn) {
    PENSTOCK_ASSERT(request != nullptr, "only a request replaces an order");
    if (request->misbehaviour.behaviour == Behaviour::IdChangeOnReplace) order.order_id = next_order_id();
    const ClOrdId before = std::exchange(order.current, request->cl_ord_id);
    ExecReport report = report_of(order, event.order, ReportKind::Replaced, turn);
    report.orig_cl_ord_id = before;
    answer(order, request, Says::Other, write_exec_report(report, profile_.version), turn);
}

/// A cancel somebody asked for answers that request; any other keeps the order's own id and has no
/// OrigClOrdID. Source: FIX order state matrices B.1.a, I.1.b.
void OrderDesk::tell_cancelled(VenueOrder& order, const Event& event, const PendingRequest* request,
                               Turn& turn) {
    ExecReport report = report_of(order, event.order, ReportKind::Cancelled, turn);
    if (request != nullptr && request->kind == RequestKind::Cancel) {
        report.orig_cl_ord_id = order.current;
        report.cl_ord_id = request->cl_ord_id;
    }
    answer(order, request, Says::Other, write_exec_report(report, profile_.version), turn);
}

void OrderDesk::settle(VenueOrder& order) {
    const auto is_working = [this](OrderNumber number) {
        const EngineOrder* state = engine_.find(number);
        return state != nullptr && state->phase == OrderPhase::Working;
    };
    if (is_working(order.number)) return;
    for (const OrderNumber gone : store_.mark_done(order, is_working)) engine_.forget(gone);
}

/// Orders in the order of their first answer, and each order's answers together.
void OrderDesk::close(Turn& turn) {
    std::unordered_map<std::uint64_t, std::size_t> rank;
    for (const Answer& each : turn.answers) rank.try_emplace(each.order.value, rank.size());
    std::stable_sort(turn.answers.begin(), turn.answers.end(), [&](const Answer& left, const Answer& right) {
        return rank.at(left.order.value) < rank.at(right.order.value);
    });
    for (auto first = turn.answers.begin(); first != turn.answers.end();) {
        std::vector<Planned> plan;
        auto each = first;
        for (; each != turn.answers.end() && each->order == first->order; ++each)
            plan.push_back(std::move(each->planned));
        deliver(*first, plan, turn);
        first = each;
    }
    turn.answers.clear();
}

/// What the first answer was caused by decides how all of them are told.
void OrderDesk::deliver(const Answer& first, std::vector<Planned>& plan, Turn& turn) {
    misbehave(first.misbehaviour, plan);
    for (Planned& planned : plan) {
        if (planned.after.ns == 0)
            turn.out.push_back(std::move(planned.action));
        else
            agenda_.put(turn.now + planned.after, std::move(planned.action));
    }
    VenueOrder* order = store_.find(first.order);
    if (order != nullptr && row_of(order->misbehaviour.behaviour).lasting == Lasting::Once)
        order->misbehaviour = {};
}

void OrderDesk::end_day(Turn& turn) {
    Events events;
    engine_.end_day(events);
    tell(events, turn);
}

void OrderDesk::session_lost(SessionKey session, Turn& turn) {
    for (const OrderNumber number : store_.of_session(session)) {
        const VenueOrder* order = store_.find(number);
        const EngineOrder* state = engine_.find(number);
        if (order == nullptr || state == nullptr || state->phase != OrderPhase::Working) continue;
        play_absence(number, turn);
    }
}

}  // namespace penstock::sim
