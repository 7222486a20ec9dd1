#pragma once

#include <concepts>
#include <type_traits>

#include "persistence/history/rows.hpp"

namespace penstock::history {

// One list of fields for each row: `describe(row, visit)` calls visit(name, member) for each, in the order of
// columns. A new column is added at the end of its list; none is ever renamed.

/// The last columns of an order event: what was decided, with what was seen.
template <class T, class Visit>
constexpr void describe_decision(T& m, Visit&& visit) {
    visit("is_asked_for", m.is_asked_for);
    visit("said_time", m.said_time);
    visit("seen", m.seen);
    visit("quote_seq", m.quote_seq);
    visit("bid", m.bid);
    visit("ask", m.ask);
    visit("last", m.last);
    visit("limits_seq", m.limits_seq);
    visit("max_quantity", m.max_quantity);
    visit("max_notional", m.max_notional);
    visit("collar_percent", m.collar_percent);
    visit("raw", m.raw);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, OrderEvent>
constexpr void describe(T& m, Visit&& visit) {
    visit("seq", m.seq);
    visit("index", m.index);
    visit("time", m.time);
    visit("kind", m.kind);
    visit("direction", m.direction);
    visit("session", m.session);
    visit("msg_seq_num", m.msg_seq_num);
    visit("order_id", m.order_id);
    visit("root_id", m.root_id);
    visit("parent_id", m.parent_id);
    visit("child_id", m.child_id);
    visit("is_slice", m.is_slice);
    visit("revision", m.revision);
    visit("list_id", m.list_id);
    visit("cl_ord_id", m.cl_ord_id);
    visit("orig_cl_ord_id", m.orig_cl_ord_id);
    visit("client_order", m.client_order);
    visit("venue_order_id", m.venue_order_id);
    visit("exec_id", m.exec_id);
    visit("exec_ref_id", m.exec_ref_id);
    visit("exec_type", m.exec_type);
    visit("status", m.status);
    visit("actor", m.actor);
    visit("account", m.account);
    visit("venue", m.venue);
    visit("symbol", m.symbol);
    visit("side", m.side);
    visit("order_type", m.order_type);
    visit("time_in_force", m.time_in_force);
    visit("quantity", m.quantity);
    visit("price", m.price);
    visit("stop", m.stop);
    visit("display", m.display);
    visit("minimum", m.minimum);
    visit("expire_time", m.expire_time);
    visit("effective_time", m.effective_time);
    visit("post_only", m.post_only);
    visit("last_quantity", m.last_quantity);
    visit("last_price", m.last_price);
    visit("filled", m.filled);
    visit("leaves", m.leaves);
    visit("average_price", m.average_price);
    visit("rule", m.rule);
    visit("measured", m.measured);
    visit("limit", m.limit);
    visit("text", m.text);
    visit("reason_code", m.reason_code);
    visit("restatement", m.restatement);
    describe_decision(m, visit);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, Execution>
constexpr void describe(T& m, Visit&& visit) {
    visit("seq", m.seq);
    visit("index", m.index);
    visit("time", m.time);
    visit("kind", m.kind);
    visit("exec_id", m.exec_id);
    visit("exec_ref_id", m.exec_ref_id);
    visit("order_id", m.order_id);
    visit("child_id", m.child_id);
    visit("venue", m.venue);
    visit("venue_order_id", m.venue_order_id);
    visit("venue_exec_id", m.venue_exec_id);
    visit("venue_exec_ref_id", m.venue_exec_ref_id);
    visit("session", m.session);
    visit("cl_ord_id", m.cl_ord_id);
    visit("account", m.account);
    visit("symbol", m.symbol);
    visit("side", m.side);
    visit("quantity", m.quantity);
    visit("price", m.price);
    visit("net_quantity", m.net_quantity);
    visit("filled", m.filled);
    visit("leaves", m.leaves);
    visit("average_price", m.average_price);
    visit("venue_time", m.venue_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, OrderRow>
constexpr void describe(T& m, Visit&& visit) {
    visit("order_id", m.order_id);
    visit("first_seq", m.first_seq);
    visit("last_seq", m.last_seq);
    visit("entered", m.entered);
    visit("changed", m.changed);
    visit("session", m.session);
    visit("cl_ord_id", m.cl_ord_id);
    visit("first_cl_ord_id", m.first_cl_ord_id);
    visit("list_id", m.list_id);
    visit("account", m.account);
    visit("venue", m.venue);
    visit("venue_order_id", m.venue_order_id);
    visit("symbol", m.symbol);
    visit("side", m.side);
    visit("order_type", m.order_type);
    visit("time_in_force", m.time_in_force);
    visit("quantity", m.quantity);
    visit("price", m.price);
    visit("stop", m.stop);
    visit("display", m.display);
    visit("minimum", m.minimum);
    visit("expire_time", m.expire_time);
    visit("effective_time", m.effective_time);
    visit("post_only", m.post_only);
    visit("status", m.status);
    visit("filled", m.filled);
    visit("leaves", m.leaves);
    visit("average_price", m.average_price);
    visit("rule", m.rule);
    visit("text", m.text);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, SessionRow>
constexpr void describe(T& m, Visit&& visit) {
    visit("seq", m.seq);
    visit("time", m.time);
    visit("session", m.session);
    visit("kind", m.kind);
    visit("next_in", m.next_in);
    visit("next_out", m.next_out);
    visit("text", m.text);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ActionRow>
constexpr void describe(T& m, Visit&& visit) {
    visit("seq", m.seq);
    visit("time", m.time);
    visit("kind", m.kind);
    visit("actor", m.actor);
    visit("object", m.object);
    visit("before", m.before);
    visit("after", m.after);
}

}  // namespace penstock::history
