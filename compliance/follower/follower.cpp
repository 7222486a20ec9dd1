#include "compliance/follower/follower.hpp"

#include <algorithm>
#include <cstring>

#include "compliance/follower/key_change.hpp"
#include "compliance/tlog/journal_leaf.hpp"

namespace penstock::compliance {
namespace {

std::string problem_text(const LogProblem& problem) { return "the audit: " + problem.text; }

}  // namespace

Follower::Follower(Files& files, FollowerSettings settings, std::vector<WitnessClient> witnesses, Say say)
    : files_(files), settings_(std::move(settings)), witnesses_(std::move(witnesses)), say_(std::move(say)) {}

TiledLog::Opened Follower::open_log() {
    const auto with = [this](const SignerKey& signer) {
        return LogSettings{settings_.origin, signer, OldPartials::Remove};
    };
    TiledLog::Opened opened = TiledLog::open(files_, with(settings_.signer));
    const auto* problem = std::get_if<LogProblem>(&opened);
    if (problem == nullptr) return opened;
    if (problem->kind == LogProblem::Kind::BadCheckpoint && settings_.previous_signer)
        return TiledLog::open(files_, with(*settings_.previous_signer));
    if (problem->kind != LogProblem::Kind::NoCheckpoint) return opened;
    // A folder with tiles is refused by create().
    return TiledLog::create(files_, with(settings_.previous_signer.value_or(settings_.signer)));
}

std::optional<std::string> Follower::open() {
    log_.reset();
    place_.reset();
    last_seq_ = 0;
    log_key_.clear();
    TiledLog::Opened opened = open_log();
    if (const auto* problem = std::get_if<LogProblem>(&opened)) {
        if (problem->kind == LogProblem::Kind::AlreadyThere)
            return "the audit: the folder has tiles and no checkpoint; restore it, or move it away to begin "
                   "again with record 1";
        return problem_text(*problem);
    }
    log_.emplace(std::move(std::get<TiledLog>(opened)));
    if (log_->size() == 0) return std::nullopt;
    auto problem = find_place();
    if (problem) log_.reset();
    return problem;
}

/// Reads the journal from the segment of the audit's last record to that record.
std::optional<std::string> Follower::find_place() {
    const auto leaf = read_entry(files_, log_->size() - 1, log_->size());
    if (!leaf || leaf->size() < kLeafHead) return "the audit: its last record cannot be read";
    std::memcpy(&last_seq_, leaf->data() + kSeqAt, sizeof last_seq_);
    persistence::JournalReader reader;
    if (const auto error = reader.open(settings_.journal)) return error->text;
    if (reader.last().value < last_seq_)
        return "the audit has records up to " + std::to_string(last_seq_) + ", the journal only up to " +
               std::to_string(reader.last().value) +
               ": the journal is older than its audit. Restore the journal that belongs to it";
    const auto start = reader.segment_start(Seq{last_seq_});
    if (!start) return "the journal has no segment with record " + std::to_string(last_seq_);
    std::optional<std::string> wrong;
    const auto error =
        reader.read_stored(&*start, [&](const persistence::RecordAt& stored, const oms::Record& record) {
            if (record.input.seq.value == last_seq_ &&
                leaves_of(stored.header, stored.payload).back() != *leaf)
                wrong = "record " + std::to_string(last_seq_) +
                        " of the journal is not the one the audit was signed for: one of the two was altered";
            return !wrong && record.input.seq.value < last_seq_;
        });
    if (wrong) return wrong;
    // Ended by us at that record, unless it says otherwise.
    if (error && error->fault != Fault::Closed) return error->text;
    place_ = start;
    return std::nullopt;
}

void Follower::turn(Timestamp now, Publish publish) {
    if (now < not_before_ && publish == Publish::WhenDue) return;
    auto wrong = log_ ? std::nullopt : open();
    if (!wrong) wrong = follow(now, publish);
    if (wrong) return failed(*wrong, now);
    tell_of_kept(now);
    if (!trouble_.empty()) say_("the audit goes on, at record " + std::to_string(last_seq_));
    trouble_.clear();
    wait_ = Duration{};
}

std::optional<std::string> Follower::follow(Timestamp now, Publish wanted) {
    persistence::JournalReader reader;
    if (const auto error = reader.open(settings_.journal)) return error->text;
    // What is written beside a gap can never be continued.
    if (!log_->is_in_place())
        return "the audit: its folder does not hold the checkpoint that was written last: it was moved away, "
               "or another audit is in its place";
    if (reader.last().value > last_seq_) {
        problem_.reset();
        const auto error = reader.read_stored(
            place_ ? &*place_ : nullptr, [this](const persistence::RecordAt& stored,
                                                const oms::Record& record) { return take(stored, record); });
        if (problem_) return problem_text(*problem_);
        if (error) return error->text;
        place_ = reader.reached();
    }
    const std::uint64_t unpublished = log_->size() - published();
    const bool is_due = unpublished >= kCheckpointRecords || wanted == Publish::Now ||
                        now - published_at_ >= settings_.checkpoint_interval;
    if (is_due && unpublished > 0)
        if (auto wrong = publish(now)) return wrong;
    return ask_witnesses(now, wanted);
}

/// Appends one record. False, with problem_ set, when the audit's folder fails.
bool Follower::take(const persistence::RecordAt& stored, const oms::Record& record) {
    if (record.input.seq.value <= last_seq_) return true;
    for (const std::string& leaf : leaves_of(stored.header, stored.payload))
        if (problem_ = log_->append(leaf); problem_) return false;
    last_seq_ = record.input.seq.value;
    const bool is_due = publish_after(record);
    if (is_due && !problem_) problem_ = log_->publish();
    if (settings_.between_records) settings_.between_records();
    return !problem_;
}

/// Is a checkpoint due right after this record, whatever the time? A trading day ended, the key was changed,
/// or so much is new that a crash would cost a lot of reading.
bool Follower::publish_after(const oms::Record& record) {
    if (const auto* change = std::get_if<oms::AuditKeyChanged>(&record.input.body))
        return change_key(*change);
    return std::holds_alternative<oms::TradingDayBegan>(record.input.body) ||
           log_->size() - published() >= kBehind;
}

/// Does the log go on with another key from this record on? A log that is filled again from the journal
/// passes changes of before, and its kept checkpoints until there may be signed by a key that was not the
/// log's then. They go before a checkpoint has this record, so that no verifier meets one without the
/// other. A change that is said again changes nothing.
bool Follower::change_key(const oms::AuditKeyChanged& change) {
    const bool is_said_again = change.new_key.view() == log_key_;
    log_key_ = change.new_key.view();
    const bool is_by_another = change.old_key.view() != to_vkey(verifier_of(log_->signer()));
    if (!is_said_again && is_by_another) problem_ = log_->forget_kept();
    const bool is_ours = change.new_key.view() == to_vkey(verifier_of(settings_.signer));
    if (is_ours && wants_key_change()) {
        log_->sign_with(settings_.signer);
        return true;
    }
    return false;
}

std::optional<std::string> Follower::publish(Timestamp now) {
    if (const auto problem = log_->publish()) return problem_text(*problem);
    published_at_ = now;
    return std::nullopt;
}

std::optional<std::string> Follower::ask_witnesses(Timestamp now, Publish wanted) {
    const TreeHead head = log_->published();
    std::vector<NoteSignature> given;
    TileReader reader(files_, head.size);
    for (WitnessClient& witness : witnesses_) {
        const bool asks_now = wanted == Publish::Now && head.size > witness.cosigned();
        if (!asks_now && !witness.is_due(head.size, now)) continue;
        if (auto signature = witness.ask(log_->checkpoint(), head, reader, now))
            given.push_back(std::move(*signature));
    }
    if (given.empty()) return std::nullopt;
    const auto problem = log_->countersign(given);
    return problem ? std::optional(problem_text(*problem)) : std::nullopt;
}

/// Kept checkpoints are for verifiers alone: whatever is wrong with them is told, and the audit goes on.
void Follower::tell_of_kept(Timestamp now) {
    const std::string trouble = log_ ? log_->take_kept_trouble() : "";
    if (trouble.empty() || (trouble == kept_trouble_ && now < kept_remind_at_)) return;
    kept_trouble_ = trouble;
    kept_remind_at_ = now + kRemind;
    say_("kept checkpoints of the audit: " + trouble +
         ". The audit goes on, for they only tell where an edit is: look into its folder `checkpoints`");
}

/// Forgets the log as it is in memory: what is published is read again, and the rest from the journal.
void Follower::failed(const std::string& why, Timestamp now) {
    log_.reset();
    wait_ = std::clamp(Duration{2 * wait_.ns}, kFirstWait, kLongestWait);
    not_before_ = now + wait_;
    // The file that fails may be another each time: still the same trouble.
    if (!trouble_.empty() && now < remind_at_) return;
    trouble_ = why;
    remind_at_ = now + kRemind;
    say_(why +
         ". Trading goes on and the journal keeps everything; the audit is tried again and will catch up");
}

}  // namespace penstock::compliance
