#include "tests/scenarios/system.hpp"

#include <stdexcept>

#include "oms/engine/replay.hpp"
#include "tests/oms/engine/snapshot_words.hpp"

namespace penstock::scenarios {
namespace {

/// Of one input; what needs more does not end.
constexpr std::size_t kMaxContinued = 10'000;

}  // namespace

std::vector<oms::Output> PlainSystem::step(const oms::InputBody& body, Timestamp now) {
    ++steps_;
    std::vector<oms::Output> outputs;
    record(body, now, outputs);
    const std::size_t bound = records_.size() + kMaxContinued;
    while (core_.has_work()) {
        if (records_.size() > bound) throw std::runtime_error("the work that a step left does not end");
        record(oms::ContinueWork{}, now, outputs);
    }
    return outputs;
}

void PlainSystem::record(const oms::InputBody& body, Timestamp now, std::vector<oms::Output>& outputs) {
    oms::Record record;
    record.input.seq = {records_.size() + 1};
    record.input.time = now;
    record.input.body = body;
    oms::Outbox outbox;
    core_.step(record.input, outbox);
    record.outputs.assign(outbox.view().begin(), outbox.view().end());
    outputs.insert(outputs.end(), record.outputs.begin(), record.outputs.end());
    records_.push_back(std::move(record));
}

std::string PlainSystem::replay_difference() {
    oms::Core again(capacity_);
    oms::Outbox scratch;
    for (const oms::Record& record : records_)
        if (const auto differs = oms::replay(again, record, scratch)) return *differs;
    if (again.state_hash() != core_.state_hash()) return "same outputs, but another state hash";
    return restart_difference();
}

/// The core is made anew from its snapshot before each record.
std::string PlainSystem::restart_difference() const {
    oms::Core again(capacity_);
    oms::Outbox scratch;
    for (const oms::Record& record : records_) {
        if (!oms::restart_from_snapshot(again))
            return "a core restored before seq " + std::to_string(record.input.seq.value) + " is another one";
        if (const auto differs = oms::replay(again, record, scratch))
            return "restored from a snapshot before each record:\n" + *differs;
    }
    if (again.state_hash() != core_.state_hash())
        return "restored from a snapshot before each record: same outputs, but another state hash";
    return {};
}

}  // namespace penstock::scenarios
