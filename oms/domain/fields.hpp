#pragma once

#include <concepts>
#include <type_traits>

#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"

namespace penstock::oms {

// One list of fields per struct: `describe(value, visit)` calls visit(number, name, member) for each.
// The journal writes and reads by it, the state hash folds it, tools print by it; so none can forget
// a field. Numbers are those of spec/proto/journal.proto (a test compares) and are never reused.

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, DefineSession>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "name", m.name);
    visit(2, "role", m.role);
    visit(3, "default_account", m.default_account);
    visit(4, "pending_reports", m.pending_reports);
    visit(5, "one_request_at_a_time", m.one_request_at_a_time);
    visit(6, "cancel_on_disconnect", m.cancel_on_disconnect);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, DefineVenue>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "name", m.name);
    visit(2, "session", m.session);
    visit(3, "concurrent_amends", m.concurrent_amends);
    visit(4, "amend_quantity_is_total", m.amend_quantity_is_total);
    visit(5, "answer_timeout", m.answer_timeout);
    visit(6, "asks_on_logon", m.asks_on_logon);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, DefineInstrument>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "symbol", m.symbol);
    visit(2, "default_venue", m.default_venue);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, DefineAccount>
constexpr void describe(T& m, Visit&& visit) { visit(1, "name", m.name); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, PermitAccount>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "account", m.account);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, SetLimits>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "account", m.account);
    visit(2, "max_quantity", m.max_quantity);
    visit(3, "max_notional", m.max_notional);
    visit(4, "collar_percent", m.collar_percent);
    visit(5, "max_reference_age", m.max_reference_age);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, NewOrder>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "cl_ord_id", m.cl_ord_id);
    visit(3, "account", m.account);
    visit(4, "symbol", m.symbol);
    visit(5, "destination", m.destination);
    visit(6, "side", m.side);
    visit(7, "type", m.type);
    visit(8, "time_in_force", m.time_in_force);
    visit(9, "quantity", m.quantity);
    visit(10, "limit", m.limit);
    visit(11, "transact_time", m.transact_time);
    visit(12, "poss_resend", m.poss_resend);
    visit(13, "stale", m.stale);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, AmendOrder>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "cl_ord_id", m.cl_ord_id);
    visit(3, "orig_cl_ord_id", m.orig_cl_ord_id);
    visit(4, "symbol", m.symbol);
    visit(5, "side", m.side);
    visit(6, "type", m.type);
    visit(7, "quantity", m.quantity);
    visit(8, "limit", m.limit);
    visit(9, "transact_time", m.transact_time);
    visit(10, "stale", m.stale);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, CancelOrder>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "cl_ord_id", m.cl_ord_id);
    visit(3, "orig_cl_ord_id", m.orig_cl_ord_id);
    visit(4, "symbol", m.symbol);
    visit(5, "side", m.side);
    visit(6, "transact_time", m.transact_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, MassCancel>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "cl_ord_id", m.cl_ord_id);
    visit(3, "scope", m.scope);
    visit(4, "symbol", m.symbol);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, OrderStatusQuery>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "cl_ord_id", m.cl_ord_id);
    visit(3, "request_id", m.request_id);
    visit(4, "symbol", m.symbol);
    visit(5, "side", m.side);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, MassStatusQuery>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "request_id", m.request_id);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, RequestRefused>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "ref_msg_seq_num", m.ref_msg_seq_num);
    visit(3, "ref_msg_type", m.ref_msg_type);
    visit(4, "business_reject_reason", m.business_reject_reason);
    visit(5, "ref_id", m.ref_id);
    visit(6, "text", m.text);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueReport>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "child", m.child);
    visit(3, "revision", m.revision);
    visit(4, "venue_order_id", m.venue_order_id);
    visit(5, "exec_id", m.exec_id);
    visit(6, "venue_time", m.venue_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueAccepted>
constexpr void describe(T& m, Visit&& visit) { visit(1, "report", m.report); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueRefused>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "venue_reason", m.venue_reason);
    visit(3, "text", m.text);
    visit(4, "message_rejected", m.message_rejected);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueFilled>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "quantity", m.quantity);
    visit(3, "price", m.price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, FillBusted>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "exec_ref_id", m.exec_ref_id);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, FillCorrected>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "exec_ref_id", m.exec_ref_id);
    visit(3, "quantity", m.quantity);
    visit(4, "price", m.price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueAmended>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "quantity", m.quantity);
    visit(3, "limit", m.limit);
    visit(4, "is_restatement", m.is_restatement);
    visit(5, "restatement_reason", m.restatement_reason);
    visit(6, "filled", m.filled);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueCancelled>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "text", m.text);
    visit(3, "restatement_reason", m.restatement_reason);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueRequestRefused>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "response_to", m.response_to);
    visit(3, "venue_reason", m.venue_reason);
    visit(4, "text", m.text);
    visit(5, "message_rejected", m.message_rejected);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueExpired>
constexpr void describe(T& m, Visit&& visit) { visit(1, "report", m.report); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueDoneForDay>
constexpr void describe(T& m, Visit&& visit) { visit(1, "report", m.report); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueStatus>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "known", m.known);
    visit(3, "status", m.status);
    visit(4, "quantity", m.quantity);
    visit(5, "filled", m.filled);
    visit(6, "limit", m.limit);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, OutcomeUnknown>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "child", m.child);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueUndecodable>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "problem", m.problem);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, SessionChanged>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "up", m.up);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, QuoteChanged>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "symbol", m.symbol);
    visit(3, "bid", m.bid);
    visit(4, "ask", m.ask);
    visit(5, "last", m.last);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, TimePassed>
constexpr void describe(T&, Visit&&) {}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, SessionAdvanced>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "next_in", m.next_in);
    visit(3, "next_out", m.next_out);
    visit(4, "reset", m.reset);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, SetCapacity>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "orders", m.orders);
    visit(2, "requests", m.requests);
    visit(3, "fills", m.fills);
    visit(4, "refusals", m.refusals);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, JournalSpace>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "is_nearly_full", m.is_nearly_full);
    visit(2, "ready", m.ready);
    visit(3, "wanted", m.wanted);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ClockSetBack>
constexpr void describe(T& m, Visit&& visit) { visit(1, "by", m.by); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, Origin>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "msg_seq_num", m.msg_seq_num);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, Denial>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "reason", m.reason);
    visit(2, "measured", m.measured);
    visit(3, "limit", m.limit);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueSuspended>
constexpr void describe(T& m, Visit&& visit) { visit(1, "report", m.report); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueStopped>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "report", m.report);
    visit(2, "quantity", m.quantity);
    visit(3, "price", m.price);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, TradeQuestioned>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "order_id", m.order_id);
    visit(3, "exec_id", m.exec_id);
    visit(4, "text", m.text);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ExecutionReport>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "order_id", m.order_id);
    visit(3, "exec_id", m.exec_id);
    visit(4, "exec_ref_id", m.exec_ref_id);
    visit(5, "exec_type", m.exec_type);
    visit(6, "ord_status", m.ord_status);
    visit(7, "cl_ord_id", m.cl_ord_id);
    visit(8, "orig_cl_ord_id", m.orig_cl_ord_id);
    visit(9, "account", m.account);
    visit(10, "symbol", m.symbol);
    visit(11, "side", m.side);
    visit(12, "type", m.type);
    visit(13, "time_in_force", m.time_in_force);
    visit(14, "quantity", m.quantity);
    visit(15, "limit", m.limit);
    visit(16, "last_quantity", m.last_quantity);
    visit(17, "last_price", m.last_price);
    visit(18, "leaves", m.leaves);
    visit(19, "filled", m.filled);
    visit(20, "average_price", m.average_price);
    visit(21, "venue", m.venue);
    visit(22, "transact_time", m.transact_time);
    visit(23, "denial", m.denial);
    visit(24, "text", m.text);
    visit(25, "request_id", m.request_id);
    visit(26, "total_reports", m.total_reports);
    visit(27, "last_report", m.last_report);
    visit(28, "restatement_reason", m.restatement_reason);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, CancelReject>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "order_id", m.order_id);
    visit(3, "cl_ord_id", m.cl_ord_id);
    visit(4, "orig_cl_ord_id", m.orig_cl_ord_id);
    visit(5, "account", m.account);
    visit(6, "ord_status", m.ord_status);
    visit(7, "response_to", m.response_to);
    visit(8, "denial", m.denial);
    visit(9, "transact_time", m.transact_time);
    visit(10, "text", m.text);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, MassCancelReport>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "report_id", m.report_id);
    visit(3, "cl_ord_id", m.cl_ord_id);
    visit(4, "scope", m.scope);
    visit(5, "accepted", m.accepted);
    visit(6, "affected", m.affected);
    visit(7, "symbol", m.symbol);
    visit(8, "denial", m.denial);
    visit(9, "transact_time", m.transact_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, BusinessReject>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "ref_msg_seq_num", m.ref_msg_seq_num);
    visit(3, "ref_msg_type", m.ref_msg_type);
    visit(4, "business_reject_reason", m.business_reject_reason);
    visit(5, "ref_id", m.ref_id);
    visit(6, "text", m.text);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueNewOrder>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "venue", m.venue);
    visit(3, "child", m.child);
    visit(4, "symbol", m.symbol);
    visit(5, "account", m.account);
    visit(6, "side", m.side);
    visit(7, "type", m.type);
    visit(8, "time_in_force", m.time_in_force);
    visit(9, "quantity", m.quantity);
    visit(10, "limit", m.limit);
    visit(11, "transact_time", m.transact_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueAmendOrder>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "venue", m.venue);
    visit(3, "child", m.child);
    visit(4, "revision", m.revision);
    visit(5, "orig_revision", m.orig_revision);
    visit(6, "venue_order_id", m.venue_order_id);
    visit(7, "symbol", m.symbol);
    visit(8, "account", m.account);
    visit(9, "side", m.side);
    visit(10, "type", m.type);
    visit(11, "time_in_force", m.time_in_force);
    visit(12, "quantity", m.quantity);
    visit(13, "limit", m.limit);
    visit(14, "transact_time", m.transact_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueCancelOrder>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "venue", m.venue);
    visit(3, "child", m.child);
    visit(4, "revision", m.revision);
    visit(5, "orig_revision", m.orig_revision);
    visit(6, "venue_order_id", m.venue_order_id);
    visit(7, "symbol", m.symbol);
    visit(8, "account", m.account);
    visit(9, "side", m.side);
    visit(10, "quantity", m.quantity);
    visit(11, "transact_time", m.transact_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueStatusRequest>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "venue", m.venue);
    visit(3, "child", m.child);
    visit(4, "revision", m.revision);
    visit(5, "venue_order_id", m.venue_order_id);
    visit(6, "symbol", m.symbol);
    visit(7, "side", m.side);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, RoutingDecision>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "order_id", m.order_id);
    visit(2, "child", m.child);
    visit(3, "venue", m.venue);
    visit(4, "quantity", m.quantity);
    visit(5, "reference", m.reference);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, Alarm>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "kind", m.kind);
    visit(2, "order_id", m.order_id);
    visit(3, "child", m.child);
    visit(4, "venue", m.venue);
    visit(5, "exec_id", m.exec_id);
    visit(6, "text", m.text);
}

}  // namespace penstock::oms
