#include "oms/engine/handlers/holds.hpp"

#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {

bool is_held(const OrderStore& orders, const Order& order) {
    return !order.special.is_none() && orders[order.special].holds != 0;
}

void hold(const Context& context, Slot<Order> order, Hold why) {
    context.orders()[context.orders()[order].special].holds |= static_cast<std::uint8_t>(why);
}

void lift(const Context& context, Slot<Order> slot, Hold why) {
    Order& order = context.orders()[slot];
    Special& special = context.orders()[order.special];
    if (!special.is_held_by(why)) return;
    special.holds = static_cast<std::uint8_t>(special.holds & ~static_cast<std::uint8_t>(why));
    if (special.holds != 0) return;
    context.orders()[order.first_child].is_held = false;
    send_new(context, order.first_child);
}

ExecutionReport& end_held(const Context& context, Slot<Order> slot, ExecType type, const ClOrdId&) {
    const Slot<Child> child = context.orders()[slot].first_child;
    context.orders()[context.orders()[slot].special].holds = 0;
    apply(context, child, Cancelled{});
    apply(context, slot, Cancelled{});
    return report(context, slot, type);
}

}  // namespace penstock::oms
