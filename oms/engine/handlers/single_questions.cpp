#include "oms/engine/handlers/single_questions.hpp"

#include "oms/engine/handlers/reconciliation.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_requests.hpp"

namespace penstock::oms {
namespace {

VenueReport about(const Context& context, Slot<Child> slot) {
    VenueReport report;
    report.venue = context.orders()[slot].venue;
    report.child = context.orders()[slot].id;
    return report;
}

}  // namespace

void ask_at_logon(const Context& context, Slot<Child> slot) {
    OrderStore& orders = context.orders();
    orders.set_asked(slot, context.directory()[orders[slot].venue].asks_on_logon);
    orders[slot].was_asked_twice = false;
    orders[slot].was_given_up = false;
    ask_status(context, slot);
}

void give_up_question(const Context& context, Slot<Child> slot) {
    OrderStore& orders = context.orders();
    Child& child = orders[slot];
    const bool is_first = !child.was_asked_twice;
    const bool is_told = child.was_given_up;
    const bool goes_on =
        context.directory().is_up(child.venue) && (is_first || book_of(context, child.venue).is_waited_for());
    child.was_asked_twice = true;
    child.was_given_up = !is_first;
    if (!is_told && !(is_first && goes_on))
        alarm(context, AlarmKind::OutcomeUnknown, slot, about(context, slot),
              "no answer to a status question after the logon");
    if (goes_on) return ask_status(context, slot);
    orders.answered(slot);
}

void not_found(const Context& context, Slot<Child> slot) {
    OrderStore& orders = context.orders();
    apply(context, slot, BecameUnknown{});
    apply(context, orders[slot].order, BecameUnknown{});
    const bool is_given_up = orders[slot].not_found == kMaxNotFound;  // and the desk has been told
    if (is_given_up) return orders.answered(slot);
    ++orders[slot].not_found;
    const bool is_last = orders[slot].not_found == kMaxNotFound;
    if (orders[slot].not_found == 1)
        alarm(context, AlarmKind::OrderNotFound, slot, about(context, slot),
              "the venue does not know an order it had accepted; its risk stays reserved");
    if (is_last)
        alarm(context, AlarmKind::OrderNotFound, slot, about(context, slot),
              "the venue still does not know it and is asked no more; people must find out");
    if (is_last) return orders.answered(slot);
    orders.await_answer(slot, context.now);
}

}  // namespace penstock::oms
