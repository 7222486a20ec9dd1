#include "oms/engine/handlers/group_view.hpp"

#include <algorithm>

#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

/// A leg, or a group, as its own group sees it.
struct Member {
    Units filled = 0;
    Units share = 0;
    Slot<Leg> name;  // the lowest leg in it
    Slot<Leg> live;  // none, or its name
    Slot<Leg> triggered;
    Slot<Leg> waiting;
    bool is_open = false;
    bool is_lost = false;
};

/// It ended, and neither because it was filled nor because the client wanted it.
bool is_lost(const Order& order, const Leg& leg) {
    if (order.state.phase == Phase::Rejected) return true;
    return order.state.phase == Phase::Cancelled && (leg.is_closing || !leg.ended_by_client);
}

Member member_of(const Context& context, Slot<Leg> slot) {
    const OrderStore& orders = context.orders();
    const Leg& leg = context.world.groups[slot];
    const Order& order = orders[leg.order];
    const Special& special = orders[order.special];
    Member member;
    member.filled = to_units(order.state.filled);
    member.share = proportion(kWhole, member.filled, to_units(leg.base));
    member.name = slot;
    member.is_open = !is_finished(order);
    member.is_lost = is_lost(order, leg);
    // Filled, it works again should a replace that is out make it larger.
    if (!may_work(orders, order) || special.is_held_by(Hold::Trigger)) return member;
    if (!special.is_held_by(Hold::Group))
        member.live = slot;
    else if (special.triggered)
        member.triggered = slot;
    else
        member.waiting = slot;
    return member;
}

Member member_of(const Group& group) {
    const GroupNow& now = group.now;
    Member member{now.filled, now.share, group.first_leg, {}, {}, {}, now.has_open, now.lost_one};
    if (group.contingency == Contingency::OneTriggersOther) {
        member.is_open = now.has_open || now.leader_is_open;
        member.is_lost = now.leader_is_lost;
    }
    if (!now.live.is_none()) member.live = member.name;
    if (!now.triggered.is_none()) member.triggered = member.name;
    if (!now.waiting.is_none()) member.waiting = member.name;
    return member;
}

void keep_first(Slot<Leg>& kept, Slot<Leg> offered) {
    if (kept.is_none() || (!offered.is_none() && offered < kept)) kept = offered;
}

void count(Group& group, const Member& member) {
    GroupNow& now = group.now;
    const bool is_first = member.name == group.first_leg;
    if (group.contingency == Contingency::OneTriggersOther) {
        if (is_first) {
            now.filled = member.filled;
            now.share = member.share;
            now.live = member.live;
            now.triggered = member.triggered;
            now.waiting = member.waiting;
            now.leader_is_open = member.is_open;
            now.leader_is_lost = member.is_lost;
            return;
        }
        now.has_open = now.has_open || member.is_open;
        now.lost_one = now.lost_one || member.is_lost;
        return;
    }
    now.filled += member.filled;
    now.share += member.share;
    now.most = std::max(now.most, member.filled);
    if (member.filled > 0) ++now.touched;
    now.has_open = now.has_open || member.is_open;
    now.lost_one = now.lost_one || member.is_lost;
    keep_first(now.live, member.live);
    keep_first(now.triggered, member.triggered);
    keep_first(now.waiting, member.waiting);
}

/// Whose turn it is in a group where one works at a time.
Slot<Leg> whose_turn(const GroupNow& now) {
    if (!now.live.is_none()) return now.live;
    return now.triggered.is_none() ? now.waiting : now.triggered;
}

/// What the members after the first may do: only the first's fills matter, and not what is above.
Allowance follow(const Context& context, Slot<Group> slot) {
    const Group& group = context.world.groups[slot];
    const Order& leader = leader_of(context, slot);
    Allowance allowance;
    allowance.follows = slot;
    const bool has_filled = leader.state.filled.is_positive();
    const bool has_ended = is_finished(leader);
    allowance.is_closed = has_ended && !has_filled;
    // Ended, it is what it filled that needs them, all of it or not.
    const bool has_come = group.release == ReleaseOn::FullFill ? has_ended : has_filled;
    allowance.is_early = !has_come || !has_filled;
    return allowance;
}

/// What a group lets one of its members do, given what it may do itself.
Allowance below(const Context& context, Slot<Group> slot, const Member& member) {
    const Group& group = context.world.groups[slot];
    const GroupNow& now = group.now;
    Allowance allowance = group.allowed;
    switch (group.contingency) {
        case Contingency::None:
        case Contingency::Unsupported: return allowance;
        case Contingency::OneTriggersOther:
            if (member.name != group.first_leg) return follow(context, slot);
            // What it would still fill could not be followed as was meant.
            if (now.lost_one) allowance.is_closed = true;
            return allowance;
        case Contingency::OneCancelsOther:
            if (now.touched > (member.filled > 0 ? 1U : 0U)) allowance.is_closed = true;
            break;
        case Contingency::OneUpdatesOther: allowance.taken += now.filled - member.filled; break;
        case Contingency::OneUpdatesOtherProportional:
            allowance.share_taken += now.share - member.share;
            break;
    }
    if (!takes_turns(group)) return allowance;
    if (whose_turn(now) != member.name) allowance.is_blocked = true;
    // One whose price has been seen goes first: the one that works makes way for it.
    if (now.live == member.name && !now.triggered.is_none() && now.triggered != member.name)
        allowance.is_yielding = true;
    return allowance;
}

}  // namespace

bool is_kept(const Context& context, const Leg& leg) { return context.orders()[leg.order].id == leg.id; }

const Order& leader_of(const Context& context, Slot<Group> group) {
    const GroupStore& groups = context.world.groups;
    return context.orders()[groups[groups[group].first_leg].order];
}

void look_at(const Context& context, Slot<OrderList> list) {
    GroupStore& groups = context.world.groups;
    Slot<Group> last;
    for (Slot<Group> at = groups[list].first_group; !at.is_none(); at = groups[at].after) {
        groups[at].now = {};
        last = at;
    }
    for (Slot<Leg> at = groups[list].first_leg; !at.is_none(); at = groups[at].next)
        count(groups[groups[at].group], member_of(context, at));
    for (Slot<Group> at = last; !groups[at].parent.is_none(); at = groups[at].before)
        count(groups[groups[at].parent], member_of(groups[at]));
    groups[groups[list].first_group].allowed = {};
    for (Slot<Group> at = groups[groups[list].first_group].after; !at.is_none(); at = groups[at].after)
        groups[at].allowed = below(context, groups[at].parent, member_of(groups[at]));
}

Allowance allowance_of(const Context& context, Slot<Leg> leg) {
    return below(context, context.world.groups[leg].group, member_of(context, leg));
}

Units meant_of(const Context& context, const Leg& leg, const Allowance& allowance) {
    if (allowance.follows.is_none()) return to_units(leg.base);
    const Order& leader = leader_of(context, allowance.follows);
    return proportion(to_units(leg.base), to_units(leader.state.filled), to_units(leg.against));
}

Quantity target_of(const Context& context, const Leg& leg, const Allowance& allowance, int scale) {
    const Units meant = meant_of(context, leg, allowance);
    const Units taken = allowance.taken + proportion(to_units(leg.base), allowance.share_taken, kWhole);
    const Instrument& instrument = context.directory()[context.orders()[leg.order].instrument];
    // As the client said it, when nothing came in between: a venue may have restated it to anything.
    if (allowance.follows.is_none() && taken == 0) return leg.base;
    return to_quantity(meant - taken, instrument.quantity_increment, scale);
}

int scale_of(const Context& context, Slot<OrderList> list) {
    const GroupStore& groups = context.world.groups;
    int scale = 0;
    for (Slot<Leg> at = groups[list].first_leg; !at.is_none(); at = groups[at].next) {
        const OrderState& state = context.orders()[groups[at].order].state;
        scale = std::max({scale, groups[at].base.value.scale(), state.filled.value.scale()});
    }
    return scale;
}

Quantity moved(Quantity quantity, Quantity from, Quantity to) {
    const Units units = to_units(quantity) + to_units(to) - to_units(from);
    return to_quantity(units, {}, Decimal::kMaxScale);
}

Quantity expected_quantity(const OrderStore& orders, const Order& order) {
    Quantity quantity = order.state.quantity;
    for (Slot<Request> at = order.first_request; !at.is_none(); at = orders[at].next)
        if (orders[at].kind == Request::Kind::Amend && orders[at].cause == Request::Cause::Group)
            quantity = orders[at].quantity;
    return quantity;
}

}  // namespace penstock::oms
