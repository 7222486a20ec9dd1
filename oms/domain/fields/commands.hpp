#pragma once

#include <concepts>
#include <type_traits>

#include "oms/domain/commands.hpp"
#include "oms/domain/fields/conditions.hpp"

namespace penstock::oms {

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, DoorRefusal>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "reason", m.reason);
    visit(2, "text", m.text);
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
    visit(14, "conditions", m.conditions);
    visit(15, "refusal", m.refusal);
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
    visit(11, "conditions", m.conditions);
    visit(12, "refusal", m.refusal);
    visit(13, "poss_resend", m.poss_resend);
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
    visit(7, "poss_resend", m.poss_resend);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, MassCancel>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "cl_ord_id", m.cl_ord_id);
    visit(3, "scope", m.scope);
    visit(4, "symbol", m.symbol);
    visit(5, "account", m.account);
    visit(6, "side", m.side);
    visit(7, "refusal", m.refusal);
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
    visit(3, "scope", m.scope);
    visit(4, "symbol", m.symbol);
    visit(5, "account", m.account);
    visit(6, "side", m.side);
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
    requires std::same_as<std::remove_const_t<T>, TradeQuestioned>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "order_id", m.order_id);
    visit(3, "exec_id", m.exec_id);
    visit(4, "text", m.text);
}

}  // namespace penstock::oms
