#include <algorithm>
#include <limits>

#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

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
    for (std::uint32_t i = 0; i < count && !at.is_none(); ++i) {
        const Slot<Child> next = orders[at].waits_after;
        if (orders[at].venue == venue) visit(at);
        at = next;
    }
}

/// No child is late before it has waited this long, whatever its venue.
Duration shortest_answer_timeout(const Directory& directory) {
    Duration shortest{std::numeric_limits<std::int64_t>::max()};
    for (const router::VenueView& venue : directory.venue_views())
        shortest = std::min(shortest, directory[venue.id].answer_timeout);
    return shortest;
}

}  // namespace

void handle(const Context& context, const VenueStatus& body) {
    const Slot<Child> slot = child_of(context, body.report);
    if (slot.is_none()) return;
    const Child& child = context.orders()[slot];
    if (!body.known) {
        if (child.state.phase == Phase::PendingNew)
            return refuse_child(context, slot, body.report, Denial{Reason::VenueNeverReceived, {}, {}}, {});
        return alarm(
            context, AlarmKind::IllegalTransition, slot, body.report, "forgot an order it had accepted");
    }
    if (body.filled > child.state.filled)
        // Only executions are fills: the venue owes us the reports, the number alone is not booked.
        alarm(context, AlarmKind::MissingFills, slot, body.report, "more filled than was reported");
    switch (body.status) {
        case OrdStatus::Canceled: return handle(context, VenueCancelled{body.report, {}});
        case OrdStatus::Expired: return handle(context, VenueExpired{body.report});
        case OrdStatus::Rejected: return handle(context, VenueRefused{body.report, 0, {}});
        case OrdStatus::DoneForDay: return handle(context, VenueDoneForDay{body.report});
        case OrdStatus::PendingNew: return heard_from(context, slot);
        case OrdStatus::New:
        case OrdStatus::PartiallyFilled:
        case OrdStatus::Filled:
        case OrdStatus::PendingCancel:
        case OrdStatus::PendingReplace: return handle(context, VenueAccepted{body.report});
    }
}

void handle(const Context& context, const OutcomeUnknown& body) {
    const Slot<Child> slot = context.orders().find_child(body.child);
    if (slot.is_none() || context.orders()[slot].venue != body.venue) return;
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
    context.world.directory.set_up(body.session, body.up);
    const VenueId venue = context.directory()[body.session].venue;
    if (venue.is_none()) return;
    for_each_waiting(context, venue, [&](Slot<Child> slot) {
        if (body.up)
            ask_status(context, slot);
        else
            mark_unknown(context, slot, "the venue disconnected before answering");
    });
}

void handle(const Context& context, const TimePassed&) {
    OrderStore& orders = context.orders();
    const Duration shortest = shortest_answer_timeout(context.directory());
    int asked = 0;
    Slot<Child> slot = orders.longest_waiting();
    // Children asked just now stand at the end with no age at all, so the walk ends before them.
    while (!slot.is_none() && asked < kMaxStatusQueriesPerTick) {
        const Duration age = context.now - orders[slot].asked_at;
        if (age <= shortest) return;
        const Slot<Child> next = orders[slot].waits_after;
        const VenueId venue = orders[slot].venue;
        if (age > context.directory()[venue].answer_timeout) {
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
