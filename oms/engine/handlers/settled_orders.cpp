#include "oms/engine/handlers/settled_orders.hpp"

#include <string>

#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

namespace penstock::oms {

void revive_settled(const Context& context, Slot<Child> slot, const VenueReport& told) {
    OrderStore& orders = context.orders();
    Child& child = orders[slot];
    const Slot<Order> order = child.order;
    // What people have settled is cancelled, and only this changes that.
    if (!child.was_settled || child.state.filled >= child.state.quantity) return;
    const VenueName venue = context.directory()[child.venue].name;
    std::string where = "settled as ended, but works at " + std::string(venue.view());
    if (!child.venue_order_id.empty()) where += ", OrderID " + std::string(child.venue_order_id.view());
    alarm(context, AlarmKind::SettledLives, slot, told, where);
    child.was_settled = false;
    child.was_revived = true;
    apply(context, slot, Revived{});
    if (is_sliced(orders, orders[order])) return retire(context, slot);
    apply(context, order, Revived{});
    report(context, order, ExecType::Restated).text =
        Text::truncated("it was settled as ended, and works at its venue");
    cancel_if_absent(context, order);
}

bool end_settled(const Context& context, Slot<Child> slot) {
    Child& child = context.orders()[slot];
    if (!child.was_settled) return false;
    child.was_settled = false;
    heard_from(context, slot);
    return true;
}

}  // namespace penstock::oms
