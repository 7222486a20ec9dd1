#include "oms/engine/handlers/special_amends.hpp"

#include <algorithm>

#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

template <class T>
void keep(std::optional<T>& asked, const std::optional<T>& before) {
    if (!asked) asked = before;
}

void park_or_release(const Context& context, Slot<Order> slot, const OrderConditions& conditions) {
    const OrderStore& orders = context.orders();
    if (!is_held(orders, orders[slot])) return;
    const bool is_parked = orders[orders[slot].special].is_held_by(Hold::Parked);
    if (conditions.held && !is_parked) hold(context, slot, Hold::Parked);
    if (!conditions.held && is_parked) lift(context, slot, Hold::Parked);
}

}  // namespace

OrderConditions merged(const OrderConditions& before, const OrderConditions& asked) {
    OrderConditions out = asked;
    if (asked.trail && !asked.stop) out.stop.reset();  // it starts anew
    if (!asked.trail) keep(out.stop, before.stop);
    keep(out.trail, before.trail);
    if (!asked.trail) out.trail_unit = before.trail_unit;
    if (asked.trigger_on == TriggerOn::Default) out.trigger_on = before.trigger_on;
    if (asked.trigger_direction == TriggerDirection::Implied)
        out.trigger_direction = before.trigger_direction;
    if (asked.peg == PegKind::None) out.peg = before.peg;
    keep(out.peg_offset, before.peg_offset);
    if (!asked.peg_offset) out.peg_unit = before.peg_unit;
    keep(out.display, before.display);
    if (!asked.display) {
        keep(out.display_low, before.display_low);
        keep(out.display_high, before.display_high);
    }
    keep(out.minimum, before.minimum);
    out.cash = before.cash;
    if (asked.expire_time.is_none()) out.expire_time = before.expire_time;
    if (asked.effective_time.is_none()) out.effective_time = before.effective_time;
    out.link_id = before.link_id;
    if (asked.on_disconnect == OnDisconnect::AsSession) out.on_disconnect = before.on_disconnect;
    out.post_only = before.post_only || asked.post_only;
    out.reduce_only = before.reduce_only || asked.reduce_only;
    out.held = (before.held || asked.held) && !asked.release;
    out.release = false;
    return out;
}

std::optional<Denial> check_conditions(const Context& context, const Order& order, const AmendOrder& body) {
    if (!body.conditions || *body.conditions == OrderConditions{}) return std::nullopt;
    if (order.special.is_none()) return Denial{Reason::ContradictoryConditions, {}, {}};
    const Special& special = context.orders()[order.special];
    const OrderConditions wanted = merged(special.conditions, *body.conditions);
    if (special.triggered &&
        (wanted.stop != special.conditions.stop || wanted.trail != special.conditions.trail))
        return Denial{Reason::TooLate, {}, {}};
    const bool may_be_parked = is_held(context.orders(), order);
    if (wanted.held && !special.conditions.held && !may_be_parked) return Denial{Reason::TooLate, {}, {}};
    return std::nullopt;
}

void take_conditions(const Context& context, Slot<Order> slot, const OrderConditions& conditions) {
    OrderStore& orders = context.orders();
    stop_waiting(context, slot);
    Special& special = orders[orders[slot].special];
    const bool moves_stop =
        conditions.stop != special.conditions.stop || conditions.trail != special.conditions.trail ||
        conditions.trail_unit != special.conditions.trail_unit;
    special.conditions = conditions;
    orders[slot].on_disconnect = conditions.on_disconnect;
    if (moves_stop) {
        special.has_stop = conditions.stop.has_value();
        special.stop = conditions.stop.value_or(Price{});
        special.has_watermark = false;
        special.watermark = {};
    }
    if (special.is_held_by(Hold::Time) && conditions.effective_time <= context.now)
        special.holds = static_cast<std::uint8_t>(special.holds & ~static_cast<unsigned>(Hold::Time));
    start_waiting(context, slot);
    park_or_release(context, slot, conditions);
}

bool concerns_venue(const Context& context, Slot<Order> slot, const Request& request) {
    const OrderStore& orders = context.orders();
    const Order& order = orders[slot];
    if (order.special.is_none()) return true;
    if (is_held(orders, order)) return false;
    // Behind others it has to wait its turn, so that the ids follow each other.
    if (orders[order.first_request].next != Slot<Request>{}) return true;
    const Special& special = orders[order.special];
    const Child& child = orders[order.first_child];
    const OrderConditions& wanted = request.wish.is_none() ? special.conditions : orders[request.wish];
    // A peg's limit is the OMS's; the client's is the worst it may be.
    const bool is_pegged = special.does(Emulation::Peg);
    const auto before = order.has_limit ? std::optional{order.limit} : std::nullopt;
    const auto after = is_pegged ? before : request.has_limit ? std::optional{request.limit} : std::nullopt;
    return child_total(orders, child, request.quantity) != child.state.quantity ||
           as_sent(order, &special, before, &special.conditions) != as_sent(order, &special, after, &wanted);
}

void accept_inside(const Context& context, Slot<Order> slot, Slot<Request> at) {
    OrderStore& orders = context.orders();
    const Request request = orders[at];
    const std::optional<OrderConditions> wish =
        request.wish.is_none() ? std::nullopt : std::optional{orders[request.wish]};
    Order& order = orders[slot];
    const Slot<ClOrdIdEntry> before = order.cl_ord_id;
    const bool is_clients = !request.cl_ord_id.is_none();
    if (is_clients) order.cl_ord_id = request.cl_ord_id;
    orders.remove_request(at);
    const Quantity quantity = std::max(request.quantity, order.state.filled);
    if (is_held(orders, order)) apply(context, order.first_child, Restated{quantity});
    apply(context, slot, Restated{quantity});
    const bool is_pegged = !order.special.is_none() && orders[order.special].does(Emulation::Peg);
    if (is_pegged)
        orders[order.special].cap = request.has_limit ? std::optional{request.limit} : std::nullopt;
    else if (request.has_limit)
        order.limit = request.limit;
    ExecutionReport& out = report(context, slot, is_clients ? ExecType::Replaced : ExecType::Restated);
    if (is_clients) out.orig_cl_ord_id = orders.text(before);
    if (!wish) return;
    // The report tells the new conditions, and what they bring about comes after it.
    out.conditions = *wish;
    if (!is_finished(orders[slot])) take_conditions(context, slot, *wish);
}

}  // namespace penstock::oms
