#pragma once

#include <cstdint>

#include "oms/domain/conditions.hpp"
#include "oms/domain/ids.hpp"
#include "oms/domain/order_state.hpp"
#include "oms/domain/time.hpp"
#include "oms/engine/slab.hpp"

namespace penstock::oms {

struct Order;
struct Child;
struct ClOrdIdEntry;
struct Request;
struct FillRecord;
struct Special;

/// What a client sent, and all that became of it. An open order with one child must stay below 400
/// bytes with its indexes (`./dev bench core` prints it), so links are slots and prices are plain.
struct Order {
    OrderId id;
    SessionId session;
    AccountId account;
    InstrumentId instrument;
    Side side = Side::Buy;
    OrderType type = OrderType::Limit;
    TimeInForce time_in_force = TimeInForce::Day;
    bool has_limit : 1 = false;
    bool has_cancel_id : 1 = false;  // the ClOrdID place kept for its cancel is used
    /// It is to be cancelled, but its venue was not there to be asked.
    bool awaits_venue : 1 = false;
    bool awaits_by_request : 1 = false;  // of a mass cancel, not because the client is gone
    OnDisconnect on_disconnect : 2 = OnDisconnect::AsSession;
    Price limit;
    OrderState state;
    Slot<ClOrdIdEntry> cl_ord_id;       // the last accepted id; the newest of the chain below is newer
    Slot<ClOrdIdEntry> last_cl_ord_id;  // head of the chain of all ids this order ever had
    Slot<Request> first_request;        // in flight or waiting, oldest first
    Slot<Child> first_child;
    Slot<Special> special;    // none for plain orders
    Slot<Order> done_before;  // ring of finished orders, oldest retired first
    Slot<Order> done_after;
};

/// A piece of an order as one venue sees it.
struct Child {
    ChildId id;
    Slot<Order> order;
    Slot<Child> next_of_order;
    VenueId venue;
    std::uint16_t next_revision = 1;      // revision 0 is the new order itself
    std::uint16_t accepted_revision = 0;  // the newest request the venue agreed to
    bool awaits_answer : 1 = false;       // member of the waiting list below
    bool is_held : 1 = false;             // never sent: it waits inside, see Special::holds
    bool is_asked : 1 = false;            // at the last logon, for its status: the venue has not told it yet
    bool was_asked_twice : 1 = false;     // the first of these questions was not answered
    bool was_given_up : 1 = false;        // nor the second: the desk knows
    bool is_adopted : 1 = false;          // placed by somebody else: see VenueOrder
    bool is_short : 1 = false;            // the venue told of more filled than it has reported
    bool has_inferred : 1 = false;        // a fill was booked that nobody reported
    std::uint8_t not_found : 3 = 0;       // times the venue did not know it, in a row; kMaxNotFound at most
    bool has_question : 1 = false;        // the venue was asked for its status and has not told it
    /// Of these, before the last one and by another id, kMaxOlderQuestions at most; see ask_status.
    std::uint8_t older_questions : 4 = 0;
    std::uint16_t asked_revision = 0;  // next_revision when the venue was last asked: what it could know of
    Slot<FillRecord> first_fill;       // here, because it fills a gap
    OrderState state;
    VenueOrderId venue_order_id;
    Slot<Child> waits_before;  // list of children that wait for an answer, longest waiting first
    Slot<Child> waits_after;
    std::uint16_t asked_by = 0;     // the revision whose id the venue was asked by
    std::uint8_t told_in_book = 0;  // the mark of the venue's list it stood in last; zero: in none
    bool tells_less : 1 = false;    // the venue told of less filled than is booked
    bool was_settled : 1 = false;   // people have ended it, and the venue has not: see settled_orders.hpp
    bool was_revived : 1 = false;   // they were mistaken
    bool is_split : 1 = false;      // a slice that was: its venue counts what has filled in other units
    bool has_turned : 1 = false;    // it told of more and of less in turn, and has not agreed since
    /// Times in a row it was to be asked again for another CumQty(14) than is booked; see kMaxDisputes.
    std::uint8_t disputes : 3 = 0;
    AccountId told_for;  // of one that is adopted: whose position it moves, as its venue tells it
    /// When its venue was asked last. Of one that awaits no answer: when it was heard of last, or adopted.
    Timestamp asked_at;
};

/// One ClOrdID a client has used, pointing at its order.
struct ClOrdIdEntry {
    ClOrdId text;
    SessionId session;
    Slot<Order> order;
    Slot<ClOrdIdEntry> older_of_order;
};

/// An amend or a cancel on its way.
struct Request {
    enum class Kind : std::uint8_t { Amend, Cancel };
    /// Who wants it, when it is not the client (then there is no ClOrdID) but the OMS in its place.
    enum class Cause : std::uint8_t {
        Client,
        MassRequest,
        Disconnect,
        Logout,
        Group,
        Expiry,
        Conditions,
        Woken
    };

    Kind kind = Kind::Amend;
    Cause cause = Cause::Client;
    bool is_sent = false;  // no: waits for the one before it
    bool has_limit : 1 = false;
    bool is_cancel_to_venue : 1 = false;  // an amend to what is filled, toward a venue that wants the rest
    bool has_kept_place : 1 = false;      // the place every order has for one cancel
    bool is_superseded : 1 = false;       // never sent: answered with the newer amend of this revision
    std::uint16_t revision = 0;           // once sent, or superseded
    Slot<Order> order;
    Slot<Child> child;             // once sent: revisions are counted for each child
    Slot<ClOrdIdEntry> cl_ord_id;  // none: the OMS itself asked (mass cancel)
    Slot<Request> next;
    Slot<OrderConditions> wish;  // conditions an amend asks for; none: those of the order stay
    Quantity quantity;           // of the order, in all
    Quantity child_quantity;     // of the child, in all, once sent
    Price limit;
};

/// One execution a venue reported: for duplicates, busts and corrections.
struct FillRecord {
    VenueExecId exec_id;
    VenueId venue;
    Slot<Child> child;
    Slot<FillRecord> next_of_child;
    ExecId reported_as;          // our ExecID(17) to the client
    bool is_superseded = false;  // busted, or replaced by a correction
    bool is_inferred = false;    // from what the venue counts: its own report may come yet
    Quantity quantity;
    Price price;
};

}  // namespace penstock::oms
