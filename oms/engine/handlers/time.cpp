#include "oms/engine/handlers/bulk.hpp"
#include "oms/engine/handlers/disconnects.hpp"
#include "oms/engine/handlers/holds.hpp"
#include "oms/engine/handlers/house_requests.hpp"
#include "oms/engine/handlers/pegs.hpp"
#include "oms/engine/handlers/positions.hpp"
#include "oms/engine/handlers/reports.hpp"
#include "oms/engine/handlers/transitions.hpp"
#include "oms/engine/handlers/unanswered.hpp"

// What happens because time passed, and what a step before left undone.

namespace penstock::oms {
namespace {

/// EffectiveTime(168) or ExpireTime(126) has come.
void run_timer(const Context& context, Slot<Special> slot, Timestamp due) {
    OrderStore& orders = context.orders();
    const Slot<Order> order = orders[slot].order;
    if (orders[slot].is_held_by(Hold::Time)) return lift(context, order, Hold::Time);
    const bool is_first_try = orders[slot].conditions.expire_time == due;
    if (cancel_by_house(context, order, Request::Cause::Expiry) != Reason::None && is_first_try)
        tell_blocked(context, order, "it has expired, and cannot be cancelled now");
    // Until the venue has confirmed it is asked again: the cancel may be refused, or the venue not there.
    if (!is_finished(orders[order])) context.world.timers.set(orders, slot, context.now + kExpiryRetry);
}

void run_timers(const Context& context) {
    Timers& timers = context.world.timers;
    for (int run = 0; run < kMaxTimersPerStep; ++run) {
        const Slot<Special> slot = timers.next();
        if (slot.is_none() || context.orders()[slot].due > context.now) return;
        const Timestamp due = context.orders()[slot].due;
        timers.stop(context.orders(), slot);
        run_timer(context, slot, due);
    }
}

}  // namespace

void handle(const Context& context, const TimePassed&) {
    run_timers(context);
    cancel_where_due(context);
    ask_about_unanswered(context);
}

void handle(const Context& context, const ContinueWork&) {
    run_timers(context);
    send_triggered(context);
    move_pegs(context);
    continue_bulk(context);
    continue_positions(context);
}

void handle(const Context& context, const TradingDayBegan& body) {
    if (!context.directory().has(body.venue)) return;
    context.world.directory.set_day(body.venue, body.begins, body.ends);
    end_day_at(context, body.venue);
    continue_bulk(context);
}

}  // namespace penstock::oms
