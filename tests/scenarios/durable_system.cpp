#include "tests/scenarios/durable_system.hpp"

#include "oms/engine/replay.hpp"

namespace penstock::scenarios {
namespace {

persistence::JournalSettings settings(const std::filesystem::path& folder) {
    persistence::JournalSettings settings;
    settings.directory = folder;
    // Smaller than some scenarios need, so that the change of segments is met too.
    settings.segment_bytes = std::uint64_t{16} << 10U;
    settings.durability = persistence::Durability::Process;
    return settings;
}

}  // namespace

void Wire::stage(Seq seq, Timestamp time, std::span<const oms::Output> outputs, oms::Staged& staged) {
    oms::Record record;
    record.input.seq = seq;
    record.input.time = time;
    record.outputs.assign(outputs.begin(), outputs.end());
    for (std::uint32_t i = 0; i < outputs.size(); ++i) {
        const SessionId session = oms::destination(outputs[i]);
        if (!session.is_none()) staged.numbers.push_back({i, session, ++last_[session.value]});
    }
    record.numbers = staged.numbers;
    held_.push_back(std::move(record));
}

void Wire::release(Seq durable) {
    for (const oms::Record& record : held_)
        if (record.input.seq <= durable) leaves(record);
    std::erase_if(held_, [&](const oms::Record& record) { return record.input.seq <= durable; });
}

void Wire::learn(const oms::Record& record) {
    for (const oms::WireNumber& number : record.numbers) last_[number.session.value] = number.msg_seq_num;
}

DurableSystem::DurableSystem(const oms::Capacity& capacity, const std::filesystem::path& folder)
    : folder_(folder), core_(capacity), roomy_(core_), pipeline_(core_, roomy_, clock_) {
    pipeline_.add_egress(wire_);
}

std::string DurableSystem::recover(const std::function<void(const oms::Record&)>& visit) {
    auto opened = persistence::SegmentJournal::open(settings(folder_));
    if (!opened.journal) return opened.error.text;
    journal_ = std::move(opened.journal);
    oms::Outbox scratch;
    std::optional<std::string> difference;
    Timestamp last_time;
    const persistence::Recovery recovery = journal_->recover([&](oms::StoredRecord& record) {
        difference = oms::replay(core_, record, scratch);
        last_time = record.input().time;
        if (difference) return false;
        wire_.learn(*record.whole());
        visit(*record.whole());
        return !difference;
    });
    if (difference) return *difference;
    if (recovery.error) return recovery.error->text;
    roomy_.disk = journal_.get();
    pipeline_.continue_after(recovery.last, last_time);
    return {};
}

void DurableSystem::accept(const oms::InputBody& body, Timestamp now, oms::Origin origin,
                           std::string_view raw) {
    clock_.time = now;
    pipeline_.accept(body, origin, raw);
}

}  // namespace penstock::scenarios
