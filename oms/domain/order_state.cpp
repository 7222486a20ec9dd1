#include "oms/domain/order_state.hpp"

#include <algorithm>

#include "oms/domain/steps.hpp"

namespace penstock::oms {
namespace {

// One row per Phase, one column per OrderEvent; spec/order_state/transitions.csv is the same table.
// clang-format off
constexpr bool kLegal[kPhases][std::variant_size_v<OrderEvent>] = {
    //                Acc Ref Fil FRv AmS Amd AmR Rst Rsz CxS Cxd CxR Exp Day Unk Kno Sus Sto Rev
    /* PendingNew */ { 1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0 },
    // Accepted again: an ack that came after a fill, or a status answer. It changes nothing.
    /* Working    */ { 1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0 },
    // Accepted wakes a good-till order on the next day.
    /* DoneForDay */ { 1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0 },
    // A fill here is an overfill. An amend upward re-opens.
    /* Filled     */ { 1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  0,  1,  0,  0,  1,  1,  0,  0,  0 },
    // A fill here lost a race; it is booked. Accepted and Amended came late and change nothing.
    // One that only people had ended may be found alive.
    /* Cancelled  */ { 1,  0,  1,  1,  0,  1,  1,  0,  0,  0,  1,  1,  0,  0,  0,  1,  0,  0,  1 },
    /* Expired    */ { 1,  0,  1,  1,  0,  1,  1,  0,  0,  0,  0,  1,  1,  0,  0,  1,  0,  0,  0 },
    // A fill after a refusal contradicts the venue's own word: booked, alarmed, never dropped.
    /* Rejected   */ { 0,  1,  1,  1,  0,  0,  1,  0,  0,  0,  0,  1,  0,  0,  0,  1,  0,  0,  0 },
};
// clang-format on

/// Ended before it was filled: a fill that comes now lost a race.
bool has_ended(Phase phase) {
    return phase == Phase::Cancelled || phase == Phase::Expired || phase == Phase::Rejected;
}

/// Filled or open again, from the numbers. Ended phases stay ended: their end was a fact.
Phase settled(const OrderState& state) {
    if (has_ended(state.phase)) return state.phase;
    if (state.filled >= state.quantity) return Phase::Filled;
    if (state.phase == Phase::Filled) return state.day_ended ? Phase::DoneForDay : Phase::Working;
    return state.phase == Phase::PendingNew && state.filled.is_positive() ? Phase::Working : state.phase;
}

/// The venue has it.
Phase acknowledged(Phase phase) { return phase == Phase::PendingNew ? Phase::Working : phase; }

/// The venue works on it, today.
void wake(OrderState& state) {
    state.day_ended = false;
    state.phase = state.phase == Phase::DoneForDay ? Phase::Working : acknowledged(state.phase);
}

/// The venue works on what others had ended.
void revive(OrderState& state) {
    state.day_ended = false;
    state.phase = Phase::Working;
    state.phase = settled(state);
}

void decrement(std::uint8_t& count) {
    if (count > 0) --count;
}

Fault book(OrderState& state, Quantity quantity, Price price) {
    const auto filled = add(state.filled, quantity);
    if (!filled) return filled.error();
    const auto notional = add(state.notional, price * quantity);
    if (!notional) return notional.error();
    state.filled = *filled;
    state.notional = *notional;
    return Fault::None;
}

Fault unbook(OrderState& state, Quantity quantity, Price price) {
    const auto filled = subtract(state.filled, quantity);
    if (!filled) return filled.error();
    const auto notional = subtract(state.notional, price * quantity);
    if (!notional) return notional.error();
    state.filled = *filled;
    state.notional = *notional;
    return Fault::None;
}

void resize(OrderState& state, Quantity quantity) {
    state.quantity = quantity;
    state.phase = settled(state);
}

/// Who restates an order works on it: a halt is over.
void restate(OrderState& state, const Restated& event) {
    state.suspended = false;
    state.filled = event.filled.value_or(state.filled);
    resize(state, event.quantity);
}

/// Ends the life of an order; requests still in flight get their own answers later.
void end(OrderState& state, Phase phase) {
    state.phase = phase;
    state.outcome_unknown = false;
}

void end_day(OrderState& state) {
    state.day_ended = true;
    state.phase = Phase::DoneForDay;
}

}  // namespace

bool is_legal(Phase phase, const OrderEvent& event) { return kLegal[static_cast<int>(phase)][event.index()]; }

Result<OrderState> fold(const OrderState& before, const OrderEvent& event) {
    if (!is_legal(before.phase, event)) return Fault::IllegalTransition;
    OrderState after = before;  // A copy, so a refused event leaves the caller's order whole.
    Fault fault = Fault::None;
    std::visit(
        Overloaded{
            [&](const Accepted&) {
                // Of what has filled it is an old word; a bust is to find its day as it was.
                if (after.phase != Phase::Filled) wake(after);
                after.suspended = false;
                after.phase = settled(after);
            },
            [&](const Refused&) { end(after, Phase::Rejected); },
            [&](const Fill& e) {
                fault = book(after, e.quantity, e.price);
                after.filled_late = after.filled_late || has_ended(after.phase);
                after.phase = settled(after);
            },
            [&](const FillRevised& e) {
                fault = unbook(after, e.before_quantity, e.before_price);
                if (fault == Fault::None) fault = book(after, e.after_quantity, e.after_price);
                after.phase = settled(after);
            },
            [&](const AmendSent&) { ++after.amends_in_flight; },
            [&](const Amended& e) {
                decrement(after.amends_in_flight);
                if (after.phase == Phase::Cancelled || after.phase == Phase::Expired) return;
                if (e.wakes) wake(after);
                after.phase = acknowledged(after.phase);
                after.quantity = e.quantity;
                after.phase = settled(after);
            },
            [&](const AmendRefused&) { decrement(after.amends_in_flight); },
            [&](const Restated& e) { restate(after, e); },
            [&](const Resized& e) { resize(after, e.quantity); },
            [&](const CancelSent&) { ++after.cancels_in_flight; },
            [&](const Cancelled&) {
                decrement(after.cancels_in_flight);
                end(after, Phase::Cancelled);
            },
            [&](const CancelRefused&) { decrement(after.cancels_in_flight); },
            [&](const Expired&) { end(after, Phase::Expired); },
            [&](const DayEnded&) { end_day(after); },
            [&](const BecameUnknown&) { after.outcome_unknown = true; },
            [&](const BecameKnown&) { after.outcome_unknown = false; },
            [&](const Suspended&) {
                after.suspended = true;
                after.phase = acknowledged(after.phase);
            },
            [&](const Stopped&) {
                after.stopped = true;
                after.phase = acknowledged(after.phase);
            },
            [&](const Revived&) { revive(after); },
        },
        event);
    if (fault != Fault::None) return fault;
    return after;
}

bool is_done(Phase phase) {
    switch (phase) {
        case Phase::PendingNew:
        case Phase::Working:
        case Phase::DoneForDay: return false;
        case Phase::Filled:
        case Phase::Cancelled:
        case Phase::Expired:
        case Phase::Rejected: break;
    }
    return true;
}

Quantity leaves(const OrderState& state) {
    if (is_done(state.phase) || state.filled >= state.quantity) return Quantity{};
    return Quantity{difference_down(state.quantity.value, state.filled.value)};
}

OrdStatus ord_status(const OrderState& state) {
    const bool ended = has_ended(state.phase);
    if (!ended && state.cancels_in_flight > 0) return OrdStatus::PendingCancel;
    if (!ended && state.amends_in_flight > 0) return OrdStatus::PendingReplace;
    switch (state.phase) {
        case Phase::DoneForDay: return OrdStatus::DoneForDay;
        case Phase::Filled: return OrdStatus::Filled;
        case Phase::Cancelled: return OrdStatus::Canceled;
        case Phase::Expired: return OrdStatus::Expired;
        case Phase::Rejected: return OrdStatus::Rejected;
        case Phase::PendingNew: return OrdStatus::PendingNew;
        case Phase::Working: break;
    }
    if (state.stopped) return OrdStatus::Stopped;
    if (state.suspended) return OrdStatus::Suspended;
    return state.filled.is_positive() ? OrdStatus::PartiallyFilled : OrdStatus::New;
}

}  // namespace penstock::oms
