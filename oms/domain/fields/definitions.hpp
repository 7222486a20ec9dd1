#pragma once

#include <concepts>
#include <type_traits>

#include "oms/domain/input.hpp"

namespace penstock::oms {

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, DefineSession>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "name", m.name);
    visit(2, "role", m.role);
    visit(3, "default_account", m.default_account);
    visit(4, "pending_reports", m.pending_reports);
    visit(5, "one_request_at_a_time", m.one_request_at_a_time);
    visit(6, "cancel_on_disconnect", m.cancel_on_disconnect);
    visit(7, "conflate_amends", m.conflate_amends);
    visit(8, "disconnect_grace", m.disconnect_grace);
    visit(9, "disconnect_scope", m.disconnect_scope);
    visit(10, "on_logout", m.on_logout);
    visit(11, "mass_cancel", m.mass_cancel);
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
    visit(7, "features", m.features);
    visit(8, "mass_status", m.mass_status);
    visit(9, "reconcile_within", m.reconcile_within);
    visit(10, "trades_unreconciled", m.trades_unreconciled);
    visit(11, "check_every", m.check_every);
    visit(12, "infers_fills", m.infers_fills);
    visit(13, "check_positions", m.check_positions);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, AdoptVenueOrder>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "venue_order_id", m.venue_order_id);
    visit(3, "owner", m.owner);
    visit(4, "account", m.account);
    visit(5, "by", m.by);
    visit(6, "reason", m.reason);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, SettleUnknown>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "order_id", m.order_id);
    visit(2, "by", m.by);
    visit(3, "reason", m.reason);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, AcceptPosition>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "account", m.account);
    visit(3, "symbol", m.symbol);
    visit(4, "difference", m.difference);
    visit(5, "by", m.by);
    visit(6, "reason", m.reason);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, DefineInstrument>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "symbol", m.symbol);
    visit(2, "default_venue", m.default_venue);
    visit(3, "price_increment", m.price_increment);
    visit(4, "quantity_increment", m.quantity_increment);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, DefineAccount>
constexpr void describe(T& m, Visit&& visit) { visit(1, "name", m.name); }

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, PermitAccount>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "account", m.account);
    visit(3, "on_disconnect", m.on_disconnect);
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
    requires std::same_as<std::remove_const_t<T>, SessionChanged>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "up", m.up);
    visit(3, "logged_out", m.logged_out);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, QuoteChanged>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "symbol", m.symbol);
    visit(3, "bid", m.bid);
    visit(4, "ask", m.ask);
    visit(5, "last", m.last);
    visit(6, "mark", m.mark);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, TimePassed>
constexpr void describe(T&, Visit&&) {}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ContinueWork>
constexpr void describe(T&, Visit&&) {}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, TradingDayBegan>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "venue", m.venue);
    visit(2, "begins", m.begins);
    visit(3, "ends", m.ends);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, SessionAdvanced>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "next_in", m.next_in);
    visit(3, "next_out", m.next_out);
    visit(4, "reset", m.reset);
    visit(5, "again_from", m.again_from);
    visit(6, "again_to", m.again_to);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, AuditKeyChanged>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "old_key", m.old_key);
    visit(2, "new_key", m.new_key);
    visit(3, "old_signs", m.old_signs);
    visit(4, "new_signs", m.new_signs);
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

}  // namespace penstock::oms
