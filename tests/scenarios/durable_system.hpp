#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "oms/engine/pipeline.hpp"
#include "persistence/journal/segment_journal.hpp"

namespace penstock::scenarios {

/// The way out, numbered by destination like a FIX session. What is released has left the process.
class Wire final : public oms::Egress {
  public:
    /// Called with the outputs and numbers of one record when it is durable, before the next one's.
    std::function<void(const oms::Record&)> leaves;

    void stage(Seq seq, Timestamp time, std::span<const oms::Output> outputs, oms::Staged& staged) override;
    void release(Seq durable) override;
    /// A record of a recovered journal: its numbers are taken.
    void learn(const oms::Record& record);

  private:
    std::map<std::uint32_t, std::uint32_t> last_;  // by session
    std::vector<oms::Record> held_;
};

/// The core behind the pipeline and the journal, put together as penstockd does it: everything that
/// a process has and a kill takes. Two never use one folder at a time.
class DurableSystem {
  public:
    DurableSystem(const oms::Capacity& capacity, const std::filesystem::path& folder);

    /// Opens the journal and executes it again, every output compared. What is wrong, or nothing.
    std::string recover(const std::function<void(const oms::Record&)>& visit);
    /// Everything up to the journal; it leaves at the end of the turn.
    void accept(const oms::InputBody& body, Timestamp now, oms::Origin origin = {},
                std::string_view raw = {});
    /// The end of a turn, and the turns after it that go on with what is left to do.
    void end_turn(Timestamp now) {
        clock_.time = now;
        do pipeline_.end_turn();
        while (core_.has_work());
    }
    void close() { journal_->close(); }

    const oms::Core& core() const { return core_; }
    Wire& wire() { return wire_; }

  private:
    struct VirtualClock final : oms::Clock {
        Timestamp now() override { return time; }
        Timestamp time;
    };
    /// What room there is the scenario says by lines of its own; the disk of the test is not asked.
    struct RoomyJournal final : oms::Journal {
        explicit RoomyJournal(const oms::Core& told_core) : core(told_core) {}
        void append(const oms::RecordView& record) override { disk->append(record); }
        void flush() override { disk->flush(); }
        Seq durable() const override { return disk->durable(); }
        oms::JournalRoom room() const override { return {core.world().journal.is_nearly_full, 0, 0}; }
        Result<oms::Record> read(Seq seq) override { return disk->read(seq); }
        const oms::Core& core;
        oms::Journal* disk = nullptr;
    };

    std::filesystem::path folder_;
    oms::Core core_;
    std::unique_ptr<persistence::SegmentJournal> journal_;
    RoomyJournal roomy_;
    VirtualClock clock_;
    Wire wire_;
    oms::Pipeline pipeline_;
};

}  // namespace penstock::scenarios
