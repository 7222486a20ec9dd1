#include "oms/engine/handlers/house_requests.hpp"

#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {

Reason cancel_by_house(const Context& context, Slot<Order> slot, Request::Cause cause) {
    if (is_held(context.orders(), context.orders()[slot])) {
        end_held(context, slot, ExecType::Canceled).denial.reason = Reason::GroupClosed;
        return Reason::None;
    }
    if (context.orders()[slot].state.cancels_in_flight > 0) return Reason::None;
    const Slot<Child> child = context.orders()[slot].first_child;
    if (!context.directory().is_up(context.orders()[child].venue)) return Reason::VenueNotConnected;
    if (!has_revision(context, slot, 0)) return Reason::TooManyRequests;
    const Slot<Request> request = context.orders().create_request(slot, Request::Kind::Cancel, {});
    if (request.is_none()) return Reason::TooManyRequests;
    apply(context, slot, CancelSent{});
    report_pending(context, slot, ExecType::PendingCancel, {});
    context.orders()[request].cause = cause;
    send_cancel(context, child, request);
    return Reason::None;
}

Reason resize_by_house(const Context& context, Slot<Order> slot, Quantity total, Request::Cause cause) {
    OrderStore& orders = context.orders();
    const Slot<Child> child = orders[slot].first_child;
    if (is_held(orders, orders[slot])) {
        apply(context, child, Restated{total});
        apply(context, slot, Restated{total});
        report(context, slot, ExecType::Restated).restatement_reason = reason_of(cause);
        return Reason::None;
    }
    for (Slot<Request> at = orders[slot].first_request; !at.is_none(); at = orders[at].next)
        if (!orders[at].is_sent && orders[at].cause == cause) {
            orders[at].quantity = total;
            return Reason::None;
        }
    if (!context.directory().is_up(orders[child].venue)) return Reason::VenueNotConnected;
    const Slot<Request> request = orders.create_request(slot, Request::Kind::Amend, {});
    if (request.is_none()) return Reason::TooManyRequests;
    orders[request].quantity = total;
    orders[request].cause = cause;
    orders[request].has_limit = orders[slot].has_limit;
    orders[request].limit = orders[slot].limit;
    if (takes_amend_now(context, child)) send_amend(context, child, request);
    return Reason::None;
}

RestatementReason reason_of(Request::Cause) { return RestatementReason::PartialDecline; }

}  // namespace penstock::oms
