#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

/// Calls visit(slot) for each open order of a session, in the order they were placed in memory.
template <class Visit>
void for_each_open(const Context& context, SessionId session, InstrumentId instrument, Visit&& visit) {
    context.orders().for_each_order([&](Slot<Order> slot) {
        const Order& order = context.orders()[slot];
        if (order.session != session || is_finished(order)) return;
        if (!instrument.is_none() && order.instrument != instrument) return;
        visit(slot);
    });
}

/// When an order cannot be cancelled the client hears of the order that stays, and why.
Reason cancel_one(const Context& context, Slot<Order> slot, Request::Cause cause) {
    const Reason no = cancel_by_house(context, slot, cause);
    if (no != Reason::None) report(context, slot, ExecType::OrderStatus).denial.reason = no;
    return no;
}

}  // namespace

void handle(const Context& context, const MassCancel& body) {
    MassCancelReport out;
    out.session = body.session;
    out.report_id = context.orders().next_exec_id();
    out.cl_ord_id = body.cl_ord_id;
    out.scope = body.scope;
    out.symbol = body.symbol;
    out.transact_time = context.now;
    InstrumentId instrument;
    if (body.scope != MassScope::Instrument && body.scope != MassScope::All) {
        out.accepted = false;
        out.denial.reason = Reason::UnsupportedScope;
        context.out.emit(out);
        return;
    }
    if (body.scope == MassScope::Instrument) {
        instrument = context.directory().instrument_id(body.symbol);
        if (instrument.is_none()) {
            out.accepted = false;
            out.denial.reason = Reason::UnknownInstrument;
            context.out.emit(out);
            return;
        }
    }
    Reason missed = Reason::None;
    for_each_open(context, body.session, instrument, [&](Slot<Order> slot) {
        const Reason no = cancel_one(context, slot, Request::Cause::MassRequest);
        if (no == Reason::None)
            ++out.affected;
        else
            missed = no;
    });
    if (out.affected == 0 && missed != Reason::None) {
        out.accepted = false;
        out.denial.reason = missed;
    }
    context.out.emit(out);
}

void cancel_all_of(const Context& context, SessionId session) {
    for_each_open(context, session, {}, [&](Slot<Order> slot) {
        if (context.orders()[slot].state.cancels_in_flight > 0) return;  // asked already
        cancel_one(context, slot, Request::Cause::Disconnect);
    });
}

void handle(const Context& context, const MassStatusQuery& body) {
    std::uint32_t total = 0;
    for_each_open(context, body.session, {}, [&](Slot<Order>) { ++total; });
    std::uint32_t sent = 0;
    for_each_open(context, body.session, {}, [&](Slot<Order> slot) {
        ExecutionReport& out = report(context, slot, ExecType::OrderStatus);
        out.request_id = body.request_id;
        out.total_reports = total;
        out.last_report = ++sent == total;
    });
    if (total > 0) return;
    ExecutionReport& out = context.out.emit<ExecutionReport>();
    out.session = body.session;
    out.exec_id = context.orders().next_exec_id();
    out.exec_type = ExecType::OrderStatus;
    out.ord_status = OrdStatus::Rejected;
    out.request_id = body.request_id;
    out.last_report = true;
    out.transact_time = context.now;
    out.denial.reason = Reason::UnknownOrder;
    out.text = Text::truncated("no open orders");
}

void handle(const Context& context, const OrderStatusQuery& body) {
    const Slot<Order> slot = context.orders().find_order(body.session, body.cl_ord_id);
    if (!slot.is_none()) {
        report(context, slot, ExecType::OrderStatus).request_id = body.request_id;
        return;
    }
    if (const RefusedOrder* refused = context.world.refused.find(body.session, body.cl_ord_id)) {
        report(context, *refused, ExecType::OrderStatus).request_id = body.request_id;
        return;
    }
    ExecutionReport& out = context.out.emit<ExecutionReport>();
    out.session = body.session;
    out.exec_id = context.orders().next_exec_id();
    out.exec_type = ExecType::OrderStatus;
    out.ord_status = OrdStatus::Rejected;
    out.cl_ord_id = body.cl_ord_id;
    out.symbol = body.symbol;
    out.side = body.side;
    out.request_id = body.request_id;
    out.transact_time = context.now;
    out.denial.reason = Reason::UnknownOrder;
}

}  // namespace penstock::oms
