#include "oms/engine/handlers/house_requests.hpp"

#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {

Reason cancel_by_house(const Context& context, Slot<Order> slot, Request::Cause cause) {
    const Slot<Child> child = context.orders()[slot].first_child;
    Reason no = Reason::None;
    Slot<Request> request;
    if (!context.directory().is_up(context.orders()[child].venue))
        no = Reason::VenueNotConnected;
    else if (has_revision(context, slot, 0))
        request = context.orders().create_request(slot, Request::Kind::Cancel, {});
    if (no == Reason::None && request.is_none()) no = Reason::TooManyRequests;
    if (no != Reason::None) {
        ExecutionReport& out = report(context, slot, ExecType::OrderStatus);
        out.denial.reason = no;
        if (no == Reason::VenueNotConnected && cause == Request::Cause::Disconnect)
            out.text = Text::truncated("to be cancelled when the venue is back");
        return no;
    }
    apply(context, slot, CancelSent{});
    report_pending(context, slot, ExecType::PendingCancel, {});
    context.orders()[request].cause = cause;
    send_cancel(context, child, request);
    return Reason::None;
}

}  // namespace penstock::oms
