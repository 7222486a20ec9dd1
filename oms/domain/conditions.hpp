#pragma once

#include <cstdint>
#include <optional>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::oms {

/// Which price a trigger watches: TriggerPriceType(1107) by its number. Mark has none in the standard
/// and is 100 there, by agreement. Default: the client did not say.
enum class TriggerOn : std::uint8_t {
    Default = 0,
    BestOffer = 1,
    Last = 2,
    BestBid = 3,
    Mid = 6,
    Mark = 100,
    Unsupported = 255,  // any other value: the order is refused
};

/// TriggerPriceDirection(1109). Implied: by order type and side (a buy stop waits for a rise, a buy order
/// that is to trade when touched for a fall).
enum class TriggerDirection : char { Implied = '\0', Up = 'U', Down = 'D' };

/// PegPriceType(1094) by its number; in 4.x by ExecInst(18).
enum class PegKind : std::uint8_t {
    None = 0,
    Last = 1,
    Midpoint = 2,
    Market = 4,   // the other side's best price
    Primary = 5,  // our side's best price
    Unsupported = 255,
};

/// PegOffsetType(836) by its number, one more so that zero is "price".
enum class OffsetUnit : std::uint8_t {
    Price = 0,
    BasisPoints = 1,
    Ticks = 2,
    Percent = 4,
    Unsupported = 255
};

/// What becomes of an order when its client's connection is lost: ExecInst(18) o and n of 5.0SP2.
enum class OnDisconnect : std::uint8_t { AsSession = 0, Cancel = 1, Keep = 2 };

/// What some orders say beyond side, quantity, price and time in force. Everything is optional; which
/// combinations make sense is decided by the core (handlers/order_terms), which natively served ones the
/// venue takes by its sheet.
struct OrderConditions {
    // --- A trigger: the order waits until the watched price is at or beyond `stop`.
    std::optional<Price> stop;  // StopPx(99), TriggerPrice(1102)
    TriggerOn trigger_on = TriggerOn::Default;
    TriggerDirection trigger_direction = TriggerDirection::Implied;
    /// The stop follows the watched price at this distance: an amount of money, or percent of the price.
    std::optional<Decimal> trail;  // PegOffsetValue(211) of a trailing stop
    OffsetUnit trail_unit = OffsetUnit::Price;
    // --- A peg: the limit follows the book. `limit` of the order, when given, is the worst price.
    PegKind peg = PegKind::None;
    std::optional<Decimal> peg_offset;  // PegOffsetValue(211), signed; in favour of trading when positive
    OffsetUnit peg_unit = OffsetUnit::Price;
    // --- What of it is shown.
    std::optional<Quantity> display;       // DisplayQty(1138), MaxFloor(111): one slice
    std::optional<Quantity> display_low;   // DisplayLowQty(1085), DisplayHighQty(1086): slices vary between
    std::optional<Quantity> display_high;  // these, both ends included
    std::optional<Quantity> minimum;       // MinQty(110)
    std::optional<Price> cash;             // CashOrderQty(152), quote currency; quantity is then derived
    // --- When it is alive.
    Timestamp expire_time;     // ExpireTime(126), or the end of ExpireDate(432) in UTC; none: not given
    Timestamp effective_time;  // EffectiveTime(168): held until then; none: at once
    /// ClOrdLinkID(583): orders of one session with the same link are one-cancels-other.
    ClOrdId link_id;
    bool post_only = false;    // ExecInst(18) 6: refused by the venue rather than take
    bool reduce_only = false;  // ExecInst(18) E: must not open or enlarge a position
    bool held = false;         // ExecInst(18) S: parked until it is released
    bool release = false;      // ExecInst(18) q of an amend: a parked order may go
    OnDisconnect on_disconnect = OnDisconnect::AsSession;

    friend bool operator==(const OrderConditions&, const OrderConditions&) = default;
};

}  // namespace penstock::oms
