#include "oms/engine/handlers/venue_requests.hpp"

#include <algorithm>

#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/conflation.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/last_checks.hpp"
#include "oms/engine/handlers/reconciliation.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

/// Unanswered questions that are told apart. What one more is answered counts for the last one.
constexpr std::uint8_t kMaxOlderQuestions = 15;

/// OrigClOrdID(41) of the next request: the newest one about this child that the venue has not refused.
std::uint16_t newest_not_refused(const Context& context, Slot<Child> slot) {
    const OrderStore& orders = context.orders();
    std::uint16_t newest = orders[slot].accepted_revision;
    for (Slot<Request> at = orders[orders[slot].order].first_request; !at.is_none(); at = orders[at].next)
        if (orders[at].child == slot && orders[at].revision > newest) newest = orders[at].revision;
    return newest;
}

/// Fills what every request toward a venue says about its order.
template <class Message>
Message& emit_for(const Context& context, Slot<Child> slot) {
    const Child& child = context.orders()[slot];
    const Order& order = context.orders()[child.order];
    Message& out = context.out.emit<Message>();
    out.session = context.directory()[child.venue].session;
    out.venue = child.venue;
    out.child = child.id;
    out.symbol = context.directory()[order.instrument].symbol;
    out.side = order.side;
    if constexpr (requires { out.transact_time; }) out.transact_time = context.now;
    if constexpr (requires { out.account; }) out.account = context.directory()[order.account].name;
    if constexpr (requires { out.venue_order_id; }) out.venue_order_id = child.venue_order_id;
    return out;
}

/// What the venue calls an adopted order, until it has agreed to an id of ours.
ClOrdId foreign_id(const Context& context, const Child& child, std::uint32_t revision) {
    if (!child.is_adopted || revision != 0) return {};
    return context.world.venue_orders.cl_ord_id_of(child.id);
}

/// The terms of a new order or a replace of this quantity.
template <class Message>
void set_terms(Message& out, const AsSent& terms) {
    out.type = terms.type;
    out.time_in_force = terms.time_in_force;
    out.limit = terms.limit;
    out.conditions = terms.conditions;
    if (out.conditions) clip(*out.conditions, out.quantity);
}

const Special* special_of(const OrderStore& orders, const Order& order) {
    return order.special.is_none() ? nullptr : &orders[order.special];
}

/// The quantity as the venue wants it in a replace: the new total, or what of it would remain. None when no
/// number tells that: then the rest is cancelled rather than traded twice.
Quantity replace_quantity(const Venue& venue, const Child& child, Quantity total) {
    if (venue.amend_quantity_is_total) return total;
    const auto remaining = subtract(total, child.state.filled);
    return remaining ? std::max(*remaining, Quantity{}) : Quantity{};
}

void emit_cancel(const Context& context, Slot<Child> slot, std::uint16_t revision, std::uint16_t orig) {
    VenueCancelOrder& out = emit_for<VenueCancelOrder>(context, slot);
    out.revision = revision;
    out.orig_revision = orig;
    out.foreign_id = foreign_id(context, context.orders()[slot], orig);
    out.quantity = context.orders()[slot].state.quantity;
}

/// The terms an amend asks for. Whoever asks, a peg's limit is where the book has it.
AsSent wanted_by(const Context& context, const Order& order, Request& request) {
    const OrderStore& orders = context.orders();
    const Special* const special = special_of(orders, order);
    const auto limit = request.has_limit ? std::optional{request.limit} : std::nullopt;
    if (special == nullptr) return as_sent(order, nullptr, limit, nullptr);
    const OrderConditions& conditions = request.wish.is_none() ? special->conditions : orders[request.wish];
    const bool keeps_peg = special->does(Emulation::Peg) && request.cause != Request::Cause::Conditions;
    return as_sent(order, special, keeps_peg ? std::optional{order.limit} : limit, &conditions);
}

/// A request of the OMS's own is about one term: what has become of the others meanwhile stays.
void renew(const OrderStore& orders, const Order& order, Request& request) {
    if (request.cause == Request::Cause::Conditions) request.quantity = order.state.quantity;
    const bool is_of_quantity = request.cause == Request::Cause::Group ||
                                (request.cause == Request::Cause::Conditions && is_sliced(orders, order));
    if (!is_of_quantity) return;
    request.has_limit = order.has_limit;
    request.limit = order.limit;
}

}  // namespace

void send_new(const Context& context, Slot<Child> slot) {
    Child& child = context.orders()[slot];
    const Order& order = context.orders()[child.order];
    // A list the venue makes now need not hold it yet.
    child.told_in_book = book_of(context, child.venue).mark();
    VenueNewOrder& out = emit_for<VenueNewOrder>(context, slot);
    out.quantity = child.state.quantity;
    const Special* const special = special_of(context.orders(), order);
    set_terms(out, as_sent(order, special, order.has_limit ? std::optional{order.limit} : std::nullopt,
                           special == nullptr ? nullptr : &special->conditions));
    context.orders().await_answer(slot, context.now);
}

void send_amend(const Context& context, Slot<Child> slot, Slot<Request> request_slot) {
    const std::uint16_t orig = newest_not_refused(context, slot);
    Child& child = context.orders()[slot];
    Request& request = context.orders()[request_slot];
    if (is_seen(request.cause)) {
        apply(context, child.order, AmendSent{});
        report_pending(
            context, child.order, ExecType::PendingReplace, context.orders().text(request.cl_ord_id));
    }
    const Order& order = context.orders()[child.order];
    request.is_sent = true;
    request.child = slot;
    renew(context.orders(), order, request);
    request.quantity = std::max(request.quantity, order.state.filled);
    request.child_quantity = child_total(context.orders(), child, request.quantity);
    request.revision = child.next_revision++;
    const Quantity quantity =
        replace_quantity(context.directory()[child.venue], child, request.child_quantity);
    // A replace that leaves nothing is no message a venue takes: what it means is a cancel of the rest.
    request.is_cancel_to_venue = !quantity.is_positive();
    if (request.is_cancel_to_venue) {
        emit_cancel(context, slot, request.revision, orig);
    } else {
        VenueAmendOrder& out = emit_for<VenueAmendOrder>(context, slot);
        out.revision = request.revision;
        out.orig_revision = orig;
        out.foreign_id = foreign_id(context, child, orig);
        out.quantity = quantity;
        set_terms(out, wanted_by(context, order, request));
    }
    apply(context, slot, AmendSent{});
    context.orders().await_answer(slot, context.now);
}

bool takes_amend_now(const Context& context, Slot<Child> slot) {
    const Child& child = context.orders()[slot];
    const Special* const special = special_of(context.orders(), context.orders()[child.order]);
    // Each amend of a peg says its limit, so that two at once would contradict each other.
    const bool is_pegged = special != nullptr && special->does(Emulation::Peg);
    if (context.directory()[child.venue].concurrent_amends && !is_pegged) return true;
    return child.state.amends_in_flight == 0 && child.state.cancels_in_flight == 0 &&
           child.state.phase != Phase::PendingNew;
}

void send_cancel(const Context& context, Slot<Child> slot, Slot<Request> request_slot) {
    const std::uint16_t orig = newest_not_refused(context, slot);
    Request& request = context.orders()[request_slot];
    request.is_sent = true;
    request.child = slot;
    request.revision = context.orders()[slot].next_revision++;
    emit_cancel(context, slot, request.revision, orig);
    apply(context, slot, CancelSent{});
    context.orders().await_answer(slot, context.now);
}

bool has_revision(const Context& context, Slot<Order> order, std::uint32_t kept) {
    const Child& child = context.orders()[context.orders()[order].first_child];
    return child.next_revision + kMaxRequestsPerOrder + kept <= kMaxRevisionsPerChild;
}

Slot<Request> make_request(const Context& context, Slot<Order> order, Request::Kind kind,
                           const ClOrdId& cl_ord_id) {
    const std::uint32_t kept = kind == Request::Kind::Amend ? kRevisionsKeptForCancels : 0;
    if (!has_revision(context, order, kept)) return {};
    return context.orders().create_request(order, kind, cl_ord_id);
}

void ask_status(const Context& context, Slot<Child> slot) {
    const std::uint16_t revision = newest_not_refused(context, slot);
    VenueStatusRequest& out = emit_for<VenueStatusRequest>(context, slot);
    Child& child = context.orders()[slot];
    out.revision = revision;
    out.foreign_id = foreign_id(context, child, revision);
    if (child.has_question && child.asked_by != revision && child.older_questions < kMaxOlderQuestions)
        ++child.older_questions;
    child.has_question = true;
    child.asked_by = revision;
    child.asked_revision = child.next_revision;
    context.orders().await_answer(slot, context.now);
}

bool answers_older_question(const Context& context, Slot<Child> slot, std::uint32_t revision) {
    Child& child = context.orders()[slot];
    const bool is_older = child.older_questions > 0 && revision != child.asked_by;
    if (is_older) {
        --child.older_questions;
    } else {
        child.has_question = false;
        child.older_questions = 0;
    }
    return is_older;
}

void refuse_waiting(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    Slot<Request> at = next_waiting(orders, orders[slot].first_request);
    while (!at.is_none()) {
        const Request request = orders[at];
        if (!request.cl_ord_id.is_none())
            refuse(context, slot,
                   {orders[slot].session,
                    orders.text(request.cl_ord_id),
                    orders.text(orders[slot].cl_ord_id),
                    CancelRejectTo::ReplaceRequest,
                    Denial{Reason::TooLate, {}, {}},
                    {}});
        orders.remove_request(at);
        at = next_waiting(orders, request.next);
    }
}

namespace {

/// What a client asked for a while ago must pass the checks as they are now. A peg's limit is the book's.
std::optional<Denial> check_waited(const Context& context, Slot<Order> slot, Slot<Request> at) {
    const Order& order = context.orders()[slot];
    const Request& request = context.orders()[at];
    if (request.cause != Request::Cause::Client) return std::nullopt;
    const Special* const special = special_of(context.orders(), order);
    const bool is_pegged = special != nullptr && special->does(Emulation::Peg);
    const Price limit = is_pegged ? order.limit : request.limit;
    const bool has_limit = is_pegged ? order.has_limit : request.has_limit;
    return check_before_sending(
        context, order, {request.quantity, has_limit ? std::optional{limit} : std::nullopt});
}

/// It and what was merged into it.
void refuse_waited(const Context& context, Slot<Order> slot, Slot<Request> at, const Denial& denial) {
    OrderStore& orders = context.orders();
    const Request request = orders[at];
    orders.remove_request(at);
    refuse_superseded(context, slot, orders[orders[slot].first_child].next_revision, denial, {});
    refuse(context, slot,
           {orders[slot].session,
            orders.text(request.cl_ord_id),
            orders.text(orders[slot].cl_ord_id),
            CancelRejectTo::ReplaceRequest,
            denial,
            {}});
}

}  // namespace

void send_waiting(const Context& context, Slot<Order> order) {
    const Slot<Child> slot = context.orders()[order].first_child;
    const Child& child = context.orders()[slot];
    // The answer to the one in flight decides: it may re-open an order that has filled.
    if (child.state.amends_in_flight > 0) return;
    if (is_finished(context.orders()[order])) return refuse_waiting(context, order);
    // Nothing follows a cancel: what waits goes on, or is refused, by the answer to it.
    if (child.state.cancels_in_flight > 0) return;
    if (child.state.phase == Phase::PendingNew) return;
    Slot<Request> next;
    while (!(next = next_to_send(context, slot)).is_none()) {
        const auto no = check_waited(context, order, next);
        if (!no) return send_amend(context, slot, next);
        refuse_waited(context, order, next, *no);
    }
}

}  // namespace penstock::oms
