#include "oms/engine/handlers/slices.hpp"

#include <algorithm>

#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/special_amends.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

Quantity open_of(const Order& order) {
    const auto open = subtract(order.state.quantity, order.state.filled);
    return open && open->is_positive() ? *open : Quantity{};
}

/// Amends that waited for the slice that is gone: there is nobody left to ask.
void accept_waiting(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    for (Slot<Request> at = orders[slot].first_request; !at.is_none();) {
        const Slot<Request> next = orders[at].next;
        if (!orders[at].is_sent && orders[at].kind == Request::Kind::Amend) accept_inside(context, slot, at);
        at = next;
    }
}

void send_next(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    const VenueId venue = orders[orders[slot].first_child].venue;
    const Slot<Child> child = orders.create_child(slot, venue);
    if (child.is_none()) {
        apply(context, slot, Cancelled{});
        report(context, slot, ExecType::Canceled).denial.reason = Reason::CapacityReached;
        return;
    }
    if (!context.directory().is_up(venue)) {
        orders[child].is_held = true;
        orders[child].state.quantity = open_of(orders[slot]);
        return hold(context, slot, Hold::Venue);
    }
    size_child(context, child);
    route(context, child, context.world.prices.reference(orders[slot].instrument));
    send_new(context, child);
}

}  // namespace

bool is_sliced(const OrderStore& orders, const Order& order) {
    return !order.special.is_none() && orders[order.special].does(Emulation::Display);
}

void size_child(const Context& context, Slot<Child> slot) {
    OrderStore& orders = context.orders();
    Child& child = orders[slot];
    const Order& order = orders[child.order];
    child.state.quantity = open_of(order);
    if (!is_sliced(orders, order)) return;
    Special& special = orders[order.special];
    child.state.quantity = next_slice(special.conditions, order.id, special.slices, open_of(order),
                                      context.directory()[order.instrument].quantity_increment);
    ++special.slices;
}

Quantity child_total(const OrderStore& orders, const Child& child, Quantity total) {
    const Order& order = orders[child.order];
    if (!is_sliced(orders, order)) return total;
    // Shown stays what is shown, as far as so much of the order is open.
    const auto open = subtract(total, order.state.filled);
    const auto shown = subtract(child.state.quantity, child.state.filled);
    if (!open || !shown) return child.state.quantity;
    const auto made = add(child.state.filled, std::min(*open, *shown));
    return made ? *made : child.state.quantity;
}

void continue_slices(const Context& context, Slot<Order> slot) {
    OrderStore& orders = context.orders();
    if (!is_sliced(orders, orders[slot]) || is_held(orders, orders[slot])) return;
    const Child& child = orders[orders[slot].first_child];
    // The answer to what is in flight decides: it may re-open the slice, or end the order.
    if (child.state.phase != Phase::Filled || child.state.amends_in_flight > 0 ||
        child.state.cancels_in_flight > 0)
        return;
    accept_waiting(context, slot);
    if (!is_finished(orders[slot])) send_next(context, slot);
}

}  // namespace penstock::oms
