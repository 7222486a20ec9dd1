#pragma once

#include "oms/domain/conditions.hpp"
#include "oms/engine/order.hpp"
#include "oms/engine/pairing_heap.hpp"

namespace penstock::oms {

struct Leg;

/// Why an order is kept inside instead of at its venue; a bit each, several at once.
enum class Hold : std::uint8_t {
    List = 1,     // its list waits for ListExecute(L)
    Group = 2,    // its contingent group has not released it
    Parked = 4,   // the client parked it
    Time = 8,     // EffectiveTime(168) is to come
    Trigger = 16  // its price has not been seen
};

/// What only some orders have: conditions, reasons to wait, a timer, a place in a group.
struct Special {
    Slot<Order> order;
    OrderConditions conditions;
    std::uint8_t holds = 0;      // of Hold; zero: it is, or was, at its venue
    bool triggered = false;      // its trigger was met
    bool blocked_alarm = false;  // the desk knows that it could not be sent when its price was seen

    /// The stop as it stands: a trailing one follows the price.
    Price stop;
    HeapLinks<Special> watch;  // in the heap of its instrument, watched price and direction
    HeapLinks<Special> timer;  // in the heap of timers, by `due`
    Timestamp due;             // the next moment something happens to it; none: nothing will

    Slot<Leg> leg;  // its place in a list; none: it came alone

    bool is_held_by(Hold hold) const { return (holds & static_cast<std::uint8_t>(hold)) != 0; }
};

}  // namespace penstock::oms
