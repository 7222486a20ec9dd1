#include "tests/scenarios/system.hpp"

#include "oms/engine/replay.hpp"

namespace penstock::scenarios {

std::vector<oms::Output> PlainSystem::step(const oms::InputBody& body, Timestamp now) {
    ++steps_;
    std::vector<oms::Output> outputs;
    record(body, now, outputs);
    while (core_.has_work()) record(oms::ContinueWork{}, now, outputs);
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
    return {};
}

}  // namespace penstock::scenarios
