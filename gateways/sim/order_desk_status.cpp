#include "gateways/sim/order_desk.hpp"

namespace penstock::sim {

void OrderDesk::status(SessionKey session, const OrderMessage& message, Turn& turn) {
    VenueOrder* order = store_.find(session, message.cl_ord_id);
    if (order == nullptr && !message.order_id.empty())
        order = store_.find_by_order_id(session, message.order_id);
    const EngineOrder* state = order == nullptr ? nullptr : engine_.find(order->number);
    if (state == nullptr) {
        ExecReport unknown;
        unknown.kind = ReportKind::Status;
        unknown.exec_id = next_exec_id();
        unknown.cl_ord_id = message.cl_ord_id;
        unknown.account = message.account;
        unknown.symbol = message.symbol;
        unknown.side = message.side;
        unknown.status = oms::OrdStatus::Rejected;
        unknown.text = Text::truncated(to_text(Refusal::UnknownOrder));
        unknown.at = turn.now;
        unknown.status_request = message.request_id;
        turn.out.push_back({session, write_exec_report(unknown, profile_.version)});
        return;
    }
    // A venue that kept silent about an order does not lie when asked.
    if (order->misbehaviour.behaviour == Behaviour::SilentAccept) order->misbehaviour = {};
    ExecReport report = report_of(*order, *state, ReportKind::Status, turn);
    report.status_request = message.request_id;
    turn.out.push_back({session, write_exec_report(report, profile_.version)});
}

/// One report for each order that works; a single one without an order when there is none.
void OrderDesk::mass_status(SessionKey session, const OrderMessage& message, Turn& turn) {
    const bool by_symbol = message.mass_type == '1';
    std::vector<ExecReport> reports;
    for (const OrderNumber number : store_.of_session(session)) {
        VenueOrder* order = store_.find(number);
        const EngineOrder* state = engine_.find(number);
        if (state == nullptr || state->phase != OrderPhase::Working) continue;
        if (by_symbol && state->terms.symbol != message.symbol) continue;
        if (order->misbehaviour.behaviour == Behaviour::SilentAccept) order->misbehaviour = {};
        reports.push_back(report_of(*order, *state, ReportKind::Status, turn));
    }
    const auto total = static_cast<std::uint32_t>(reports.size());
    if (reports.empty()) {
        ExecReport none;
        none.kind = ReportKind::Status;
        none.exec_id = next_exec_id();
        none.symbol = message.symbol;
        none.status = oms::OrdStatus::Rejected;
        none.text = Text::truncated("no working orders");
        none.at = turn.now;
        reports.push_back(none);
    }
    for (std::size_t i = 0; i < reports.size(); ++i) {
        reports[i].mass_request = message.request_id;
        reports[i].mass_total = total;
        reports[i].mass_last = i + 1 == reports.size();
        turn.out.push_back({session, write_exec_report(reports[i], profile_.version)});
    }
}

/// The report goes first, then a cancel report for each order. Orders whose script refuses cancels stay.
void OrderDesk::mass_cancel(SessionKey session, const OrderMessage& message, Turn& turn) {
    MassCancelAnswer said;
    said.cl_ord_id = message.cl_ord_id;
    said.order_id = next_order_id();
    said.request_type = message.mass_type;
    said.symbol = message.symbol;
    said.at = turn.now;
    const bool by_symbol = message.mass_type == '1';
    const bool offered = by_symbol || message.mass_type == '7';
    said.accepted = offered && (!by_symbol || engine_.instrument(message.symbol) != nullptr);
    if (!said.accepted) {
        said.reject_reason = offered ? '1' : '0';
        said.text = Text::truncated(offered ? "unknown symbol" : "MassCancelRequestType(530) not offered");
        if (said.request_type == '\0') said.request_type = '7';
        turn.out.push_back({session, write_mass_cancel_report(said, profile_.version)});
        return;
    }
    Events events;
    for (const OrderNumber number : store_.of_session(session)) {
        const EngineOrder* state = engine_.find(number);
        if (state == nullptr || state->phase != OrderPhase::Working) continue;
        if (by_symbol && state->terms.symbol != message.symbol) continue;
        if (store_.find(number)->misbehaviour.behaviour == Behaviour::CancelReject) continue;
        engine_.cancel(number, events);
        ++said.affected;
    }
    turn.out.push_back({session, write_mass_cancel_report(said, profile_.version)});
    tell(events, turn);
}

}  // namespace penstock::sim
