#pragma once

#include <concepts>
#include <type_traits>

#include "oms/domain/fields/conditions.hpp"
#include "oms/domain/fields/venue_facts.hpp"
#include "oms/domain/output.hpp"

namespace penstock::oms {

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, Denial>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "reason", m.reason);
    visit(2, "measured", m.measured);
    visit(3, "limit", m.limit);
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
    visit(29, "conditions", m.conditions);
    visit(30, "list_id", m.list_id);
    visit(31, "triggered", m.triggered);
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
    visit(10, "account", m.account);
    visit(11, "side", m.side);
    visit(12, "missed", m.missed);
    visit(13, "text", m.text);
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
    visit(12, "conditions", m.conditions);
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
    visit(15, "conditions", m.conditions);
    visit(16, "foreign_id", m.foreign_id);
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
    visit(12, "foreign_id", m.foreign_id);
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
    visit(8, "foreign_id", m.foreign_id);
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

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ListLine>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "cl_ord_id", m.cl_ord_id);
    visit(2, "ord_status", m.ord_status);
    visit(3, "filled", m.filled);
    visit(4, "leaves", m.leaves);
    visit(5, "cancelled", m.cancelled);
    visit(6, "average_price", m.average_price);
    visit(7, "denial", m.denial);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ListStatus>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "list_id", m.list_id);
    visit(3, "type", m.type);
    visit(4, "status", m.status);
    visit(5, "denial", m.denial);
    visit(6, "text", m.text);
    visit(7, "residual", m.residual);
    visit(8, "orders", m.orders);
    visit(9, "reports", m.reports);
    visit(10, "report", m.report);
    visit(11, "transact_time", m.transact_time);
    visit(12, "line1", m.line1);
    visit(13, "line2", m.line2);
    visit(14, "line3", m.line3);
    visit(15, "line4", m.line4);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, TriggerDecision>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "order_id", m.order_id);
    visit(2, "trigger_on", m.trigger_on);
    visit(3, "trigger", m.trigger);
    visit(4, "seen", m.seen);
    visit(5, "venue", m.venue);
    visit(6, "quote_time", m.quote_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, GroupDecision>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "list_id", m.list_id);
    visit(2, "order_id", m.order_id);
    visit(3, "action", m.action);
    visit(4, "cause", m.cause);
    visit(5, "quantity", m.quantity);
    visit(6, "over", m.over);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueMassStatusRequest>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "venue", m.venue);
    visit(3, "request", m.request);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ReconciliationChanged>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "state", m.state);
    visit(3, "told", m.told);
    visit(4, "missing", m.missing);
    visit(5, "orphans", m.orphans);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenueOrderKept>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "number", m.number);
    visit(2, "report", m.report);
    visit(3, "terms", m.terms);
    visit(4, "order_id", m.order_id);
    visit(5, "by", m.by);
    visit(6, "reason", m.reason);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, VenuePositionsRequest>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "venue", m.venue);
    visit(3, "request", m.request);
    visit(4, "account", m.account);
    visit(5, "transact_time", m.transact_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, PositionCompared>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "account", m.account);
    visit(3, "symbol", m.symbol);
    visit(4, "state", m.state);
    visit(5, "told", m.told);
    visit(6, "opening", m.opening);
    visit(7, "ours", m.ours);
    visit(8, "by", m.by);
    visit(9, "reason", m.reason);
}

}  // namespace penstock::oms
