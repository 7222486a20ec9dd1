#include <algorithm>

#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/missing_fills.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/settled_orders.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"
#include "oms/engine/handlers/venue_orders.hpp"
#include "oms/engine/handlers/venue_requests.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

// What a venue tells of an order without having been asked: its day, its end, a halt, new terms.

namespace penstock::oms {
namespace {

/// After a split the executions are no longer those that were reported: a bust or correction of one is for
/// people to judge.
void retire_fills(const Context& context, Slot<Child> child) {
    OrderStore& orders = context.orders();
    for (Slot<FillRecord> at = orders[child].first_fill; !at.is_none(); at = orders[at].next_of_child)
        orders[at].is_superseded = true;
}

/// A day order stays done for the day, whatever is said of its terms.
void wake(const Context& context, Slot<Child> child) {
    const OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    if (orders[slot].state.phase != Phase::DoneForDay || is_finished(orders[slot])) return;
    apply(context, child, Accepted{});
    apply(context, slot, Accepted{});
}

/// Of a slice the venue tells the quantity of the slice. That of the order stays: the rest goes with the
/// next.
void restate_slice(const Context& context, Slot<Child> child, const VenueAmended& body) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    if (!is_done(orders[child].state.phase)) wake(context, child);
    if (!apply(context, child, Restated{body.quantity}))
        return contradicted(context, child, body.report, "restated a slice that is done");
    if (body.restatement_reason == RestatementReason::GtCorporateAction) {
        orders[child].is_split = true;
        retire_fills(context, child);
        alarm(context, AlarmKind::MissingFills, child, body.report,
              "a slice was split: what its venue counts as filled is compared no more");
    }
    follow_order_id(context, child, body.report);
    if (body.limit && *body.limit != orders[slot].limit) {
        orders[slot].limit = *body.limit;
        report(context, slot, ExecType::Restated).restatement_reason = body.restatement_reason;
    }
    continue_slices(context, slot);
}

}  // namespace

void restate(const Context& context, Slot<Child> child, const VenueAmended& body) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders[child].order;
    if (is_sliced(orders, orders[slot])) return restate_slice(context, child, body);
    const bool had_finished = is_finished(orders[slot]);
    const bool is_split = body.restatement_reason == RestatementReason::GtCorporateAction && body.filled;
    const Restated event{body.quantity, is_split ? body.filled : std::nullopt};
    wake(context, child);
    if (!apply(context, child, event))
        return contradicted(context, child, body.report, "restated an order that is done");
    apply(context, slot, event);
    if (is_split) retire_fills(context, child);
    if (orders[slot].has_limit && body.limit) orders[slot].limit = *body.limit;
    follow_order_id(context, child, body.report);
    // An amend that was given up as never received and came through after all: the venue knows the order
    // by this id now, and every request has to name it.
    Child& changed = orders[child];
    if (body.report.revision < changed.next_revision)
        changed.accepted_revision =
            std::max(changed.accepted_revision, static_cast<std::uint16_t>(body.report.revision));
    if (!body.is_restatement) group_request_done(context, slot);
    report(context, slot, ExecType::Restated).restatement_reason = body.restatement_reason;
    if (had_finished) cancel_if_absent(context, slot);
    send_waiting(context, slot);
}

void handle(const Context& context, const VenueSuspended& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    revive_settled(context, child, body.report);
    const Slot<Order> order = context.orders()[child].order;
    if (context.orders()[order].state.suspended) return heard_from(context, child);  // said twice
    if (!apply(context, child, Suspended{}) || !apply(context, order, Suspended{}))
        return contradicted(context, child, body.report, "suspended an order that is done");
    heard_from(context, child);
    report(context, order, ExecType::Suspended);
    send_waiting(context, order);
}

void handle(const Context& context, const VenueTriggered& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    revive_settled(context, child, body.report);
    heard_from(context, child);
    const Slot<Order> order = context.orders()[child].order;
    const Slot<Special> special = context.orders()[order].special;
    if (special.is_none() || context.orders()[special].triggered)
        return;  // no trigger of ours, or said twice
    context.orders()[special].triggered = true;
    report(context, order, ExecType::Triggered);
}

void handle(const Context& context, const VenueStopped& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    revive_settled(context, child, body.report);
    const Slot<Order> order = context.orders()[child].order;
    if (!apply(context, child, Stopped{}) || !apply(context, order, Stopped{}))
        return contradicted(context, child, body.report, "guaranteed an order that is done");
    heard_from(context, child);
    ExecutionReport& out = report(context, order, ExecType::Stopped);
    out.last_quantity = body.quantity;
    out.last_price = body.price;
    send_waiting(context, order);
}

namespace {

/// `was_inferred`, here and below: what the report counts has just been booked.
void take_expired(const Context& context, Slot<Child> child, const VenueReport& report_of_it,
                  bool was_inferred) {
    if (end_settled(context, child)) return;
    const Slot<Order> order = context.orders()[child].order;
    if (is_woken(context.orders(), child)) return end_old_slice(context, child, report_of_it, Expired{});
    if (context.orders()[order].state.phase == Phase::Expired) return;  // said twice
    if (is_old_slice(context.orders(), child)) return end_old_slice(context, child, report_of_it, Expired{});
    if (is_outlived(context, child, Expired{}, {}, Request::Cause::Expiry)) return;
    if (!apply(context, child, Expired{}) || !apply(context, order, Expired{})) {
        end_filled(context, child);
        if (was_inferred) return refuse_waiting(context, order);
        return contradicted(context, child, report_of_it, "expired an order that is done");
    }
    heard_from(context, child);
    report(context, order, ExecType::Expired);
    refuse_waiting(context, order);
}

void take_day_ended(const Context& context, Slot<Child> child, const VenueReport& report_of_it,
                    bool was_inferred) {
    const Slot<Order> order = context.orders()[child].order;
    const bool wakes_again = is_good_till(context.orders()[order]);
    const bool is_said_twice = context.orders()[order].state.phase == Phase::DoneForDay;
    if (is_said_twice && !is_woken(context.orders(), child)) return heard_from(context, child);
    // A slice of a day order has ended with that.
    if (is_old_slice(context.orders(), child) || is_woken(context.orders(), child))
        return end_old_slice(
            context, child, report_of_it, wakes_again ? OrderEvent{DayEnded{}} : OrderEvent{Expired{}});
    if (!wakes_again && is_outlived(context, child, Expired{}, {}, Request::Cause::Expiry)) return;
    if (!apply(context, child, DayEnded{}) || !apply(context, order, DayEnded{})) {
        if (!wakes_again) end_filled(context, child);
        if (was_inferred) return refuse_waiting(context, order);
        return contradicted(context, child, report_of_it, "ended the day of an order that is done");
    }
    heard_from(context, child);
    report(context, order, ExecType::DoneForDay);
    if (is_finished(context.orders()[order])) refuse_waiting(context, order);
}

}  // namespace

void handle(const Context& context, const VenueExpired& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    take_end(context, child, body.report, {body.filled, body.average_price},
             [&](bool was_inferred) { take_expired(context, child, body.report, was_inferred); });
}

void handle(const Context& context, const VenueDoneForDay& body) {
    const Slot<Child> child = child_of(context, body.report);
    if (child.is_none()) return;
    const ToldFilled told{body.filled, body.average_price};
    if (is_good_till(context.orders()[context.orders()[child].order])) {
        revive_settled(context, child, body.report);
        compare_filled(context, child, body.report, told);
        return take_day_ended(context, child, body.report, false);
    }
    take_end(context, child, body.report, told, [&](bool was_inferred) {
        if (!end_settled(context, child)) take_day_ended(context, child, body.report, was_inferred);
    });
}

}  // namespace penstock::oms
