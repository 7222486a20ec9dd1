#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fix/codec/encode.hpp"
#include "fix/recovered_numbers.hpp"
#include "oms/domain/venue_cl_ord_id.hpp"
#include "oms/engine/pipeline.hpp"
#include "tests/sim/journal.hpp"
#include "tests/sim/link.hpp"
#include "tests/sim/mutant.hpp"
#include "tests/sim/record_checks.hpp"
#include "tests/sim/snapshots.hpp"

namespace penstock::sim {

class OurSession;

/// One life of penstockd in the simulated world: the real core and pipeline, the real codecs and recovery,
/// over the simulated journal, sessions and connections. Put together as apps/penstockd/server.cpp does.
class Process final : private oms::Egress {
  public:
    /// The links of clients come first, then those of venues.
    Process(Surroundings& world, Disk& disk, RecordChecks& checks, std::vector<std::unique_ptr<Link>>& links,
            Snapshots& snapshots, const std::filesystem::path& directory);
    ~Process() override;

    /// Recovers and replays what is on the disk; throws Violation when that breaks a promise.
    void start();
    /// The end of a turn of the loop: the batch goes to the disk, what is durable leaves.
    void end_turn();
    /// About once a second.
    void tell_time();
    bool is_silent() const { return held_.empty() && journal_->on_disk() == pipeline_->last(); }
    void move_watermark() { journal_->move_watermark(); }

    const oms::Core& core() const { return core_; }
    const oms::IdSpace& ids() const { return ids_; }
    SimJournal& journal() { return *journal_; }
    oms::Inbox& inbox() { return *mutant_; }
    Seq last() const { return pipeline_->last(); }
    Timestamp now() { return world_.now(); }
    Surroundings& world() { return world_; }

    // What its sessions ask of it.
    struct Encoded {
        std::string_view msg_type;
        std::string_view body;
    };
    Encoded encode(const oms::Output& output, const fix::SessionSettings& settings);
    /// Held until the record is durable; `record` none: the newest.
    void hold(std::size_t link, std::string_view message, Seq record);
    /// The order a venue ClOrdID stands for, as the core has it.
    VenueId venue_of(std::size_t link) const;

  private:
    void recover();
    void take_from_snapshot(const JournalState& state);
    JournalState read_journal();
    void define_all();
    void tell_days();
    void end_old_sessions();
    void connect_sessions();
    void stage(Seq seq, Timestamp time, std::span<const oms::Output> outputs, oms::Staged& staged) override;
    void release(Seq durable) override;

    struct Held {
        Seq record;
        std::size_t link = 0;
        std::uint32_t opening = 0;  // of the session: bytes of an old connection are lost
        std::string message;
    };

    Surroundings& world_;
    Disk& disk_;
    RecordChecks& checks_;
    Snapshots& snapshots_;
    std::vector<std::unique_ptr<Link>>& links_;
    std::filesystem::path directory_;
    oms::Core core_;
    std::unique_ptr<SimJournal> journal_;
    std::unique_ptr<oms::Pipeline> pipeline_;
    std::unique_ptr<Mutant> mutant_;
    fix::RecoveredNumbers numbers_;
    oms::IdSpace ids_;
    Timestamp last_time_;
    std::vector<std::unique_ptr<OurSession>> sessions_;  // index: link
    std::vector<OurSession*> by_id_;                     // index: SessionId
    std::deque<Held> held_;
    std::vector<char> buffer_;
    fix::BodyWriter writer_;
};

/// What the configuration would say of client or venue number `index`.
fix::SessionSettings our_settings(const Plan& plan, std::size_t link);
fix::SessionSettings peer_settings(const Plan& plan, std::size_t link);

}  // namespace penstock::sim
