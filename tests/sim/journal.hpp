#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "oms/ports/journal.hpp"
#include "persistence/journal/batch.hpp"
#include "persistence/journal/chain.hpp"
#include "tests/sim/disk.hpp"
#include "tests/sim/surroundings.hpp"

namespace penstock::sim {

/// Where a journal stands after the real recovery has read and repaired it.
struct JournalState {
    persistence::Uuid uuid{};
    std::uint64_t epoch = 0;
    std::uint64_t segment = 0;  // first seq
    std::uint64_t end = 0;      // where the next record goes in it
    persistence::Digest chain_before{};
    std::uint64_t block_start = 0;
    persistence::Watermark watermark;
    std::int64_t last_time_ns = 0;
    /// Every record as it was encoded, from seq 1.
    std::vector<std::string> payloads;
};

/// The journal on the simulated disk: SegmentJournal's order path and keeper without their threads, with
/// the product's own batches, records, seals, segment headers and watermarks. What it leaves on the disk is
/// read by the product's own recovery. Its disk works when the agenda says so.
class SimJournal final : public oms::Journal {
  public:
    SimJournal(Surroundings& world, Disk& disk, JournalState state);

    void append(const oms::RecordView& record) override;
    void flush() override;
    Seq durable() const override;
    oms::JournalRoom room() const override { return {is_nearly_full, is_nearly_full ? 1U : 2U, 2}; }
    Result<oms::Record> read(Seq seq) override;

    /// What the disk really has, whatever `durable` says.
    Seq on_disk() const { return Seq{on_disk_}; }
    /// A batch is on its way to the disk.
    bool is_busy() const { return is_busy_; }
    Seq last() const { return Seq{state_.payloads.size()}; }
    const std::vector<std::string>& payloads() const { return state_.payloads; }
    /// What the keeper does now and then: HEAD says how far everything is on the disk.
    void move_watermark();
    /// Of the newest segment, where the watermark stands: bytes before it are durable beyond doubt.
    const persistence::Watermark& watermark() const { return state_.watermark; }

    bool is_nearly_full = false;
    /// Called when the disk has finished a batch.
    std::function<void()> on_synced;
    /// Called for each batch handed to the disk, with its last record.
    std::function<void(Seq)> on_dispatch;

  private:
    void dispatch();
    void enter_segment(std::uint64_t first_seq);
    void finish_write();
    std::string file() const;

    Surroundings& world_;
    Disk& disk_;
    JournalState state_;
    persistence::Chain chain_;
    std::unique_ptr<persistence::Batch> open_ = std::make_unique<persistence::Batch>();
    std::unique_ptr<persistence::Batch> written_ = std::make_unique<persistence::Batch>();
    std::string in_flight_;
    bool is_busy_ = false;
    std::string spare_name_;  // of the segment, until it is named
    std::uint64_t spares_ = 0;
    std::uint64_t on_disk_ = 0;
    /// Lets what is on the agenda know that the journal is gone.
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace penstock::sim
