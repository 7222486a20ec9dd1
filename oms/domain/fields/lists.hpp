#pragma once

#include <concepts>
#include <type_traits>

#include "oms/domain/fields/commands.hpp"
#include "oms/domain/lists.hpp"

namespace penstock::oms {

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, NewList>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "list_id", m.list_id);
    visit(3, "transact_time", m.transact_time);
    visit(4, "legs", m.legs);
    visit(5, "groups", m.groups);
    visit(6, "waits_for_execute", m.waits_for_execute);
    visit(7, "stale", m.stale);
    visit(8, "refusal", m.refusal);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ListGroup>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "group", m.group);
    visit(3, "parent", m.parent);
    visit(4, "contingency", m.contingency);
    visit(5, "release", m.release);
    visit(6, "overfill", m.overfill);
    visit(7, "overfill_budget", m.overfill_budget);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ListLeg>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "leg", m.leg);
    visit(3, "group", m.group);
    visit(4, "order", m.order);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, EnterList>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "list_id", m.list_id);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ExecuteList>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "list_id", m.list_id);
    visit(3, "transact_time", m.transact_time);
    visit(4, "stale", m.stale);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, CancelList>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "list_id", m.list_id);
    visit(3, "transact_time", m.transact_time);
}

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, ListStatusQuery>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "session", m.session);
    visit(2, "list_id", m.list_id);
}

}  // namespace penstock::oms
