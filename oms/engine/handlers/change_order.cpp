#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/last_checks.hpp"
#include "oms/engine/handlers/order_terms.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/special_amends.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

namespace penstock::oms {
namespace {

/// OrigClOrdID(41) must be the accepted id or that of a request in flight; an older one is history.
bool is_current(const Context& context, Slot<Order> slot, const ClOrdId& orig) {
    const OrderStore& orders = context.orders();
    if (orders.text(orders[slot].cl_ord_id) == orig) return true;
    for (Slot<Request> at = orders[slot].first_request; !at.is_none(); at = orders[at].next)
        if (orders.text(orders[at].cl_ord_id) == orig) return true;
    return false;
}

/// An amend upward of a filled order asks the venue for more (FIX matrix C.1.c), unless the venue has ended
/// it.
bool reopens(const OrderStore& orders, const Order& order, const AmendOrder& amend) {
    const Child& child = orders[order.first_child];
    return order.state.phase == Phase::Filled && child.state.phase != Phase::Cancelled &&
           amend.quantity > order.state.filled;
}
/// A cancel means what an amend that is out may open again, as a mass cancel does.
bool reopens(const OrderStore& orders, const Order& order, const CancelOrder&) {
    return may_work(orders, order);
}

/// The checks amend and cancel share. On success `slot` names the order.
template <class Body>
std::optional<Denial> find_target(const Context& context, const Body& body, Slot<Order>& slot) {
    const Slot<Order> taken = context.orders().find_order(body.session, body.cl_ord_id);
    const Slot<Order> found = context.orders().find_order(body.session, body.orig_cl_ord_id);
    if (!taken.is_none()) {
        slot = taken;
        return Denial{Reason::DuplicateClOrdId, {}, {}};
    }
    if (context.world.refused.find(body.session, body.cl_ord_id) != nullptr) {
        slot = found;
        return Denial{Reason::DuplicateClOrdId, {}, {}};
    }
    if (found.is_none()) return Denial{Reason::UnknownOrder, {}, {}};
    slot = found;
    const Order& order = context.orders()[found];
    if (order.side != body.side) return Denial{Reason::SideMismatch, {}, {}};
    if (context.directory()[order.instrument].symbol != body.symbol)
        return Denial{Reason::InstrumentMismatch, {}, {}};
    const Child& child = context.orders()[order.first_child];
    if (is_finished(order) && !reopens(context.orders(), order, body)) return Denial{Reason::TooLate, {}, {}};
    if (!is_current(context, found, body.orig_cl_ord_id)) return Denial{Reason::UnknownOrder, {}, {}};
    const bool is_inside = child.is_held && !has_woken(context.orders(), order);
    if (!is_inside && !context.directory().is_up(child.venue))
        return Denial{Reason::VenueNotConnected, {}, {}};
    return std::nullopt;
}

/// PossResend(97) of an id that is known asks what became of it: the order's status tells, as for a new order
/// (FIX matrix F.1.b). Nothing is done a second time.
template <class Body>
bool is_repeat(const Context& context, const Body& body) {
    if (!body.poss_resend) return false;
    const Slot<Order> known = context.orders().find_order(body.session, body.cl_ord_id);
    const Slot<Order> meant = context.orders().find_order(body.session, body.orig_cl_ord_id);
    // The id of another order is a mistake, and no repeat.
    if (!known.is_none() && known != meant) return false;
    if (!known.is_none()) {
        report(context, known, ExecType::OrderStatus);
        return true;
    }
    const RefusedOrder* const refused = context.world.refused.find(body.session, body.cl_ord_id);
    if (refused != nullptr) report(context, *refused, ExecType::OrderStatus);
    return refused != nullptr;
}

template <class Body>
CancelRefusal refusal(const Body& body, CancelRejectTo to, const Denial& denial) {
    return {body.session, body.cl_ord_id, body.orig_cl_ord_id, to, denial, {}};
}

/// What the door found goes with the reason it found it for.
CancelRefusal refusal(const AmendOrder& body, const Denial& denial) {
    CancelRefusal out = refusal(body, CancelRejectTo::ReplaceRequest, denial);
    if (body.refusal && body.refusal->reason == denial.reason) out.text = body.refusal->text;
    return out;
}

OrderConditions conditions_after(const Context& context, const Order& order, const AmendOrder& body) {
    if (order.special.is_none()) return {};
    const OrderStore& orders = context.orders();
    // What is asked for already counts as granted: the newest intent builds on it.
    OrderConditions before = orders[order.special].conditions;
    for (Slot<Request> at = order.first_request; !at.is_none(); at = orders[at].next)
        if (!orders[at].wish.is_none()) before = orders[orders[at].wish];
    return body.conditions ? merged(before, *body.conditions) : before;
}

/// Less may be left of a leg than what was to be shown of it, or traded at least. That is no contradiction of
/// the client's: only what he says anew is held against the quantity.
void clip_kept(const OrderStore& orders, const Order& order, const AmendOrder& body,
               OrderConditions& conditions) {
    if (order.special.is_none() || orders[order.special].leg.is_none()) return;
    const OrderConditions& before = orders[order.special].conditions;
    OrderConditions clipped = conditions;
    clip(clipped, body.quantity);
    if (conditions.minimum == before.minimum) conditions.minimum = clipped.minimum;
    if (conditions.display != before.display) return;
    conditions.display = clipped.display;
    conditions.display_low = clipped.display_low;
    conditions.display_high = clipped.display_high;
}

/// As for a new order: one that waits is judged by its own price, and again when it is sent.
risk::OrderTerms risk_terms(const OrderStore& orders, const Order& order, const StatedTerms& stated) {
    const bool has_limit = stated.limit && stated.limit->is_positive();
    const auto limit = has_limit ? stated.limit : std::nullopt;
    if (is_held(orders, order))
        return {stated.quantity, std::nullopt, limit ? limit : stated.conditions->stop};
    const bool is_pegged = !order.special.is_none() && orders[order.special].does(Emulation::Peg);
    return {stated.quantity, is_pegged ? std::optional{order.limit} : limit};
}

std::optional<Denial> check_new_terms(const Context& context, const Order& order, const AmendOrder& body) {
    if (const auto no = why_nothing_new(context)) return no;
    if (body.stale) return Denial{Reason::StaleRequest, {}, {}};
    if (body.refusal) return Denial{body.refusal->reason, {}, {}};
    // Also when it is the OMS that has asked for the cancel.
    if (context.orders()[order.first_child].state.cancels_in_flight > 0)
        return Denial{Reason::AlreadyPending, {}, {}};
    if (context.directory()[order.session].one_request_at_a_time &&
        !first_of_newest(context.orders(), order).is_none())
        return Denial{Reason::AlreadyPending, {}, {}};
    if (body.type != order.type) return Denial{Reason::UnsupportedOrderType, {}, {}};
    if (const auto no = check_conditions(context, order, body)) return no;
    OrderConditions conditions = conditions_after(context, order, body);
    conditions.cash.reset();  // it has become a quantity
    clip_kept(context.orders(), order, body, conditions);
    const bool has_conditions = !order.special.is_none();
    const StatedTerms stated{order.side,    order.type, order.time_in_force,
                             body.quantity, body.limit, has_conditions ? &conditions : nullptr};
    if (const auto no = check_stated(stated, context.now)) return no;
    if (const auto no = check_increments(stated, context.directory()[order.instrument])) return no;
    if (order.state.outcome_unknown) return Denial{Reason::OutcomeUnknown, {}, {}};
    const Venue& venue = context.directory()[context.orders()[order.first_child].venue];
    // What would remain has to be told, some venues also of a new price, and no number tells it exactly.
    const bool tells_rest = body.quantity != order.state.quantity || !venue.amend_quantity_is_total;
    if (tells_rest && !subtract(body.quantity, order.state.filled))
        return Denial{Reason::InvalidQuantity, Notional::of(body.quantity.value),
                      Notional::of(order.state.filled.value)};
    if (const auto no = check_group_amend(context, order, body.quantity)) return no;
    if (const auto no = check_offered(stated, venue)) return no;
    return check_before_sending(context, order, risk_terms(context.orders(), order, stated));
}

}  // namespace

void handle(const Context& context, const AmendOrder& body) {
    if (is_repeat(context, body)) return;
    Slot<Order> slot;
    if (const auto no = find_target(context, body, slot)) return refuse(context, slot, refusal(body, *no));
    if (const auto no = check_new_terms(context, context.orders()[slot], body))
        return refuse(context, slot, refusal(body, *no));

    const Slot<Request> request_slot = make_request(context, slot, Request::Kind::Amend, body.cl_ord_id);
    if (request_slot.is_none())
        return refuse(context, slot, refusal(body, Denial{Reason::TooManyRequests, {}, {}}));
    Request& request = context.orders()[request_slot];
    request.quantity = amended_in_group(context, context.orders()[slot], body.quantity);
    request.has_limit = body.limit && body.limit->is_positive();
    if (request.has_limit) request.limit = *body.limit;
    const Order& order = context.orders()[slot];
    if (!order.special.is_none() && body.conditions) {
        const bool is_kept = context.orders().set_wish(request_slot, conditions_after(context, order, body));
        PENSTOCK_ASSERT(is_kept, "an amend has a place but its conditions have none");
    }
    if (!concerns_venue(context, slot, request)) {
        accept_inside(context, slot, request_slot);
        return continue_slices(context, slot);
    }

    const Slot<Child> child = context.orders()[slot].first_child;
    // One that has to wait is reported as pending when it is sent (FIX matrices D.2.a and D.2.b).
    if (takes_amend_now(context, child)) send_amend(context, child, request_slot);
}

void handle(const Context& context, const CancelOrder& body) {
    if (is_repeat(context, body)) return;
    constexpr auto kTo = CancelRejectTo::CancelRequest;
    Slot<Order> slot;
    if (const auto no = find_target(context, body, slot))
        return refuse(context, slot, refusal(body, kTo, *no));
    const Slot<Request> request = make_request(context, slot, Request::Kind::Cancel, body.cl_ord_id);
    if (request.is_none())
        return refuse(context, slot, refusal(body, kTo, Denial{Reason::TooManyRequests, {}, {}}));
    const OrderStore& orders = context.orders();
    if (is_held(orders, orders[slot]) && !has_woken(orders, orders[slot])) {
        context.orders().remove_request(request);
        note_wanted_end(context, slot);
        end_held(context, slot, ExecType::Canceled, body.cl_ord_id);
        return;
    }
    apply(context, slot, CancelSent{});
    report_pending(context, slot, ExecType::PendingCancel, body.cl_ord_id);
    // A cancel never waits behind an amend: less risk goes first.
    send_cancel_of_order(context, slot, request);
}

}  // namespace penstock::oms
