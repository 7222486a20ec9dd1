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
    const Order& leader = leader_of(context, allowance.follows);
    if (context.orders()[order.special].is_held_by(Hold::Group)) {
        leg.base = order.state.quantity;
        leg.against = leader.state.quantity;
        return;
    }
    // A bust has taken all the other had filled: the proportion is what the client can mean.
    if (!leader.state.filled.is_positive()) {
        const Units base = proportion(to_units(leg.base), to_units(order.state.quantity), to_units(leg.seen));
        leg.base = to_quantity(base, {}, Decimal::kMaxScale);
        return;
    }
    // From now on it stands against what the other has filled by now.
    const Quantity before = to_quantity(meant_of(context, leg, allowance), {}, Decimal::kMaxScale);
    leg.base = moved(before, leg.seen, order.state.quantity);
    leg.against = leader.state.filled;
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

/// What the group wants of it cannot be asked for. The desk is told once, until it can. For want of a place
/// it is asked when one is free; all else is looked at when anything changes in the group.
void note_blocked(const Context& context, Slot<Leg> slot, Reason why) {
    GroupStore& groups = context.world.groups;
    Leg& leg = groups[slot];
    if (why == Reason::TooManyRequests && !context.orders().has_request_place())
        groups.wait_for_place(leg.list);
    if (leg.told_blocked) return;
    leg.told_blocked = true;
    tell_blocked(context, leg.order, "its group wants something of it, and risk or a bound says no");
}

void end(const Context& context, Slot<Leg> slot) {
    Leg& leg = context.world.groups[slot];
    const Order& order = context.orders()[leg.order];
    const OrderList& list = context.world.groups[leg.list];
    // One of the client's own will do.
    const Child& child = context.orders()[order.first_child];
    if (child.state.cancels_in_flight > 0 || !may_ask(context, leg)) return;
    if (list.is_closing)
        leg.ended_by_client = true;
    else
        leg.is_closing = true;
    decide(context, leg, GroupAction::Cancel, order.state.filled);
    const Reason no = cancel_by_house(
        context, leg.order, list.is_closing ? Request::Cause::MassRequest : Request::Cause::Group);
    if (no != Reason::None) return note_blocked(context, slot, no);
    leg.told_blocked = false;
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

void resize(const Context& context, Slot<Leg> slot, Quantity target) {
    Leg& leg = context.world.groups[slot];
    const Order& order = context.orders()[leg.order];
    if (expected_quantity(context.orders(), order) == target) {
        leg.told_blocked = false;
        return;
    }
    if (!may_ask(context, leg)) return;
    decide(context, leg, GroupAction::Resize, target);
    const Reason no = resize_by_house(context, leg.order, target);
    if (no != Reason::None) return note_blocked(context, slot, no);
    leg.told_blocked = false;
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
        if (order.state.phase == Phase::Filled && !allowance.follows.is_none() && !is_over)
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

/// Of a list that is done an order works again when its fill is taken back, or the client raises it.
bool works(const Context& context, const Leg& leg) { return !is_finished(context.orders()[leg.order]); }

/// A list that was told as done is told when one of its orders works again, and when none does any more.
void tell_if_works_again(const Context& context, Slot<OrderList> slot) {
    GroupStore& groups = context.world.groups;
    OrderList& list = groups[slot];
    if (!list.is_done || list.is_link) return;
    bool works_again = false;
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next)
        works_again = works_again || (is_kept(context, groups[at]) && works(context, groups[at]));
    if (works_again == list.works_again) return;
    list.works_again = works_again;
    const auto type = works_again ? ListStatusType::Alert : ListStatusType::AllDone;
    tell_list(context, slot, {type, status_of(context, slot), {}, {}});
}

bool has_work(const Context& context, Slot<OrderList> slot) {
    const GroupStore& groups = context.world.groups;
    const OrderList& list = groups[slot];
    if (!list.is_done) return true;
    if (list.is_closing) return false;  // what works after its cancel, the client has asked for since
    bool has_one = false;
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next) {
        if (!is_kept(context, groups[at])) return false;
        has_one = has_one || works(context, groups[at]);
    }
    return has_one;
}

void settle(const Context& context, Slot<OrderList> slot) {
    GroupStore& groups = context.world.groups;
    OrderList& list = groups[slot];
    tell_if_works_again(context, slot);
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next)
        if (!is_kept(context, groups[at])) return;  // done, and partly forgotten
    look_at(context, slot);
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next) observe(context, at);
    look_at(context, slot);
    measure_overfill(context, slot);
    if (!has_work(context, slot)) return;
    const int scale = scale_of(context, slot);
    for (Slot<Leg> at = list.first_leg; !at.is_none(); at = groups[at].next)
        if (!list.is_done || works(context, groups[at])) act(context, at, scale);
    if (!list.is_done && is_all_done(context, list)) finish(context, slot);
}

}  // namespace

void retry_groups(const Context& context, VenueId venue) {
    GroupStore& groups = context.world.groups;
    groups.for_each_list([&](Slot<OrderList> slot) {
        if (!has_work(context, slot)) return;
        for (Slot<Leg> at = groups[slot].first_leg; !at.is_none(); at = groups[at].next) {
            groups[at].tries = 0;
            cancel_again(context, groups[at], venue);
        }
        groups.mark(slot, {});
    });
}

void settle_groups(const Context& context) {
    GroupStore& groups = context.world.groups;
    const auto may_retry = [&] { return groups.has_waiting() && context.orders().has_request_place(); };
    if (!groups.has_dirty() && !may_retry()) return;
    groups.keep_causes(true);
    // Who does not find a place waits again, and then there is none: so this ends.
    while (groups.has_dirty() || may_retry())
        settle(context, may_retry() ? groups.take_waiting() : groups.take_dirty());
    groups.keep_causes(false);
}

}  // namespace penstock::oms
