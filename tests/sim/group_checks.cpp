#include "tests/sim/group_checks.hpp"

namespace penstock::sim {
namespace {

struct Legs {
    const Client& client;
    const ClientList& list;
    const FindTruth& truth_of;

    std::size_t count() const { return list.orders.size(); }
    const ClientOrder& at(std::size_t leg) const { return client.orders()[list.orders[leg]]; }
    std::int64_t filled_by_others(std::size_t first, std::size_t but_for) const {
        std::int64_t filled = 0;
        for (std::size_t leg = first; leg < count(); ++leg)
            if (leg != but_for) filled += at(leg).filled;
        return filled;
    }
    [[noreturn]] void wrong(Invariant which, std::size_t leg, const std::string& what) const {
        violated(which, "list " + list.id + ": " + at(leg).first_id + " " + what);
    }
    void has_quantity(std::size_t leg, std::int64_t expected) const {
        if (at(leg).quantity == expected) return;
        wrong(Invariant::QuantitiesAdd, leg,
              "has OrderQty " + std::to_string(at(leg).quantity) + ", by what the others filled it is " +
                  std::to_string(expected));
    }
    /// Single orders were not changed by anybody but the group.
    bool is_untouched() const {
        if (list.was_changed) return false;
        for (std::size_t leg = 0; leg < count(); ++leg)
            if (truth_of(at(leg)).is_restated) return false;
        return true;
    }
};

/// Any execution of one ends all others.
void check_one_cancels(const Legs& legs, std::size_t first) {
    for (std::size_t leg = first; leg < legs.count(); ++leg)
        if (!legs.at(leg).is_over() && legs.filled_by_others(first, leg) > 0)
            legs.wrong(Invariant::ComesToRest, leg, "is open although another one has filled");
}

/// What one fills comes off all others.
void check_one_updates(const Legs& legs) {
    if (!legs.is_untouched()) return;
    for (std::size_t leg = 0; leg < legs.count(); ++leg)
        if (!legs.at(leg).is_over())
            legs.has_quantity(leg, legs.at(leg).sent_quantity - legs.filled_by_others(0, leg));
}

/// Children wait until the first has filled; then they have their share of what it has.
void check_one_triggers(const Legs& legs) {
    const ClientOrder& parent = legs.at(0);
    for (std::size_t leg = 1; leg < legs.count(); ++leg) {
        const ClientOrder& child = legs.at(leg);
        if (child.is_over()) continue;
        if (parent.is_over() && parent.filled == 0)
            legs.wrong(Invariant::ComesToRest, leg, "is open although what it waits for ended unfilled");
        const bool is_at_venue = legs.truth_of(child).remaining > 0;
        // One that had filled and is open again, by a bust, has let them go.
        const bool waits_for_all = legs.list.kind == GroupKind::OneTriggersFull && !parent.is_over();
        if (is_at_venue && parent.filled == 0 && legs.truth_of(child).woken == 0)
            legs.wrong(Invariant::QuantitiesAdd, leg, "works although what it waits for has not filled");
        const bool follows = parent.filled > 0 && !waits_for_all && parent.filled <= parent.sent_quantity;
        if (!follows || !legs.is_untouched()) continue;
        // As long as its share is less than one, it waits as it came.
        const std::int64_t share = child.sent_quantity * parent.filled / parent.sent_quantity;
        legs.has_quantity(leg, share == 0 && !is_at_venue ? child.sent_quantity : share);
    }
}

}  // namespace

void check_group(const Client& client, const ClientList& list, const FindTruth& truth_of) {
    const Legs legs{client, list, truth_of};
    if (list.is_refused || list.was_cancelled) return;
    switch (list.kind) {
        case GroupKind::Independent: break;
        case GroupKind::OneCancels: check_one_cancels(legs, 0); break;
        case GroupKind::OneUpdates: check_one_updates(legs); break;
        case GroupKind::OneTriggers:
        case GroupKind::OneTriggersFull: check_one_triggers(legs); break;
        case GroupKind::Bracket:
            check_one_triggers(legs);
            check_one_cancels(legs, 1);
            break;
    }
}

}  // namespace penstock::sim
