#pragma once

#include <cstdint>
#include <optional>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::oms {

// --- Facts from venues. `child` is decoded from the ClOrdID we gave; none when it is not ours.

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
    std::optional<Quantity> filled = std::nullopt;  // CumQty(14) of a restatement
};
struct VenueCancelled {
    VenueReport report;
    Text text;
    RestatementReason restatement_reason = RestatementReason::None;
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
};
struct VenueDoneForDay {
    VenueReport report;
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
};
/// Sent and no answer to be had: timeout, dropped socket. Never made terminal, never sent again.
struct OutcomeUnknown {
    VenueId venue;
    ChildId child;
};

/// A venue said something that does not decode exactly. Kept and alarmed, never guessed at.
struct VenueUndecodable {
    VenueId venue;
    Text problem;
};

}  // namespace penstock::oms
