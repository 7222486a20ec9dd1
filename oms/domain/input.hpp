#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "oms/domain/decimal.hpp"
#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/time.hpp"

namespace penstock::oms {

// Everything the core can learn. Commands are imperative, facts are past tense; nothing else crosses
// the wall. Field numbers in the journal are given in fields.hpp and spec/proto/journal.proto.

// --- Definitions: configuration reaches the core as inputs, so a replay needs no files. Each names
// --- its subject; the core issues the id on first sight and updates it after that.

enum class SessionRole : std::uint8_t { Client = 1, Venue = 2, DropCopy = 3 };

struct DefineSession {
    SessionName name;
    SessionRole role = SessionRole::Client;
    AccountName default_account;  // used when an order carries no Account(1); empty: none
    PendingReports pending_reports = PendingReports::OfChanges;
    /// A replace is refused while another request about its order is out (FIX matrix D.2.d).
    bool one_request_at_a_time = false;
    /// When a client's connection ends its open orders are cancelled.
    bool cancel_on_disconnect = false;
};

struct DefineVenue {
    VenueName name;
    SessionName session;  // must have been defined with SessionRole::Venue
    /// The venue takes a second replace while one is pending. If not, later ones wait inside.
    bool concurrent_amends = false;
    /// OrderQty(38) of a replace is the total (the standard) rather than what remains.
    bool amend_quantity_is_total = true;
    /// A request without any answer for this long has an unknown outcome, and its status is asked.
    Duration answer_timeout = Duration::seconds(5);
    /// The venue answers OrderStatusRequest(H): at its logon it is asked about every working order.
    bool asks_on_logon = false;
};

struct DefineInstrument {
    Symbol symbol;
    VenueName default_venue;
};

struct DefineAccount {
    AccountName name;
};

struct PermitAccount {
    SessionName session;
    AccountName account;
};

/// What an account may do. A limit that is absent lets nothing through: risk fails closed.
struct SetLimits {
    AccountName account;
    std::optional<Quantity> max_quantity;
    std::optional<Price> max_notional;      // quote currency, one order
    std::optional<Decimal> collar_percent;  // distance of a limit price from the reference
    Duration max_reference_age = Duration::seconds(10);
};

// --- Commands of clients.

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
};

struct CancelOrder {
    SessionId session;
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    Symbol symbol;
    Side side = Side::Buy;
    Timestamp transact_time;
};

struct MassCancel {
    SessionId session;
    ClOrdId cl_ord_id;
    MassScope scope = MassScope::All;
    Symbol symbol;  // when the scope is Instrument
};

struct OrderStatusQuery {
    SessionId session;
    ClOrdId cl_ord_id;
    RequestId request_id;  // OrdStatusReqID(790); echoed
    Symbol symbol;
    Side side = Side::Buy;
};

struct MassStatusQuery {
    SessionId session;
    RequestId request_id;
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

/// A FIX session logged on or off. For a venue session: may orders be sent?
struct SessionChanged {
    SessionId session;
    bool up = false;
};

/// The top of a venue's book, or its last trade, moved.
struct QuoteChanged {
    VenueId venue;
    Symbol symbol;
    std::optional<Price> bid;
    std::optional<Price> ask;
    std::optional<Price> last;
};

/// Time passed: sent about once a second while somebody waits for an answer.
struct TimePassed {};

/// A session's numbers moved by something other than the messages above: logon, heartbeat, resend,
/// reset. Keeps the numbers durable; the core has no use for it.
struct SessionAdvanced {
    SessionId session;
    std::uint32_t next_in = 0;
    std::uint32_t next_out = 0;
    bool reset = false;
};

/// How much the core can hold: an input like every other setting, so that a journal replays alike
/// whatever the configuration says today. See oms/engine/settings.hpp for what happens at the bounds.
struct SetCapacity {
    std::uint32_t orders = 0;
    std::uint32_t requests = 0;
    std::uint32_t fills = 0;
    std::uint32_t refusals = 0;
};

/// The disk can take fewer segments than the journal wants to have ready, or enough of them again.
struct JournalSpace {
    bool is_nearly_full = false;
    std::uint32_t ready = 0;  // empty segments that are prepared
    std::uint32_t wanted = 0;
};

/// The machine's clock went back by more than a second. The journal's time never does: it runs at half
/// speed until the clock has caught up.
struct ClockSetBack {
    Duration by;
};

using InputBody = std::variant<
    DefineSession, DefineVenue, DefineInstrument, DefineAccount, PermitAccount, SetLimits, NewOrder,
    AmendOrder, CancelOrder, MassCancel, OrderStatusQuery, MassStatusQuery, RequestRefused, VenueAccepted,
    VenueRefused, VenueFilled, FillBusted, FillCorrected, VenueAmended, VenueCancelled, VenueRequestRefused,
    VenueExpired, VenueDoneForDay, VenueStatus, OutcomeUnknown, VenueUndecodable, SessionChanged,
    QuoteChanged, TimePassed, SessionAdvanced, SetCapacity, JournalSpace, ClockSetBack, VenueSuspended,
    VenueStopped, TradeQuestioned>;

/// Where an input came in. Lets a FIX session advance exactly as far as the journal is durable.
struct Origin {
    SessionId session;              // none: not from a FIX message
    std::uint32_t msg_seq_num = 0;  // MsgSeqNum(34) of the message

    friend bool operator==(const Origin&, const Origin&) = default;
};

/// One thing that happened, at its place in the one order of all things.
struct Input {
    Seq seq;         // stamped by the sequencer
    Timestamp time;  // stamped by the sequencer: the core's only clock
    Origin origin;
    InputBody body;
};

}  // namespace penstock::oms
