#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/result.hpp"

namespace penstock::oms {

/// Where an order is in its life. What is in flight about it is kept beside, not mixed in.
enum class Phase : std::uint8_t { PendingNew, Working, DoneForDay, Filled, Cancelled, Expired, Rejected };
inline constexpr int kPhases = 7;

/// The part of an order the state machine moves: the same for what a client sent and for what a
/// venue sees.
struct OrderState {
    Phase phase = Phase::PendingNew;
    std::uint8_t amends_in_flight = 0;
    std::uint8_t cancels_in_flight = 0;
    /// A request was sent and nobody can say what became of it. Risk stays reserved for the worst case.
    bool outcome_unknown = false;
    bool suspended = false;  // trading in it is halted
    bool stopped = false;    // some of it is guaranteed
    /// A fill was reported after it had been cancelled, expired or refused. It stays set.
    bool filled_late = false;
    /// Its day is over, also when a fill that came later has filled it: a bust then does not make it work
    /// again. Cleared by what wakes it.
    bool day_ended = false;
    Quantity quantity;  // OrderQty(38)
    Quantity filled;    // CumQty(14)
    Notional notional;  // sum of LastPx * LastQty; AvgPx(6) is derived

    friend bool operator==(const OrderState&, const OrderState&) = default;
};

// What can happen to an order. Facts are past tense.
struct Accepted {};
struct Refused {};
struct Fill {
    Quantity quantity;
    Price price;
};
struct FillRevised {  // a bust is a revision to zero
    Quantity before_quantity;
    Price before_price;
    Quantity after_quantity;
    Price after_price;
};
struct AmendSent {};
struct Amended {
    Quantity quantity;
    bool wakes = true;  // no: a day order's day is over, whatever became of its terms
};
struct AmendRefused {};
struct Restated {  // the venue changed the order of its own accord
    Quantity quantity;
    /// CumQty(14) too: a split. The money traded stays what it was.
    std::optional<Quantity> filled = std::nullopt;
};
struct Resized {  // the OMS gave it another quantity; of a halt that says nothing
    Quantity quantity;
};
struct CancelSent {};
struct Cancelled {};
struct CancelRefused {};
struct Expired {};
struct DayEnded {};
struct BecameUnknown {};
struct BecameKnown {};
struct Suspended {};
struct Stopped {};
struct Revived {};  // it works at its venue, though people had settled it as ended

using OrderEvent = std::variant<Accepted, Refused, Fill, FillRevised, AmendSent, Amended, AmendRefused,
                                Restated, Resized, CancelSent, Cancelled, CancelRefused, Expired, DayEnded,
                                BecameUnknown, BecameKnown, Suspended, Stopped, Revived>;

/// Folds one event into an order's state. Pure: same inputs, same output, live and in replay.
/// Faults: IllegalTransition (see the table in the .cpp), Overflow. On a fault the order is unchanged.
Result<OrderState> fold(const OrderState& before, const OrderEvent& event);

/// May this happen in this phase? The table behind `fold`; spec/order_state/transitions.csv is the
/// same table for people, and a test compares the two.
bool is_legal(Phase phase, const OrderEvent& event);

/// No further trading is expected: filled, cancelled, expired or rejected. A late fill may still come.
bool is_done(Phase phase);

/// LeavesQty(151): zero once done, else what is not yet filled, never negative.
Quantity leaves(const OrderState& state);

/// OrdStatus(39) by the standard's precedence, highest first: pending cancel, pending replace, done
/// for day, filled, stopped, suspended, canceled or expired, partially filled, new or rejected or pending
/// new. What has ended for good is neither stopped nor suspended any more.
/// Source: FIX 5.0SP2 volume 4, order state changes.
OrdStatus ord_status(const OrderState& state);

}  // namespace penstock::oms
