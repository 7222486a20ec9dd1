#include "oms/engine/handlers/venue_orders.hpp"

#include <utility>

#include "oms/engine/handlers/positions.hpp"
#include "oms/engine/handlers/reconciliation.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"

// Orders as a venue tells of them: the lines of its list, and reports on orders that did not come from here.
// What is nobody's is kept and shown; what was adopted is one of ours, under an id of somebody else's.

namespace penstock::oms {
namespace {

/// Ours, and sent to this venue. None when it is somebody else's, or forgotten.
Slot<Child> ours(const Context& context, const VenueReport& report) {
    if (report.child.is_none()) return {};
    const OrderStore& orders = context.orders();
    const Slot<Child> slot = orders.find_child(report.child);
    const bool is_sent = !slot.is_none() && orders[slot].venue == report.venue && !orders[slot].is_held;
    return is_sent ? slot : Slot<Child>{};
}

VenueStatus status_of(const VenueOrderTold& body) {
    const VenueTerms& terms = body.terms;
    return {body.report,        terms.status != OrdStatus::Rejected,
            terms.status,       terms.quantity,
            terms.filled,       terms.limit,
            terms.average_price};
}

bool has_ended(const VenueTerms& terms) {
    return terms.status == OrdStatus::Filled || terms.status == OrdStatus::Canceled ||
           terms.status == OrdStatus::Rejected || terms.status == OrdStatus::Expired;
}

/// A report need not repeat what it does not change.
VenueTerms merged(const VenueTerms& before, VenueTerms told) {
    if (told.cl_ord_id.empty()) told.cl_ord_id = before.cl_ord_id;
    if (told.account.empty()) told.account = before.account;
    if (told.symbol.empty()) told.symbol = before.symbol;
    if (!told.quantity.is_positive()) told.quantity = before.quantity;
    if (!told.limit) told.limit = before.limit;
    if (!told.average_price) told.average_price = before.average_price;
    return told;
}

void tell(const Context& context, const VenueOrder& order, const VenueReport& report) {
    VenueOrderKept& out = context.out.emit<VenueOrderKept>();
    out.number = order.number;
    out.report = report;
    out.terms = order.terms;
    out.order_id = order.order_id;
}

void keep(const Context& context, VenueOrder& order, const VenueOrderTold& body) {
    const VenueTerms before = order.terms;
    order.terms = merged(before, body.terms);
    order.has_ended = has_ended(order.terms);
    if (order.terms != before) tell(context, order, body.report);
}

/// An order of ours that its venue tells by its OrderID(37) only. What had filled before it was adopted may
/// be reported again, and is told by CumQty(14); later executions are told apart by their ExecID(17).
void take_ours(const Context& context, Slot<Child> slot, VenueOrderTold body, Quantity filled_before) {
    Child& child = context.orders()[slot];
    const VenueBook& book = book_of(context, body.report.venue);
    if (is_awaited(book, body.place)) child.told_in_book = book.mark();
    body.report.child = child.id;
    body.report.revision = 0;
    const bool is_trade = body.exec_type == ExecType::Trade && body.last_price;
    if (is_trade && body.terms.filled.is_positive() && body.terms.filled <= filled_before)
        return alarm(
            context, AlarmKind::DuplicateFill, slot, body.report, "execution reported twice; counted once");
    if (is_trade)
        return handle(context, VenueFilled{body.report, body.last_quantity, *body.last_price,
                                           body.terms.filled, body.terms.average_price});
    if (body.exec_type == ExecType::TradeCancel)
        return handle(context, FillBusted{body.report, body.exec_ref_id});
    if (body.exec_type == ExecType::TradeCorrect && body.last_price)
        return handle(
            context, FillCorrected{body.report, body.exec_ref_id, body.last_quantity, *body.last_price});
    handle(context, status_of(body));
}

/// Nothing of it works at its venue, as far as is known here; or it is forgotten. An amend that is out may
/// make larger what has filled.
bool works_no_more(const Context& context, Slot<Child> slot) {
    if (slot.is_none()) return true;
    const Child& child = context.orders()[slot];
    if (child.state.phase == Phase::Filled) return child.state.amends_in_flight == 0;
    if (child.state.phase == Phase::DoneForDay) return !is_good_till(context.orders()[child.order]);
    return is_done(child.state.phase);
}

/// Venues give an OrderID(37) again, on another day: then side or symbol will tell. Neither need be told.
bool is_of_other_terms(const Context& context, Slot<Child> child, const VenueTerms& terms) {
    const Order& order = context.orders()[context.orders()[child].order];
    if (terms.symbol.empty()) return false;
    return context.directory().instrument_id(terms.symbol) != order.instrument || terms.side != order.side;
}

/// Does it tell another quantity or limit, or of more traded at once than there was of it?
bool is_of_other_size(const Context& context, Slot<Child> slot, const VenueOrderTold& body) {
    const Child& child = context.orders()[slot];
    const Order& order = context.orders()[child.order];
    const bool has_quantity = body.terms.quantity.is_positive();
    if (has_quantity && body.terms.quantity != child.state.quantity) return true;
    if (body.terms.limit && !(order.has_limit && order.limit == *body.terms.limit)) return true;
    return body.last_quantity > child.state.quantity;
}

/// Since the trading day of its venue began, and within the length of a day, has it been heard of, or asked?
bool is_of_today(const Context& context, const Child& child) {
    const bool is_since_it_began = child.asked_at >= context.directory()[child.venue].day_began;
    return is_since_it_began && context.now - child.asked_at <= kLongestTradingDay;
}

bool is_of_execution(const VenueOrderTold& body) {
    if (body.exec_type == ExecType::TradeCancel) return true;
    const bool is_trade = body.exec_type == ExecType::Trade || body.exec_type == ExecType::TradeCorrect;
    return is_trade && body.last_price;
}

/// May the report, which names it by its OrderID(37) only, be about one that works no more? A late execution
/// and its own end may, on its day and with its terms. One that is said to work is another order with the
/// same OrderID, unless people have ended ours and its venue has not.
bool may_be_of_finished(const Context& context, Slot<Child> slot, const VenueOrderTold& body) {
    const Child& child = context.orders()[slot];
    const OrdStatus status = body.terms.status;
    const bool works = !has_ended(body.terms) && status != OrdStatus::DoneForDay;
    if (works && !child.was_settled && !is_of_execution(body)) return false;
    return is_of_today(context, child) && !is_of_other_size(context, slot, body);
}

/// The order of ours it tells of: by our record of it, or, told of for the first time, by the OrderID(37) of
/// one we sent.
Slot<Child> owned(const Context& context, const VenueOrder* order, const VenueOrderTold& body) {
    const bool is_recorded = order != nullptr;
    const Slot<Child> child =
        is_recorded ? context.orders().find_child(order->child)
                    : find_by_order_id(context, body.report.venue, body.report.venue_order_id);
    if (child.is_none()) return {};
    const bool is_finished_one = works_no_more(context, child);
    if (is_recorded && !is_finished_one) return child;
    if (is_of_other_terms(context, child, body.terms)) return {};
    return is_finished_one && !may_be_of_finished(context, child, body) ? Slot<Child>{} : child;
}

/// Was the record that of an order of ours, and is it told of another one that has its OrderID(37) now? What
/// is told of the end of one that is forgotten is still told of that.
bool is_given_again(const Context& context, const VenueOrder& order, const VenueTerms& told) {
    if (order.child.is_none()) return false;
    return !has_ended(told) || !context.orders().find_child(order.child).is_none();
}

void take_foreign(const Context& context, const VenueOrderTold& body) {
    VenueOrders& known = context.world.venue_orders;
    VenueOrder* order = known.find(body.report.venue, body.report.venue_order_id);
    const Slot<Child> child = owned(context, order, body);
    if (!child.is_none()) {
        const Quantity before = order == nullptr ? Quantity{} : order->filled_before;
        if (order != nullptr) keep(context, *order, body);
        return take_ours(context, child, body, before);
    }
    const bool is_new = order == nullptr || is_given_again(context, *order, body.terms);
    // Without an id it cannot be told from others; ended and never filled it is of no consequence.
    const bool is_kept =
        !is_new ||
        (!body.report.venue_order_id.empty() && (!has_ended(body.terms) || body.terms.filled.is_positive()));
    if (is_new && is_kept) order = known.add(body.report.venue, body.report.venue_order_id);
    if (!is_kept)
        return alarm(
            context, AlarmKind::UnmatchedReport, {}, body.report, "no such order was sent to this venue");
    if (order == nullptr)
        return alarm(context, AlarmKind::CapacityReached, {}, body.report,
                     "one more order that nobody here owns; it is not kept");
    const Quantity before = order->terms.filled;
    keep(context, *order, body);
    const bool is_seen = is_new && body.exec_type != ExecType::Trade;
    if (order->terms.filled != before)
        note_orphan_fill(context, *order, is_seen ? OrphanFill::Seen : OrphanFill::Reported);
    if (is_new) alarm(context, AlarmKind::OrphanOrder, {}, body.report, "an order that nobody here owns");
}

}  // namespace

Slot<Child> find_by_order_id(const Context& context, VenueId venue, const VenueOrderId& id) {
    const OrderStore& orders = context.orders();
    const auto rank = [&](Slot<Child> slot) {
        return std::pair{!is_done(orders[slot].state.phase), orders[slot].id.value};
    };
    Slot<Child> found;
    VenueOrders& known = context.world.venue_orders;
    if (id.empty() || known.is_stranger(venue, id)) return found;
    orders.for_each_child([&](Slot<Child> at) {
        if (orders[at].venue_order_id != id || orders[at].venue != venue) return;
        if (found.is_none() || rank(found) < rank(at)) found = at;
    });
    if (found.is_none()) known.note_stranger(venue, id);
    return found;
}

void follow_order_id(const Context& context, Slot<Child> slot, const VenueReport& report) {
    if (report.venue_order_id.empty()) return;
    Child& child = context.orders()[slot];
    // What is kept under an OrderID(37) that it had already is another's.
    if (child.venue_order_id == report.venue_order_id) return;
    child.venue_order_id = report.venue_order_id;
    context.world.venue_orders.is_ours(child.venue, child.venue_order_id);
    VenueOrder* const told = context.world.venue_orders.find(child.venue, child.venue_order_id);
    if (told == nullptr || !works_no_more(context, context.orders().find_child(told->child))) return;
    context.world.venue_orders.pass_on(*told, child.id, context.orders()[child.order].id);
    tell(context, *told, report);
}

void handle(const Context& context, const VenueOrderTold& body) {
    if (!context.directory().has(body.report.venue)) return;
    const VenueBook& book = book_of(context, body.report.venue);
    const Slot<Child> child = ours(context, body.report);
    if (child.is_none()) {
        take_foreign(context, body);
    } else {
        if (is_awaited(book, body.place)) context.orders()[child].told_in_book = book.mark();
        handle(context, status_of(body));
    }
    note_line(context, body.report.venue, body.place);
}

}  // namespace penstock::oms
