#include "persistence/projection/projector.hpp"

#include <algorithm>

#include "persistence/journal/wire.hpp"

namespace penstock::projection {
namespace {

/// As compliance/tlog cuts records into leaves: 32 bytes of each are the record's head.
constexpr std::size_t kLeafBytes = 65'535 - 32;

std::uint64_t leaves_of(const oms::Record& record) {
    const oms::RecordView view{
        record.input, record.outputs, record.numbers, record.raw, record.sent, record.session_sent};
    const std::size_t bound = persistence::encoded_bound(view);
    if (bound <= kLeafBytes) return 1;
    std::string bytes(bound, '\0');
    const auto size = static_cast<std::size_t>(persistence::encode(view, bytes.data()) - bytes.data());
    return std::max<std::size_t>(1, (size + kLeafBytes - 1) / kLeafBytes);
}

/// Folds records whose rows are in already.
class NoRows final : public history::Rows {};
class OnlyPositions final : public history::Rows {
  public:
    explicit OnlyPositions(Positions& positions) : positions_(positions) {}
    void add(const history::Execution& row) override { positions_.take(row); }

  private:
    Positions& positions_;
};

}  // namespace

Outcome Projector::begin() {
    persistence::JournalReader reader;
    if (const auto error = reader.open(parts_.journal)) return failed(*error);
    journal_ = reader.identity().uuid;
    if (auto problem = parts_.store.read_mark(journal_, mark_)) return problem;
    const oms::IdSpace space{reader.identity().instance, oms::epoch_of(reader.identity().created)};
    std::vector<std::string> notes;
    memory_ = parts_.memory.newest(space, journal_, mark_.seq, notes);
    if (memory_) {
        const auto why = persistence::misfit(
            memory_->place, parts_.journal.directory, journal_, parts_.journal.more.get());
        if (why) {
            notes.push_back("what was learned is not used: " + *why);
            memory_.reset();
        }
    }
    for (const std::string& line : notes) parts_.note(line);
    kept_ = memory_ ? memory_->place.last_seq : 0;
    if (!memory_) {
        if (reader.first_kept() > 1)
            return StoreProblem{StoreProblem::Kind::Refused,
                                "the journal begins at record " + std::to_string(reader.first_kept()) +
                                    ": those before were pruned, and what was learned of them is not kept. "
                                    "Restore a backup from before, or go on with what the database has"};
        memory_ = std::make_unique<Memory>(space);
    }
    batch_ = std::make_unique<Batch>(memory_->positions);
    return std::nullopt;
}

bool Projector::take(const oms::Record& record) {
    const std::uint64_t leaf = memory_->next_leaf;
    const std::uint64_t leaves = leaves_of(record);
    memory_->next_leaf += leaves;
    if (record.input.seq <= mark_.seq) {
        OnlyPositions rows(memory_->positions);
        memory_->events.fold(record, rows);
        return !parts_.is_over || !parts_.is_over();
    }
    batch_->begin(record, leaf, leaves);
    memory_->events.fold(record, *batch_);
    const bool is_full =
        batch_->records() >= parts_.bounds.batch_records || batch_->bytes() >= parts_.bounds.batch_bytes;
    return !is_full || put_in();
}

/// The batch, when there is one. False: no more.
bool Projector::put_in() {
    if (batch_->empty()) return true;
    batch_->close();
    problem_ = parts_.store.apply(*batch_);
    if (problem_) return false;
    rows_ += batch_->rows();
    mark_.seq = batch_->last();
    mark_.time = batch_->last_time();
    batch_->clear();
    return !parts_.is_over || !parts_.is_over();
}

Outcome Projector::advance(std::uint64_t& records) {
    records = 0;
    problem_.reset();
    persistence::JournalReader reader;
    if (const auto error = reader.open(parts_.journal)) return failed(*error);
    if (reader.identity().uuid != journal_)
        return StoreProblem{StoreProblem::Kind::Refused, "the journal was replaced by another one"};
    journal_last_ = reader.last();
    const std::uint64_t before = memory_->place.last_seq;
    if (journal_last_.value <= before) return std::nullopt;
    reader.end_after(Seq{before + parts_.bounds.step_records});
    const auto error = reader.read(memory_->is_new() ? nullptr : &memory_->place, memory_->index,
                                   [&](const oms::Record& record) { return take(record); });
    if (!problem_ && !error) put_in();
    // What was folded and is not in, or has no place, cannot be gone on from.
    if (problem_) return problem_;
    if (error) return failed(*error);
    memory_->place = reader.reached();
    records = memory_->place.last_seq - before;
    if (memory_->place.last_seq - kept_ >= parts_.bounds.memory_records) keep_memory();
    return std::nullopt;
}

void Projector::keep_memory() {
    if (!memory_ || memory_->place.last_seq == kept_ || memory_->place.last_seq != mark_.seq.value) return;
    if (const auto why = parts_.memory.write(*memory_, journal_))
        parts_.note("what was learned is not kept, and the next start reads more: " + *why);
    else
        kept_ = memory_->place.last_seq;
}

Outcome Projector::failed(const persistence::JournalError& error) const {
    // Closed: this side wanted no more. Of the rest some is passing: a segment on its way to the archive.
    return StoreProblem{
        StoreProblem::Kind::Unavailable,
        (error.fault == Fault::Closed ? "" : parts_.journal.directory.string() + ": ") + error.text};
}

}  // namespace penstock::projection
