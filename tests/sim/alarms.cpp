#include "tests/sim/alarms.hpp"

#include <variant>

namespace penstock::sim {

void Alarms::note(std::span<const oms::Output> outputs) {
    for (const oms::Output& output : outputs) {
        if (const auto* compared = std::get_if<oms::PositionCompared>(&output))
            accepted_ += compared->state == oms::PositionState::Accepted ? 1 : 0;
        const auto* const alarm = std::get_if<oms::Alarm>(&output);
        if (alarm == nullptr) continue;
        if (alarm->kind == oms::AlarmKind::MissingFills) missing_.insert(alarm->child.value);
        if (alarm->kind == oms::AlarmKind::InferredFill) missing_.erase(alarm->child.value);
        if (alarm->kind == oms::AlarmKind::UnknownFillAmended) unknown_.insert(alarm->child.value);
        if (alarm->kind == oms::AlarmKind::PositionDiffers && alarm->text.view().starts_with("not accepted"))
            ++not_accepted_;
    }
}

}  // namespace penstock::sim
