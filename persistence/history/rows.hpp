#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "oms/domain/enums.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/output.hpp"
#include "oms/domain/time.hpp"

namespace penstock::history {

// The journal as rows: what happened, in words that need no knowledge of the records. One list of fields for
// each row stands in fields.hpp; tables, CSV, JSON and sheets are made by it. Numbers are exact. A value that
// nobody said is absent, never zero.

/// Where a message came from or went to.
enum class Direction : std::uint8_t { Inside = 0, FromClient = 1, ToClient = 2, FromVenue = 3, ToVenue = 4 };
std::string_view to_text(Direction direction);

/// One thing that concerns an order: an input, or an output of one. Rows of one record are in the order
/// input, outputs; `seq` and `index` together are unique and never change.
struct OrderEvent {
    Seq seq;                  // of the record
    std::uint64_t index = 0;  // 0 the input, then the orders of a list it enters, then its outputs
    Timestamp time;           // of the record: when it was taken, or decided to be sent
    std::string_view kind;    // name of the input or output: "NewOrder", "ExecutionReport"
    Direction direction = Direction::Inside;
    SessionName session;            // of the message; empty: not a FIX message
    std::uint32_t msg_seq_num = 0;  // MsgSeqNum(34) of the message in its session
    OrderId order_id;
    OrderId root_id;    // the order at the root of its tree
    OrderId parent_id;  // of what a venue sees: the client's order
    ChildId child_id;
    bool is_slice = false;       // the child is one of several pieces of its order
    std::uint32_t revision = 0;  // which request of the child
    ClOrdId list_id;
    ClOrdId cl_ord_id;            // of the message; toward venues ours
    ClOrdId orig_cl_ord_id;       // the same
    ClOrdId client_order;         // ClOrdID(11) the client knows the order by at this moment
    VenueOrderId venue_order_id;  // OrderID(37) of the venue
    VenueExecId exec_id;          // ExecID(17), ours or the venue's
    VenueExecId exec_ref_id;      // ExecRefID(19), the same
    char exec_type = '\0';        // ExecType(150)
    char status = '\0';           // OrdStatus(39) of the client's order, as was told
    SessionName actor;            // who acted: session, venue, "penstock" of its own accord, or an operator
    AccountName account;
    VenueName venue;
    Symbol symbol;
    char side = '\0';                 // Side(54)
    char order_type = '\0';           // OrdType(40)
    char time_in_force = '\0';        // TimeInForce(59)
    std::optional<Decimal> quantity;  // OrderQty(38); toward venues of the child
    std::optional<Decimal> price;     // Price(44)
    std::optional<Decimal> stop;      // StopPx(99), as it stands
    std::optional<Decimal> display;   // DisplayQty(1138)
    std::optional<Decimal> minimum;   // MinQty(110)
    Timestamp expire_time;
    Timestamp effective_time;
    bool post_only = false;
    std::optional<Decimal> last_quantity;  // LastQty(32)
    std::optional<Decimal> last_price;     // LastPx(31)
    std::optional<Decimal> filled;         // CumQty(14) after it; toward venues of the child
    std::optional<Decimal> leaves;         // LeavesQty(151) after it, the same
    std::optional<Decimal> average_price;  // AvgPx(6)
    oms::Reason rule = oms::Reason::None;  // who said no
    std::optional<Notional> measured;      // what the rule saw
    std::optional<Notional> limit;         // what it allows
    Text text;                             // Text(58), or the words of an alarm
    std::uint32_t reason_code = 0;         // OrdRejReason(103), CxlRejReason(102) of a venue
    std::uint32_t restatement = 0;         // ExecRestatementReason(378), one more than its number
    bool is_asked_for = false;             // of a cancel: somebody had asked for it
    Timestamp said_time;                   // TransactTime(60) of the other side
    std::optional<Decimal> seen;           // the price a decision was made with
    Seq quote_seq;                         // the record of the newest quote of its venue, and what it said:
    std::optional<Decimal> bid;
    std::optional<Decimal> ask;
    std::optional<Decimal> last;
    Seq limits_seq;  // the record of the account's limits in force, of orders and amends
    std::optional<Decimal> max_quantity;
    std::optional<Decimal> max_notional;
    std::optional<Decimal> collar_percent;
    std::string_view raw;  // the message as it was, credentials redacted; empty: not kept
};

/// How an execution came to be. Sums of `net_quantity` over all rows are what is filled.
enum class ExecutionKind : std::uint8_t {
    Trade = 1,
    Bust = 2,        // takes back an execution that stays where it is
    Reversal = 3,    // the same, because a correction follows
    Correction = 4,  // what was traded in its place
};
std::string_view to_text(ExecutionKind kind);

/// One execution. Nothing is ever changed: busts and corrections are rows of their own. `seq`, `index` and
/// `kind` together are unique: a correction is two rows.
struct Execution {
    Seq seq;
    std::uint64_t index = 0;
    Timestamp time;
    ExecutionKind kind = ExecutionKind::Trade;
    ExecId exec_id;      // ours, as the client was told
    ExecId exec_ref_id;  // of the execution that is taken back or replaced
    OrderId order_id;
    ChildId child_id;
    VenueName venue;
    VenueOrderId venue_order_id;
    VenueExecId venue_exec_id;
    VenueExecId venue_exec_ref_id;
    SessionName session;
    ClOrdId cl_ord_id;
    AccountName account;
    Symbol symbol;
    char side = '\0';
    Decimal quantity;
    Decimal price;
    Decimal net_quantity;           // quantity, negative when it is taken back
    std::optional<Decimal> filled;  // of the order, after it
    std::optional<Decimal> leaves;
    std::optional<Decimal> average_price;
    Timestamp venue_time;  // TransactTime(60)
};

/// An order as it stands after its newest event.
struct OrderRow {
    OrderId order_id;
    Seq first_seq;  // the record it came with
    Seq last_seq;   // the newest that changed it
    Timestamp entered;
    Timestamp changed;
    SessionName session;
    ClOrdId cl_ord_id;
    ClOrdId first_cl_ord_id;
    ClOrdId list_id;
    AccountName account;
    VenueName venue;
    VenueOrderId venue_order_id;
    Symbol symbol;
    char side = '\0';
    char order_type = '\0';
    char time_in_force = '\0';
    Decimal quantity;
    std::optional<Decimal> price;
    std::optional<Decimal> stop;
    std::optional<Decimal> display;
    std::optional<Decimal> minimum;
    Timestamp expire_time;
    Timestamp effective_time;
    bool post_only = false;
    char status = 'A';  // OrdStatus(39); PendingNew until something was said
    Decimal filled;
    Decimal leaves;
    Decimal average_price;
    oms::Reason rule = oms::Reason::None;
    Text text;
};

/// What happened to a FIX session.
struct SessionRow {
    Seq seq;
    Timestamp time;
    SessionName session;
    std::string_view kind;  // "Up", "Down", "Logout", "Advanced", "Reset", "Refused"
    std::uint32_t next_in = 0;
    std::uint32_t next_out = 0;
    Text text;
};

/// Something that is not about one order was set or done: a definition, a limit, a permission, an operator's
/// action, an event of the machine. `before` and `after` are as to_text prints them.
struct ActionRow {
    Seq seq;
    Timestamp time;
    std::string_view kind;  // name of the input
    SessionName actor;
    SessionName object;  // what it is about
    std::string before;
    std::string after;
};

/// Takes rows. What it is not interested in it need not know of.
class Rows {
  public:
    virtual ~Rows() = default;
    virtual void add(const OrderEvent&) {}
    virtual void add(const Execution&) {}
    /// The newest state of an order that a record has changed, once a record, after its events.
    virtual void put(const OrderRow&) {}
    virtual void add(const SessionRow&) {}
    virtual void add(const ActionRow&) {}
};

}  // namespace penstock::history
