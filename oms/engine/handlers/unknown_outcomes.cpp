#include <algorithm>
#include <limits>

#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/pegs.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/unanswered.hpp"
#include "oms/engine/handlers/venue_answers.hpp"
#include "oms/engine/handlers/venue_requests.hpp"
#include "oms/engine/handlers/woken_slices.hpp"

// What was sent and not answered. Nothing here sends an order again and nothing is made terminal
// without the venue's word: a child stays reserved for the worst case until there is evidence.

namespace penstock::oms {
namespace {

void mark_unknown(const Context& context, Slot<Child> slot, std::string_view why) {
    Child& child = context.orders()[slot];
    if (child.state.outcome_unknown) return;
    apply(context, slot, BecameUnknown{});
    apply(context, child.order, BecameUnknown{});
    VenueReport report;
    report.venue = child.venue;
    report.child = child.id;
    alarm(context, AlarmKind::OutcomeUnknown, slot, report, why);
}

/// Calls visit(slot) for every child of a venue that waits for an answer, longest waiting first.
/// `visit` may move the child to the end of the list; each is visited once.
template <class Visit>
void for_each_waiting(const Context& context, VenueId venue, Visit&& visit) {
    const OrderStore& orders = context.orders();
    std::uint32_t count = 0;
    for (Slot<Child> at = orders.longest_waiting(); !at.is_none(); at = orders[at].waits_after) ++count;
    Slot<Child> at = orders.longest_waiting();
    for (; count > 0; --count) {
        const Slot<Child> next = orders[at].waits_after;
        if (orders[at].venue == venue) visit(at);
        at = next;
    }
}

void ask_at_logon(const Context& context, Slot<Child> slot) {
    Child& child = context.orders()[slot];
    child.is_asked = context.directory()[child.venue].asks_on_logon;
    child.was_asked_twice = false;
    ask_status(context, slot);
}

/// Asks about the next working orders of a venue that has logged on, a slice at a time.
void ask_working(const Context& context, VenueId venue) {
    const OrderStore& orders = context.orders();
    std::uint32_t& place = context.world.still_to_ask[venue.value];
    int asked = 0;
    for (std::uint32_t looked_at = 0; place <= orders.places(); ++place, ++looked_at) {
        if (asked >= kMaxReconciledPerTick || looked_at >= kMaxPlacesLookedAtPerTick) return;
        const Slot<Order> order = orders.order_in(place);
        if (order.is_none() || is_finished(orders[order])) continue;
        for (Slot<Child> at = orders[order].first_child; !at.is_none(); at = orders[at].next_of_order) {
            const Child& child = orders[at];
            if (child.venue != venue || child.awaits_answer || child.is_held || is_done(child.state.phase))
                continue;
            ask_at_logon(context, at);
            ++asked;
        }
    }
    place = 0;
}

/// A venue that came or went: whatever is owed is asked for, or unknown.
void ask_on_logon(const Context& context, VenueId venue, bool is_up) {
    const bool asks = is_up && context.directory()[venue].asks_on_logon;
    auto& still_to_ask = context.world.still_to_ask;
    if (still_to_ask.size() <= venue.value) still_to_ask.resize(venue.value + 1);
    still_to_ask[venue.value] = asks ? 1 : 0;
    if (asks) ask_working(context, venue);
}

/// A question about an order that works, asked at a logon, stays unanswered. A venue that first asks for what
/// it missed never sees it, because a gap fill stands for it; so it is asked once more. That is no unknown
/// outcome: nothing was asked for. Then the desk is told, once.
void give_up_question(const Context& context, Slot<Child> slot) {
    Child& child = context.orders()[slot];
    if (!child.was_asked_twice && context.directory().is_up(child.venue)) {
        child.was_asked_twice = true;
        return ask_status(context, slot);
    }
    VenueReport report;
    report.venue = child.venue;
    report.child = child.id;
    child.is_asked = false;
    context.orders().answered(slot);
    alarm(context, AlarmKind::OutcomeUnknown, slot, report, "no answer to a status question after the logon");
}

/// No child is late before it has waited this long, whatever its venue.
Duration shortest_answer_timeout(const Directory& directory) {
    Duration shortest{std::numeric_limits<std::int64_t>::max()};
    for (const router::VenueView& venue : directory.venue_views())
        shortest = std::min(shortest, directory[venue.id].answer_timeout);
    return shortest;
}

}  // namespace

void handle(const Context& context, const OutcomeUnknown& body) {
    const Slot<Child> slot = context.orders().find_child(body.child);
    if (slot.is_none() || context.orders()[slot].venue != body.venue || context.orders()[slot].is_held)
        return;
    // What became of a request about it is of no matter once it has ended.
    if (is_done(context.orders()[slot].state.phase)) return;
    mark_unknown(context, slot, "the gateway could not tell whether it was sent");
    if (context.directory().is_up(body.venue))
        ask_status(context, slot);
    else
        context.orders().await_answer(slot, context.now);
}

void handle(const Context& context, const SessionChanged& body) {
    if (!context.directory().has(body.session)) return;
    const bool was_up = context.directory()[body.session].is_up;
    context.world.directory.set_up(body.session, body.up);
    const VenueId venue = context.directory()[body.session].venue;
    if (venue.is_none()) return client_changed(context, body, was_up);
    for_each_waiting(context, venue, [&](Slot<Child> slot) {
        if (awaits_in_vain(context.orders()[slot])) return;  // it is given up in its time
        context.orders()[slot].is_asked = false;
        if (body.up)
            ask_at_logon(context, slot);
        else if (owes_answer(context.orders(), context.orders()[slot]))
            mark_unknown(context, slot, "the venue disconnected before answering");
        else if (!is_woken(context.orders(), slot))
            context.orders().answered(slot);  // asked again at the next logon
    });
    ask_on_logon(context, venue, body.up);
    if (!body.up) return;
    cancel_what_awaited(context, venue);
    lift_all_of(context, venue);
    context.world.pegs.mark_all();  // a book may have moved while the venue could not be asked
    continue_bulk(context);
    move_pegs(context);
    retry_groups(context, venue);
}

void ask_about_unanswered(const Context& context) {
    OrderStore& orders = context.orders();
    const auto& still_to_ask = context.world.still_to_ask;
    for (std::uint32_t id = 1; id < still_to_ask.size(); ++id)
        if (still_to_ask[id] != 0) ask_working(context, VenueId{id});
    const Duration shortest = shortest_answer_timeout(context.directory());
    int asked = 0;
    Slot<Child> slot = orders.longest_waiting();
    // Children asked just now stand at the end with no age at all, so the walk ends before them.
    while (!slot.is_none() && asked < kMaxStatusQueriesPerTick) {
        const Duration age = context.now - orders[slot].asked_at;
        if (age <= shortest) return;
        const Slot<Child> next = orders[slot].waits_after;
        const VenueId venue = orders[slot].venue;
        const bool owes = owes_answer(orders, orders[slot]);
        if (age > context.directory()[venue].answer_timeout && !owes && is_woken(orders, slot)) {
            retire(context, slot);
            ++asked;
        } else if (age > context.directory()[venue].answer_timeout && !owes) {
            give_up_question(context, slot);
        } else if (age > context.directory()[venue].answer_timeout && awaits_in_vain(orders[slot])) {
            refuse_sent(context, slot, orders[slot].next_revision);
            ++asked;
        } else if (age > context.directory()[venue].answer_timeout) {
            mark_unknown(context, slot, "no answer in time");
            if (context.directory().is_up(venue))
                ask_status(context, slot);
            else
                orders.await_answer(slot, context.now);
            ++asked;
        }
        slot = next;
    }
}

}  // namespace penstock::oms
