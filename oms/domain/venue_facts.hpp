#pragma once

#include <cstdint>
#include <optional>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::oms {

// --- Facts from venues. `child` is decoded from the ClOrdID we gave; none when it is not ours.
// `filled` and `average_price` are CumQty(14) and AvgPx(6): what of the order has filled by the venue's count
// when it says so. They tell a fill that was missed from a new one.

struct VenueReport {
    VenueId venue;
    ChildId child;
    std::uint32_t revision = 0;  // which request of the child this answers; 0 is the new order
    VenueOrderId venue_order_id;
    VenueExecId exec_id;
    Timestamp venue_time;  // TransactTime(60)

    friend bool operator==(const VenueReport&, const VenueReport&) = default;
};

struct VenueAccepted {
    VenueReport report;
};
struct VenueRefused {
    VenueReport report;
    std::uint32_t venue_reason = 0;  // OrdRejReason(103); of a rejected message 373 or 380
    Text text;
    bool message_rejected = false;  // by Reject(3) or BusinessMessageReject(j)
};
struct VenueFilled {
    VenueReport report;
    Quantity quantity;
    Price price;
    std::optional<Quantity> filled = std::nullopt;  // with this one
    std::optional<Price> average_price = std::nullopt;
};
struct FillBusted {
    VenueReport report;
    VenueExecId exec_ref_id;
};
struct FillCorrected {
    VenueReport report;
    VenueExecId exec_ref_id;
    Quantity quantity;
    Price price;
};
struct VenueAmended {
    VenueReport report;
    Quantity quantity;  // OrderQty(38) as the venue now has it
    std::optional<Price> limit;
    bool is_restatement = false;  // ExecType(150) Restated: of the venue's own accord
    RestatementReason restatement_reason = RestatementReason::None;
    std::optional<Quantity> filled = std::nullopt;
    std::optional<Price> average_price = std::nullopt;
};
struct VenueCancelled {
    VenueReport report;
    Text text;
    RestatementReason restatement_reason = RestatementReason::None;
    std::optional<Quantity> filled = std::nullopt;
    std::optional<Price> average_price = std::nullopt;
};
/// OrderCancelReject(9), for a cancel or a replace: the revision tells which.
struct VenueRequestRefused {
    VenueReport report;
    CancelRejectTo response_to = CancelRejectTo::CancelRequest;
    std::uint32_t venue_reason = 0;  // CxlRejReason(102); of a rejected message 373 or 380
    Text text;
    bool message_rejected = false;  // by Reject(3) or BusinessMessageReject(j)
    bool order_has_ended = false;   // OrdStatus(39) of the refusal says that the order is filled or ended
};
struct VenueExpired {
    VenueReport report;
    std::optional<Quantity> filled = std::nullopt;
    std::optional<Price> average_price = std::nullopt;
};
struct VenueDoneForDay {
    VenueReport report;
    std::optional<Quantity> filled = std::nullopt;
    std::optional<Price> average_price = std::nullopt;
};
/// Trading in it is halted; a restatement or a new acknowledgement ends that.
struct VenueSuspended {
    VenueReport report;
};
/// The venue guarantees this quantity at this price or better. No trade.
struct VenueStopped {
    VenueReport report;
    Quantity quantity;
    Price price;
};
/// A stop or other condition the venue itself watches has been met: the order is live now.
struct VenueTriggered {
    VenueReport report;
};
/// Answer to a status request. `known` false: the venue never received the order.
struct VenueStatus {
    VenueReport report;
    bool known = true;
    OrdStatus status = OrdStatus::New;
    Quantity quantity;
    Quantity filled;
    std::optional<Price> limit;
    std::optional<Price> average_price = std::nullopt;
};
/// Sent and no answer to be had: timeout, dropped socket. Never made terminal, never sent again.
struct OutcomeUnknown {
    VenueId venue;
    ChildId child;
};

// --- What a venue has on its book, ours or not.

/// An order in a venue's own words.
struct VenueTerms {
    ClOrdId cl_ord_id;  // ClOrdID(11) as told: somebody else's, unless the child is known
    AccountName account;
    Symbol symbol;
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    OrdStatus status = OrdStatus::New;
    Quantity quantity;
    Quantity filled;
    std::optional<Price> limit;
    std::optional<Price> average_price;

    friend bool operator==(const VenueTerms&, const VenueTerms&) = default;
};

/// A line's place in the answer to OrderMassStatusRequest(AF).
struct BookPlace {
    std::uint32_t request = 0;  // which of our requests; zero: of none
    std::uint32_t total = 0;    // TotNumReports(911); zero: not told
    bool is_last = false;       // LastRptRequested(912)

    friend bool operator==(const BookPlace&, const BookPlace&) = default;
};

/// A report on an order whose id is not ours, or a line of a venue's list of open orders, whoever's.
struct VenueOrderTold {
    VenueReport report;
    ExecType exec_type = ExecType::OrderStatus;
    VenueTerms terms;
    BookPlace place;
    Quantity last_quantity;
    std::optional<Price> last_price;
    VenueExecId exec_ref_id;  // of a bust or a correction
};

/// A venue's list of open orders has no line, or the venue refuses to give one.
struct VenueBookTold {
    VenueId venue;
    std::uint32_t request = 0;
    bool is_refused = false;
    Text text;
};

/// What a message of a venue's answer to RequestForPositions(AN) says.
enum class PositionAnswer : std::uint8_t {
    Line = 0,     // one position: PositionReport(AP)
    Begun = 1,    // so many positions follow
    Nothing = 2,  // the account has none
    Refused = 3,
};
struct VenuePositionTold {
    VenueId venue;
    std::uint32_t request = 0;  // which of our requests; zero: of none
    PositionAnswer answer = PositionAnswer::Line;
    std::uint32_t total = 0;  // TotalNumPosReports(727); zero: not told
    AccountName account;
    Symbol symbol;
    Quantity net;  // LongQty(704) less ShortQty(705)
    Text text;
};

/// A venue said something that does not decode exactly. Kept and alarmed, never guessed at.
struct VenueUndecodable {
    VenueId venue;
    Text problem;
};

}  // namespace penstock::oms
