#pragma once

#include "oms/domain/conditions.hpp"
#include "oms/engine/order.hpp"
#include "oms/engine/pairing_heap.hpp"

namespace penstock::oms {

struct Leg;

/// Why an order is kept inside instead of at its venue; a bit each, several at once.
enum class Hold : std::uint8_t {
    List = 1,      // its list waits for ListExecute(L)
    Group = 2,     // its contingent group has not released it
    Parked = 4,    // the client parked it
    Time = 8,      // EffectiveTime(168) is to come
    Trigger = 16,  // its price has not been seen
    Venue = 32     // it may go, but its venue is not connected
};

/// What the OMS does in the venue's place; a bit each.
enum class Emulation : std::uint8_t { Trigger = 1, Peg = 2, Display = 4, Expiry = 8 };

/// Where an emulated trigger stands.
enum class Watch : std::uint8_t {
    None,
    Armed,  // in the heap of its instrument, watched venue and price, and direction
    Met     // its price was seen; in the queue of those to be sent
};

/// What only some orders have: conditions, reasons to wait, a timer, a place in a group.
struct Special {
    Slot<Order> order;
    OrderConditions conditions;
    std::uint8_t holds = 0;     // of Hold; zero: it is, or was, at its venue
    std::uint8_t emulates = 0;  // of Emulation, decided when it was placed
    Watch watch = Watch::None;
    bool triggered = false;  // its trigger was met

    VenueId watched;        // whose prices; none: anybody's
    bool has_stop = false;  // a trailing one has none before the first price
    bool has_watermark = false;
    Price stop;                // as it stands: a trailing one follows the price
    Price watermark;           // the best price a trailing stop has seen since it was armed
    std::optional<Price> cap;  // worst limit of an emulated peg
    HeapLinks<Special> watch_links;
    HeapLinks<Special> trail_links;
    HeapLinks<Special> timer_links;
    Timestamp due;                // the next moment something happens to it, when it has a timer
    std::uint32_t peg_place = 0;  // in Pegs, from 1; 0: not there
    std::uint32_t slices = 0;     // of an iceberg, sent so far
    Quantity trim;                // open of it when its live slice was last to be cut to that
    std::uint8_t trim_tries = 0;  // how often that was refused
    bool is_stuck = false;        // the OMS could not ask for a change of its own, and the desk knows

    /// Since when its day counts, if it is good for one: its entry, or its EffectiveTime(168); none while it
    /// follows an order that has not called it.
    Timestamp day_since;

    Slot<Leg> leg;  // its place in a list; none: it came alone

    bool is_held_by(Hold why) const { return (holds & static_cast<std::uint8_t>(why)) != 0; }
    bool does(Emulation what) const { return (emulates & static_cast<std::uint8_t>(what)) != 0; }
};

}  // namespace penstock::oms
