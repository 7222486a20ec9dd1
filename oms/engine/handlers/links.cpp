#include "oms/engine/handlers/links.hpp"

namespace penstock::oms {
namespace {

bool has_filled(const Context& context, Slot<OrderList> list) {
    const GroupStore& groups = context.world.groups;
    for (Slot<Leg> at = groups[list].first_leg; !at.is_none(); at = groups[at].next)
        if (groups[at].filled.is_positive()) return true;
    return false;
}

}  // namespace

std::optional<Denial> join_link(const Context& context, const NewOrder& order, Entry& entry) {
    if (!order.conditions || order.conditions->link_id.empty()) return std::nullopt;
    GroupStore& groups = context.world.groups;
    const ClOrdId& link = order.conditions->link_id;
    Slot<OrderList> list = groups.find(order.session, link, true);
    if (!list.is_none() && has_filled(context, list)) return Denial{Reason::GroupClosed, {}, {}};
    if (!make_room(context, 1, 1)) return Denial{Reason::CapacityReached, {}, {}};
    if (list.is_none()) {
        ListGroup group;
        group.contingency = Contingency::OneCancelsOther;
        list = groups.create_list(order.session, link, true);
        groups.create_group(list, {}, group);
    } else if (groups[list].legs >= kMaxListLegs) {
        return Denial{Reason::TooManyLegs, Notional::of(Decimal::whole(groups[list].legs + 1)),
                      Notional::of(Decimal::whole(kMaxListLegs))};
    }
    entry.leg = groups.create_leg(groups[list].first_group);
    return std::nullopt;
}

void close_link(const Context& context, Slot<OrderList> list) {
    if (!has_filled(context, list)) context.world.groups.forget_name(list);
}

bool make_room(const Context& context, std::uint32_t legs, std::uint32_t groups) {
    OrderStore& orders = context.orders();
    if (!orders.make_room(legs)) return false;
    return context.world.groups.make_room(legs, groups, [&](const Leg& leg) {
        if (orders[leg.order].id == leg.id) orders[orders[leg.order].special].leg = {};
    });
}

}  // namespace penstock::oms
