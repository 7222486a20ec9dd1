#include "tests/scenarios/stage.hpp"

#include "oms/engine/replay.hpp"

namespace penstock::scenarios {

void Stage::feed(const oms::InputBody& body, const Line& line) {
    step(body, line);
    while (core_.has_bulk_work()) step(oms::ContinueBulk{}, line);
}

void Stage::step(const oms::InputBody& body, const Line& line) {
    oms::Record record;
    record.input.seq = {records_.size() + 1};
    record.input.time = now_;
    record.input.body = body;
    oms::Outbox outbox;
    core_.step(record.input, outbox);
    record.outputs.assign(outbox.view().begin(), outbox.view().end());
    records_.push_back(record);

    names_.learn(core_, body, record.outputs);
    transcript_.push_back(line.text);
    for (const oms::Output& output : record.outputs) {
        Facts facts = facts_of(output, core_.world().directory, names_);
        transcript_.push_back("    " + to_text(facts));
        waiting_[facts.party].push_back(std::move(facts));
    }
}

void Stage::advance(Duration by, const Line& line) {
    now_ = now_ + by;
    feed(oms::TimePassed{}, line);
}

const Facts* Stage::next(const std::string& party) const {
    const auto found = waiting_.find(party);
    return found == waiting_.end() || found->second.empty() ? nullptr : &found->second.front();
}

void Stage::claim(const std::string& party) { waiting_.at(party).pop_front(); }

const Facts* Stage::unclaimed() const {
    for (const auto& [party, facts] : waiting_)
        if (party != "route" && party != "trigger" && party != "group" && !facts.empty())
            return &facts.front();
    return nullptr;
}

std::string Stage::replay_difference() const {
    oms::Core again(capacity_);
    oms::Outbox scratch;
    for (const oms::Record& record : records_)
        if (const auto differs = oms::replay(again, record, scratch)) return *differs;
    if (again.state_hash() != core_.state_hash()) return "same outputs, but another state hash";
    return {};
}

std::string Stage::transcript() const {
    std::string text = "transcript";
    for (const std::string& line : transcript_) text += "\n  " + line;
    return text;
}

SessionId Stage::session(const std::string& party, const Line& line) const {
    const auto name = SessionName::from(party);
    const SessionId id = name ? core_.world().directory.session_id(*name) : SessionId{};
    if (id.is_none()) throw Failure(line.place() + ": no " + party + " is defined\n  in  " + line.text);
    return id;
}

}  // namespace penstock::scenarios
