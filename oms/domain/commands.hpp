#pragma once

#include <cstdint>
#include <optional>

#include "oms/domain/conditions.hpp"
#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::oms {

// --- Commands of clients.

/// What a door found in an order, or a request about orders, that the command itself cannot say: numbers too
/// precise to hold, fields that contradict each other, values not served. The core refuses with exactly this.
struct DoorRefusal {
    Reason reason = Reason::None;
    Text text;  // names the field, its value and the rule

    friend bool operator==(const DoorRefusal&, const DoorRefusal&) = default;
};

struct NewOrder {
    SessionId session;
    ClOrdId cl_ord_id;
    AccountName account;
    Symbol symbol;
    VenueName destination;  // ExDestination(100); empty: by instrument
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    Quantity quantity;
    std::optional<Price> limit;
    Timestamp transact_time;
    bool poss_resend = false;  // PossResend(97): a known ClOrdID is answered with its status
    bool stale = false;        // arrived by resend and older than the session allows: refused
    std::optional<OrderConditions> conditions = std::nullopt;
    std::optional<DoorRefusal> refusal = std::nullopt;
};

struct AmendOrder {
    SessionId session;
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    Symbol symbol;
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    Quantity quantity;  // the new total, FIX OrderQty(38)
    std::optional<Price> limit;
    Timestamp transact_time;
    bool stale = false;
    /// As they shall be from now on. Absent: those of the order stay.
    std::optional<OrderConditions> conditions = std::nullopt;
    std::optional<DoorRefusal> refusal = std::nullopt;
    bool poss_resend = false;  // as of a NewOrder
};

struct CancelOrder {
    SessionId session;
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    Symbol symbol;
    Side side = Side::Buy;
    Timestamp transact_time;
    bool poss_resend = false;  // as of a NewOrder
};

/// What is named narrows what is meant; a name nobody knows is refused and never widens it.
struct MassCancel {
    SessionId session;
    ClOrdId cl_ord_id;
    MassScope scope = MassScope::All;
    Symbol symbol;                            // when the scope is Instrument
    AccountName account = {};                 // empty: all
    std::optional<Side> side = std::nullopt;  // none: both
    std::optional<DoorRefusal> refusal = std::nullopt;
};

struct OrderStatusQuery {
    SessionId session;
    ClOrdId cl_ord_id;
    RequestId request_id;  // OrdStatusReqID(790); echoed
    Symbol symbol;
    Side side = Side::Buy;
};

/// Scope and names as in a mass cancel.
struct MassStatusQuery {
    SessionId session;
    RequestId request_id;
    MassScope scope = MassScope::All;
    Symbol symbol = {};
    AccountName account = {};
    std::optional<Side> side = std::nullopt;
};

/// DontKnowTrade(Q): the client does not recognise a trade. For people to settle; nothing is reversed.
struct TradeQuestioned {
    SessionId session;
    OrderId order_id;  // OrderID(37) as given, when it is a number
    ExecId exec_id;    // ExecID(17) of ours, when it is a number
    Text text;         // DKReason(127) and Text(58)
};

/// A well-formed message the OMS does not serve, or whose business fields do not decode.
struct RequestRefused {
    SessionId session;
    std::uint32_t ref_msg_seq_num = 0;
    FixedText<7> ref_msg_type;
    std::uint32_t business_reject_reason = 0;  // BusinessRejectReason(380)
    RequestId ref_id;                          // BusinessRejectRefID(379)
    Text text;
};

}  // namespace penstock::oms
