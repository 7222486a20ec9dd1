#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "oms/ports/journal.hpp"
#include "persistence/journal/place.hpp"
#include "persistence/journal/settings.hpp"

namespace penstock::persistence {

/// Why a journal does not start. `text` is a line for operators: what, where, what to do.
struct JournalError {
    Fault fault = Fault::None;
    std::string file;          // empty: no file is to blame
    std::uint64_t offset = 0;  // bytes into the file
    std::string text;
};

/// Bytes after the last whole record that were thrown away: a crash in the middle of a write. None
/// of them was ever reported durable.
struct TornTail {
    std::string file;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;  // from the offset to the last byte that was not zero
};

struct Recovery {
    std::optional<JournalError> error;  // set: the journal must not be used
    Seq last;                           // none: the journal is empty
    std::uint64_t records = 0;
    std::uint64_t segments = 0;
    std::optional<TornTail> torn_tail;
};

/// Which journal this is. All but `epoch` is fixed when the directory is made.
struct JournalIdentity {
    std::array<std::uint8_t, 16> uuid{};
    FixedText<2> instance;
    Timestamp created;        // wall clock; tells a fresh journal of an instance from its last one
    std::uint64_t epoch = 0;  // how many times it was opened: stamped on every record
};

/// The journal on local disk; persistence/README.md has the file format. Everything but the two
/// functions marked "any thread" is called from one thread, the core's.
class SegmentJournal final : public oms::Journal {
  public:
    struct Opened {
        std::unique_ptr<SegmentJournal> journal;  // none: see the error
        JournalError error;
    };
    /// Locks the directory and reads HEAD, or creates both. Call recover() next, always.
    static Opened open(const JournalSettings& settings);

    ~SegmentJournal() override;  // closes
    SegmentJournal(const SegmentJournal&) = delete;
    SegmentJournal& operator=(const SegmentJournal&) = delete;

    /// Shows every record in order of seq (an empty `visit` looks at none) and makes the journal ready
    /// to append. When `visit` returns false the recovery ends with Fault::Closed and the journal stays
    /// unusable: a replay that disagrees with its journal must not continue it.
    Recovery recover(const std::function<bool(const oms::Record&)>& visit);
    /// The same from the first segment that is kept; what was deleted before is not asked for. For who does
    /// not execute what it sees.
    Recovery recover_kept(const std::function<bool(const oms::Record&)>& visit);
    /// The same for the records after a place that fits (see misfit): what lies before is not read. `index`
    /// is that of the records before, so that they can be read one by one.
    Recovery recover_from(const JournalPlace& place, OffsetIndex index,
                          const std::function<bool(const oms::Record&)>& visit);
    /// How far it was on the disk when HEAD was last written, before recovery.
    Seq watermark() const;

    /// Bound: a batch holds kMaxBatchRecords and kMaxBatchBytes. At the bound the batch is flushed;
    /// if the disk is still busy with the last one, append waits for it. That is the back-pressure:
    /// the core stops, so its sockets are not read.
    void append(const oms::RecordView& record) override;
    /// Power with the writer thread: hands the batch over when the writer is idle, else leaves it
    /// open, so call again when durable() moved. Otherwise returns when the batch is durable.
    void flush() override;
    Seq durable() const override;  // any thread
    /// Wants two empty segments ready; see nearly_full().
    oms::JournalRoom room() const override;
    Result<oms::Record> read(Seq seq) override;

    /// An eventfd that becomes readable when the writer thread is idle again, while that is asked for.
    /// To sleep until then: ask, flush(), look at durable(), sleep, read the descriptor empty.
    int durable_fd() const;
    void wake_when_durable(bool wake);

    /// True while fewer than two empty segments are ready and none can be made: time to refuse new
    /// orders, while there is room for cancels. Any thread.
    bool nearly_full() const;
    /// Empty segments that are ready, 0..2, for the metrics. Any thread.
    std::size_t free_segments() const;

    const JournalIdentity& identity() const;
    /// The last seq given to append.
    Seq last() const;
    /// Flushes, seals the chain, writes the watermark and releases the directory. Idempotent.
    void close();

  private:
    class Impl;
    explicit SegmentJournal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace penstock::persistence
