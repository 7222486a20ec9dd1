#include "fix/sent_in_journal.hpp"

#include <algorithm>

#include "fix/codec/message_writer.hpp"

namespace penstock::fix {

bool SentInJournal::find(std::uint32_t number, oms::Record& record, std::uint32_t& output) {
    const auto known = records_.find(number);
    if (known == records_.end()) return false;
    auto read = journal_.read(known->second);
    if (!read) return false;
    record = std::move(*read);
    const auto wire = std::find_if(record.numbers.begin(), record.numbers.end(), [&](const auto& one) {
        return one.session == session_->id && one.msg_seq_num == number;
    });
    if (wire == record.numbers.end()) return false;
    output = wire->output;
    return true;
}

std::optional<oms::Output> SentInJournal::output(std::uint32_t number) {
    oms::Record record;
    std::uint32_t output = 0;
    if (!find(number, record, output)) return std::nullopt;
    return record.outputs[output];
}

bool SentInJournal::fetch(std::uint32_t number, std::string& out) {
    oms::Record record;
    std::uint32_t output = 0;
    if (!find(number, record, output)) return false;
    const auto encoded = egress_.encode(record.outputs[output], session_->id);
    const SessionSettings& settings = session_->settings();
    const Header header{
        settings.version, settings.sender_comp_id, settings.target_comp_id, number,
        // Never later than now: the journal may be ahead of a clock that was set back, and a peer refuses a
        // repetition whose OrigSendingTime(122) lies after its SendingTime(52).
        std::min(record.input.time, session_->now()), settings.timestamp_precision, std::nullopt, false};
    out.resize(kMaxBody + 512);
    out.resize(write_message(header, encoded.msg_type, encoded.body, out.data(), out.size()));
    return true;
}

}  // namespace penstock::fix
