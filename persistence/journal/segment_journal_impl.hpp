#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "oms/domain/assert.hpp"
#include "persistence/journal/batch.hpp"
#include "persistence/journal/head_file.hpp"
#include "persistence/journal/keeper.hpp"
#include "persistence/journal/offset_index.hpp"
#include "persistence/journal/recovery.hpp"
#include "persistence/journal/segment_journal.hpp"
#include "persistence/journal/spares.hpp"
#include "persistence/journal/sync_method.hpp"
#include "persistence/journal/writer.hpp"

namespace penstock::persistence {

/// Private to segment_journal.cpp (start and end of life) and order_path.cpp (append, flush, read).
class SegmentJournal::Impl {
  public:
    explicit Impl(const JournalSettings& settings);
    ~Impl() { close(); }

    std::optional<JournalError> open();
    Recovery recover(const RecoveryRun::Visit& visit);
    Recovery recover_kept(const RecoveryRun::Visit& visit);
    Recovery recover_from(const JournalPlace& place, OffsetIndex index, const RecoveryRun::Visit& visit);
    void close();

    void append(const oms::RecordView& record);
    void flush();
    Result<oms::Record> read(Seq seq);

    BatchWriter& writer() { return *writer_; }
    const BatchWriter& writer() const { return *writer_; }
    const JournalIdentity& identity() const { return head_.identity(); }
    Seq watermark() const { return Seq{head_.watermark().seq}; }
    const Spares& spares() const { return *spares_; }
    Seq last() const { return Seq{last_seq_}; }

  private:
    enum class State : std::uint8_t { Opened, Ready, Unusable, Closed };

    std::optional<JournalError> lock_directory();
    Recovery finish(RecoveryRun& run);
    std::optional<JournalError> repair(RecoveryRun& run);
    std::optional<JournalError> clear_tail(RecoveryRun& run);
    std::optional<JournalError> make_first_segment();
    void begin_writing(RecoveryRun& run);
    void seal_and_sync();

    void dispatch();
    SegmentHeader header(std::uint64_t first_seq, const Digest& chain) const;
    Batch::Stamp stamp() const;
    int open_flags() const;
    Result<oms::Record> read_from_disk(Seq seq);
    Fault open_for_reading(std::uint64_t segment, int& fd);
    bool bring_back(std::uint64_t segment);
    JournalError io_error(const std::filesystem::path& path, std::string_view what, int error) const;

    JournalSettings settings_;
    FailStop fail_stop_;
    Fd lock_;
    HeadFile head_;
    SyncChoice sync_;
    std::unique_ptr<Spares> spares_;
    std::unique_ptr<BatchWriter> writer_;
    std::unique_ptr<Keeper> keeper_;
    State state_ = State::Opened;

    std::shared_ptr<Segment> segment_;            // written to
    std::vector<std::shared_ptr<Segment>> left_;  // the ones before that may not have their names yet
    std::uint64_t offset_ = 0;                    // where the next batch goes in it
    std::uint64_t last_seq_ = 0;
    std::int64_t last_time_ns_ = 0;
    std::unique_ptr<Batch> open_;     // records are added here
    std::unique_ptr<Batch> written_;  // on its way to the disk, or there
    OffsetIndex index_;               // of all but the open batch

    std::uint64_t reading_segment_ = 0;  // the older segment that is open for reading
    Fd reading_;
    std::vector<char> read_buffer_;
};

}  // namespace penstock::persistence
