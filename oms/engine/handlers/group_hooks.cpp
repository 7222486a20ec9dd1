#include "oms/engine/handlers/group_view.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"

// Where the rest of the core touches groups: what happens to their orders is noted here, and judged at the
// end of the step.

namespace penstock::oms {
namespace {

void tell_of_refusals(const Context& context, const Leg& leg) {
    const Slot<Child> child = context.orders()[leg.order].first_child;
    VenueReport report;
    report.venue = context.orders()[child].venue;
    report.child = context.orders()[child].id;
    alarm(context, AlarmKind::GroupOverfill, child, report,
          "the venue does not do what the order's group needs; it may fill too much");
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
        const bool by_client =
            orders[at].cause != Request::Cause::Group && orders[at].cause != Request::Cause::Woken;
        if (orders[at].kind == Request::Kind::Cancel && by_client) groups[leg].ended_by_client = true;
    }
}

void note_wanted_end(const Context& context, Slot<Order> order) {
    const Slot<Leg> leg = context.orders()[context.orders()[order].special].leg;
    if (!leg.is_none()) context.world.groups[leg].ended_by_client = true;
}

void group_request_refused(const Context& context, Slot<Order> slot, Request::Cause cause) {
    GroupStore& groups = context.world.groups;
    const Order& order = context.orders()[slot];
    if (order.special.is_none()) return;
    const Slot<Leg> leg = context.orders()[order.special].leg;
    if (leg.is_none() || groups[leg].tries == kMaxGroupTries) return;
    // What cancels a list goes by the name of a mass request.
    const bool is_of_list = cause == Request::Cause::MassRequest && groups[groups[leg].list].is_closing;
    if (cause != Request::Cause::Group && !is_of_list) return;
    if (++groups[leg].tries == kMaxGroupTries && !is_finished(order)) {
        if (is_of_list)
            tell_blocked(context, slot, "its list is cancelled, and its venue refuses to cancel it");
        else
            tell_of_refusals(context, groups[leg]);
    }
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
    // It has filled, and where one works at a time that is another one by now.
    if (is_finished(order) && allowance.is_blocked) return Denial{Reason::TooLate, {}, {}};
    if (allowance.follows.is_none()) return std::nullopt;
    const Quantity most = target_of(context, leg, allowance, scale_of(context, leg.list));
    if (quantity <= most) return std::nullopt;
    return Denial{Reason::InvalidQuantity, Notional::of(quantity.value), Notional::of(most.value)};
}

Quantity amended_in_group(const Context& context, const Order& order, Quantity quantity) {
    if (order.special.is_none() || context.orders()[order.special].leg.is_none()) return quantity;
    // A reduction on its way must not be undone by a new price. What the group raises is in what the client
    // wants.
    const Quantity expected = expected_quantity(context.orders(), order);
    return expected < order.state.quantity ? moved(quantity, order.state.quantity, expected) : quantity;
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

}  // namespace penstock::oms
