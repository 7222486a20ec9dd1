#include "compliance/reports/integrity.hpp"

namespace penstock::reports {
namespace {

IntegrityCheck check(std::string name, bool is_sound, std::string value, std::string note = {}) {
    return {std::move(name), is_sound ? "sound" : "broken", std::move(value), std::move(note)};
}

}  // namespace

void Integrity::see(const oms::Record& record) {
    const std::uint64_t seq = record.input.seq.value;
    if (first_ == 0) first_ = seq;
    if (last_ != 0 && seq != last_ + 1) ++gaps_;
    last_ = seq;
    if (record.input.time.ns < last_time_) ++steps_back_;
    last_time_ = record.input.time.ns;
    outputs_ += record.outputs.size();
    raw_ += record.raw.empty() ? 0 : 1;
    if (const auto* moved = std::get_if<oms::SessionAdvanced>(&record.input.body)) {
        Numbers& numbers = sessions_[moved->session.value];
        if (moved->reset) numbers.last_in = numbers.last_out = 0;
    }
    if (!record.input.origin.session.is_none()) {
        Numbers& numbers = sessions_[record.input.origin.session.value];
        if (record.input.origin.msg_seq_num <= numbers.last_in) ++numbers.steps_back;
        numbers.last_in = record.input.origin.msg_seq_num;
    }
    for (const oms::WireNumber& sent : record.numbers) {
        Numbers& numbers = sessions_[sent.session.value];
        if (sent.msg_seq_num <= numbers.last_out) ++numbers.steps_back;
        numbers.last_out = sent.msg_seq_num;
    }
}

std::vector<IntegrityCheck> Integrity::checks(const std::optional<std::string>& problem,
                                              const Records::Wholeness& wholeness) const {
    std::uint64_t steps_back = 0;
    for (const auto& [session, numbers] : sessions_) steps_back += numbers.steps_back;
    std::vector<IntegrityCheck> made;
    made.push_back(check(
        std::string(wholeness.check), !problem, std::to_string(last_) + " is the last record",
        problem.value_or(std::string(wholeness.how))));
    made.push_back(check("sequence begins at 1", first_ <= 1, std::to_string(first_)));
    made.push_back(check("gaps in the sequence", gaps_ == 0, std::to_string(gaps_)));
    made.push_back(check("times that go back", steps_back_ == 0, std::to_string(steps_back_)));
    made.push_back(
        check("MsgSeqNum(34) used twice or out of order", steps_back == 0, std::to_string(steps_back)));
    made.push_back({"records with the message as it came", "sound", std::to_string(raw_), {}});
    made.push_back({"outputs", "sound", std::to_string(outputs_), {}});
    return made;
}

}  // namespace penstock::reports
