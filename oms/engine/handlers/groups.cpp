#include "oms/engine/handlers/groups.hpp"

#include <algorithm>

#include "oms/engine/handlers/group_overfill.hpp"
#include "oms/engine/handlers/group_view.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/links.hpp"
#include "oms/engine/handlers/lists.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

Quantity moved(Quantity quantity, Quantity from, Quantity to) {
    const Units units = to_units(quantity) + to_units(to) - to_units(from);
    return to_quantity(units, {}, Decimal::kMaxScale);
}

/// The client, or the venue, has given a leg another quantity. What others have filled so far is in it
/// already; what they fill from now on comes off it.
void move_base(const Context& context, Slot<Leg> slot) {
    Leg& leg = context.world.groups[slot];
    const Order& order = context.orders()[leg.order];
    const Allowance allowance = allowance_of(context, slot);
    if (allowance.follows.is_none()) {
        leg.base = moved(leg.base, leg.seen, order.state.quantity);
        return;
    }
    // From now on it stands against what the other has filled by now, or before that, is to fill.
    const Order& leader = leader_of(context, allowance.follows);
    const bool is_held = context.orders()[order.special].is_held_by(Hold::Group);
    const Units before = meant_of(context, leg, allowance);
    const bool has_begun = !is_held && leader.state.filled.is_positive();
    leg.base = has_begun ? moved(to_quantity(before, {}, Decimal::kMaxScale), leg.seen, order.state.quantity)
                         : order.state.quantity;
    leg.against = has_begun ? leader.state.filled : leader.state.quantity;
}

/// Takes note of what became of a leg since it was last looked at.
void observe(const Context& context, Slot<Leg> slot) {
    Leg& leg = context.world.groups[slot];
    const Order& order = context.orders()[leg.order];
    if (order.state.filled != leg.filled) leg.tries = 0;
    leg.filled = order.state.filled;
    if (order.state.quantity == leg.seen) return;
    move_base(context, slot);
    leg.seen = order.state.quantity;
    leg.tries = 0;
}

/// Decimals of the finest quantity in a list: what is worked out is no finer.
int scale_of(const Context& context, Slot<OrderList> list) {
    const GroupStore& groups = context.world.groups;
    int scale = 0;
    for (Slot<Leg> at = groups[list].first_leg; !at.is_none(); at = groups[at].next) {
        const OrderState& state = context.orders()[groups[at].order].state;
        scale = std::max({scale, groups[at].base.value.scale(), state.filled.value.scale()});
    }
    return scale;
}

void tell_of_refusals(const Context& context, const Leg& leg) {
    const Slot<Child> child = context.orders()[leg.order].first_child;
    VenueReport report;
    report.venue = context.orders()[child].venue;
    report.child = context.orders()[child].id;
    alarm(context, AlarmKind::GroupOverfill, child, report,
          "the venue does not do what the order's group needs; it may fill too much");
}

/// Can the venue be asked about it, and has it not refused too often? What waits inside needs no venue.
bool may_ask(const Context& context, const Leg& leg) {
    const Order& order = context.orders()[leg.order];
    if (is_held(context.orders(), order)) return true;
    return leg.tries < kMaxGroupTries && context.directory().is_up(context.orders()[order.first_child].venue);
}

void decide(const Context& context, const Leg& leg, GroupAction action, Quantity quantity) {
    const OrderList& list = context.world.groups[leg.list];
    GroupDecision& out = context.out.emit<GroupDecision>();
    if (!list.is_link) out.list_id = list.list_id;
    out.order_id = leg.id;
    out.action = action;
    out.cause = list.cause;
    out.quantity = quantity;
}

void end(const Context& context, Slot<Leg> slot) {
    Leg& leg = context.world.groups[slot];
    const Order& order = context.orders()[leg.order];
    const OrderList& list = context.world.groups[leg.list];
    // One of the client's own will do.
    const Child& child = context.orders()[order.first_child];
    if (is_finished(order) || child.state.cancels_in_flight > 0) return;
    if (!may_ask(context, leg)) return;
    if (list.is_closing)
        leg.ended_by_client = true;
    else
        leg.is_closing = true;
    decide(context, leg, GroupAction::Cancel, order.state.filled);
    cancel_by_house(
        context, leg.order, list.is_closing ? Request::Cause::MassRequest : Request::Cause::Group);
}

/// A cancel that may have died with the process, or with the venue's connection, is asked for once more
/// before the venue is sent anything else: asking twice is safe, waiting for the answer to a question is not.
void cancel_again(const Context& context, const Leg& leg, VenueId venue) {
    OrderStore& orders = context.orders();
    const Slot<Child> child = orders[leg.order].first_child;
    if (orders[child].venue != venue || !orders[child].state.outcome_unknown || !leg.is_closing ||
        orders[child].state.cancels_in_flight == 0 || !has_revision(context, leg.order, 0))
        return;
    const Slot<Request> request = orders.create_request(leg.order, Request::Kind::Cancel, {});
    if (request.is_none()) return;
    orders[request].cause = Request::Cause::Group;
    send_cancel(context, child, request);
}

/// OrderQty(38) as it will be once what the group asked for is confirmed.
Quantity expected(const OrderStore& orders, const Order& order) {
    Quantity quantity = order.state.quantity;
    for (Slot<Request> at = order.first_request; !at.is_none(); at = orders[at].next)
        if (orders[at].kind == Request::Kind::Amend && orders[at].cause == Request::Cause::Group)
            quantity = orders[at].quantity;
    return quantity;
}

void resize(const Context& context, Slot<Leg> slot, Quantity target) {
    Leg& leg = context.world.groups[slot];
    const Order& order = context.orders()[leg.order];
    if (expected(context.orders(), order) == target) return;
    if (!may_ask(context, leg)) return;
    decide(context, leg, GroupAction::Resize, target);
    resize_by_house(context, leg.order, target);
    leg.seen = order.state.quantity;  // what waits inside has it at once
}

void release(const Context& context, Slot<Leg> slot) {
    const Leg& leg = context.world.groups[slot];
    decide(context, leg, GroupAction::Release, context.orders()[leg.order].state.quantity);
    lift(context, leg.order, Hold::Group);
}

/// Makes a leg what its group needs it to be.
void act(const Context& context, Slot<Leg> slot, int scale) {
    const GroupStore& groups = context.world.groups;
    const Leg& leg = groups[slot];
    const Order& order = context.orders()[leg.order];
    const Special& special = context.orders()[order.special];
    const Allowance allowance = allowance_of(context, slot);
    const Quantity target = target_of(context, leg, allowance, scale);
    const bool is_over = order.state.filled >= target;
    if (is_finished(order)) {
        // One that is filled and follows another asks for more of the same.
        if (order.state.phase == Phase::Filled && !allowance.follows.is_none() && !allowance.is_closed &&
            !is_over)
            resize(context, slot, target);
        return;
    }
    if (groups[leg.list].is_closing || allowance.is_closed || allowance.is_yielding)
        return end(context, slot);
    const bool waits = special.is_held_by(Hold::Group);
    // More may come to it while the order it follows is open.
    const bool may_grow = !allowance.follows.is_none() && !is_finished(leader_of(context, allowance.follows));
    if (waits && (allowance.is_early || (target.is_zero() && may_grow))) return;
    if (is_over) return end(context, slot);
    resize(context, slot, target);
    const bool is_armed = special.is_held_by(Hold::Trigger);
    if (waits && (!allowance.is_blocked || is_armed)) release(context, slot);
}

bool is_all_done(const Context& context, const OrderList& list) {
    const GroupStore& groups = context.world.groups;
    const OrderStore& orders = context.orders();
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next) {
        const Order& order = orders[groups[at].order];
        const bool may_reopen =
            order.state.phase == Phase::Filled && orders[order.first_child].state.amends_in_flight > 0;
        if (!is_finished(order) || may_reopen) return false;
    }
    return true;
}

/// From here on its orders may be forgotten, and after them the list.
void finish(const Context& context, Slot<OrderList> slot) {
    GroupStore& groups = context.world.groups;
    groups.finish(slot);
    for (Slot<Leg> at = groups[slot].first_leg; !at.is_none(); at = groups[at].next)
        context.orders().finish(groups[at].order);
    if (groups[slot].is_link)
        close_link(context, slot);
    else
        tell_list(context, slot, {ListStatusType::AllDone, ListOrderStatus::AllDone, {}, {}});
}

void settle(const Context& context, Slot<OrderList> slot) {
    GroupStore& groups = context.world.groups;
    OrderList& list = groups[slot];
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next)
        if (!is_kept(context, groups[at])) return;  // done, and partly forgotten
    look_at(context, slot);
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next) observe(context, at);
    look_at(context, slot);
    measure_overfill(context, slot);
    if (list.is_done) return;
    const int scale = scale_of(context, slot);
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next) act(context, at, scale);
    if (is_all_done(context, list)) finish(context, slot);
}

}  // namespace

void mark_group(const Context& context, Slot<Order> slot, const OrderEvent& event) {
    const OrderStore& orders = context.orders();
    const Order& order = orders[slot];
    const Slot<Leg> leg = orders[order.special].leg;
    if (leg.is_none()) return;
    GroupStore& groups = context.world.groups;
    groups.mark(groups[leg].list, order.id);
    if (!std::holds_alternative<Cancelled>(event)) return;
    for (Slot<Request> at = order.first_request; !at.is_none(); at = orders[at].next) {
        const bool by_client = orders[at].cause != Request::Cause::Group;
        if (orders[at].kind == Request::Kind::Cancel && by_client) groups[leg].ended_by_client = true;
    }
}

void note_wanted_end(const Context& context, Slot<Order> order) {
    const Slot<Leg> leg = context.orders()[context.orders()[order].special].leg;
    if (!leg.is_none()) context.world.groups[leg].ended_by_client = true;
}

void group_request_refused(const Context& context, Slot<Order> slot) {
    GroupStore& groups = context.world.groups;
    const Order& order = context.orders()[slot];
    const Slot<Leg> leg = context.orders()[order.special].leg;
    if (leg.is_none() || groups[leg].tries == kMaxGroupTries) return;
    if (++groups[leg].tries == kMaxGroupTries && !is_finished(order)) tell_of_refusals(context, groups[leg]);
    groups.mark(groups[leg].list, order.id);
}

void group_request_done(const Context& context, Slot<Order> slot) {
    const Order& order = context.orders()[slot];
    if (order.special.is_none()) return;
    const Slot<Leg> leg = context.orders()[order.special].leg;
    if (leg.is_none()) return;
    context.world.groups[leg].seen = order.state.quantity;
    context.world.groups[leg].tries = 0;
}

bool is_kept_by_list(const Context& context, const Order& order) {
    if (order.special.is_none()) return false;
    const Slot<Leg> leg = context.orders()[order.special].leg;
    return !leg.is_none() && !context.world.groups[context.world.groups[leg].list].is_done;
}

bool waits_for_turn(const Context& context, Slot<Order> slot) {
    GroupStore& groups = context.world.groups;
    const Order& order = context.orders()[slot];
    const Slot<Leg> leg = context.orders()[order.special].leg;
    if (leg.is_none()) return false;
    for (Slot<Group> at = groups[leg].group; !at.is_none(); at = groups[at].parent) {
        if (!takes_turns(groups[at])) continue;
        groups.mark(groups[leg].list, order.id);
        return true;
    }
    return false;
}

std::optional<Denial> check_group_amend(const Context& context, const Order& order, Quantity quantity) {
    if (order.special.is_none()) return std::nullopt;
    const Special& special = context.orders()[order.special];
    if (special.leg.is_none() || special.is_held_by(Hold::Group)) return std::nullopt;
    const Leg& leg = context.world.groups[special.leg];
    look_at(context, leg.list);
    const Allowance allowance = allowance_of(context, special.leg);
    if (allowance.follows.is_none()) return std::nullopt;
    const Quantity most = target_of(context, leg, allowance, scale_of(context, leg.list));
    if (quantity <= most) return std::nullopt;
    return Denial{Reason::InvalidQuantity, Notional::of(quantity.value), Notional::of(most.value)};
}

Quantity amended_in_group(const Context& context, const Order& order, Quantity quantity) {
    if (order.special.is_none() || context.orders()[order.special].leg.is_none()) return quantity;
    return moved(quantity, order.state.quantity, expected(context.orders(), order));
}

void bind_leg(const Context& context, Slot<Leg> slot, Slot<Order> order_slot) {
    GroupStore& groups = context.world.groups;
    Leg& leg = groups[slot];
    const Order& order = context.orders()[order_slot];
    leg.order = order_slot;
    leg.id = order.id;
    leg.base = leg.seen = order.state.quantity;
    Slot<Leg> member = slot;
    for (Slot<Group> at = leg.group; !at.is_none(); at = groups[at].parent) {
        const Slot<Leg> first = groups[at].first_leg;
        if (groups[at].contingency == Contingency::OneTriggersOther && first != member) {
            leg.against = groups[first].base;
            return;
        }
        member = first;
    }
}

void retry_groups(const Context& context, VenueId venue) {
    GroupStore& groups = context.world.groups;
    groups.for_each_list([&](Slot<OrderList> slot) {
        if (groups[slot].is_done) return;
        for (Slot<Leg> at = groups[slot].first_leg; !at.is_none(); at = groups[at].next) {
            groups[at].tries = 0;
            cancel_again(context, groups[at], venue);
        }
        groups.mark(slot, {});
    });
}

void settle_groups(const Context& context) {
    GroupStore& groups = context.world.groups;
    if (!groups.has_dirty()) return;
    groups.keep_causes(true);
    while (groups.has_dirty()) settle(context, groups.take_dirty());
    groups.keep_causes(false);
}

}  // namespace penstock::oms
