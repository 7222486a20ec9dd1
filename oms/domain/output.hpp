#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "oms/domain/conditions.hpp"
#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"
#include "oms/domain/venue_facts.hpp"

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
    std::optional<OrderConditions> conditions = std::nullopt;
    ClOrdId list_id;         // ListID(66) of the list it came in
    bool triggered = false;  // its condition has been met

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
    Denial denial;  // accepted: why those that are missed could not be asked for
    Timestamp transact_time;
    AccountName account = {};
    std::optional<Side> side = std::nullopt;
    std::uint32_t missed = 0;  // orders that are meant and could not be asked for; each has its own report
    Text text = {};            // what the door said of a request it could not read

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

/// ListStatusType(429) and ListOrderStatus(431).
enum class ListStatusType : std::uint8_t {
    None = 0,
    Ack = 1,
    Response = 2,
    ExecStarted = 4,
    AllDone = 5,
    Alert = 6
};
enum class ListOrderStatus : std::uint8_t {
    None = 0,
    ReceivedForExecution = 2,
    Executing = 3,
    Cancelling = 4,
    Alert = 5,
    AllDone = 6,
    Rejected = 7,
};

/// One order in a ListStatus.
struct ListLine {
    ClOrdId cl_ord_id;
    OrdStatus ord_status = OrdStatus::New;
    Quantity filled;
    Quantity leaves;
    Quantity cancelled;  // CxlQty(84)
    Price average_price;
    Denial denial;

    friend bool operator==(const ListLine&, const ListLine&) = default;
};
/// Orders in one ListStatus; a longer list is told in several (NoRpts(82), RptSeq(83)).
inline constexpr std::uint32_t kListLines = 4;

/// ListStatus(N).
struct ListStatus {
    SessionId session;
    ClOrdId list_id;
    ListStatusType type = ListStatusType::None;
    ListOrderStatus status = ListOrderStatus::None;
    Denial denial;
    Text text;
    /// The most that can be filled beyond what was meant, as the legs stand now.
    std::optional<Quantity> residual = std::nullopt;
    std::uint32_t orders = 0;   // TotNoOrders(68)
    std::uint32_t reports = 1;  // NoRpts(82)
    std::uint32_t report = 1;   // RptSeq(83)
    Timestamp transact_time;
    std::optional<ListLine> line1 = std::nullopt;
    std::optional<ListLine> line2 = std::nullopt;
    std::optional<ListLine> line3 = std::nullopt;
    std::optional<ListLine> line4 = std::nullopt;

    friend bool operator==(const ListStatus&, const ListStatus&) = default;
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
    std::optional<OrderConditions> conditions = std::nullopt;  // those the venue itself keeps

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
    std::optional<OrderConditions> conditions = std::nullopt;
    ClOrdId foreign_id = {};  // of an adopted order, while its venue knows it by somebody else's

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
    ClOrdId foreign_id = {};  // of an adopted order, while its venue knows it by somebody else's

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
    ClOrdId foreign_id = {};  // of an adopted order, while its venue knows it by somebody else's

    friend bool operator==(const VenueStatusRequest&, const VenueStatusRequest&) = default;
};

/// OrderMassStatusRequest(AF) for all orders.
struct VenueMassStatusRequest {
    SessionId session;
    VenueId venue;
    std::uint32_t request = 0;

    friend bool operator==(const VenueMassStatusRequest&, const VenueMassStatusRequest&) = default;
};

/// RequestForPositions(AN) for one account.
struct VenuePositionsRequest {
    SessionId session;
    VenueId venue;
    std::uint32_t request = 0;
    AccountName account;
    Timestamp transact_time;

    friend bool operator==(const VenuePositionsRequest&, const VenuePositionsRequest&) = default;
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

/// A condition was met: the price that was seen, where, and how old it was.
struct TriggerDecision {
    OrderId order_id;
    TriggerOn trigger_on = TriggerOn::Last;
    std::optional<Price> trigger;  // the stop as it stood; none: released by time or by hand
    std::optional<Price> seen;
    VenueId venue;         // whose quote
    Timestamp quote_time;  // when it was heard

    friend bool operator==(const TriggerDecision&, const TriggerDecision&) = default;
};

/// What a contingent group did about one of its orders, and why.
enum class GroupAction : std::uint8_t { None = 0, Cancel = 1, Resize = 2, Release = 3, Overfilled = 4 };
struct GroupDecision {
    ClOrdId list_id;
    OrderId order_id;
    GroupAction action = GroupAction::None;
    OrderId cause;      // the order whose fill or end brought this about
    Quantity quantity;  // OrderQty of the order from now on; of Overfilled what was filled in all
    Quantity over;      // filled beyond what was meant

    friend bool operator==(const GroupDecision&, const GroupDecision&) = default;
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

/// Is what works at a venue confirmed since its logon?
enum class Reconciliation : std::uint8_t {
    Away = 0,      // not connected
    Underway = 1,  // nothing new is sent
    Overdue = 2,   // not confirmed in time
    Done = 3,
};
struct ReconciliationChanged {
    VenueId venue;
    Reconciliation state = Reconciliation::Away;
    std::uint32_t told = 0;     // lines of the venue's list
    std::uint32_t missing = 0;  // working orders of ours that no answer has confirmed
    std::uint32_t orphans = 0;  // open orders at the venue that nobody here owns

    friend bool operator==(const ReconciliationChanged&, const ReconciliationChanged&) = default;
};

/// What is kept of an order at a venue that is not ours has changed, or it was adopted.
struct VenueOrderKept {
    std::uint32_t number = 0;  // ours for it, from one
    VenueReport report;
    VenueTerms terms;
    OrderId order_id;  // once it is adopted
    Text by;
    Text reason;

    friend bool operator==(const VenueOrderKept&, const VenueOrderKept&) = default;
};

/// What a venue's position says about ours.
enum class PositionState : std::uint8_t {
    Opening = 0,   // told for the first time: what was there before us
    Differs = 1,   // it is not what was there before us and what was traded here
    Agrees = 2,    // again
    Accepted = 3,  // people say that the venue is right: the opening is another one from now on
};
struct PositionCompared {
    VenueId venue;
    AccountName account;
    Symbol symbol;
    PositionState state = PositionState::Opening;
    Quantity told;
    Quantity opening;  // what was there before us
    Quantity ours;     // bought less sold, through here
    Text by;           // who accepted it
    Text reason;

    friend bool operator==(const PositionCompared&, const PositionCompared&) = default;
};

using Output = std::variant<ExecutionReport, CancelReject, MassCancelReport, BusinessReject, VenueNewOrder,
                            VenueAmendOrder, VenueCancelOrder, VenueStatusRequest, RoutingDecision, Alarm,
                            ListStatus, TriggerDecision, GroupDecision, VenueMassStatusRequest,
                            ReconciliationChanged, VenueOrderKept, VenuePositionsRequest, PositionCompared>;

/// The FIX session an output leaves by; none for decisions and alarms.
SessionId destination(const Output& output);

}  // namespace penstock::oms
