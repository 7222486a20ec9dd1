#include "oms/engine/group_math.hpp"

#include <algorithm>
#include <limits>

namespace penstock::oms {
namespace {

Units power_of_ten(int exponent) {
    Units power = 1;
    for (; exponent > 0; --exponent) power *= 10;
    return power;
}

/// whole * part / of for part < of, to the nearest, without a product that would not fit: the digits of
/// `whole` one by one, as in long multiplication and division at once.
Units fraction(Units whole, Units part, Units of) {
    Units quotient = 0;
    Units rest = 0;
    for (int bit = 126; bit >= 0; --bit) {
        quotient *= 2;
        rest *= 2;
        if (((whole >> bit) & 1) != 0) rest += part;
        while (rest >= of) {
            rest -= of;
            ++quotient;
        }
    }
    return rest * 2 >= of ? quotient + 1 : quotient;
}

}  // namespace

Units to_units(Quantity quantity) {
    return Units{quantity.value.mantissa()} * power_of_ten(Decimal::kMaxScale - quantity.value.scale());
}

Quantity to_quantity(Units units, const std::optional<Quantity>& increment, int scale) {
    constexpr Units kMost = Units{std::numeric_limits<std::int64_t>::max()} * 1'000'000'000'000;
    units = std::clamp(units, Units{0}, kMost);
    const Units step = increment && increment->is_positive() ? to_units(*increment)
                                                             : power_of_ten(Decimal::kMaxScale - scale);
    units -= units % step;
    // Sixteen digits before the point leave no room for twelve behind it.
    for (int digits = 0;; ++digits) {
        units -= units % power_of_ten(digits);
        if (const auto made = Decimal::from_parts(units, Decimal::kMaxScale)) return {*made};
    }
}

Units proportion(Units whole, Units part, Units of) {
    constexpr Units kMostTimes = 1'000'000;
    if (of <= 0 || part <= 0 || whole <= 0) return 0;
    return whole * std::min(part / of, kMostTimes) + fraction(whole, part % of, of);
}

void add_member(Exposure& group, Contingency contingency, OverfillPolicy policy, const Exposure& member,
                bool is_first) {
    switch (contingency) {
        case Contingency::None:
        case Contingency::Unsupported:
            group.meant += member.meant;
            group.worst += member.worst;
            group.extra += member.extra;
            return;
        case Contingency::OneCancelsOther:
        case Contingency::OneUpdatesOther:
        case Contingency::OneUpdatesOtherProportional:
            group.meant = std::max(group.meant, member.meant);
            group.worst = policy == OverfillPolicy::Block ? std::max(group.worst, member.worst)
                                                          : group.worst + member.worst;
            group.extra += member.extra;
            return;
        case Contingency::OneTriggersOther: break;
    }
    if (is_first)
        group = {member.meant, member.worst, group.extra + member.extra};
    else
        group.extra += member.residual();
}

}  // namespace penstock::oms
