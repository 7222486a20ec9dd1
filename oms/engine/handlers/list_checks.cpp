#include "oms/engine/handlers/lists.hpp"

// What may be wrong with a list as such. Its orders, each by itself, are judged as if they came alone.

namespace penstock::oms {
namespace {

Denial measured(Reason reason, std::size_t value, std::size_t limit) {
    const auto number = [](std::size_t n) {
        return Notional::of(Decimal::whole(static_cast<std::int64_t>(n)));
    };
    return {reason, number(value), number(limit)};
}

/// The shape of a staged list; index: the number of the group, 0 unused.
struct Shape {
    explicit Shape(std::size_t groups) : members(groups + 1), first_leg(groups + 1) {}

    std::vector<std::uint32_t> members;
    std::vector<std::uint32_t> first_leg;  // lowest number of the legs in it or below
};

const ListGroup& group_of(const StagedList& list, std::uint32_t number) noexcept {
    return list.groups[number - 1];
}

Shape shape_of(const StagedList& list) {
    Shape shape(list.groups.size());
    for (const ListGroup& group : list.groups) ++shape.members[group.parent];
    for (const ListLeg& leg : list.legs) {
        ++shape.members[leg.group];
        for (std::uint32_t at = leg.group; at != 0 && shape.first_leg[at] == 0;
             at = group_of(list, at).parent)
            shape.first_leg[at] = leg.leg;
    }
    return shape;
}

bool is_first_member(const Shape& shape, const ListLeg& leg) { return shape.first_leg[leg.group] == leg.leg; }

std::optional<Denial> check_place(const ListGroup& group) {
    if ((group.group == 1) != (group.parent == 0) || group.parent >= group.group)
        return measured(Reason::GroupCycle, group.parent, group.group);
    if (group.contingency == Contingency::Unsupported) return Denial{Reason::UnsupportedContingency, {}, {}};
    // Independent orders are the list itself; inside a contingency they would mean nothing.
    if (group.contingency == Contingency::None && group.group != 1)
        return Denial{Reason::UnsupportedContingency, {}, {}};
    if (group.overfill_budget.is_negative())
        return Denial{Reason::InvalidQuantity, Notional::of(group.overfill_budget.value), Notional{}};
    return std::nullopt;
}

std::optional<Denial> check_members(const StagedList& list, const Shape& shape, const ListGroup& group) {
    const std::size_t wanted = group.contingency == Contingency::None ? 1 : 2;
    const std::size_t members = shape.members[group.group];
    if (members < wanted) return measured(Reason::GroupTooSmall, members, wanted);
    // The others follow the fills of one order; what a group as a whole has filled is no measure for them.
    const bool starts_with_group =
        shape.first_leg[group.group] == 0 || list.legs[shape.first_leg[group.group] - 1].group != group.group;
    if (group.contingency == Contingency::OneTriggersOther && starts_with_group)
        return Denial{Reason::UnsupportedContingency, {}, {}};
    return std::nullopt;
}

/// "The same quantity" of another instrument means nothing; a share of it does. What only follows another
/// order's fills does not count.
std::optional<Denial> check_instrument(const StagedList& list, const Shape& shape, const ListLeg& leg) {
    bool is_first = is_first_member(shape, leg);
    for (std::uint32_t at = leg.group; at != 0; at = group_of(list, at).parent) {
        const ListGroup& group = group_of(list, at);
        if (group.contingency == Contingency::OneTriggersOther && !is_first) return std::nullopt;
        is_first = false;
        const Symbol& symbol = list.legs[shape.first_leg[at] - 1].order.symbol;
        if (group.contingency == Contingency::OneUpdatesOther && leg.order.symbol != symbol)
            return Denial{Reason::InstrumentMismatch, {}, {}};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Denial> check_list(const StagedList& list) {
    if (list.denial.reason != Reason::None) return list.denial;
    if (list.head.stale) return Denial{Reason::StaleRequest, {}, {}};
    if (list.legs.size() != list.head.legs || list.legs.empty())
        return measured(Reason::ListIncomplete, list.legs.size(), list.head.legs);
    // Each leg is in a group, so there is at least one.
    if (list.groups.size() != list.head.groups)
        return measured(Reason::ListIncomplete, list.groups.size(), list.head.groups);
    for (const ListGroup& group : list.groups)
        if (const auto no = check_place(group)) return no;
    const Shape shape = shape_of(list);
    for (const ListGroup& group : list.groups)
        if (const auto no = check_members(list, shape, group)) return no;
    for (const ListLeg& leg : list.legs)
        if (const auto no = check_instrument(list, shape, leg)) return no;
    return std::nullopt;
}

std::variant<Quantity, Denial> check_residual(const StagedList& list, const std::vector<Entry>& entries) {
    const Shape shape = shape_of(list);
    std::vector<Exposure> exposures(list.groups.size() + 1);
    for (const ListLeg& leg : list.legs) {
        const ListGroup& group = group_of(list, leg.group);
        // That of money, too, is a quantity by now.
        const Units quantity = to_units(entries[leg.leg - 1].quantity);
        add_member(exposures[leg.group], group.contingency, group.overfill, {quantity, quantity, 0},
                   is_first_member(shape, leg));
    }
    for (std::size_t number = list.groups.size(); number > 0; --number) {
        const ListGroup& group = list.groups[number - 1];
        const Exposure& exposure = exposures[number];
        if (group.overfill == OverfillPolicy::Accept &&
            exposure.worst - exposure.meant > to_units(group.overfill_budget)) {
            const Quantity worst = to_quantity(exposure.worst - exposure.meant, {}, Decimal::kMaxScale);
            return Denial{
                Reason::OverfillBudget, Notional::of(worst.value), Notional::of(group.overfill_budget.value)};
        }
        if (number == 1) continue;  // the list itself is in no other
        const ListGroup& parent = group_of(list, group.parent);
        add_member(exposures[group.parent], parent.contingency, parent.overfill, exposure, false);
    }
    return to_quantity(exposures[1].residual(), {}, Decimal::kMaxScale);
}

}  // namespace penstock::oms
