#include "oms/engine/handlers/missing_fills.hpp"

#include "oms/engine/handlers/fills.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::oms {
namespace {

/// That it had told of less is another matter than that it tells of more, and begins anew: one that was given
/// up does not hide the other.
void begin_dispute(Child& child, bool is_short, bool tells_less) {
    const bool turns = (child.is_short && tells_less) || (child.tells_less && is_short);
    if (turns) child.disputes = 0;
    child.is_short = is_short;
    child.tells_less = tells_less;
}

/// It tells of more filled than it has reported. Only executions are fills: the venue owes us the reports,
/// the number alone is not booked.
void miss_fills(const Context& context, Slot<Child> slot, const VenueReport& report) {
    Child& child = context.orders()[slot];
    const bool was_short = child.is_short;
    begin_dispute(child, true, false);
    if (!was_short) alarm(context, AlarmKind::MissingFills, slot, report, "more filled than was reported");
}

bool is_inferred(const Context& context, Slot<Child> slot, const VenueReport& report,
                 const ToldFilled& told) {
    const bool may_infer =
        context.directory()[context.orders()[slot].venue].infers_fills && told.average_price;
    return may_infer && infer_fill(context, slot, report, *told.quantity, *told.average_price);
}

bool tells_more(const Child& child, const ToldFilled& told) {
    return told.quantity && *told.quantity > child.state.filled;
}

/// When it had time to report what it counts.
void ask_again(const Context& context, Slot<Child> slot) {
    OrderStore& orders = context.orders();
    orders.set_asked(slot, true);
    orders[slot].was_asked_twice = false;
    orders.await_answer(slot, context.now);
}

/// The venue tells of less filled than is booked: a bust was lost, what was inferred never was, or its status
/// is older than its reports. Nothing is taken back without a report, and the order is not confirmed.
void take_less_filled(const Context& context, Slot<Child> slot, const VenueStatus& body) {
    Child& child = context.orders()[slot];
    const bool is_less = body.filled < child.state.filled && !is_done(child.state.phase);
    if (is_less && !child.tells_less)
        alarm(context, AlarmKind::MissingFills, slot, body.report, "less filled than was reported");
    begin_dispute(child, false, is_less);
}

}  // namespace

void take_status_filled(const Context& context, Slot<Child> slot, const VenueStatus& body) {
    const Child& child = context.orders()[slot];
    const ToldFilled told{body.filled, body.average_price};
    if (!tells_more(child, told)) return take_less_filled(context, slot, body);
    const bool is_day_over =
        body.status == OrdStatus::DoneForDay && !is_good_till(context.orders()[child.order]);
    const bool is_over = body.status == OrdStatus::Canceled || body.status == OrdStatus::Expired ||
                         body.status == OrdStatus::Rejected || is_day_over;
    if ((child.is_short || is_over) && is_inferred(context, slot, body.report, told)) return;
    miss_fills(context, slot, body.report);
}

void take_filled_at_end(const Context& context, Slot<Child> slot, const VenueReport& report,
                        const ToldFilled& told) {
    if (!tells_more(context.orders()[slot], told) || is_inferred(context, slot, report, told)) return;
    miss_fills(context, slot, report);
}

void take_filled_so_far(const Context& context, Slot<Child> slot, const VenueReport& report,
                        const ToldFilled& told) {
    const Child& child = context.orders()[slot];
    if (!tells_more(child, told)) return;
    const bool is_over = is_done(child.state.phase);
    const bool may_be_older = has_bust(context.orders(), slot);
    const bool may_be_asked = !is_over && context.directory()[child.venue].asks_on_logon;
    if (may_be_older && may_be_asked) return ask_again(context, slot);
    if (!may_be_older && is_over && is_inferred(context, slot, report, told)) return;
    miss_fills(context, slot, report);
    ask_for_fills(context, slot, report);
}

void ask_for_fills(const Context& context, Slot<Child> slot, const VenueReport& report) {
    OrderStore& orders = context.orders();
    Child& child = orders[slot];
    const Venue& venue = context.directory()[child.venue];
    const bool may_be_asked =
        (child.is_short && venue.infers_fills) || (child.tells_less && venue.asks_on_logon);
    const bool is_disputed = may_be_asked && !is_done(child.state.phase);
    if (!is_disputed) child.disputes = 0;
    const bool is_left_to_people = child.disputes > kMaxDisputes;
    if (!is_disputed || is_left_to_people || !context.directory().is_up(child.venue)) return;
    if (++child.disputes > kMaxDisputes)
        return alarm(context, AlarmKind::MissingFills, slot, report,
                     "its status still tells of another quantity filled; it is asked no more for that");
    ask_again(context, slot);
}

}  // namespace penstock::oms
