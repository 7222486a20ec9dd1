#include "oms/engine/handlers/fills.hpp"

#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/missing_fills.hpp"
#include "oms/engine/handlers/positions.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/settled_orders.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

/// On child and order, or on neither: False, when the sums of either have no number.
bool book(const Context& context, Slot<Child> child, const OrderEvent& event) {
    const Slot<Order> order = context.orders()[child].order;
    const auto after = fold(context.orders()[order].state, event);
    if (!after || !apply(context, child, event)) return false;
    become(context, order, *after, event);
    return true;
}

/// Facts are never argued with: late, doubled up or over, a fill is booked; the desk is told.
void warn_of_oddities(const Context& context, Slot<Child> slot, const VenueReport& report, Phase before) {
    const Child& child = context.orders()[slot];
    const bool had_ended = is_done(before) && before != Phase::Filled;
    if (had_ended || child.was_revived)
        alarm(context, AlarmKind::LateFill, slot, report, "filled after the order had ended");
    if (had_ended) {
        // Its record is open again: of those that have ended it is now the last to be forgotten.
        context.orders().reopen(child.order);
        context.orders().finish(child.order);
    }
    // Slices may trade as much as each was for, and all of them together too much.
    const OrderState& order = context.orders()[child.order].state;
    if (child.state.filled > child.state.quantity || order.filled > order.quantity)
        alarm(context, AlarmKind::Overfill, slot, report, "more filled than ordered");
}

/// A venue that was asked for what shall remain adds what has filled: when that becomes less, so does the
/// total it makes of a request that reaches it later.
void expect_less(const Context& context, Slot<Child> child, Quantity was, Quantity is) {
    OrderStore& orders = context.orders();
    const auto less = subtract(was, is);
    if (!less || !less->is_positive() || context.directory()[orders[child].venue].amend_quantity_is_total)
        return;
    for (Slot<Request> at = orders[orders[child].order].first_request; !at.is_none(); at = orders[at].next) {
        Request& request = orders[at];
        if (request.child != child || request.is_cancel_to_venue) continue;  // what waits has no child yet
        if (const auto total = subtract(request.child_quantity, *less)) request.child_quantity = *total;
    }
}

/// An ExecID(17) is looked for among the executions of the order it is told of: venues give both sides of a
/// trade one id, or begin again each day. Without an order of ours it may be anybody's.
Slot<FillRecord> find_fill(const Context& context, const VenueReport& report, const VenueExecId& exec_id) {
    const Slot<Child> child =
        report.child.is_none() ? Slot<Child>{} : context.orders().find_child(report.child);
    return context.orders().find_fill(report.venue, exec_id, child);
}

/// The execution a bust or correction speaks of; none and an alarm when we never saw it.
Slot<FillRecord> revised_fill(const Context& context, const VenueReport& report,
                              const VenueExecId& exec_ref_id) {
    const Slot<FillRecord> fill = find_fill(context, report, exec_ref_id);
    if (!fill.is_none() && !context.orders()[fill].is_superseded) return fill;
    alarm(context, AlarmKind::UnknownFillAmended, {}, report, exec_ref_id.view());
    return {};
}

bool is_duplicate(const Context& context, const VenueReport& report) {
    if (find_fill(context, report, report.exec_id).is_none()) return false;
    alarm(context, AlarmKind::DuplicateFill, context.orders().find_child(report.child), report,
          "execution reported twice; counted once");
    return true;
}

/// A day order that filled on an earlier trading day of its venue's, and was not heard of since.
bool is_of_past_day(const Context& context, Slot<Child> slot) {
    const Child& child = context.orders()[slot];
    return child.state.phase == Phase::Filled && !is_good_till(context.orders()[child.order]) &&
           child.asked_at < context.directory()[child.venue].day_began;
}

/// The venue's word counts, so that it works again. Whether it does, with its day over, the venue is asked,
/// and the desk is told.
void doubt_that_it_works(const Context& context, Slot<Child> slot, const VenueReport& report) {
    const Child& child = context.orders()[slot];
    // An old slice that works again is cancelled.
    if (is_done(child.state.phase) || is_old_slice(context.orders(), slot)) return;
    alarm(context, AlarmKind::OutcomeUnknown, slot, report,
          "its fill of an earlier day was taken back: it counts as working, though its day is over");
    const bool may_ask =
        context.directory().is_up(child.venue) && context.directory()[child.venue].asks_on_logon;
    if (may_ask) ask_status(context, slot);
}

}  // namespace

bool revise(const Context& context, const FillRecord& fill, Quantity quantity, Price price) {
    const FillRevised event{fill.quantity, fill.price, quantity, price};
    const Slot<Order> order = context.orders()[fill.child].order;
    if (!book(context, fill.child, event)) return false;
    move_position(context, fill.child, fill.quantity, quantity);
    expect_less(context, fill.child, fill.quantity, quantity);
    // What the venue has cancelled does not work again, though the order counted as filled. Of an iceberg
    // what an old slice has set free goes with the next one.
    const bool is_cancelled = context.orders()[fill.child].state.phase == Phase::Cancelled &&
                              !is_old_slice(context.orders(), fill.child);
    if (is_cancelled && !is_done(context.orders()[order].state.phase)) apply(context, order, Cancelled{});
    return true;
}

Slot<FillRecord> book_execution(const Context& context, Slot<Child> child, const VenueFilled& body) {
    const Slot<Order> order = context.orders()[child].order;
    const Phase before = context.orders()[child].state.phase;
    const Fill event{body.quantity, body.price};
    if (!book(context, child, event)) {
        alarm(context, AlarmKind::IllegalTransition, child, body.report, "a fill too large to book");
        return {};
    }
    move_position(context, child, {}, body.quantity);
    heard_from(context, child);
    if (context.orders()[child].was_revived) context.orders()[order].state.filled_late = true;

    ExecutionReport& out = report(context, order, ExecType::Trade);
    out.last_quantity = body.quantity;
    out.last_price = body.price;
    const Slot<FillRecord> slot = context.orders().create_fill(child, body.report.exec_id);
    if (slot.is_none()) {
        alarm(context, AlarmKind::CapacityReached, child, body.report, "fill booked but not remembered");
    } else {
        FillRecord& fill = context.orders()[slot];
        fill.quantity = body.quantity;
        fill.price = body.price;
        fill.reported_as = out.exec_id;
    }
    warn_of_oddities(context, child, body.report, before);
    continue_slices(context, order);
    send_waiting(context, order);
    return slot;
}

void handle(const Context& context, const VenueFilled& body) {
    context.orders().expect_fill(body.report.venue, body.report.exec_id);
    if (is_duplicate(context, body.report)) return;
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    if (context.orders()[child].has_inferred) take_back_inferred(context, child, body);
    book_execution(context, child, body);
    revive_settled(context, child, body.report);
    compare_filled(context, child, body.report, {body.filled, body.average_price});
}

void handle(const Context& context, const FillBusted& body) {
    if (is_duplicate(context, body.report)) return;
    const Slot<FillRecord> slot = revised_fill(context, body.report, body.exec_ref_id);
    if (slot.is_none()) return;
    FillRecord& fill = context.orders()[slot];
    const bool was_of_past_day = is_of_past_day(context, fill.child);
    if (!revise(context, fill, Quantity{}, Price{}))
        return alarm(
            context, AlarmKind::IllegalTransition, fill.child, body.report, "a bust that cannot be booked");
    fill.is_superseded = true;
    // Remembered under its own id, so that the same bust told twice is counted once.
    const Slot<FillRecord> bust = context.orders().create_fill(fill.child, body.report.exec_id);
    if (!bust.is_none()) context.orders()[bust].is_superseded = true;
    ExecutionReport& out = report(context, context.orders()[fill.child].order, ExecType::TradeCancel);
    out.exec_ref_id = fill.reported_as;
    out.last_price = Price{};  // nothing was traded: FIX matrix J.1.a
    cancel_if_absent(context, context.orders()[fill.child].order);
    const Slot<Child> child = context.orders()[slot].child;
    continue_slices(context, context.orders()[child].order);
    if (was_of_past_day) doubt_that_it_works(context, child, body.report);
}

void handle(const Context& context, const FillCorrected& body) {
    if (is_duplicate(context, body.report)) return;
    const Slot<FillRecord> slot = revised_fill(context, body.report, body.exec_ref_id);
    if (slot.is_none()) return;
    FillRecord& fill = context.orders()[slot];
    const bool was_of_past_day = is_of_past_day(context, fill.child);
    if (!revise(context, fill, body.quantity, body.price))
        return alarm(context, AlarmKind::IllegalTransition, fill.child, body.report,
                     "a correction that cannot be booked");
    fill.is_superseded = true;
    ExecutionReport& out = report(context, context.orders()[fill.child].order, ExecType::TradeCorrect);
    out.exec_ref_id = fill.reported_as;
    out.last_quantity = body.quantity;
    out.last_price = body.price;
    const Slot<Child> child = fill.child;
    const Slot<FillRecord> newer = context.orders().create_fill(child, body.report.exec_id);
    if (newer.is_none()) {
        alarm(
            context, AlarmKind::CapacityReached, child, body.report, "correction booked but not remembered");
    } else {
        context.orders()[newer].quantity = body.quantity;
        context.orders()[newer].price = body.price;
        context.orders()[newer].reported_as = out.exec_id;
    }
    cancel_if_absent(context, context.orders()[child].order);
    continue_slices(context, context.orders()[child].order);
    heard_from(context, child);
    if (was_of_past_day) doubt_that_it_works(context, child, body.report);
}

}  // namespace penstock::oms
