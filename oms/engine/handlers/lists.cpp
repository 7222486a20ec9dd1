#include "oms/engine/handlers/lists.hpp"

#include <string>

#include "oms/engine/handlers/group_view.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"

// What becomes of a list that was taken: ListStatus(N), and what clients ask of it as a whole.

namespace penstock::oms {
namespace {

ListStatus head_of(const Context& context, SessionId session, const ClOrdId& list_id, const ListHead& head) {
    ListStatus out;
    out.session = session;
    out.list_id = list_id;
    out.type = head.type;
    out.status = head.status;
    out.denial = head.denial;
    out.text = head.text;
    out.transact_time = context.now;
    return out;
}

/// The next leg whose order is kept, from here on: orders that ended long ago are forgotten.
Slot<Leg> next_kept(const Context& context, Slot<Leg> at) {
    const GroupStore& groups = context.world.groups;
    while (!at.is_none() && context.orders()[groups[at].order].id != groups[at].id) at = groups[at].next;
    return at;
}

/// Emits the lines `line(i)`, i below `orders`, in as many reports as they take.
template <class MakeLine>
void tell(const Context& context, ListStatus out, std::uint32_t orders, MakeLine&& line) {
    out.orders = orders;
    out.reports = orders == 0 ? 1 : (orders + kListLines - 1) / kListLines;
    std::uint32_t next = 0;
    for (out.report = 1; out.report <= out.reports; ++out.report) {
        for (auto* place : {&out.line1, &out.line2, &out.line3, &out.line4}) {
            place->reset();
            if (next < orders) *place = line(next++);
        }
        context.out.emit(out);
    }
}

ListLine line_of(const Context& context, const Leg& leg) {
    const OrderStore& orders = context.orders();
    ListLine line;
    const Order& order = orders[leg.order];
    line.cl_ord_id = orders.text(order.cl_ord_id);
    line.ord_status = ord_status(order.state);
    line.filled = order.state.filled;
    if (!is_finished(order)) line.leaves = leaves(order.state);
    if (order.state.phase == Phase::Cancelled || order.state.phase == Phase::Expired)
        line.cancelled = moved(Quantity{}, order.state.filled, order.state.quantity);
    line.average_price = average_price(order.state.notional, order.state.filled, kAveragePriceScale);
    return line;
}

void refuse(const Context& context, SessionId session, const ClOrdId& list_id, Reason reason) {
    const ListHead head{ListStatusType::Response, ListOrderStatus::Rejected, Denial{reason, {}, {}}, {}};
    tell(context, head_of(context, session, list_id, head), 0, [](std::uint32_t) { return ListLine{}; });
}

/// It stays as it is: the request came too late.
void too_late(const Context& context, Slot<OrderList> list) {
    tell_list(context, list,
              {ListStatusType::Response, status_of(context, list), Denial{Reason::TooLate, {}, {}}, {}});
}

}  // namespace

void tell_list(const Context& context, Slot<OrderList> slot, const ListHead& head) {
    const GroupStore& groups = context.world.groups;
    const OrderList& list = groups[slot];
    ListStatus out = head_of(context, list.session, list.list_id, head);
    out.residual = residual_of(context, slot);
    std::uint32_t kept = 0;
    for (auto at = next_kept(context, list.first_leg); !at.is_none();
         at = next_kept(context, groups[at].next))
        ++kept;
    Slot<Leg> leg = next_kept(context, list.first_leg);
    tell(context, out, kept, [&](std::uint32_t) {
        const Leg& at = groups[leg];
        leg = next_kept(context, at.next);
        return line_of(context, at);
    });
}

void tell_refused(const Context& context, const StagedList& list) {
    ListHead head{ListStatusType::Ack, ListOrderStatus::Rejected, list.denial, {}};
    if (list.denied_leg != 0) head.text = Text::truncated("leg " + std::to_string(list.denied_leg));
    if (list.head.refusal) head.text = list.head.refusal->text;
    const ListStatus out = head_of(context, list.head.session, list.head.list_id, head);
    tell(context, out, static_cast<std::uint32_t>(list.legs.size()), [&](std::uint32_t i) {
        ListLine line;
        line.cl_ord_id = list.legs[i].order.cl_ord_id;
        line.ord_status = OrdStatus::Rejected;
        const bool is_it = list.denied_leg == 0 || list.denied_leg == list.legs[i].leg;
        line.denial = is_it ? list.denial : Denial{Reason::LegRefused, {}, {}};
        return line;
    });
}

ListOrderStatus status_of(const Context& context, Slot<OrderList> slot) {
    const OrderList& list = context.world.groups[slot];
    if (list.works_again) return ListOrderStatus::Executing;
    if (list.is_done) return ListOrderStatus::AllDone;
    if (list.is_closing) return ListOrderStatus::Cancelling;
    return list.waits ? ListOrderStatus::ReceivedForExecution : ListOrderStatus::Executing;
}

void handle(const Context& context, const ExecuteList& body) {
    GroupStore& groups = context.world.groups;
    const Slot<OrderList> list = groups.find(body.session, body.list_id, false);
    if (list.is_none()) return refuse(context, body.session, body.list_id, Reason::UnknownList);
    if (body.stale) return refuse(context, body.session, body.list_id, Reason::StaleRequest);
    if (context.directory().is_halted()) return refuse(context, body.session, body.list_id, Reason::Halted);
    if (!groups[list].waits || groups[list].is_closing) return too_late(context, list);
    groups[list].waits = false;
    tell_list(context, list, {ListStatusType::ExecStarted, ListOrderStatus::Executing, {}, {}});
    for (Slot<Leg> at = groups[list].first_leg; !at.is_none(); at = groups[at].next)
        lift(context, groups[at].order, Hold::List);
}

void handle(const Context& context, const CancelList& body) {
    GroupStore& groups = context.world.groups;
    const Slot<OrderList> list = groups.find(body.session, body.list_id, false);
    if (list.is_none()) return refuse(context, body.session, body.list_id, Reason::UnknownList);
    if (groups[list].is_done) return too_late(context, list);
    groups[list].is_closing = true;
    // Whoever asks again may do so as often as the first time.
    for (Slot<Leg> at = groups[list].first_leg; !at.is_none(); at = groups[at].next) groups[at].tries = 0;
    tell_list(context, list, {ListStatusType::Response, ListOrderStatus::Cancelling, {}, {}});
    groups.mark(list, {});
}

void handle(const Context& context, const ListStatusQuery& body) {
    const Slot<OrderList> list = context.world.groups.find(body.session, body.list_id, false);
    if (list.is_none()) return refuse(context, body.session, body.list_id, Reason::UnknownList);
    tell_list(context, list, {ListStatusType::Response, status_of(context, list), {}, {}});
}

}  // namespace penstock::oms
