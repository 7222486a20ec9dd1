#include "oms/engine/replay.hpp"

#include <algorithm>

#include "oms/domain/print.hpp"

namespace penstock::oms {

namespace {

/// The first output that differs, both versions of it.
std::string difference(const Input& input, std::span<const Output> then, std::span<const Output> now) {
    std::size_t i = 0;
    while (i < then.size() && i < now.size() && then[i] == now[i]) ++i;
    return "replay differs at seq " + std::to_string(input.seq.value) + ", output " + std::to_string(i) +
           "\n  input        " + to_text(input.body) + "\n  journal has  " +
           (i < then.size() ? to_text(then[i]) : "nothing") + "\n  this build   " +
           (i < now.size() ? to_text(now[i]) : "nothing") +
           "\nThis build does not reproduce the journal. Start the build that wrote it, or report this.";
}

}  // namespace

std::optional<std::string> replay(Core& core, const Record& record, Outbox& scratch) {
    scratch.clear();
    core.step(record.input, scratch);
    if (std::ranges::equal(scratch.view(), record.outputs)) return std::nullopt;
    return difference(record.input, record.outputs, scratch.view());
}

std::optional<std::string> replay(Core& core, StoredRecord& record, Outbox& scratch) {
    scratch.clear();
    core.step(record.input(), scratch);
    if (record.caused(scratch.view())) return std::nullopt;
    if (const Record* whole = record.whole())
        return difference(record.input(), whole->outputs, scratch.view());
    return "record " + std::to_string(record.input().seq.value) +
           " verifies but does not decode: written by another program?";
}

}  // namespace penstock::oms
