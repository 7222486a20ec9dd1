#include "oms/engine/handlers/missing_fills.hpp"

#include <algorithm>

#include "oms/engine/handlers/fills.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/venue_answers.hpp"

namespace penstock::oms {
namespace {

/// That it had told of less is another matter than that it tells of more, and begins anew: one that was given
/// up does not hide the other. Once until the counts agree, because a venue whose reports count more and
/// whose statuses count less turns without end. True when the desk has not heard of it.
bool begin_dispute(Child& child, bool is_short, bool tells_less) {
    const bool is_known =
        child.has_turned || (is_short && child.is_short) || (tells_less && child.tells_less);
    const bool turns = (child.is_short && tells_less) || (child.tells_less && is_short);
    if (turns && !child.has_turned) child.disputes = 0;
    const bool agrees = !is_short && !tells_less;
    child.has_turned = !agrees && (child.has_turned || turns);
    child.is_short = is_short;
    child.tells_less = tells_less;
    return !is_known;
}

/// It tells of more filled than it has reported. Only executions are fills: the venue owes us the reports,
/// the number alone is not booked.
void miss_fills(const Context& context, Slot<Child> slot, const VenueReport& report) {
    if (begin_dispute(context.orders()[slot], true, false))
        alarm(context, AlarmKind::MissingFills, slot, report, "more filled than was reported");
}

bool is_inferred(const Context& context, Slot<Child> slot, const VenueReport& report,
                 const ToldFilled& told) {
    const bool may_infer =
        context.directory()[context.orders()[slot].venue].infers_fills && told.average_price;
    return may_infer && infer_fill(context, slot, report, *told.quantity, *told.average_price);
}

/// Asks when it had time to report what it counts. A question that waits already is not put off by another
/// report.
void ask_again(const Context& context, Slot<Child> slot, const VenueReport& report) {
    OrderStore& orders = context.orders();
    Child& child = orders[slot];
    const bool is_left_to_people = child.disputes > kMaxDisputes;
    if (child.is_asked || is_left_to_people) return;
    if (++child.disputes > kMaxDisputes)
        return alarm(context, AlarmKind::MissingFills, slot, report,
                     "its status still tells of another quantity filled; it is asked no more for that");
    orders.set_asked(slot, true);
    orders[slot].was_asked_twice = false;
    orders.await_answer(slot, context.now);
}

/// The venue tells of less filled than is booked: a bust was lost, what was inferred never was, or its status
/// is older than its reports. Nothing is taken back without a report, and the order is not confirmed.
void take_less_filled(const Context& context, Slot<Child> slot, const VenueStatus& body) {
    Child& child = context.orders()[slot];
    const bool is_less = body.filled < child.state.filled && !is_done(child.state.phase);
    if (begin_dispute(child, false, is_less) && is_less)
        alarm(context, AlarmKind::MissingFills, slot, body.report, "less filled than was reported");
}

/// Nobody will ask about it: it has ended, or its day is over and it does not wake again.
bool is_over(const Context& context, Slot<Child> slot) {
    const Child& child = context.orders()[slot];
    const bool is_day_over =
        child.state.phase == Phase::DoneForDay && !is_good_till(context.orders()[child.order]);
    return is_done(child.state.phase) || is_day_over;
}

bool can_be_asked(const Context& context, Slot<Child> slot) {
    const VenueId venue = context.orders()[slot].venue;
    return !is_over(context, slot) && context.directory()[venue].asks_on_logon &&
           context.directory().is_up(venue);
}

/// Is it more than there was of it, with an amend that is out?
bool is_beyond(const OrderStore& orders, Slot<Child> slot, Quantity told) {
    Quantity most = orders[slot].state.quantity;
    for (Slot<Request> at = orders[orders[slot].order].first_request; !at.is_none(); at = orders[at].next)
        if (orders[at].child == slot) most = std::max(most, orders[at].child_quantity);
    return told > most;
}

/// May one word of the venue be believed at once, because it will be asked no more? What was taken back it
/// may count still, and more than there was of it is for people to judge.
bool is_believed_at_once(const OrderStore& orders, Slot<Child> slot, Quantity told) {
    return !has_revised(orders, slot) && !is_beyond(orders, slot, told);
}

/// An order that ends has filled more than there was of it: the first amend that is out and large enough must
/// have been done, and the word of that is lost.
void take_lost_amend(const Context& context, Slot<Child> slot, VenueReport report, Quantity told) {
    const OrderStore& orders = context.orders();
    const Child& child = orders[slot];
    const bool has_ended = awaits_in_vain(child) || is_sliced(orders, orders[child.order]);
    if (has_ended || told <= child.state.quantity) return;
    // There is one: no more than that is believed at once.
    Slot<Request> at = orders[child.order].first_request;
    while (orders[at].child_quantity < told) at = orders[at].next;
    report.revision = orders[at].revision;
    amended(context, slot, VenueAmended{report, orders[at].child_quantity, {}});
}

}  // namespace

void take_status_filled(const Context& context, Slot<Child> slot, const VenueStatus& body) {
    const Child& child = context.orders()[slot];
    if (child.is_split) return;
    if (body.filled <= child.state.filled) return take_less_filled(context, slot, body);
    const bool is_day_over =
        body.status == OrdStatus::DoneForDay && !is_good_till(context.orders()[child.order]);
    const bool has_ended = body.status == OrdStatus::Canceled || body.status == OrdStatus::Expired ||
                           body.status == OrdStatus::Rejected || is_day_over;
    const ToldFilled told{body.filled, body.average_price};
    const bool is_at_once = has_ended && is_believed_at_once(context.orders(), slot, body.filled);
    if (is_at_once) take_lost_amend(context, slot, body.report, body.filled);
    if ((child.is_short || is_at_once) && is_inferred(context, slot, body.report, told)) return;
    miss_fills(context, slot, body.report);
}

bool compare_filled(const Context& context, Slot<Child> slot, const VenueReport& report,
                    const ToldFilled& told, Ends ends) {
    const OrderStore& orders = context.orders();
    Child& child = context.orders()[slot];
    if (child.is_split || !told.quantity) return false;
    if (*told.quantity <= child.state.filled) {
        // It agrees, or it is the report that was missed, so that what is missing still must be told anew.
        if (!child.is_short) return false;
        begin_dispute(child, false, false);
        child.disputes = 0;
        return false;
    }
    const bool has_ended = ends == Ends::Yes || is_over(context, slot);
    const bool may_be_asked = !has_ended && can_be_asked(context, slot);
    const bool may_be_older = has_revised(orders, slot);
    const bool is_at_once = has_ended && is_believed_at_once(orders, slot, *told.quantity);
    if (is_at_once && ends == Ends::Yes) take_lost_amend(context, slot, report, *told.quantity);
    if (is_at_once && is_inferred(context, slot, report, told)) return true;
    if (!(may_be_asked && may_be_older)) miss_fills(context, slot, report);
    if (may_be_asked && (may_be_older || context.directory()[child.venue].infers_fills))
        ask_again(context, slot, report);
    return false;
}

void ask_for_fills(const Context& context, Slot<Child> slot, const VenueReport& report) {
    Child& child = context.orders()[slot];
    const bool infers = child.is_short && context.directory()[child.venue].infers_fills;
    const bool is_disputed = (infers || child.tells_less) && can_be_asked(context, slot);
    if (is_disputed) return ask_again(context, slot, report);
    child.disputes = 0;
}

}  // namespace penstock::oms
