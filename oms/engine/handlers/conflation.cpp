#include "oms/engine/handlers/conflation.hpp"

#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

Text superseded() { return Text::truncated("superseded by a newer replace before it was sent to the venue"); }

/// Only what clients ask for is merged, and not what changes conditions: the newer one does not repeat those.
bool may_be_merged(const Request& request) {
    return request.cause == Request::Cause::Client && request.wish.is_none();
}

/// Takes the oldest request that was merged into this one off its order; none when there is none left.
Slot<ClOrdIdEntry> take_superseded(const Context& context, Slot<Order> slot, std::uint16_t revision) {
    OrderStore& orders = context.orders();
    for (Slot<Request> at = orders[slot].first_request; !at.is_none(); at = orders[at].next) {
        if (!orders[at].is_superseded || orders[at].revision != revision) continue;
        const Slot<ClOrdIdEntry> id = orders[at].cl_ord_id;
        orders.remove_request(at);
        return id;
    }
    return {};
}

}  // namespace

Slot<Request> next_waiting(const OrderStore& orders, Slot<Request> from) {
    while (!from.is_none() && (orders[from].is_sent || orders[from].is_superseded)) from = orders[from].next;
    return from;
}

Slot<Request> next_to_send(const Context& context, Slot<Child> child) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    const bool conflates = context.directory()[orders[slot].session].conflate_amends;
    Slot<Request> next;
    for (Slot<Request> at = next_waiting(orders, orders[slot].first_request); !at.is_none();
         at = next_waiting(orders, orders[at].next)) {
        if (!next.is_none()) {
            if (!may_be_merged(orders[next]) || !may_be_merged(orders[at])) break;
            Request& older = orders[next];
            older.is_superseded = true;
            older.revision = orders[child].next_revision;
            apply(context, slot, AmendSent{});
            report_pending(context, slot, ExecType::PendingReplace, orders.text(older.cl_ord_id));
        }
        next = at;
        if (!conflates) break;
    }
    return next;
}

void replace_superseded(const Context& context, Slot<Order> slot, std::uint16_t revision) {
    for (Slot<ClOrdIdEntry> id; !(id = take_superseded(context, slot, revision)).is_none();) {
        report_replaced(context, slot, id).text = superseded();
        apply(context, slot, AmendRefused{});  // one less is in flight; the terms are told already
    }
}

void replace_overtaken(const Context& context, Slot<Order> slot, std::uint16_t revision) {
    for (Slot<ClOrdIdEntry> id; !(id = take_superseded(context, slot, revision)).is_none();) {
        apply(context, slot, AmendRefused{});
        ExecutionReport& out = report(context, slot, ExecType::Replaced);
        out.orig_cl_ord_id = out.cl_ord_id;
        out.cl_ord_id = context.orders().text(id);
        out.text = superseded();
    }
}

void refuse_superseded(const Context& context, Slot<Order> slot, std::uint16_t revision, const Denial& denial,
                       const Text& text) {
    const OrderStore& orders = context.orders();
    for (Slot<ClOrdIdEntry> id; !(id = take_superseded(context, slot, revision)).is_none();) {
        apply(context, slot, AmendRefused{});
        refuse(context, slot,
               {orders[slot].session, orders.text(id), orders.text(orders[slot].cl_ord_id),
                CancelRejectTo::ReplaceRequest, denial, text});
    }
}

}  // namespace penstock::oms
