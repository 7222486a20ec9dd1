#include "persistence/journal/segment_journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "persistence/journal/segment_journal_impl.hpp"

namespace penstock::persistence {
namespace fs = std::filesystem;

SegmentJournal::Impl::Impl(const JournalSettings& settings)
    : settings_(settings),
      fail_stop_(settings_),
      open_(std::make_unique<Batch>()),
      written_(std::make_unique<Batch>()) {}

JournalError SegmentJournal::Impl::io_error(const fs::path& path, std::string_view what, int error) const {
    return {Fault::IoError, path.string(), 0,
            path.string() + ": cannot " + std::string(what) + ": " + errno_text(error) + "."};
}

int SegmentJournal::Impl::open_flags() const {
    return settings_.durability == Durability::Power && sync_.method == SyncMethod::Dsync ? O_DSYNC : 0;
}

std::optional<JournalError> SegmentJournal::Impl::lock_directory() {
    std::error_code failed;
    if (!fs::exists(settings_.directory, failed)) {
        fs::create_directories(settings_.directory, failed);
        if (failed) return io_error(settings_.directory, "create", failed.value());
        fs::permissions(settings_.directory, fs::perms(0750), failed);
        if (failed) return io_error(settings_.directory, "set the permissions", failed.value());
        sync_directory(fs::absolute(settings_.directory).parent_path());
    }
    const auto path = settings_.directory / "LOCK";
    if (const int error = open_file(path, O_RDWR | O_CREAT, lock_)) return io_error(path, "open", error);
    std::array<char, 16> holder{};
    std::size_t got = 0;
    if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
        read_at(lock_.get(), holder.data(), holder.size() - 1, 0, got);
        return JournalError{
            Fault::Busy, path.string(), 0,
            settings_.directory.string() + ": in use by process " + std::to_string(std::atoi(holder.data())) +
                ". Two processes never share a journal: stop that one first."};
    }
    const int length = std::snprintf(holder.data(), holder.size(), "%d\n", ::getpid());
    if (::ftruncate(lock_.get(), 0) != 0) return io_error(path, "write", errno);
    const int error = write_at(lock_.get(), holder.data(), static_cast<std::size_t>(length), 0);
    if (error != 0) return io_error(path, "write", error);
    return std::nullopt;
}

std::optional<JournalError> SegmentJournal::Impl::open() {
    if (auto error = lock_directory()) return error;
    if (auto error = HeadFile::open(settings_, head_)) return error;
    if (settings_.durability == Durability::Power) sync_ = choose_sync_method(settings_);
    if (settings_.note && !sync_.why.empty()) settings_.note("journal sync: " + sync_.why);
    spares_ = std::make_unique<Spares>(settings_, open_flags());
    writer_ = std::make_unique<BatchWriter>(settings_, sync_.method, fail_stop_);
    keeper_ = std::make_unique<Keeper>(settings_, head_, *writer_, fail_stop_);
    return std::nullopt;
}

Recovery SegmentJournal::Impl::recover(const oms::Visit& visit) {
    RecoveryRun run(settings_.directory, identity().uuid, head_.watermark());
    run.also_in(settings_.more.get());
    run.run(visit);
    return finish(run);
}

Recovery SegmentJournal::Impl::recover_kept(const oms::Visit& visit) {
    RecoveryRun run(settings_.directory, identity().uuid, head_.watermark());
    run.also_in(settings_.more.get());
    if (settings_.more != nullptr) run.begin_with(settings_.more->first_kept());
    run.run(visit);
    return finish(run);
}

Recovery SegmentJournal::Impl::recover_from(const JournalPlace& place, OffsetIndex index,
                                            const oms::Visit& visit) {
    RecoveryRun run(settings_.directory, identity().uuid, head_.watermark());
    run.also_in(settings_.more.get());
    run.begin_at(place, std::move(index));
    run.run(visit);
    return finish(run);
}

Recovery SegmentJournal::Impl::finish(RecoveryRun& run) {
    PENSTOCK_ASSERT(state_ == State::Opened, "a journal is recovered once");
    state_ = State::Unusable;
    if (!run.result().error) run.result().error = repair(run);
    if (run.result().error) return run.result();
    if (run.result().torn_tail) {
        const TornTail& torn = *run.result().torn_tail;
        settings_.tell_trouble(
            "TORN_TAIL " + torn.file + ": byte " + std::to_string(torn.offset) + ": " +
            std::to_string(torn.bytes) + " bytes of a batch that was never durable were dropped");
    }
    begin_writing(run);
    return run.result();
}

/// Puts the files into the state recovery describes, and HEAD after them.
std::optional<JournalError> SegmentJournal::Impl::repair(RecoveryRun& run) {
    for (const fs::path& path : run.dropped()) {
        // Kept under another name: they may interest whoever asks what the power failure took.
        const fs::path aside = path.string() + ".dropped";
        if (std::rename(path.c_str(), aside.c_str()) != 0) return io_error(path, "rename", errno);
        settings_.tell_trouble(
            path.string() + " was put aside as *.dropped: it lies behind record " +
            std::to_string(run.result().last.value) + ", the journal's last, and was never durable");
    }
    if (!run.dropped().empty()) {
        if (const int error = sync_directory(settings_.directory))
            return io_error(settings_.directory, "sync", error);
    }
    last_seq_ = run.result().last.value;
    last_time_ns_ = run.last_time_ns();
    index_ = std::move(run.index());
    auto error = run.segment() == 0 ? make_first_segment() : clear_tail(run);
    if (error) return error;
    if (run.segment() == 0) {
        const SegmentHeader first = header(1, {});
        run.chain().begin({}, 0);
        run.chain().add(reinterpret_cast<const char*>(&first), sizeof first);
        index_.enter_segment(1);
    }
    Watermark next = head_.watermark();
    const SealPayload seal = run.chain().seal();
    next.epoch = identity().epoch;
    next.seq = last_seq_;
    next.segment = segment_->first_seq();
    next.offset = offset_;
    next.block_start = seal.start;
    next.chain = seal.chain;
    if (const int failed = head_.move(next)) return io_error(head_.path(), "write", failed);
    return std::nullopt;
}

/// Zeroes what recovery dropped, so that it can never be taken for records again, and gives a file that
/// was cut its full length back.
std::optional<JournalError> SegmentJournal::Impl::clear_tail(RecoveryRun& run) {
    const fs::path path = settings_.directory / segment_name(run.segment());
    Fd fd;
    std::uint64_t size = 0;
    if (const int error = open_file(path, O_RDWR, fd)) return io_error(path, "open", error);
    if (const int error = file_size(fd.get(), size)) return io_error(path, "read", error);
    offset_ = run.end();
    std::uint64_t dirty_end = offset_;
    if (run.result().torn_tail && run.result().torn_tail->file == path.string()) {
        dirty_end += run.result().torn_tail->bytes;
    }
    int error = write_zeros(fd.get(), offset_, dirty_end);
    if (error == 0) error = write_zeros(fd.get(), size, settings_.segment_bytes);
    if (error == 0) error = sync_data(fd.get());
    Fd for_writing;
    if (error == 0) error = open_file(path, O_RDWR | open_flags(), for_writing);
    if (error != 0) return io_error(path, "write", error);
    segment_ =
        std::make_shared<Segment>(settings_.directory, Segment::Named{run.segment()}, std::move(for_writing));
    return std::nullopt;
}

std::optional<JournalError> SegmentJournal::Impl::make_first_segment() {
    int error = 0;
    segment_ = spares_->take(error);
    if (segment_ == nullptr) return io_error(settings_.directory, "make the first segment", error);
    segment_->enter(1);
    const SegmentHeader first = header(1, {});
    error = write_at(segment_->fd(), reinterpret_cast<const char*>(&first), sizeof first, 0);
    if (error == 0) error = sync_data(segment_->fd());
    if (error == 0) error = segment_->take_name();
    if (error != 0) return io_error(segment_->path(), "write", error);
    offset_ = sizeof first;
    return std::nullopt;
}

void SegmentJournal::Impl::begin_writing(RecoveryRun& run) {
    writer_->start({segment_->first_seq(), offset_, last_seq_});
    keeper_->start(segment_, run.chain().before(), run.chain().block_start());
    spares_->start();
    state_ = State::Ready;
}

void SegmentJournal::Impl::close() {
    if (state_ == State::Ready) {
        writer_->wait_until_idle();
        if (!open_->empty()) dispatch();
        writer_->wait_until_idle();
        spares_->stop();
        keeper_->stop();
        if (!fail_stop_.failed()) seal_and_sync();
        writer_->stop();
    }
    state_ = State::Closed;
    lock_ = Fd();
}

/// The last block of the chain gets its seal, everything is synced, and HEAD says so.
void SegmentJournal::Impl::seal_and_sync() {
    const SealPayload seal = keeper_->seal_now();
    if (seal.end > seal.start) {
        written_->clear();
        written_->add_seal(seal, last_seq_, last_time_ns_, stamp());
        writer_->submit({segment_.get(), written_->records(), offset_, last_seq_});
        writer_->wait_until_idle();
        if (fail_stop_.failed()) return;
        keeper_->accept(seal);
    }
    keeper_->move_watermark();
}

SegmentJournal::SegmentJournal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SegmentJournal::~SegmentJournal() = default;

SegmentJournal::Opened SegmentJournal::open(const JournalSettings& settings) {
    auto impl = std::make_unique<Impl>(settings);
    if (auto error = impl->open()) return {nullptr, std::move(*error)};
    return {std::unique_ptr<SegmentJournal>(new SegmentJournal(std::move(impl))), {}};
}

Recovery SegmentJournal::recover(const oms::Visit& visit) { return impl_->recover(visit); }
Recovery SegmentJournal::recover_kept(const oms::Visit& visit) { return impl_->recover_kept(visit); }
Recovery SegmentJournal::recover_from(const JournalPlace& place, OffsetIndex index, const oms::Visit& visit) {
    return impl_->recover_from(place, std::move(index), visit);
}
Seq SegmentJournal::watermark() const { return impl_->watermark(); }
void SegmentJournal::append(const oms::RecordView& record) { impl_->append(record); }
void SegmentJournal::flush() { impl_->flush(); }
Seq SegmentJournal::durable() const { return Seq{impl_->writer().durable()}; }
Result<oms::Record> SegmentJournal::read(Seq seq) { return impl_->read(seq); }
int SegmentJournal::durable_fd() const { return impl_->writer().durable_fd(); }
void SegmentJournal::wake_when_durable(bool wake) { impl_->writer().wake_when_durable(wake); }
oms::JournalRoom SegmentJournal::room() const {
    return {nearly_full(), static_cast<std::uint32_t>(free_segments()), Spares::kWanted};
}

bool SegmentJournal::nearly_full() const { return impl_->spares().nearly_full(); }
std::size_t SegmentJournal::free_segments() const { return impl_->spares().ready(); }
const JournalIdentity& SegmentJournal::identity() const { return impl_->identity(); }
Seq SegmentJournal::last() const { return impl_->last(); }
void SegmentJournal::close() { impl_->close(); }

}  // namespace penstock::persistence
