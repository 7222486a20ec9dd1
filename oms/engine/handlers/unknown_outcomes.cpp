#include <algorithm>
#include <limits>

#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/groups.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/pegs.hpp"
#include "oms/engine/handlers/reconciliation.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/single_questions.hpp"
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
        context.orders().set_asked(slot, false);
        if (body.up)
            ask_at_logon(context, slot);
        else if (owes_answer(context.orders(), context.orders()[slot]))
            mark_unknown(context, slot, "the venue disconnected before answering");
        else if (!is_woken(context.orders(), slot))
            context.orders().answered(slot);  // asked again at the next logon
    });
    begin_reconciliation(context, venue, body.up);
    if (!body.up) return;
    cancel_what_awaited(context, venue);
    context.directory().takes_orders(venue) ? lift_all_of(context, venue) : lift_what_shrinks(context, venue);
    context.world.pegs.mark_all();  // a book may have moved while the venue could not be asked
    continue_bulk(context);
    move_pegs(context);
    retry_groups(context, venue);
}

void ask_about_unanswered(const Context& context) {
    OrderStore& orders = context.orders();
    go_on_reconciling(context);
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
            if (book_of(context, venue).is_waited_for()) ++asked;
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
