#pragma once

#include <concepts>
#include <type_traits>

#include "oms/domain/conditions.hpp"

namespace penstock::oms {

template <class T, class Visit>
    requires std::same_as<std::remove_const_t<T>, OrderConditions>
constexpr void describe(T& m, Visit&& visit) {
    visit(1, "stop", m.stop);
    visit(2, "trigger_on", m.trigger_on);
    visit(3, "trigger_direction", m.trigger_direction);
    visit(4, "trail", m.trail);
    visit(5, "trail_unit", m.trail_unit);
    visit(6, "peg", m.peg);
    visit(7, "peg_offset", m.peg_offset);
    visit(8, "peg_unit", m.peg_unit);
    visit(9, "display", m.display);
    visit(10, "display_low", m.display_low);
    visit(11, "display_high", m.display_high);
    visit(12, "minimum", m.minimum);
    visit(13, "cash", m.cash);
    visit(14, "expire_time", m.expire_time);
    visit(15, "effective_time", m.effective_time);
    visit(16, "link_id", m.link_id);
    visit(17, "post_only", m.post_only);
    visit(18, "reduce_only", m.reduce_only);
    visit(19, "held", m.held);
    visit(20, "release", m.release);
    visit(21, "on_disconnect", m.on_disconnect);
}

}  // namespace penstock::oms
