#pragma once

#include "oms/engine/core.hpp"

namespace penstock::oms {

/// What a handler may use: the world, the moment of the input, and the way out.
struct Context {
    World& world;
    Timestamp now;
    Outbox& out;

    OrderStore& orders() const { return world.orders; }
    const Directory& directory() const { return world.directory; }
};

// One per kind of input. definitions.cpp
void handle(const Context&, const DefineSession&);
void handle(const Context&, const DefineVenue&);
void handle(const Context&, const DefineInstrument&);
void handle(const Context&, const DefineAccount&);
void handle(const Context&, const PermitAccount&);
void handle(const Context&, const SetLimits&);
void handle(const Context&, const QuoteChanged&);
void handle(const Context&, const SessionAdvanced&);
void handle(const Context&, const AuditKeyChanged&);
void handle(const Context&, const SetCapacity&);
void handle(const Context&, const JournalSpace&);
void handle(const Context&, const ClockSetBack&);
void handle(const Context&, const OperatorActed&);
void handle(const Context&, const RequestRefused&);
void handle(const Context&, const TradeQuestioned&);
// new_order.cpp
void handle(const Context&, const NewOrder&);
// change_order.cpp
void handle(const Context&, const AmendOrder&);
void handle(const Context&, const CancelOrder&);
// lists.cpp
void handle(const Context&, const NewList&);
void handle(const Context&, const ListGroup&);
void handle(const Context&, const ListLeg&);
void handle(const Context&, const EnterList&);
void handle(const Context&, const ExecuteList&);
void handle(const Context&, const CancelList&);
void handle(const Context&, const ListStatusQuery&);
// mass.cpp
void handle(const Context&, const MassCancel&);
void handle(const Context&, const MassStatusQuery&);
void handle(const Context&, const OrderStatusQuery&);
// bulk.cpp
// venue_answers.cpp
void handle(const Context&, const VenueAccepted&);
void handle(const Context&, const VenueRefused&);
void handle(const Context&, const VenueCancelled&);
void handle(const Context&, const VenueRequestRefused&);
void handle(const Context&, const VenueUndecodable&);
// amend_answers.cpp
void handle(const Context&, const VenueAmended&);
// venue_states.cpp
void handle(const Context&, const VenueExpired&);
void handle(const Context&, const VenueDoneForDay&);
void handle(const Context&, const VenueSuspended&);
void handle(const Context&, const VenueStopped&);
void handle(const Context&, const VenueTriggered&);
// fills.cpp
void handle(const Context&, const VenueFilled&);
void handle(const Context&, const FillBusted&);
void handle(const Context&, const FillCorrected&);
// status_answers.cpp
void handle(const Context&, const VenueStatus&);
// unknown_outcomes.cpp
void handle(const Context&, const OutcomeUnknown&);
void handle(const Context&, const SessionChanged&);
// reconciliation.cpp
void handle(const Context&, const VenueBookTold&);
// positions.cpp
void handle(const Context&, const VenuePositionTold&);
void handle(const Context&, const AcceptPosition&);
// venue_orders.cpp
void handle(const Context&, const VenueOrderTold&);
// adoption.cpp
void handle(const Context&, const AdoptVenueOrder&);
void handle(const Context&, const SettleUnknown&);
// time.cpp
void handle(const Context&, const TimePassed&);
void handle(const Context&, const ContinueWork&);
void handle(const Context&, const TradingDayBegan&);

}  // namespace penstock::oms
