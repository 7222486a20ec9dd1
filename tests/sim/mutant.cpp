#include "tests/sim/mutant.hpp"

#include <string>

namespace penstock::sim {

Seq Mutant::accept(const oms::InputBody& body, oms::Origin origin, std::string_view raw) {
    const auto* fill = std::get_if<oms::VenueFilled>(&body);
    if (world_.plan.mutation == Mutation::DuplicateFillCounted && fill != nullptr) {
        oms::VenueFilled changed = *fill;
        const std::string id = std::string(fill->report.exec_id.view()) + "/" + std::to_string(++fills_);
        changed.report.exec_id = VenueExecId::truncated(id);
        return inbox_.accept(changed, origin, raw);
    }
    if (const auto* accepted = std::get_if<oms::AcceptPosition>(&body);
        world_.plan.mutation == Mutation::AcceptanceForgotten && accepted != nullptr) {
        oms::AcceptPosition changed = *accepted;
        changed.difference = {};
        return inbox_.accept(changed, origin, raw);
    }
    const Seq seq = inbox_.accept(body, origin, raw);
    if (world_.plan.mutation == Mutation::ReleasedEarly && std::holds_alternative<oms::TimePassed>(body))
        release_early();
    return seq;
}

/// "It was not answered, so it was refused."
void Mutant::release_early() {
    const oms::OrderStore& orders = core_.world().orders;
    const oms::Slot<oms::Child> child = orders.longest_waiting();
    if (child.is_none() || !orders[child].state.outcome_unknown) return;
    oms::VenueRefused refused;
    refused.report.venue = orders[child].venue;
    refused.report.child = orders[child].id;
    inbox_.accept(refused, {}, {});
}

}  // namespace penstock::sim
