#include "oms/engine/handlers/group_overfill.hpp"

#include <algorithm>
#include <string>

#include "oms/domain/print.hpp"
#include "oms/engine/handlers/group_view.hpp"
#include "oms/engine/handlers/lists.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

/// Adds up what the members of each group were meant to fill, and what followers filled beyond the one they
/// follow.
void add_meant(const Context& context, Slot<OrderList> list) {
    GroupStore& groups = context.world.groups;
    Slot<Group> last;
    for (Slot<Leg> at = groups[list].first_leg; !at.is_none(); at = groups[at].next) {
        const Leg& leg = groups[at];
        const Allowance allowance = allowance_of(context, at);
        Group& group = groups[leg.group];
        const Units meant = meant_of(context, leg, allowance);
        const Units filled = to_units(leg.filled);
        if (group.contingency != Contingency::OneTriggersOther || leg.is_first) {
            group.now.meant = std::max(group.now.meant, meant);
            continue;
        }
        group.now.over += std::max(filled - meant, Units{0});
        group.now.is_short = group.now.is_short || filled < meant;
    }
    for (Slot<Group> at = groups[list].first_group; !at.is_none(); at = groups[at].after) last = at;
    for (Slot<Group> at = last; !groups[at].parent.is_none(); at = groups[at].before) {
        const GroupNow& now = groups[at].now;
        Group& above = groups[groups[at].parent];
        if (above.contingency == Contingency::OneTriggersOther)
            above.now.is_short = above.now.is_short || now.filled < now.meant;
        else
            above.now.meant = std::max(above.now.meant, now.meant);
    }
}

Units over_of(const Group& group) {
    const GroupNow& now = group.now;
    switch (group.contingency) {
        case Contingency::None:
        case Contingency::Unsupported: return 0;
        case Contingency::OneTriggersOther: return now.over;
        // Whatever the others filled beside the one that filled most.
        case Contingency::OneCancelsOther: return now.filled - std::min(now.most, now.meant);
        case Contingency::OneUpdatesOther: return std::max(now.filled - now.meant, Units{0});
        case Contingency::OneUpdatesOtherProportional: break;
    }
    return std::max(proportion(now.meant, now.share, kWhole) - now.meant, Units{0});
}

std::string text_of(Units units) { return to_text(to_quantity(units, {}, Decimal::kMaxScale).value); }

void tell_overfill(const Context& context, const Group& group, Units over) {
    const OrderList& list = context.world.groups[group.list];
    GroupDecision& out = context.out.emit<GroupDecision>();
    if (!list.is_link) out.list_id = list.list_id;
    out.order_id = list.cause;
    out.action = GroupAction::Overfilled;
    out.cause = list.cause;
    out.quantity = to_quantity(group.now.filled, {}, Decimal::kMaxScale);
    out.over = to_quantity(over, {}, Decimal::kMaxScale);
    std::string text = text_of(over) + " filled beyond what was meant";
    if (group.overfill == OverfillPolicy::Accept) {
        const Units budget = to_units(group.overfill_budget);
        text += (over > budget ? ", beyond the budget of " : ", within the budget of ") + text_of(budget);
    }
    Alarm& alarm = context.out.emit<Alarm>();
    alarm.kind = AlarmKind::GroupOverfill;
    alarm.order_id = list.cause;
    alarm.text = Text::truncated(text);
    if (list.is_link) return;
    tell_list(
        context, group.list, {ListStatusType::Alert, ListOrderStatus::Alert, {}, Text::truncated(text)});
}

/// The first of a one-triggers-other group fills on, and what was to follow it has ended.
void tell_unfollowed(const Context& context, Slot<Group> slot) {
    Group& group = context.world.groups[slot];
    if (!group.now.lost_one || group.now.has_open || !group.now.is_short ||
        group.now.filled <= group.told_unfollowed)
        return;
    group.told_unfollowed = group.now.filled;
    Alarm& alarm = context.out.emit<Alarm>();
    alarm.kind = AlarmKind::GroupOverfill;
    alarm.order_id = leader_of(context, slot).id;
    alarm.text = Text::truncated("filled with nothing left to follow it");
}

}  // namespace

void measure_overfill(const Context& context, Slot<OrderList> list) {
    GroupStore& groups = context.world.groups;
    add_meant(context, list);
    for (Slot<Group> at = groups[list].first_group; !at.is_none(); at = groups[at].after) {
        Group& group = groups[at];
        const Units over = over_of(group);
        if (over > group.told_over) tell_overfill(context, group, over);
        group.told_over = over;
        if (group.contingency == Contingency::OneTriggersOther) tell_unfollowed(context, at);
    }
}

Quantity residual_of(const Context& context, Slot<OrderList> list) {
    GroupStore& groups = context.world.groups;
    Slot<Group> last;
    for (Slot<Group> at = groups[list].first_group; !at.is_none(); at = groups[at].after) {
        groups[at].exposure = {};
        last = at;
    }
    for (Slot<Leg> at = groups[list].first_leg; !at.is_none(); at = groups[at].next) {
        const Leg& leg = groups[at];
        if (!is_kept(context, leg)) return {};  // done long ago
        const Order& order = context.orders()[leg.order];
        const Units left = is_finished(order) ? 0 : to_units(leaves(order.state));
        Group& group = groups[leg.group];
        add_member(group.exposure, group.contingency, group.overfill,
                   {to_units(leg.base), to_units(order.state.filled) + left, 0}, leg.is_first);
    }
    for (Slot<Group> at = last; !groups[at].parent.is_none(); at = groups[at].before) {
        Group& above = groups[groups[at].parent];
        add_member(above.exposure, above.contingency, above.overfill, groups[at].exposure, false);
    }
    return to_quantity(groups[groups[list].first_group].exposure.residual(), {}, Decimal::kMaxScale);
}

}  // namespace penstock::oms
