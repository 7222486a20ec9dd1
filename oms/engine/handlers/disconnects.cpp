#include "oms/engine/handlers/disconnects.hpp"

#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

/// The order's own word counts most, then its account's, then its session's.
bool goes_with_client(const Session& session, const Order& order) {
    if (order.on_disconnect != OnDisconnect::AsSession) return order.on_disconnect == OnDisconnect::Cancel;
    const AccountOnDisconnect account = session.on_disconnect_of(order.account);
    if (account != AccountOnDisconnect::AsSession) return account == AccountOnDisconnect::Cancel;
    if (!session.cancel_on_disconnect) return false;
    return session.disconnect_scope == DisconnectScope::All || !is_good_till(order);
}

void cancel_all_of(const Context& context, SessionId id) {
    const OrderStore& orders = context.orders();
    const Session& session = context.directory()[id];
    BulkJob job;
    job.kind = BulkJob::Kind::Disconnect;
    job.session = id;
    orders.for_each_open(id, [&](Slot<Order> slot) {
        const Order& order = orders[slot];
        if (!may_work(orders, order) || is_being_cancelled(context, slot)) return;
        if (goes_with_client(session, order)) job.orders.push_back({slot, order.id});
    });
    add(context, std::move(job));
}

bool has_child_at(const OrderStore& orders, const Order& order, VenueId venue) {
    for (Slot<Child> at = order.first_child; !at.is_none(); at = orders[at].next_of_order)
        if (orders[at].venue == venue) return true;
    return false;
}

}  // namespace

void client_changed(const Context& context, const SessionChanged& body, bool was_up) {
    Directory& directory = context.world.directory;
    const Session& session = directory[body.session];
    if (body.up) return directory.set_cancel_due(body.session, {});
    if (!was_up && session.cancel_due.is_none()) return;  // known, and dealt with
    if (was_up) directory.set_logged_out(body.session, body.logged_out);
    if (was_up && body.logged_out && session.on_logout == LogoutPolicy::Keeps) return;
    directory.set_cancel_due(body.session, context.now + session.disconnect_grace);
    cancel_where_due(context);
}

void cancel_where_due(const Context& context) {
    Directory& directory = context.world.directory;
    bool any = false;
    for (std::uint32_t id = 1; id < directory.sessions().size(); ++id) {
        const Timestamp due = directory[SessionId{id}].cancel_due;
        if (due.is_none() || due > context.now) continue;
        directory.set_cancel_due(SessionId{id}, {});
        cancel_all_of(context, SessionId{id});
        any = true;
    }
    if (any) continue_bulk(context);
}

void cancel_for_absent(const Context& context, Slot<Order> slot) {
    const bool logged_out = context.directory()[context.orders()[slot].session].logged_out;
    cancel_or_promise(context, slot, logged_out ? Request::Cause::Logout : Request::Cause::Disconnect);
}

Reason cancel_or_promise(const Context& context, Slot<Order> slot, Request::Cause cause) {
    OrderStore& orders = context.orders();
    orders.set_awaits_venue(slot, false);
    if (is_being_cancelled(context, slot)) return Reason::None;
    const Reason no = cancel_by_house(context, slot, cause);
    if (no == Reason::None) return no;
    ExecutionReport& out = report(context, slot, ExecType::OrderStatus);
    out.denial.reason = no;
    if (no != Reason::VenueNotConnected) return no;
    out.text = Text::truncated("to be cancelled when the venue is back");
    orders.set_awaits_venue(slot, true);
    orders[slot].awaits_by_request = cause == Request::Cause::MassRequest;
    return Reason::None;
}

void cancel_promised(const Context& context, Slot<Order> slot) {
    if (!context.orders()[slot].awaits_by_request) return cancel_for_absent(context, slot);
    cancel_or_promise(context, slot, Request::Cause::MassRequest);
}

bool is_being_cancelled(const Context& context, Slot<Order> slot) {
    const Order& order = context.orders()[slot];
    return order.state.cancels_in_flight > 0 ||
           context.orders()[order.first_child].state.cancels_in_flight > 0;
}

void cancel_what_awaited(const Context& context, VenueId venue) {
    const OrderStore& orders = context.orders();
    if (orders.awaiting_venue() == 0) return;
    BulkJob job;
    job.kind = BulkJob::Kind::VenueBack;
    job.venue = venue;
    orders.for_each_open({}, [&](Slot<Order> slot) {
        const Order& order = orders[slot];
        if (order.awaits_venue && may_work(orders, order) && has_child_at(orders, order, venue))
            job.orders.push_back({slot, order.id});
    });
    add(context, std::move(job));
}

}  // namespace penstock::oms
