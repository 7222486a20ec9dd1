#include "oms/engine/replay.hpp"

#include "oms/domain/print.hpp"

namespace penstock::oms {

std::optional<std::string> replay(Core& core, const Record& record, Outbox& scratch) {
    scratch.clear();
    core.step(record.input, scratch);
    const auto now = scratch.view();
    for (std::size_t i = 0; i < std::max(now.size(), record.outputs.size()); ++i) {
        const bool both = i < now.size() && i < record.outputs.size();
        if (both && now[i] == record.outputs[i]) continue;
        const std::string was = i < record.outputs.size() ? to_text(record.outputs[i]) : "nothing";
        const std::string is = i < now.size() ? to_text(now[i]) : "nothing";
        return "replay differs at seq " + std::to_string(record.input.seq.value) + ", output " +
               std::to_string(i) + "\n  input        " + to_text(record.input.body) + "\n  journal has  " +
               was + "\n  this build   " + is +
               "\nThis build does not reproduce the journal. Start the build that wrote it, or report this.";
    }
    return std::nullopt;
}

}  // namespace penstock::oms
