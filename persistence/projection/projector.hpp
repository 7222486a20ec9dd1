#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "persistence/journal/reader.hpp"
#include "persistence/projection/memory.hpp"
#include "persistence/projection/store.hpp"

namespace penstock::projection {

/// How much it takes at a time.
struct Bounds {
    /// A batch is put in when it has so many records or bytes, or when no more are there.
    std::uint64_t batch_records = 4096;
    std::size_t batch_bytes = std::size_t{8} << 20U;
    /// Records that advance() puts in at most before it comes back.
    std::uint64_t step_records = 50'000;
    /// Records after which what was learned is written; a start folds at most so many twice.
    std::uint64_t memory_records = 500'000;
};

/// Follows a journal beside the process that writes it, and keeps a database at what it says. Everything in
/// the database is exactly once: a batch goes in together with the mark of its last record. One thread.
class Projector {
  public:
    using Note = std::function<void(std::string_view)>;
    struct Parts {
        persistence::JournalSettings journal;
        Store& store;
        MemoryStore memory;
        Bounds bounds;
        Note note;                      // a line for operators
        std::function<bool()> is_over;  // asked between batches: end as soon as possible
    };
    explicit Projector(Parts parts) : parts_(std::move(parts)) {}

    /// What was learned up to what is in the database; from the first record when that is not kept. The store
    /// is open. To be called again after any problem but Refused.
    Outcome begin();
    /// Puts in what the journal has more, up to Bounds::step_records, and says how many records that were;
    /// 0: there are none.
    Outcome advance(std::uint64_t& records);
    /// Writes what was learned, so that the next start begins here.
    void keep_memory();

    /// The last record that is in.
    Seq last() const { return mark_.seq; }
    Timestamp last_time() const { return mark_.time; }
    /// The last record the journal had when it was looked at.
    Seq journal_last() const { return journal_last_; }
    std::uint64_t rows() const { return rows_; }

  private:
    bool take(const oms::Record& record);
    bool put_in();
    Outcome failed(const persistence::JournalError& error) const;

    Parts parts_;
    std::unique_ptr<Memory> memory_;
    std::unique_ptr<Batch> batch_;
    persistence::Uuid journal_{};
    Mark mark_;
    Seq journal_last_;
    std::uint64_t kept_ = 0;  // the record of the memory that is on the disk
    std::uint64_t rows_ = 0;
    Outcome problem_;
};

}  // namespace penstock::projection
