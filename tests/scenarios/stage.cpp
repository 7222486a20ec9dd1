#include "tests/scenarios/stage.hpp"

namespace penstock::scenarios {

void Stage::feed(const oms::InputBody& body, const Line& line) {
    last_outputs_ = system_.step(body, now_);
    names_.learn(core(), body, last_outputs_);
    transcript_.push_back(line.text);
    for (const oms::Output& output : last_outputs_) {
        Facts facts = facts_of(output, core().world().directory, names_);
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
        if (party != "route" && party != "trigger" && party != "group" && party != "reconciliation" &&
            party != "kept" && party != "position" && !facts.empty())
            return &facts.front();
    return nullptr;
}

std::string Stage::transcript() const {
    std::string text = "transcript";
    for (const std::string& line : transcript_) text += "\n  " + line;
    return text;
}

SessionId Stage::session(const std::string& party, const Line& line) const {
    const auto name = SessionName::from(party);
    const SessionId id = name ? core().world().directory.session_id(*name) : SessionId{};
    if (id.is_none()) throw Failure(line.place() + ": no " + party + " is defined\n  in  " + line.text);
    return id;
}

}  // namespace penstock::scenarios
