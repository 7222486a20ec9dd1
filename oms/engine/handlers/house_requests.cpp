#include "oms/engine/handlers/house_requests.hpp"

#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/last_checks.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

namespace penstock::oms {
namespace {

using Cause = Request::Cause;

/// The newest amend of the OMS's own that is out or waits; none when there is none.
Slot<Request> newest_amend(const OrderStore& orders, const Order& order, Cause cause) {
    Slot<Request> newest;
    for (Slot<Request> at = order.first_request; !at.is_none(); at = orders[at].next)
        if (orders[at].kind == Request::Kind::Amend && orders[at].cause == cause) newest = at;
    return newest;
}

struct Wish {
    Quantity quantity;
    bool has_limit = false;
    Price limit;
};

/// Asks the venue for it, or lets it wait its turn. A wish of the same kind that waits becomes this one.
Reason amend_by_house(const Context& context, Slot<Order> slot, const Wish& wish, Cause cause) {
    OrderStore& orders = context.orders();
    const Slot<Child> child = orders[slot].first_child;
    if (!context.directory().is_up(orders[child].venue)) return Reason::VenueNotConnected;
    Slot<Request> at = newest_amend(orders, orders[slot], cause);
    if (at.is_none() || orders[at].is_sent) {
        at = make_request(context, slot, Request::Kind::Amend, {});
        if (at.is_none()) return Reason::TooManyRequests;
    }
    Request& request = orders[at];
    request.cause = cause;
    request.quantity = wish.quantity;
    request.has_limit = wish.has_limit;
    request.limit = wish.limit;
    // Of a peg or a slice what is before it may change what it has to say, also at a venue that takes several
    // at once. A group's reduction does not wait there.
    const bool may_overtake =
        cause == Cause::Group && context.directory()[orders[child].venue].concurrent_amends;
    const bool may_go = may_overtake || first_of_newest(orders, orders[slot]) == at;
    if (may_go && takes_amend_now(context, child)) send_amend(context, child, at);
    return Reason::None;
}

/// A term the OMS keeps in the venue's place. Of what cannot be asked for the desk hears once, until it can
/// be again. A venue that is away has nothing to be told about: it is asked once it is back.
void amend_own_term(const Context& context, Slot<Order> slot, const Wish& wish) {
    Special& special = context.orders()[context.orders()[slot].special];
    const Reason no = amend_by_house(context, slot, wish, Cause::Conditions);
    const bool was_stuck = special.is_stuck;
    special.is_stuck = no != Reason::None && (was_stuck || no != Reason::VenueNotConnected);
    if (was_stuck || !special.is_stuck) return;
    tell_blocked(
        context, slot,
        has_revision(context, slot, kRevisionsKeptForCancels)
            ? "there is no place for a request to change it: it stays as it is, and that is tried again"
            : "all requests an order may have are used up: it stays as it is; cancel it, enter it anew");
}

void restate_held(const Context& context, Slot<Order> slot, Quantity total) {
    apply(context, context.orders()[slot].first_child, Resized{total});
    apply(context, slot, Resized{total});
    report(context, slot, ExecType::Restated).restatement_reason = restatement_of(Cause::Group);
}

}  // namespace

Reason cancel_by_house(const Context& context, Slot<Order> slot, Cause cause) {
    OrderStore& orders = context.orders();
    if (is_held(orders, orders[slot]) && !has_woken(orders, orders[slot])) {
        if (cause != Cause::Group) note_wanted_end(context, slot);
        ExecutionReport& out =
            end_held(context, slot, cause == Cause::Expiry ? ExecType::Expired : ExecType::Canceled);
        out.restatement_reason = restatement_of(cause);
        if (cause == Cause::Group) out.denial.reason = Reason::GroupClosed;
        return Reason::None;
    }
    const Slot<Child> child = orders[slot].first_child;
    if (orders[child].state.cancels_in_flight > 0) return Reason::None;  // one is on its way
    if (!context.directory().is_up(orders[child].venue)) return Reason::VenueNotConnected;
    const Slot<Request> request = make_request(context, slot, Request::Kind::Cancel, {});
    if (request.is_none()) return Reason::TooManyRequests;
    orders[request].cause = cause;
    if (is_seen(cause)) {
        apply(context, slot, CancelSent{});
        report_pending(context, slot, ExecType::PendingCancel, {});
    }
    send_cancel_of_order(context, slot, request);
    return Reason::None;
}

Reason resize_by_house(const Context& context, Slot<Order> slot, Quantity total) {
    OrderStore& orders = context.orders();
    const Order& order = orders[slot];
    if (is_held(orders, order)) {
        restate_held(context, slot, total);
        return Reason::None;
    }
    if (total > order.state.quantity)
        if (const auto no = check_before_sending(context, order, total)) return no->reason;
    return amend_by_house(context, slot, {total, order.has_limit, order.limit}, Cause::Group);
}

void reprice_by_house(const Context& context, Slot<Order> slot, Price limit) {
    const OrderStore& orders = context.orders();
    const Order& order = orders[slot];
    const Slot<Request> newest = newest_amend(orders, order, Cause::Conditions);
    const Price expected = newest.is_none() ? order.limit : orders[newest].limit;
    if (limit == expected || orders[order.first_child].state.cancels_in_flight > 0) return;
    amend_own_term(context, slot, {order.state.quantity, true, limit});
}

void resize_slice_by_house(const Context& context, Slot<Order> slot) {
    const Order& order = context.orders()[slot];
    amend_own_term(context, slot, {order.state.quantity, order.has_limit, order.limit});
}

bool is_seen(Cause cause) {
    switch (cause) {
        case Cause::Client:
        case Cause::MassRequest:
        case Cause::Disconnect:
        case Cause::Logout: return true;
        case Cause::Group:
        case Cause::Expiry:
        case Cause::Conditions:
        case Cause::Woken: break;
    }
    return false;
}

RestatementReason restatement_of(Cause cause) {
    switch (cause) {
        case Cause::Disconnect: return RestatementReason::ConnectionLoss;
        case Cause::Logout: return RestatementReason::Logout;
        case Cause::Group: return RestatementReason::BrokerOption;
        case Cause::Conditions: return RestatementReason::PegRefresh;
        case Cause::Client:
        case Cause::MassRequest:
        case Cause::Expiry:
        case Cause::Woken: break;
    }
    return RestatementReason::None;
}

}  // namespace penstock::oms
