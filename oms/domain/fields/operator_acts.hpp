#pragma once

#include <concepts>
#include <type_traits>

#include "oms/domain/operator_acts.hpp"

namespace penstock::oms {

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, OperatorActed>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "who", m.who);
    visit(2, "action", m.action);
    visit(3, "subject", m.subject);
    visit(4, "reason", m.reason);
    visit(5, "text", m.text);
    visit(6, "effect", m.effect);
}

}  // namespace penstock::oms
