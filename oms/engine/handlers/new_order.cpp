#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

/// The named things of an order, looked up.
struct Named {
    InstrumentId instrument;
    AccountId account;
    VenueId destination;
};

std::optional<Denial> resolve(const Directory& directory, const NewOrder& order, Named& named) {
    named.instrument = directory.instrument_id(order.symbol);
    if (named.instrument.is_none()) return Denial{Reason::UnknownInstrument, {}, {}};
    const Session& session = directory[order.session];
    named.account = order.account.empty() ? session.default_account : directory.account_id(order.account);
    if (named.account.is_none()) return Denial{Reason::UnknownAccount, {}, {}};
    if (named.account.value >= session.permitted.size() || !session.permitted[named.account.value])
        return Denial{Reason::AccountNotPermitted, {}, {}};
    if (order.destination.empty()) return std::nullopt;
    named.destination = directory.venue_id(order.destination);
    if (named.destination.is_none()) return Denial{Reason::UnknownDestination, {}, {}};
    return std::nullopt;
}

bool is_served(Side side) {
    switch (side) {
        case Side::Buy:
        case Side::Sell:
        case Side::SellShort:
        case Side::SellShortExempt: return true;
    }
    return false;
}

std::optional<Denial> check_terms(const NewOrder& order) {
    if (order.stale) return Denial{Reason::StaleRequest, {}, {}};
    if (!is_served(order.side)) return Denial{Reason::UnsupportedSide, {}, {}};
    if (order.type == OrderType::Unsupported) return Denial{Reason::UnsupportedOrderType, {}, {}};
    if (order.time_in_force == TimeInForce::Unsupported)
        return Denial{Reason::UnsupportedTimeInForce, {}, {}};
    if (!order.quantity.is_positive())
        return Denial{Reason::InvalidQuantity, Notional::of(order.quantity.value), Notional{}};
    if (order.type == OrderType::Market) return std::nullopt;
    if (!order.limit) return Denial{Reason::MissingPrice, {}, {}};
    if (!order.limit->is_positive())
        return Denial{Reason::InvalidPrice, Notional::of(order.limit->value), Notional{}};
    return std::nullopt;
}

/// ClOrdID(11) already names an order of this session. PossResend asks what became of it; anything
/// else is refused with the status of the order that has the id (FIX matrices F.1.a and F.1.b).
void answer_known_id(const Context& context, const NewOrder& order, Slot<Order> known) {
    if (order.poss_resend) {
        report(context, known, ExecType::OrderStatus);
        return;
    }
    ExecutionReport& out = report(context, known, ExecType::Rejected);
    out.cl_ord_id = order.cl_ord_id;
    out.denial.reason = Reason::DuplicateClOrdId;
}

/// The same for an id that names a refused order: it stays refused, whatever has changed since.
void answer_known_id(const Context& context, const NewOrder& order, const RefusedOrder& refused) {
    if (order.poss_resend) {
        report(context, refused, ExecType::OrderStatus);
        return;
    }
    report(context, refused, ExecType::Rejected).denial = Denial{Reason::DuplicateClOrdId, {}, {}};
}

void place(const Context& context, const NewOrder& body, const Named& named, const router::ChildPlan& plan,
           const std::optional<marketdata::Reference>& reference) {
    const Slot<Order> slot = context.orders().create_order(body.session, body.cl_ord_id);
    if (slot.is_none()) return refuse(context, body, Denial{Reason::CapacityReached, {}, {}});
    Order& order = context.orders()[slot];
    order.account = named.account;
    order.instrument = named.instrument;
    order.side = body.side;
    order.type = body.type;
    order.time_in_force = body.time_in_force;
    order.has_limit = body.type == OrderType::Limit;
    if (order.has_limit) order.limit = *body.limit;
    order.state.quantity = body.quantity;
    if (body.conditions) order.on_disconnect = body.conditions->on_disconnect;

    const Slot<Child> child_slot = context.orders().create_child(slot, plan.venue);
    PENSTOCK_ASSERT(!child_slot.is_none(), "an order has a place but its child has none");
    Child& child = context.orders()[child_slot];
    child.state.quantity = plan.quantity;

    RoutingDecision& decision = context.out.emit<RoutingDecision>();
    decision.order_id = order.id;
    decision.child = child.id;
    decision.venue = plan.venue;
    decision.quantity = plan.quantity;
    if (reference) decision.reference = reference->price;
    if (context.directory()[body.session].pending_reports == PendingReports::All)
        report(context, slot, ExecType::PendingNew);
    send_new(context, child_slot);
}

}  // namespace

void handle(const Context& context, const NewOrder& body) {
    // Names and terms first, because the index of ClOrdIDs is far away; but a known id is answered first.
    context.orders().expect_order(body.session, body.cl_ord_id);
    Named named;
    std::optional<Denial> no = check_terms(body);
    if (!no) no = resolve(context.directory(), body, named);
    const Slot<Order> known = context.orders().find_order(body.session, body.cl_ord_id);
    if (!known.is_none()) return answer_known_id(context, body, known);
    if (const RefusedOrder* refused = context.world.refused.find(body.session, body.cl_ord_id))
        return answer_known_id(context, body, *refused);
    if (const auto full = no_room(context)) return refuse(context, body, *full);
    if (no) return refuse(context, body, *no);

    const Account& account = context.directory()[named.account];
    const auto reference = context.world.prices.reference(named.instrument);
    const risk::OrderTerms terms{body.quantity, body.type == OrderType::Limit ? body.limit : std::nullopt};
    no = risk::check_order(terms, account.limits ? &*account.limits : nullptr, reference, context.now);
    if (no) return refuse(context, body, *no);

    const auto routed =
        router::plan({named.destination, context.directory()[named.instrument].default_venue, body.quantity},
                     context.directory().venue_views());
    if (const Denial* denied = std::get_if<Denial>(&routed)) return refuse(context, body, *denied);
    place(context, body, named, std::get<router::ChildPlan>(routed), reference);
}

}  // namespace penstock::oms
