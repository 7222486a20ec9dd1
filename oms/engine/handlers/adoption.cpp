#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "oms/engine/handlers/order_terms.hpp"
#include "oms/engine/handlers/positions.hpp"
#include "oms/engine/handlers/reconciliation.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"
#include "oms/engine/handlers/venue_orders.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

// What people decide about orders at venues: whose an order that is nobody's is to be, and what became of one
// that nobody can ask about.

namespace penstock::oms {
namespace {

ClOrdId adopted_id(std::uint32_t number) {
    constexpr std::string_view kPrefix = "ADOPTED-";
    std::array<char, 32> text{};
    char* const digits = std::ranges::copy(kPrefix, text.data()).out;
    const auto end = std::to_chars(digits, text.data() + text.size(), number).ptr;
    return ClOrdId::truncated({text.data(), static_cast<std::size_t>(end - text.data())});
}

/// The ClOrdID its owner gets: of its number, or of the next that the owner has not used itself. The same
/// world gives the same ids. An owner has used finitely many, so that there is one.
ClOrdId free_id(const OrderStore& orders, SessionId owner, std::uint32_t number) {
    while (!orders.find_order(owner, adopted_id(number)).is_none()) ++number;
    return adopted_id(number);
}

struct Owner {
    SessionId session;
    AccountId account;
    InstrumentId instrument;
};

std::string_view why_not_owner(const Context& context, const AdoptVenueOrder& body, const VenueTerms& terms,
                               Owner& owner) {
    const Directory& directory = context.directory();
    owner.session = directory.session_id(body.owner);
    if (owner.session.is_none() || directory[owner.session].role != SessionRole::Client)
        return "not adopted: no such client";
    owner.account = directory.account_id(body.account);
    if (owner.account.is_none() || !directory[owner.session].may_trade_for(owner.account))
        return "not adopted: the client may not trade for that account";
    owner.instrument = directory.instrument_id(terms.symbol);
    return owner.instrument.is_none() ? "not adopted: its instrument is not known here" : "";
}

/// Only what can be said of it exactly is adopted.
std::string_view why_not_terms(const Context& context, VenueId venue, const VenueOrderId& id,
                               const VenueOrder* order) {
    if (order == nullptr)
        return find_by_order_id(context, venue, id).is_none()
                   ? "not adopted: the venue has told of no such order"
                   : "not adopted: it is one of our own";
    if (!order->child.is_none()) return "not adopted: it has an owner";
    if (order->has_ended) return "not adopted: it has ended";
    const VenueTerms& terms = order->terms;
    if (!is_served(terms.side) || terms.time_in_force == TimeInForce::Unsupported)
        return "not adopted: its terms are not served here";
    const bool is_plain = terms.type == OrderType::Market || (terms.type == OrderType::Limit && terms.limit);
    if (!is_plain || !terms.quantity.is_positive()) return "not adopted: its terms are not known exactly";
    const bool has_price = terms.filled.is_zero() || terms.average_price;
    return has_price ? "" : "not adopted: the price of what is filled was not told";
}

Slot<Child> make_order(const Context& context, const VenueOrder& from, const Owner& owner) {
    OrderStore& orders = context.orders();
    const Slot<Order> slot = orders.create_order(owner.session, free_id(orders, owner.session, from.number));
    if (slot.is_none()) return {};
    const VenueTerms& terms = from.terms;
    Order& order = orders[slot];
    order.account = owner.account;
    order.instrument = owner.instrument;
    order.side = terms.side;
    order.type = terms.type;
    order.time_in_force = terms.time_in_force;
    order.has_limit = terms.type == OrderType::Limit;
    if (order.has_limit) order.limit = *terms.limit;
    order.state.quantity = terms.quantity;
    const Slot<Child> slot_of_child = orders.create_child(slot, from.venue);
    Child& child = orders[slot_of_child];
    child.venue_order_id = from.id;
    context.world.venue_orders.is_ours(from.venue, from.id);
    child.is_adopted = true;
    child.told_for = terms.account.empty() ? owner.account : context.directory().account_id(terms.account);
    child.asked_at = context.now;
    child.state.quantity = terms.quantity;
    const auto both = [&](const OrderEvent& event) {
        apply(context, slot_of_child, event);
        apply(context, slot, event);
    };
    both(Accepted{});
    if (terms.filled.is_positive()) both(Fill{terms.filled, *terms.average_price});
    return slot_of_child;
}

Text words(std::string_view what, const Text& by, const Text& reason) {
    std::array<char, 256> text{};
    char* end = text.data();
    for (const std::string_view part : {what, by.view(), std::string_view{": "}, reason.view()})
        end = std::ranges::copy(part.substr(0, 96), end).out;
    return Text::truncated({text.data(), static_cast<std::size_t>(end - text.data())});
}

void not_adopted(const Context& context, VenueId venue, std::string_view why) {
    VenueReport report;
    report.venue = venue;
    alarm(context, AlarmKind::OrphanOrder, {}, report, why);
}

}  // namespace

void handle(const Context& context, const AdoptVenueOrder& body) {
    const VenueId venue = context.directory().venue_id(body.venue);
    VenueOrder* const from = context.world.venue_orders.find(venue, body.venue_order_id);
    Owner owner;
    std::string_view no = why_not_terms(context, venue, body.venue_order_id, from);
    if (no.empty()) no = why_not_owner(context, body, from->terms, owner);
    if (!no.empty()) return not_adopted(context, venue, no);
    const Slot<Child> child = make_order(context, *from, owner);
    if (child.is_none()) return not_adopted(context, venue, "not adopted: no place for one more order");
    const OrderStore& orders = context.orders();
    from->child = orders[child].id;
    from->order_id = orders[orders[child].order].id;
    from->filled_before = from->terms.filled;
    take_over_position(context, child, *from);
    VenueOrderKept& kept = context.out.emit<VenueOrderKept>();
    kept.number = from->number;
    kept.report.venue = venue;
    kept.report.child = from->child;
    kept.report.venue_order_id = from->id;
    kept.terms = from->terms;
    kept.order_id = from->order_id;
    kept.by = body.by;
    kept.reason = body.reason;
    report(context, orders[child].order, ExecType::New).text = words("adopted by ", body.by, body.reason);
    const bool may_ask = context.directory().is_up(venue) && context.directory()[venue].asks_on_logon;
    if (may_ask) ask_status(context, child);  // what is known of it may be old
}

namespace {

/// Its venue is there and may tell yet what became of it: it is asked, or can be.
bool may_be_told(const Context& context, const Child& child) {
    if (!context.directory().is_up(child.venue) || child.not_found == kMaxNotFound) return false;
    return context.directory()[child.venue].asks_on_logon || book_of(context, child.venue).awaits_list;
}

}  // namespace

void handle(const Context& context, const SettleUnknown& body) {
    OrderStore& orders = context.orders();
    bool is_any = false;
    bool may_be_asked = false;
    orders.for_each_open({}, [&](Slot<Order> slot) {
        if (orders[slot].id != body.order_id) return;
        for (Slot<Child> at = orders[slot].first_child; !at.is_none(); at = orders[at].next_of_order) {
            const Child& child = orders[at];
            if (!child.state.outcome_unknown || is_done(child.state.phase)) continue;
            if (may_be_told(context, child)) {
                may_be_asked = true;
                continue;
            }
            VenueReport report;
            report.venue = child.venue;
            report.child = child.id;
            handle(context, VenueCancelled{report, words("settled by ", body.by, body.reason)});
            refuse_sent(context, at, child.next_revision);
            orders[at].was_settled = true;
            is_any = true;
        }
    });
    if (may_be_asked)
        return alarm(
            context, AlarmKind::OutcomeUnknown, {}, {}, "not settled: its venue is there and is asked");
    if (!is_any)
        alarm(context, AlarmKind::OutcomeUnknown, {}, {}, "nothing to settle: its outcome is not unknown");
}

}  // namespace penstock::oms
