#include "oms/engine/handlers/reports.hpp"

#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

VenueName venue_of(const Context& context, const Order& order) {
    return context.directory()[context.orders()[order.first_child].venue].name;
}

/// LeavesQty(151). A day order that is done for the day has nothing left to trade.
Quantity leaves_of(const Order& order) { return is_finished(order) ? Quantity{} : leaves(order.state); }

/// So that nobody takes the sums of an order that has ended for final ones.
Text filled_late() { return Text::truncated("late fill: reported after the order had ended"); }

/// Price(44). That of a trailing stop-limit moves with its stop.
std::optional<Price> limit_of(const Context& context, const Order& order) {
    if (order.special.is_none()) return order.limit;
    return trailed_limit(order, context.orders()[order.special]);
}

void add_special(const Context& context, ExecutionReport& out, const Special& special) {
    if (!special.leg.is_none()) {
        const OrderList& list = context.world.groups[context.world.groups[special.leg].list];
        if (!list.is_link) out.list_id = list.list_id;
    }
    if (special.conditions == OrderConditions{}) return;  // it is special for its list only
    out.conditions = special.conditions;
    if (special.has_stop) out.conditions->stop = special.stop;  // a trailing one has moved
    out.triggered = special.triggered;
}

}  // namespace

ExecutionReport& report(const Context& context, Slot<Order> slot, ExecType type) {
    const Order& order = context.orders()[slot];
    ExecutionReport& out = context.out.emit<ExecutionReport>();
    out.session = order.session;
    out.order_id = order.id;
    out.exec_id = context.orders().next_exec_id();
    out.exec_type = type;
    out.ord_status = ord_status(order.state);
    out.cl_ord_id = context.orders().text(order.cl_ord_id);
    out.account = context.directory()[order.account].name;
    out.symbol = context.directory()[order.instrument].symbol;
    out.side = order.side;
    out.type = order.type;
    out.time_in_force = order.time_in_force;
    out.quantity = order.state.quantity;
    if (order.has_limit) out.limit = limit_of(context, order);
    out.leaves = leaves_of(order);
    out.filled = order.state.filled;
    out.average_price = average_price(order.state.notional, order.state.filled, kAveragePriceScale);
    out.venue = venue_of(context, order);
    out.transact_time = context.now;
    if (order.state.filled_late) out.text = filled_late();
    if (!order.special.is_none()) add_special(context, out, context.orders()[order.special]);
    return out;
}

ExecutionReport& report(const Context& context, const RefusedOrder& refused, ExecType type) {
    const NewOrder& order = refused.order;
    ExecutionReport& out = context.out.emit<ExecutionReport>();
    out.session = order.session;
    out.order_id = refused.id;
    out.exec_id = context.orders().next_exec_id();
    out.exec_type = type;
    out.ord_status = OrdStatus::Rejected;
    out.cl_ord_id = order.cl_ord_id;
    out.account = order.account;
    out.symbol = order.symbol;
    out.side = order.side;
    out.type = order.type;
    out.time_in_force = order.time_in_force;
    out.quantity = order.quantity;
    out.limit = order.limit;
    out.conditions = order.conditions;
    out.transact_time = context.now;
    out.denial = refused.denial;
    if (order.refusal && order.refusal->reason == refused.denial.reason) out.text = order.refusal->text;
    return out;
}

ExecutionReport& report_replaced(const Context& context, Slot<Order> slot, Slot<ClOrdIdEntry> cl_ord_id) {
    OrderStore& orders = context.orders();
    const Slot<ClOrdIdEntry> before = orders[slot].cl_ord_id;
    orders[slot].cl_ord_id = cl_ord_id;
    ExecutionReport& out = report(context, slot, ExecType::Replaced);
    out.orig_cl_ord_id = orders.text(before);
    return out;
}

void report_pending(const Context& context, Slot<Order> slot, ExecType type, const ClOrdId& cl_ord_id) {
    if (context.directory()[context.orders()[slot].session].pending_reports == PendingReports::None) return;
    ExecutionReport& out = report(context, slot, type);
    if (cl_ord_id.empty()) return;
    out.orig_cl_ord_id = out.cl_ord_id;
    out.cl_ord_id = cl_ord_id;
}

void refuse(const Context& context, const NewOrder& order, const Denial& denial) {
    // The refused order keeps no state beyond what it was told, but the client gets ids to quote.
    const RefusedOrder refused{context.orders().next_order_id(), order, denial, {}};
    report(context, refused, ExecType::Rejected);
    context.world.refused.remember(refused.order, refused.id, refused.denial);
}

std::optional<Denial> why_nothing_new(const Context& context) {
    if (context.directory().is_halted()) return Denial{Reason::Halted, {}, {}};
    const JournalSpace& journal = context.world.journal;
    if (!journal.is_nearly_full) return std::nullopt;
    return Denial{Reason::JournalNearlyFull, Notional::of(Decimal::whole(journal.ready)),
                  Notional::of(Decimal::whole(journal.wanted))};
}

void refuse(const Context& context, Slot<Order> slot, const CancelRefusal& refusal) {
    CancelReject& out = context.out.emit<CancelReject>();
    out.session = refusal.session;
    out.cl_ord_id = refusal.cl_ord_id;
    out.orig_cl_ord_id = refusal.orig_cl_ord_id;
    out.response_to = refusal.response_to;
    out.denial = refusal.denial;
    out.text = refusal.text;
    out.transact_time = context.now;
    if (slot.is_none()) return;
    const Order& order = context.orders()[slot];
    out.order_id = order.id;
    out.account = context.directory()[order.account].name;
    out.ord_status = ord_status(order.state);
    // A repeated id names the order it was used for, not the one the request is about.
    if (refusal.denial.reason != Reason::DuplicateClOrdId)
        out.orig_cl_ord_id = context.orders().text(order.cl_ord_id);
}

void route(const Context& context, Slot<Child> slot, const std::optional<marketdata::Reference>& reference) {
    const Child& child = context.orders()[slot];
    RoutingDecision& decision = context.out.emit<RoutingDecision>();
    decision.order_id = context.orders()[child.order].id;
    decision.child = child.id;
    decision.venue = child.venue;
    decision.quantity = child.state.quantity;
    if (reference) decision.reference = reference->price;
}

void tell_blocked(const Context& context, Slot<Order> slot, std::string_view why) {
    const Slot<Child> child = context.orders()[slot].first_child;
    VenueReport about;
    about.venue = context.orders()[child].venue;
    about.child = context.orders()[child].id;
    alarm(context, AlarmKind::OrderBlocked, child, about, why);
}

void alarm(const Context& context, AlarmKind kind, Slot<Child> slot, const VenueReport& report,
           std::string_view text) {
    Alarm& out = context.out.emit<Alarm>();
    out.kind = kind;
    out.venue = report.venue;
    out.exec_id = report.exec_id;
    out.child = report.child;
    out.text = Text::truncated(text);
    if (!slot.is_none()) out.order_id = context.orders()[context.orders()[slot].order].id;
}

}  // namespace penstock::oms
