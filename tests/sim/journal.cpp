#include "tests/sim/journal.hpp"

#include <cstring>

#include "persistence/journal/wire.hpp"

namespace penstock::sim {

using persistence::SealPayload;
using persistence::SegmentHeader;
using persistence::Watermark;

SimJournal::SimJournal(Surroundings& world, Disk& disk, JournalState state)
    : world_(world), disk_(disk), state_(std::move(state)), on_disk_(state_.payloads.size()) {
    chain_.begin(state_.chain_before, state_.block_start);
    const std::string bytes = disk_.content(file());
    chain_.add(bytes.data() + state_.block_start, state_.end - state_.block_start);
}

std::string SimJournal::file() const {
    return spare_name_.empty() ? persistence::segment_name(state_.segment) : spare_name_;
}

void SimJournal::append(const oms::RecordView& record) {
    PENSTOCK_ASSERT(record.input.seq.value == last().value + 1, "records are appended in order of seq");
    if (open_->full()) {
        if (is_busy_) finish_write();
        dispatch();
    }
    open_->add(
        record, {state_.epoch, world_.plan.power_durability ? persistence::kSyncedFlag : std::uint8_t{0}});
    state_.payloads.emplace_back(open_->payload(record.input.seq.value));
    state_.last_time_ns = record.input.time.ns;
    ++world_.tally.records;
}

void SimJournal::flush() {
    if (!open_->empty() && !is_busy_) dispatch();
}

void SimJournal::dispatch() {
    std::swap(open_, written_);
    open_->clear();
    const std::size_t needed = written_->size() + persistence::record_size(sizeof(SealPayload));
    const bool fits = state_.end + needed <= world_.plan.segment_bytes || state_.end <= sizeof(SegmentHeader);
    const persistence::Batch::Stamp stamp{
        state_.epoch, world_.plan.power_durability ? persistence::kSyncedFlag : std::uint8_t{0}};
    if (fits) {
        if (chain_.end() > chain_.block_start() && world_.random.one_in(6)) {
            const SealPayload seal = chain_.seal();
            written_->add_seal(seal, written_->last_seq(), state_.last_time_ns, stamp);
            chain_.begin(seal.chain, seal.end);
        }
        in_flight_ = written_->records();
    } else {
        SegmentHeader header;
        header.magic = persistence::kSegmentMagic;
        header.version = persistence::kFormatVersion;
        header.uuid = state_.uuid;
        header.first_seq = written_->first_seq();
        header.epoch = state_.epoch;
        header.previous_chain = chain_.seal().chain;
        header.synced = world_.plan.power_durability ? 1 : 0;
        set_crc(header);
        enter_segment(header.first_seq);
        chain_.begin(header.previous_chain, 0);
        in_flight_ = written_->with_header(header);
    }
    disk_.write(file(), state_.end, in_flight_);
    state_.end += in_flight_.size();
    is_busy_ = true;
    if (on_dispatch) on_dispatch(Seq{written_->last_seq()});
    if (!world_.plan.power_durability) return finish_write();
    const std::int64_t longest_us = world_.is_healed ? 500 : world_.plan.disk_us;
    world_.agenda.in(Duration{world_.random.between(10, longest_us) * 1'000},
                     [this, alive = std::weak_ptr(alive_), last = written_->last_seq()] {
                         if (alive.expired() || !is_busy_ || written_->last_seq() != last) return;
                         finish_write();
                         if (on_synced) on_synced();
                     });
}

/// The keeper gives a segment its name a moment after it was entered; a crash may come first.
void SimJournal::enter_segment(std::uint64_t first_seq) {
    if (!spare_name_.empty()) disk_.rename(spare_name_, persistence::segment_name(state_.segment));
    spare_name_ = persistence::spare_name(++spares_);
    disk_.create(spare_name_, world_.plan.segment_bytes);
    state_.segment = first_seq;
    state_.end = 0;
}

/// In Durability::Process a record is durable once it is in the page cache.
void SimJournal::finish_write() {
    if (world_.plan.power_durability) disk_.sync(file());
    chain_.add(in_flight_.data(), in_flight_.size());
    on_disk_ = written_->last_seq();
    is_busy_ = false;
}

Seq SimJournal::durable() const {
    return world_.plan.mutation == Mutation::DurableTooEarly ? last() : on_disk();
}

Result<oms::Record> SimJournal::read(Seq seq) {
    if (seq.is_none() || seq > last()) return Fault::NotFound;
    oms::Record record;
    if (const Fault fault = persistence::decode(state_.payloads[seq.value - 1], record); fault != Fault::None)
        return fault;
    return record;
}

void SimJournal::move_watermark() {
    if (is_busy_ || chain_.end() != state_.end) return;
    if (!world_.plan.power_durability) disk_.sync(file());
    if (!spare_name_.empty()) {
        disk_.rename(spare_name_, persistence::segment_name(state_.segment));
        spare_name_.clear();
    }
    const SealPayload seal = chain_.seal();
    Watermark& next = state_.watermark;
    if (next.segment == state_.segment && next.offset == state_.end) return;
    ++next.generation;
    next.epoch = state_.epoch;
    next.seq = on_disk_;
    next.segment = state_.segment;
    next.offset = state_.end;
    next.block_start = seal.start;
    next.chain = seal.chain;
    set_crc(next);
    std::string bytes(sizeof next, '\0');
    std::memcpy(bytes.data(), &next, sizeof next);
    // The move before is on the disk by now; this one takes its time.
    disk_.sync("HEAD");
    disk_.write("HEAD", (next.generation % 2 == 1 ? 1 : 2) * persistence::kHeadBlock, bytes);
}

}  // namespace penstock::sim
