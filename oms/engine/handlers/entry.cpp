#include "oms/engine/handlers/entry.hpp"

#include "oms/domain/steps.hpp"
#include "oms/engine/handlers/as_sent.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/order_terms.hpp"
#include "oms/engine/handlers/pegs.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/slices.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

const OrderConditions* conditions_of(const NewOrder& order) {
    return order.conditions ? &*order.conditions : nullptr;
}

StatedTerms stated(const NewOrder& order) {
    return {order.side, order.type, order.time_in_force, order.quantity, order.limit, conditions_of(order)};
}

/// Reasons to wait that the terms themselves give.
std::uint8_t own_holds(const NewOrder& order, const Venue& venue, Timestamp now) {
    const OrderConditions* const conditions = conditions_of(order);
    if (conditions == nullptr) return 0;
    std::uint8_t holds = 0;
    const auto add = [&](bool wanted, Hold why) {
        if (wanted) holds |= static_cast<std::uint8_t>(why);
    };
    const std::uint8_t emulates = emulated_for(venue, order.type, order.time_in_force, *conditions);
    add((emulates & static_cast<std::uint8_t>(Emulation::Trigger)) != 0, Hold::Trigger);
    add(conditions->effective_time > now, Hold::Time);
    add(conditions->held, Hold::Parked);
    return holds;
}

/// What the risk checks look at. An order that waits for its price is judged by it now, and by the market
/// when it is sent; a peg by where it is to begin.
risk::OrderTerms risk_terms(const NewOrder& order, const Entry& entry) {
    const bool waits = (entry.holds & static_cast<std::uint8_t>(Hold::Trigger)) != 0;
    const auto limit = order.limit && order.limit->is_positive() ? order.limit : std::nullopt;
    if (!waits) return {entry.quantity, entry.peg ? entry.peg : limit, {}};
    return {entry.quantity, std::nullopt, limit ? limit : order.conditions->stop};
}

std::optional<Denial> check_names(const Context& context, const NewOrder& order, Entry& entry) {
    const Directory& directory = context.directory();
    entry.instrument = directory.instrument_id(order.symbol);
    if (entry.instrument.is_none()) return Denial{Reason::UnknownInstrument, {}, {}};
    const Session& session = directory[order.session];
    entry.account = order.account.empty() ? session.default_account : directory.account_id(order.account);
    if (entry.account.is_none()) return Denial{Reason::UnknownAccount, {}, {}};
    if (!session.may_trade_for(entry.account)) return Denial{Reason::AccountNotPermitted, {}, {}};
    if (order.destination.empty()) return std::nullopt;
    entry.venue = directory.venue_id(order.destination);
    if (entry.venue.is_none()) return Denial{Reason::UnknownDestination, {}, {}};
    return std::nullopt;
}

/// The quantity that CashOrderQty(152) buys or sells at the side of the book it would trade with, or at the
/// reference. Rounded down, so that the money suffices at that price.
std::optional<Denial> check_cash(const Context& context, const NewOrder& order, Entry& entry) {
    entry.quantity = order.quantity;
    if (!order.conditions || !order.conditions->cash) return std::nullopt;
    if (!entry.reference) return Denial{Reason::NoReferencePrice, {}, {}};
    const TriggerOn side = order.side == Side::Buy ? TriggerOn::BestOffer : TriggerOn::BestBid;
    // Where there is a reference somebody has quoted.
    const auto shown = Watches::price_of(*context.world.prices.newest(entry.instrument), side);
    const Price price = shown.value_or(entry.reference->price);
    const auto& increment = context.directory()[entry.instrument].quantity_increment;
    const auto units =
        units_for(order.conditions->cash->value, price.value, increment ? increment->value : Decimal{});
    if (!units || !units->is_positive())
        return Denial{
            Reason::InvalidQuantity, Notional::of(order.conditions->cash->value), Notional::of(price.value)};
    entry.quantity = Quantity{*units};
    return std::nullopt;
}

/// What the order is besides its plain terms. None when no place is left, or nothing is special about it.
void make_special(const Context& context, const NewOrder& body, const Entry& entry, Slot<Order> slot) {
    if (!body.conditions && entry.holds == 0 && entry.leg.is_none()) return;
    OrderStore& orders = context.orders();
    Special& special = orders[orders.create_special(slot)];
    special.holds = entry.holds;
    special.leg = entry.leg;
    special.day_since = entry.follows ? Timestamp{} : context.now;
    if (!body.conditions) return;
    if (!entry.follows) special.day_since = std::max(special.day_since, body.conditions->effective_time);
    special.conditions = *body.conditions;
    special.emulates =
        emulated_for(context.directory()[entry.venue], body.type, body.time_in_force, *body.conditions);
    if (special.does(Emulation::Peg)) special.cap = body.limit;
    special.has_stop = body.conditions->stop.has_value();
    if (special.has_stop) special.stop = *body.conditions->stop;
}

/// The first price of a peg the OMS keeps. One that is parked finds it when it goes.
std::optional<Denial> check_peg(const Context& context, const NewOrder& order, VenueId venue, Entry& entry) {
    if (order.type != OrderType::Pegged || entry.holds != 0) return std::nullopt;
    if (context.directory()[venue].has(venue_does::kPeg)) return std::nullopt;
    entry.peg = peg_price_now(
        context, {venue, entry.instrument, entry.account, order.side}, *order.conditions, order.limit);
    return entry.peg ? std::nullopt : std::optional{Denial{Reason::NoReferencePrice, {}, {}}};
}

/// A trailing stop the OMS keeps must have a place below, or above, the prices of now.
std::optional<Denial> check_trail(const Context& context, const NewOrder& order, const Entry& entry) {
    const bool waits = (entry.holds & static_cast<std::uint8_t>(Hold::Trigger)) != 0;
    if (!waits || !order.conditions->trail || !entry.reference) return std::nullopt;
    const bool rise = implied_direction(order.type, order.side) == TriggerDirection::Up;
    const auto& increment = context.directory()[entry.instrument].price_increment;
    if (trailing_stop(*order.conditions, entry.reference->price, rise, increment)) return std::nullopt;
    return Denial{Reason::InvalidOffset, Notional::of(*order.conditions->trail),
                  Notional::of(entry.reference->price.value)};
}

void keep_inside(const Context& context, Slot<Order> slot, Slot<Child> child) {
    context.orders()[child].is_held = true;
    apply(context, slot, Accepted{});
    const Special& special = context.orders()[context.orders()[slot].special];
    if (special.is_held_by(Hold::Parked)) apply(context, slot, Suspended{});
    report(context, slot, ExecType::New);
    start_waiting(context, slot);
}

}  // namespace

std::optional<Denial> check_words(const Context& context, const NewOrder& order, Entry& entry) {
    if (order.stale) return Denial{Reason::StaleRequest, {}, {}};
    if (order.refusal) return Denial{order.refusal->reason, {}, {}};
    if (auto no = check_stated(stated(order), context.now)) return no;
    return check_names(context, order, entry);
}

std::optional<Denial> check_chances(const Context& context, const NewOrder& order, Entry& entry) {
    const Instrument& instrument = context.directory()[entry.instrument];
    entry.reference = context.world.prices.reference(entry.instrument);
    if (auto no = check_increments(stated(order), instrument)) return no;
    if (auto no = check_cash(context, order, entry)) return no;
    // Which venue decides whether it waits, and that whether the venue has to be there.
    const VenueId venue = entry.venue.is_none() ? instrument.default_venue : entry.venue;
    if (!venue.is_none()) {
        if (auto no = check_offered(stated(order), context.directory()[venue])) return no;
        entry.holds |= own_holds(order, context.directory()[venue], context.now);
        if (auto no = check_trail(context, order, entry)) return no;
        if (auto no = check_peg(context, order, venue, entry)) return no;
    }
    const Account& account = context.directory()[entry.account];
    if (auto no =
            risk::check_order(risk_terms(order, entry), account.known_limits(), entry.reference, context.now))
        return no;
    const auto routed =
        router::plan({entry.venue, instrument.default_venue, entry.quantity, entry.holds != 0},
                     context.directory().venue_views());
    if (const Denial* denied = std::get_if<Denial>(&routed)) return *denied;
    entry.venue = std::get<router::ChildPlan>(routed).venue;
    return std::nullopt;
}

Slot<Order> place(const Context& context, const NewOrder& body, const Entry& entry) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders.create_order(body.session, body.cl_ord_id);
    if (slot.is_none()) return {};
    Order& order = orders[slot];
    order.account = entry.account;
    order.instrument = entry.instrument;
    order.side = body.side;
    order.type = body.type;
    order.time_in_force = body.time_in_force;
    order.has_limit = body.limit && body.limit->is_positive();
    if (order.has_limit) order.limit = *body.limit;
    order.state.quantity = entry.quantity;
    if (body.conditions) order.on_disconnect = body.conditions->on_disconnect;
    const Slot<Child> child = orders.create_child(slot, entry.venue);
    PENSTOCK_ASSERT(!child.is_none(), "an order has a place but its child has none");
    orders[child].state.quantity = entry.quantity;
    make_special(context, body, entry, slot);
    if (entry.holds == 0) {
        // There is a price: check_chances has seen it in this very step.
        set_first_peg(context, slot);
        size_child(context, child);
    }

    if (entry.holds == 0) route(context, child, entry.reference);
    if (context.directory()[body.session].pending_reports == PendingReports::All)
        report(context, slot, ExecType::PendingNew);
    if (entry.holds != 0) {
        keep_inside(context, slot, child);
        return slot;
    }
    send_new(context, child);
    if (!orders[slot].special.is_none()) start_waiting(context, slot);
    return slot;
}

void answer_known_id(const Context& context, const NewOrder& order, Slot<Order> known) {
    if (order.poss_resend) {
        report(context, known, ExecType::OrderStatus);
        return;
    }
    ExecutionReport& out = report(context, known, ExecType::Rejected);
    out.cl_ord_id = order.cl_ord_id;
    out.denial.reason = Reason::DuplicateClOrdId;
}

void answer_known_id(const Context& context, const NewOrder& order, const RefusedOrder& refused) {
    if (order.poss_resend) {
        report(context, refused, ExecType::OrderStatus);
        return;
    }
    report(context, refused, ExecType::Rejected).denial = Denial{Reason::DuplicateClOrdId, {}, {}};
}

}  // namespace penstock::oms
