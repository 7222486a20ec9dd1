#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

/// The orders a mass request names.
struct Meant {
    InstrumentId instrument;  // none: all
    AccountId account;
    std::optional<Side> side;

    bool has(const Order& order) const {
        return (instrument.is_none() || order.instrument == instrument) &&
               (account.is_none() || order.account == account) && (!side || order.side == *side);
    }
};

/// What is named has to be known: a misspelt account must not mean all of them.
template <class Body>
Reason find_meant(const Context& context, const Body& body, Meant& meant) {
    const Directory& directory = context.directory();
    if (body.scope != MassScope::Instrument && body.scope != MassScope::All) return Reason::UnsupportedScope;
    if (body.scope == MassScope::Instrument || !body.symbol.empty()) {
        meant.instrument = directory.instrument_id(body.symbol);
        if (meant.instrument.is_none()) return Reason::UnknownInstrument;
    }
    if (!body.account.empty()) {
        meant.account = directory.account_id(body.account);
        if (meant.account.is_none()) return Reason::UnknownAccount;
        if (!directory[body.session].may_trade_for(meant.account)) return Reason::AccountNotPermitted;
    }
    meant.side = body.side;
    if (!meant.side) return Reason::None;
    switch (*meant.side) {
        case Side::Buy:
        case Side::Sell:
        case Side::SellShort:
        case Side::SellShortExempt: return Reason::None;
    }
    return Reason::UnsupportedSide;
}

/// Open orders of the session that are meant; with reach, also others' in the accounts it may trade for.
std::vector<BulkOrder> open_orders(const Context& context, SessionId id, MassCancelReach reach,
                                   const Meant& meant) {
    const OrderStore& orders = context.orders();
    const Session& session = context.directory()[id];
    std::vector<BulkOrder> found;
    orders.for_each_open(reach == MassCancelReach::Own ? id : SessionId{}, [&](Slot<Order> slot) {
        const Order& order = orders[slot];
        if (!may_work(orders, order) || !meant.has(order)) return;
        if (order.session == id || session.may_trade_for(order.account)) found.push_back({slot, order.id});
    });
    return found;
}

void refuse(const Context& context, MassCancelReport& out, Reason reason) {
    out.accepted = false;
    out.denial.reason = reason;
    context.out.emit(out);
}

/// An answer to the question that tells of no order.
ExecutionReport about_none(const MassStatusQuery& body) {
    ExecutionReport out;
    out.session = body.session;
    out.exec_type = ExecType::OrderStatus;
    out.ord_status = OrdStatus::Rejected;
    out.symbol = body.symbol;
    out.account = body.account;
    out.request_id = body.request_id;
    out.denial.reason = Reason::UnknownOrder;
    return out;
}

void refuse(const Context& context, const MassStatusQuery& body, Reason reason, std::string_view text) {
    ExecutionReport& out = context.out.emit<ExecutionReport>();
    out = about_none(body);
    out.exec_id = context.orders().next_exec_id();
    out.last_report = true;
    out.transact_time = context.now;
    out.denial.reason = reason;
    out.text = Text::truncated(text);
}

}  // namespace

void handle(const Context& context, const MassCancel& body) {
    BulkJob job;
    job.kind = BulkJob::Kind::MassCancel;
    job.session = body.session;
    MassCancelReport& out = job.report;
    out.session = body.session;
    out.report_id = context.orders().next_exec_id();
    out.cl_ord_id = body.cl_ord_id;
    out.scope = body.scope;
    out.symbol = body.symbol;
    out.account = body.account;
    out.side = body.side;
    out.transact_time = context.now;
    if (body.refusal) {
        out.text = body.refusal->text;
        return refuse(context, out, body.refusal->reason);
    }
    Meant meant;
    const Reason no = find_meant(context, body, meant);
    if (no != Reason::None) return refuse(context, out, no);
    const MassCancelReach reach = context.directory()[body.session].mass_cancel;
    job.orders = open_orders(context, body.session, reach, meant);
    if (!begin(context, job)) refuse(context, out, Reason::TooManyRequests);
}

void handle(const Context& context, const MassStatusQuery& body) {
    Meant meant;
    const Reason no = find_meant(context, body, meant);
    if (no != Reason::None) return refuse(context, body, no, {});
    BulkJob job;
    job.kind = BulkJob::Kind::MassStatus;
    job.session = body.session;
    job.no_order = about_none(body);
    job.orders = open_orders(context, body.session, MassCancelReach::Own, meant);
    if (job.orders.empty()) return refuse(context, body, Reason::UnknownOrder, "no open orders");
    if (!begin(context, job)) refuse(context, body, Reason::TooManyRequests, {});
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
