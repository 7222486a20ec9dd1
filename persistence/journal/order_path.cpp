#include <fcntl.h>
#include <sys/mman.h>

#include <cerrno>
#include <utility>

#include "oms/domain/assert.hpp"
#include "persistence/journal/segment_journal_impl.hpp"
#include "persistence/journal/wire.hpp"

namespace penstock::persistence {
namespace {

constexpr std::size_t kReadPiece = std::size_t{64} << 10U;

}  // namespace

Batch::Stamp SegmentJournal::Impl::stamp() const {
    return {identity().epoch, settings_.durability == Durability::Power ? kSyncedFlag : std::uint8_t{0}};
}

void SegmentJournal::Impl::append(const oms::RecordView& record) {
    PENSTOCK_ASSERT(state_ == State::Ready, "append to a journal that was not recovered, or was closed");
    PENSTOCK_ASSERT(record.input.seq.value == last_seq_ + 1, "records must be appended in order of seq");
    if (open_->full()) {
        writer_->wait_until_idle();
        dispatch();
    }
    open_->add(record, stamp());
    last_seq_ = record.input.seq.value;
    last_time_ns_ = record.input.time.ns;
}

void SegmentJournal::Impl::flush() {
    if (state_ != State::Ready || open_->empty() || !writer_->idle()) return;
    dispatch();
}

/// Sends the open batch to the disk. The writer is idle.
void SegmentJournal::Impl::dispatch() {
    if (fail_stop_.failed()) return open_->clear();
    std::swap(open_, written_);
    open_->clear();
    Batch& batch = *written_;
    const std::size_t room_needed = batch.size() + record_size(sizeof(SealPayload));
    const bool fits = offset_ + room_needed <= settings_.segment_bytes || offset_ <= sizeof(SegmentHeader);
    WriteJob job;
    job.last_seq = batch.last_seq();
    if (fits) {
        SealPayload seal;
        if (keeper_->take_seal(seal, offset_)) batch.add_seal(seal, last_seq_, last_time_ns_, stamp());
        job.bytes = batch.records();
        job.offset = offset_;
    } else {
        int error = 0;
        auto next = spares_->take(error);
        if (next == nullptr) {
            return fail_stop_.disk_failed(settings_.directory.string(), "make the next segment", error);
        }
        next->enter(batch.first_seq());
        index_.enter_segment(batch.first_seq());
        const Digest chain = keeper_->change_segment(offset_, next);
        std::erase_if(left_, [](const auto& left) { return left->is_named(); });
        left_.push_back(std::exchange(segment_, std::move(next)));
        job.bytes = batch.with_header(header(batch.first_seq(), chain));
    }
    job.segment = segment_.get();
    const std::uint64_t records_at = job.offset + (fits ? 0 : sizeof(SegmentHeader));
    std::uint64_t seq = batch.first_seq();
    for (const std::uint32_t at : batch.offsets()) index_.add(seq++, records_at + at);
    offset_ = job.offset + job.bytes.size();
    keeper_->note_submitted(job.bytes.size());
    writer_->submit(job);
}

SegmentHeader SegmentJournal::Impl::header(std::uint64_t first_seq, const Digest& chain) const {
    SegmentHeader made;
    made.magic = kSegmentMagic;
    made.version = kFormatVersion;
    made.uuid = identity().uuid;
    made.first_seq = first_seq;
    made.epoch = identity().epoch;
    made.previous_chain = chain;
    made.synced = settings_.durability == Durability::Power ? 1 : 0;
    set_crc(made);
    return made;
}

Result<oms::Record> SegmentJournal::Impl::read(Seq seq) {
    if (seq.is_none() || seq.value > last_seq_) return Fault::NotFound;
    if (state_ != State::Ready) return Fault::Closed;
    for (const Batch* batch : {open_.get(), written_.get()}) {
        const std::string_view payload = batch->payload(seq.value);
        if (payload.empty()) continue;
        oms::Record record;
        if (const Fault fault = decode(payload, record); fault != Fault::None) return fault;
        return record;
    }
    return read_from_disk(seq);
}

Fault SegmentJournal::Impl::open_for_reading(std::uint64_t segment, int& fd) {
    if (segment == segment_->first_seq()) {
        fd = segment_->fd();
        return Fault::None;
    }
    if (reading_segment_ != segment) {
        // A segment left a moment ago may not have its name yet; then its descriptor is still here.
        for (const auto& left : left_) {
            if (left->first_seq() != segment) continue;
            fd = left->fd();
            return Fault::None;
        }
        const auto path = settings_.directory / segment_name(segment);
        const int error = open_file(path, O_RDONLY, reading_);
        if (error != 0 && (error != ENOENT || !bring_back(segment))) return Fault::IoError;
        reading_segment_ = segment;
    }
    fd = reading_.get();
    return Fault::None;
}

/// A segment that has left the directory, as a file in memory; the last one asked for stays there. Takes some
/// tenths of a second: only a resend of what is older than the newest snapshots asks for one.
bool SegmentJournal::Impl::bring_back(std::uint64_t segment) {
    Mapping bytes;
    if (settings_.more == nullptr || settings_.more->read(segment, bytes)) return false;
    reading_ = Fd(::memfd_create("archived segment", MFD_CLOEXEC));
    return reading_.is_open() && write_at(reading_.get(), bytes.bytes().data(), bytes.bytes().size(), 0) == 0;
}

Result<oms::Record> SegmentJournal::Impl::read_from_disk(Seq seq) {
    const OffsetIndex::Place place = index_.find(seq.value);
    if (place.segment == 0) return Fault::NotFound;
    int fd = -1;
    if (const Fault fault = open_for_reading(place.segment, fd); fault != Fault::None) return fault;
    if (read_buffer_.size() < kReadPiece) read_buffer_.resize(kReadPiece);
    std::uint64_t offset = place.offset;
    while (true) {
        std::size_t got = 0;
        if (read_at(fd, read_buffer_.data(), read_buffer_.size(), offset, got) != 0) return Fault::IoError;
        const std::string_view bytes{read_buffer_.data(), got};
        std::size_t at = 0;
        RecordAt found;
        while (find_record(bytes.substr(at), found) == Found::Whole) {
            if (found.header.seq == seq.value && found.header.kind == RecordKind::Input) {
                oms::Record record;
                if (const Fault fault = decode(found.payload, record); fault != Fault::None) return fault;
                return record;
            }
            if (found.header.seq > seq.value) return Fault::Corrupt;
            at += found.size;
        }
        // Nothing whole in a full buffer: a record longer than it, or damage. Damage shows at the end.
        if (at == 0 && got < read_buffer_.size()) return Fault::Corrupt;
        if (at == 0) read_buffer_.resize(2 * read_buffer_.size());
        offset += at;
    }
}

}  // namespace penstock::persistence
