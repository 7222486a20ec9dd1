#include "fix/recovered_numbers.hpp"

#include <algorithm>

namespace penstock::fix {

void RecoveredNumbers::learn(const oms::Record& record) {
    if (const auto* advanced = std::get_if<oms::SessionAdvanced>(&record.input.body)) {
        Numbers& numbers = sessions_[advanced->session];
        if (advanced->reset) numbers.sent.clear();
        numbers.next_in = advanced->next_in;
        numbers.next_out = advanced->next_out;
        numbers.moved_at = record.input.time;
    }
    if (!record.input.origin.session.is_none()) {
        Numbers& numbers = sessions_[record.input.origin.session];
        // A late repetition of an old message never moves the number back.
        numbers.next_in = std::max(numbers.next_in, record.input.origin.msg_seq_num + 1);
        numbers.moved_at = record.input.time;
    }
    for (const oms::WireNumber& wire : record.numbers) {
        Numbers& numbers = sessions_[wire.session];
        numbers.next_out = wire.msg_seq_num + 1;
        numbers.moved_at = record.input.time;
        numbers.sent.emplace_back(wire.msg_seq_num, record.input.seq);
    }
}

}  // namespace penstock::fix
