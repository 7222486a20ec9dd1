#include "oms/engine/handlers/missing_fills.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/settled_orders.hpp"
#include "oms/engine/handlers/single_questions.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"
#include "oms/engine/handlers/venue_orders.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

// What a venue answers when it is asked for an order's status.

namespace penstock::oms {
namespace {

Text never_had() { return Text::truncated("the venue's status shows that it never had the request"); }

Text ended_first() { return Text::truncated("the order had ended before the request could be answered"); }

/// The sent request about `child` with the lowest revision in [from, before); none when there is none. They
/// stand in the order they were sent in: what waits is sent when nothing else is out.
Slot<Request> next_sent(const OrderStore& orders, Slot<Child> child, std::uint16_t from,
                        std::uint16_t before) {
    for (Slot<Request> at = orders[orders[child].order].first_request; !at.is_none(); at = orders[at].next) {
        const Request& request = orders[at];
        if (request.child == child && request.revision >= from && request.revision < before) return at;
    }
    return {};
}

/// The limit the venue was sent. Whoever asks, that of a peg is where the book has it: the client's is its
/// worst.
std::optional<Price> limit_sent(const OrderStore& orders, const Order& order, const Request& amend) {
    const bool is_pegged = !order.special.is_none() && orders[order.special].does(Emulation::Peg);
    if (is_pegged && amend.cause != Request::Cause::Conditions) return order.limit;
    return amend.has_limit ? std::optional{amend.limit} : std::nullopt;
}

/// Does the venue tell every term that the amend changes? Its echo of the id it was asked about proves
/// nothing.
bool tells_terms(const OrderStore& orders, const Order& order, const Request& amend,
                 const VenueStatus& body) {
    const std::optional<Price> limit = limit_sent(orders, order, amend);
    const bool changes_limit = limit && *limit != order.limit;
    return body.quantity.is_positive() && (!changes_limit || body.limit);
}

/// Are the terms the venue tells of those the amend asked for, and not those of before? A venue that was
/// asked for what shall remain adds what had filled by then, which may be more than was known here.
bool was_applied(const Context& context, const Order& order, const Child& child, const Request& amend,
                 const VenueStatus& body) {
    const Venue& venue = context.directory()[child.venue];
    // So does one that is asked for less than has filled by then: it keeps just what has filled.
    const bool is_what_filled = body.status == OrdStatus::Filled && body.quantity == body.filled &&
                                body.quantity != child.state.quantity;
    const bool may_be_more =
        (!venue.amend_quantity_is_total || is_what_filled) && body.quantity > amend.child_quantity;
    if (amend.is_cancel_to_venue || (body.quantity != amend.child_quantity && !may_be_more)) return false;
    const std::optional<Price> limit = limit_sent(context.orders(), order, amend);
    if (limit && tells_other_limit(body.limit, true, *limit)) return false;
    const bool other_limit = tells_other_limit(body.limit, order.has_limit, order.limit);
    return other_limit || body.quantity != child.state.quantity || body.report.revision == amend.revision;
}

/// Takes what the venue tells as its answer to this amend, if it tells the terms of it.
bool is_taken_as_applied(const Context& context, Slot<Child> slot, const Request& request,
                         const VenueStatus& body) {
    const OrderStore& orders = context.orders();
    const Order& order = orders[orders[slot].order];
    if (request.kind != Request::Kind::Amend || !tells_terms(orders, order, request, body) ||
        !was_applied(context, order, orders[slot], request, body))
        return false;
    VenueAmended amended{body.report, body.quantity, body.limit};
    amended.report.revision = request.revision;
    handle(context, amended);
    return true;
}

/// Of the requests whose answers are late, those that the told terms answer.
void settle_applied(const Context& context, Slot<Child> slot, const VenueStatus& body) {
    const OrderStore& orders = context.orders();
    std::uint16_t revision = 0;
    for (Slot<Request> at;
         !(at = next_sent(orders, slot, revision, orders[slot].asked_revision)).is_none();) {
        const Request request = orders[at];
        revision = static_cast<std::uint16_t>(request.revision + 1);
        is_taken_as_applied(context, slot, request, body);
    }
}

/// The answers to these requests are late, and the venue, asked after it should have had them, says that
/// the order works: an amend it tells the terms of was applied, everything else never arrived. What was sent
/// behind the question has its own answer to come. Should an answer come after all, it is a fact like any
/// other.
void settle_requests(const Context& context, Slot<Child> slot, const VenueStatus& body) {
    OrderStore& orders = context.orders();
    const Slot<Order> order = orders[slot].order;
    const std::uint16_t before = orders[slot].asked_revision;
    const bool is_filled = body.status == OrdStatus::Filled;
    const Reason reason = is_filled ? Reason::TooLate : Reason::VenueNeverReceived;
    std::uint16_t revision = 0;
    for (Slot<Request> at; !(at = next_sent(orders, slot, revision, before)).is_none();) {
        const Request request = orders[at];
        revision = static_cast<std::uint16_t>(request.revision + 1);
        const bool is_amend = request.kind == Request::Kind::Amend;
        if (is_amend && !tells_terms(orders, orders[order], request, body)) continue;  // it is asked again
        if (is_taken_as_applied(context, slot, request, body)) continue;
        refuse_request(context, slot, at, Denial{reason, {}, {}}, is_filled ? ended_first() : never_had());
    }
}

bool has_sent_amend(const OrderStore& orders, const Order& order) {
    for (Slot<Request> at = order.first_request; !at.is_none(); at = orders[at].next)
        if (orders[at].is_sent && orders[at].kind == Request::Kind::Amend) return true;
    return false;
}

/// The venue tells of terms that no request explains, though none is out that could change them: what told of
/// them was lost, or it decided so itself. What it holds counts.
void follow_terms(const Context& context, Slot<Child> slot, const VenueStatus& body) {
    const Child& child = context.orders()[slot];
    const Order& order = context.orders()[child.order];
    if (!body.quantity.is_positive()) return;
    if (body.quantity == child.state.quantity && !tells_other_limit(body.limit, order.has_limit, order.limit))
        return;
    if (has_sent_amend(context.orders(), order)) {
        // One that was sent behind the question may explain them, or be refused: then they are the terms.
        if (child.asked_revision < child.next_revision) ask_status(context, slot);
        return;
    }
    VenueAmended told{body.report, body.quantity, body.limit, true};
    told.report.revision = 0;  // its echo of the id it was asked about does not say that it agreed to it
    restate(context, slot, told);
}

/// Cancelled: by our cancel, when the venue was asked what became of one.
void handle_cancelled(const Context& context, Slot<Child> slot, VenueReport report, bool was_unknown) {
    if (!was_unknown) return handle(context, VenueCancelled{report, {}});
    const OrderStore& orders = context.orders();
    std::uint16_t revision = 0;
    for (Slot<Request> at;
         !(at = next_sent(orders, slot, revision, orders[slot].asked_revision)).is_none();) {
        revision = static_cast<std::uint16_t>(orders[at].revision + 1);
        if (orders[at].kind != Request::Kind::Cancel) continue;
        report.revision = orders[at].revision;
        break;
    }
    handle(context, VenueCancelled{report, {}});
}

/// The order has ended, and that has been handled. When the venue was asked what became of a request, this
/// answers that too: it was asked after it should have had these.
void settle_ended(const Context& context, Slot<Child> slot, bool was_unknown) {
    if (was_unknown) refuse_sent(context, slot, context.orders()[slot].asked_revision);
}

/// Its day is over. An amend it tells the terms of came before that. A good-till order sleeps, so that its
/// terms count and what never arrived is refused for that; a day order has ended.
void handle_day_ended(const Context& context, Slot<Child> slot, const VenueStatus& body, bool was_unknown) {
    const bool sleeps = is_good_till(context.orders()[context.orders()[slot].order]);
    if (was_unknown) settle_applied(context, slot, body);
    if (sleeps) follow_terms(context, slot, body);
    handle(context, VenueDoneForDay{body.report});
    if (sleeps && was_unknown) return settle_requests(context, slot, body);
    settle_ended(context, slot, was_unknown);
}

/// The venue does not know the id it was asked about.
void handle_unknown(const Context& context, Slot<Child> slot, const VenueReport& report) {
    const Slot<Request> request = find_request(context, slot, report.revision);
    if (!request.is_none()) {
        // The id of a request: that one never arrived. What of the order? Asked by the id before it.
        const Slot<Order> order = context.orders()[slot].order;
        refuse_request(context, slot, request, Denial{Reason::VenueNeverReceived, {}, {}}, never_had());
        // When the order has ended there is nothing to ask.
        if (!apply(context, slot, BecameUnknown{})) return;
        apply(context, order, BecameUnknown{});
        return ask_status(context, slot);
    }
    // A second answer about a request that is settled says nothing of the order.
    if (report.revision != 0) return;
    if (context.orders()[slot].state.phase == Phase::PendingNew)
        return refuse_child(context, slot, report, Denial{Reason::VenueNeverReceived, {}, {}}, {});
    heard_from(context, slot);
    // Venues forget what has ended, and may say again that they never had what was refused for it.
    if (is_done(context.orders()[slot].state.phase)) return;
    not_found(context, slot);
}

void take_status(const Context& context, Slot<Child> slot, const VenueStatus& body, bool was_unknown) {
    switch (body.status) {
        case OrdStatus::Canceled:
            handle_cancelled(context, slot, body.report, was_unknown);
            return settle_ended(context, slot, was_unknown);
        case OrdStatus::Expired:
            handle(context, VenueExpired{body.report});
            return settle_ended(context, slot, was_unknown);
        case OrdStatus::Rejected:
            handle(context, VenueRefused{body.report, 0, {}});
            return settle_ended(context, slot, was_unknown);
        case OrdStatus::DoneForDay: return handle_day_ended(context, slot, body, was_unknown);
        case OrdStatus::PendingNew:
            revive_settled(context, slot, body.report);
            return heard_from(context, slot);
        case OrdStatus::PendingCancel:
        case OrdStatus::PendingReplace: return handle(context, VenueAccepted{body.report});
        case OrdStatus::Suspended:
            handle(context, VenueSuspended{body.report});
            return was_unknown ? settle_requests(context, slot, body) : void();
        case OrdStatus::New:
        case OrdStatus::PartiallyFilled:
        case OrdStatus::Stopped: break;  // the guarantee itself was reported, or is not known exactly
        case OrdStatus::Filled:
            if (end_settled(context, slot)) return;
            break;
    }
    handle(context, VenueAccepted{body.report});
    if (was_unknown) settle_requests(context, slot, body);
    follow_terms(context, slot, body);
}

}  // namespace

void refuse_sent(const Context& context, Slot<Child> slot, std::uint16_t before) {
    const OrderStore& orders = context.orders();
    for (Slot<Request> at; !(at = next_sent(orders, slot, 0, before)).is_none();)
        refuse_request(context, slot, at, Denial{Reason::TooLate, {}, {}}, ended_first());
}

void handle(const Context& context, const VenueStatus& body) {
    const Slot<Child> asked = context.orders().find_child(body.report.child);
    bool was_unknown = !asked.is_none() && context.orders()[asked].state.outcome_unknown;
    const Slot<Child> slot = child_of(context, body.report);
    if (slot.is_none()) return;
    if (answers_older_question(context, slot, body.report.revision)) was_unknown = false;
    context.orders().set_asked(slot, false);
    if (!body.known) return handle_unknown(context, slot, body.report);
    Child& child = context.orders()[slot];
    child.not_found = 0;
    if (body.report.revision >= child.accepted_revision) follow_order_id(context, slot, body.report);
    take_status_filled(context, slot, body);
    take_status(context, slot, body, was_unknown);
    ask_for_fills(context, slot, body.report);
}

}  // namespace penstock::oms
