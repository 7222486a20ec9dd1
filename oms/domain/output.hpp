#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::oms {

/// Why something was refused: the rule, what was measured, and the limit it broke.
struct Denial {
    Reason reason = Reason::None;
    std::optional<Notional> measured;
    std::optional<Notional> limit;

    friend bool operator==(const Denial&, const Denial&) = default;
};

// --- To clients.

/// ExecutionReport(8). Complete: the encoder needs nothing else to render any FIX version.
struct ExecutionReport {
    SessionId session;
    OrderId order_id;
    ExecId exec_id;
    ExecId exec_ref_id;  // ExecRefID(19) for a bust or a correction
    ExecType exec_type = ExecType::New;
    OrdStatus ord_status = OrdStatus::New;
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    AccountName account;
    Symbol symbol;
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    Quantity quantity;
    std::optional<Price> limit;
    Quantity last_quantity;
    std::optional<Price> last_price;
    Quantity leaves;
    Quantity filled;
    Price average_price;
    VenueName venue;  // LastMkt(30)
    Timestamp transact_time;
    Denial denial;
    Text text;
    RequestId request_id;             // OrdStatusReqID(790) or MassStatusReqID(584)
    std::uint32_t total_reports = 0;  // TotNumReports(911), mass status only
    bool last_report = false;         // LastRptRequested(912), mass status only
    RestatementReason restatement_reason = RestatementReason::None;

    friend bool operator==(const ExecutionReport&, const ExecutionReport&) = default;
};

/// OrderCancelReject(9).
struct CancelReject {
    SessionId session;
    OrderId order_id;  // none: OrderID(37) is "NONE"
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    AccountName account;
    OrdStatus ord_status = OrdStatus::Rejected;
    CancelRejectTo response_to = CancelRejectTo::CancelRequest;
    Denial denial;
    Timestamp transact_time;
    Text text;

    friend bool operator==(const CancelReject&, const CancelReject&) = default;
};

/// OrderMassCancelReport(r). Each affected order also gets its own reports.
struct MassCancelReport {
    SessionId session;
    ExecId report_id;
    ClOrdId cl_ord_id;
    MassScope scope = MassScope::All;
    bool accepted = true;
    std::uint32_t affected = 0;  // TotalAffectedOrders(533)
    Symbol symbol;
    Denial denial;
    Timestamp transact_time;

    friend bool operator==(const MassCancelReport&, const MassCancelReport&) = default;
};

/// BusinessMessageReject(j).
struct BusinessReject {
    SessionId session;
    std::uint32_t ref_msg_seq_num = 0;
    FixedText<7> ref_msg_type;
    std::uint32_t business_reject_reason = 0;
    RequestId ref_id;
    Text text;

    friend bool operator==(const BusinessReject&, const BusinessReject&) = default;
};

// --- To venues. `session` is the venue's FIX session; ClOrdIDs are made from child and revision.

struct VenueNewOrder {
    SessionId session;
    VenueId venue;
    ChildId child;
    Symbol symbol;
    AccountName account;
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    Quantity quantity;
    std::optional<Price> limit;
    Timestamp transact_time;

    friend bool operator==(const VenueNewOrder&, const VenueNewOrder&) = default;
};

struct VenueAmendOrder {
    SessionId session;
    VenueId venue;
    ChildId child;
    std::uint32_t revision = 0;
    std::uint32_t orig_revision = 0;  // OrigClOrdID(41): the last request not refused
    VenueOrderId venue_order_id;
    Symbol symbol;
    AccountName account;
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    Quantity quantity;  // total or remaining, as the venue wants it
    std::optional<Price> limit;
    Timestamp transact_time;

    friend bool operator==(const VenueAmendOrder&, const VenueAmendOrder&) = default;
};

struct VenueCancelOrder {
    SessionId session;
    VenueId venue;
    ChildId child;
    std::uint32_t revision = 0;
    std::uint32_t orig_revision = 0;
    VenueOrderId venue_order_id;
    Symbol symbol;
    AccountName account;
    Side side = Side::Buy;
    Quantity quantity;
    Timestamp transact_time;

    friend bool operator==(const VenueCancelOrder&, const VenueCancelOrder&) = default;
};

struct VenueStatusRequest {
    SessionId session;
    VenueId venue;
    ChildId child;
    std::uint32_t revision = 0;
    VenueOrderId venue_order_id;
    Symbol symbol;
    Side side = Side::Buy;

    friend bool operator==(const VenueStatusRequest&, const VenueStatusRequest&) = default;
};

// --- Decisions: not sent anywhere, kept in the journal with what they saw.

/// Where an order went and the prices the choice was made with.
struct RoutingDecision {
    OrderId order_id;
    ChildId child;
    VenueId venue;
    Quantity quantity;
    std::optional<Price> reference;  // what the collar was measured against

    friend bool operator==(const RoutingDecision&, const RoutingDecision&) = default;
};

/// Something the desk has to look at.
struct Alarm {
    AlarmKind kind = AlarmKind::UnmatchedReport;
    OrderId order_id;
    ChildId child;
    VenueId venue;
    VenueExecId exec_id;
    Text text;

    friend bool operator==(const Alarm&, const Alarm&) = default;
};

using Output = std::variant<ExecutionReport, CancelReject, MassCancelReport, BusinessReject, VenueNewOrder,
                            VenueAmendOrder, VenueCancelOrder, VenueStatusRequest, RoutingDecision, Alarm>;

/// The FIX session an output leaves by; none for decisions and alarms.
SessionId destination(const Output& output);

}  // namespace penstock::oms
