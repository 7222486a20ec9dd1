#include "tests/sim/record_checks.hpp"

#include <algorithm>

namespace penstock::sim {

void RecordChecks::leaves(std::size_t link, std::uint32_t number, Seq record, Seq on_disk) {
    if (record > on_disk)
        violated(Invariant::EachMessageOnce,
                 "the durability rule: a message leaves before its record is durable (record " +
                     std::to_string(record.value) + ", on the disk " + std::to_string(on_disk.value) + ")");
    left_[link] = std::max(left_[link], number);
}

void RecordChecks::caused(std::span<const oms::Output> outputs) {
    if (world_.plan.mutation != Mutation::DifferenceUnalarmed) alarms_.note(outputs);
}

void RecordChecks::died(const std::vector<std::string>& payloads, Seq on_disk) {
    before_ = payloads;
    durable_before_ = on_disk.value;
}

void RecordChecks::recovered(const std::vector<std::string>& payloads, std::uint64_t epoch) {
    if (payloads.size() < durable_before_)
        violated(Invariant::NoOrderLost,
                 "durable records are lost: " + std::to_string(durable_before_) + " were durable, " +
                     std::to_string(payloads.size()) + " are left");
    if (payloads.size() > before_.size() && epoch_ != 0)
        violated(Invariant::JournalWhole, "the journal has records that nobody wrote");
    for (std::size_t i = 0; i < std::min(payloads.size(), before_.size()); ++i)
        if (payloads[i] != before_[i])
            violated(Invariant::JournalWhole, "record " + std::to_string(i + 1) + " was changed");
    if (epoch <= epoch_)
        violated(Invariant::OneWriter, "epoch " + std::to_string(epoch) + " was used before");
    epoch_ = epoch;
    // What was lost never happened; other records will have these numbers.
    hashes_.erase(hashes_.upper_bound(payloads.size()), hashes_.end());
}

void RecordChecks::resumes(std::size_t link, std::uint32_t next_out) {
    if (left_[link] >= next_out)
        violated(Invariant::EachMessageOnce,
                 "number " + std::to_string(left_[link]) + " left on link " + std::to_string(link) +
                     " and would be used again: it was not journalled");
}

void RecordChecks::replayed(Seq last, std::uint64_t hash) {
    const auto known = hashes_.find(last.value);
    if (known != hashes_.end() && known->second != hash)
        violated(Invariant::ReplayAgrees,
                 "replay of " + std::to_string(last.value) + " records gives another state than they had");
}

/// Inbound numbers are used once and in order, outbound ones are given one after the other.
void RecordChecks::reads(const oms::Record& record) {
    const auto advance = [](std::uint32_t& known, std::uint32_t next, const char* what) {
        if (next < known) violated(Invariant::EachMessageOnce, what);
        known = next;
    };
    caused(record.outputs);
    const oms::Origin& origin = record.input.origin;
    if (!origin.session.is_none()) {
        std::uint32_t& next = next_in_[origin.session.value];
        if (next != 0 && origin.msg_seq_num < next)
            violated(Invariant::EachMessageOnce,
                     "inbound number " + std::to_string(origin.msg_seq_num) + " was processed twice");
        next = origin.msg_seq_num + 1;
    }
    // What the session itself used comes before what this record gives out.
    if (const auto* moved = std::get_if<oms::SessionAdvanced>(&record.input.body)) {
        advance(next_in_[moved->session.value], moved->next_in, "an inbound number went back");
        advance(next_out_[moved->session.value], moved->next_out, "an outbound number went back");
    }
    for (const oms::WireNumber& wire : record.numbers) {
        std::uint32_t& next = next_out_[wire.session.value];
        if (next != 0 && wire.msg_seq_num != next)
            violated(Invariant::EachMessageOnce, "outbound number " + std::to_string(wire.msg_seq_num) +
                                                     " follows " + std::to_string(next - 1));
        next = wire.msg_seq_num + 1;
    }
}

}  // namespace penstock::sim
