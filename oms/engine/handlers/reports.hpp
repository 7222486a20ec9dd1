#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// Decimals of AvgPx(6): two more than any listed price, as far as the type holds.
inline constexpr int kAveragePriceScale = 8;

/// Emits an ExecutionReport(8) on an order as it stands now, under its accepted ClOrdID. The caller
/// adds what is particular. Valid until the next emit.
ExecutionReport& report(const Context& context, Slot<Order> order, ExecType type);

/// The same for an amend that came true: its ClOrdID is the accepted one from now on.
ExecutionReport& report_replaced(const Context& context, Slot<Order> order, Slot<ClOrdIdEntry> cl_ord_id);

/// The client hears that its request is on its way: PendingReplace or PendingCancel under the request's id,
/// unless it wants no such reports. Without an id it is the OMS's own request.
void report_pending(const Context& context, Slot<Order> order, ExecType type, const ClOrdId& cl_ord_id);

/// A new order that never came to be: an ExecutionReport with ExecType Rejected. It is remembered, so that
/// a copy of it is told the same.
void refuse(const Context& context, const NewOrder& order, const Denial& denial);
/// Emits an ExecutionReport(8) on a remembered refusal. Valid until the next emit.
ExecutionReport& report(const Context& context, const RefusedOrder& refused, ExecType type);

/// Why no order may be taken now: an operator said halt, or the journal's disk is nearly full. What room is
/// left is for cancels, for what venues report, and for the refusals themselves.
std::optional<Denial> why_nothing_new(const Context& context);

/// OrderCancelReject(9) for a request that names an order we know, or (slot none) do not know. Of a known
/// order OrigClOrdID(41) is the last accepted id, whatever the request said.
struct CancelRefusal {
    SessionId session;
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    CancelRejectTo response_to = CancelRejectTo::CancelRequest;
    Denial denial;
    Text text;
};
void refuse(const Context& context, Slot<Order> order, const CancelRefusal& refusal);

/// Where a child goes, and the prices that was decided with.
void route(const Context& context, Slot<Child> child, const std::optional<marketdata::Reference>& reference);

/// Tells the desk.
void alarm(const Context& context, AlarmKind kind, Slot<Child> child, const VenueReport& report,
           std::string_view text);

/// Tells the desk that something is to happen to an order, and cannot now.
void tell_blocked(const Context& context, Slot<Order> order, std::string_view why);

}  // namespace penstock::oms
