#include "gateways/sim/order_desk.hpp"

namespace penstock::sim {

Traits OrderDesk::traits_of(const OrderMessage& message) const {
    return {message.symbol, message.quantity, message.text, message.tag_value, 0};
}

void OrderDesk::reject(SessionKey session, const OrderMessage& message, Refusal refusal, Turn& turn) {
    ExecReport report;
    report.kind = ReportKind::Rejected;
    report.exec_id = next_exec_id();
    report.cl_ord_id = message.cl_ord_id;
    report.account = message.account;
    report.symbol = message.symbol;
    report.side = message.side;
    report.quantity = message.quantity;
    report.limit = message.limit;
    report.status = oms::OrdStatus::Rejected;
    report.refusal = refusal;
    report.text = message.problem.empty() ? Text::truncated(to_text(refusal)) : message.problem;
    report.at = turn.now;
    turn.out.push_back({session, write_exec_report(report, profile_.version)});
}

/// ExecType is about the second order, everything else about the live one. Source: matrix F.1.a.
void OrderDesk::reject_duplicate(const VenueOrder& known, Turn& turn) {
    const EngineOrder* state = engine_.find(known.number);
    if (state == nullptr) return;
    ExecReport report = report_of(known, *state, ReportKind::Rejected, turn);
    report.refusal = Refusal::DuplicateClOrdId;
    report.text = Text::truncated(to_text(report.refusal));
    turn.out.push_back({known.session, write_exec_report(report, profile_.version)});
}

void OrderDesk::new_order(SessionKey session, const OrderMessage& message, Turn& turn) {
    if (const VenueOrder* known = store_.find(session, message.cl_ord_id)) {
        // A possible resend of what we have is answered, not refused. Source: matrix F.1.b.
        if (message.poss_resend) return status(session, message, turn);
        return reject_duplicate(*known, turn);
    }
    Traits traits = traits_of(message);
    traits.arrival = ++arrivals_;
    const Misbehaviour how = profile_.script.choose(traits);
    if (how.behaviour == Behaviour::NoAnswer) return;
    if (Script::is_misspelt(traits)) {
        OrderMessage named = message;
        named.problem = Text::truncated("no such behaviour: " + std::string(traits.tag_value));
        return reject(session, named, Refusal::UnsupportedCharacteristic, turn);
    }
    if (message.refusal != Refusal::None) return reject(session, message, message.refusal, turn);
    const bool refused = how.behaviour == Behaviour::Reject || store_.is_full();
    // What would be refused anyway is refused for its own reason.
    if (refused && engine_.instrument(message.symbol) != nullptr)
        return reject(session, message, Refusal::VenueOption, turn);

    const Placement placement =
        row_of(how.behaviour).house == HousePart::None ? Placement::OnBook : Placement::OffBook;
    Events events;
    const OrderNumber number = engine_.submit(
        {session, message.symbol, message.side, message.type, message.time_in_force, message.quantity,
         message.limit, placement},
        events);
    if (number.is_none()) return reject(session, message, events.front().refusal, turn);
    VenueOrder order;
    order.number = number;
    order.session = session;
    order.order_id = next_order_id();
    order.account = message.account;
    order.current = message.cl_ord_id;
    order.misbehaviour = how;
    const VenueOrder& added = store_.add(std::move(order));
    tell(events, turn);
    play_house_part(added, turn);
    plan_deeds(added, turn);
}

}  // namespace penstock::sim
