#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compliance/follower/witness_client.hpp"
#include "compliance/tlog/tiled_log.hpp"
#include "persistence/journal/reader.hpp"

namespace penstock::compliance {

/// A checkpoint is published when this many records are new, at most one each turn, and when the interval is
/// over and any are. While it is behind there are fewer: one each kBehind leaves.
inline constexpr std::uint64_t kCheckpointRecords = 256;
inline constexpr std::uint64_t kBehind = 65'536;

struct FollowerSettings {
    persistence::JournalSettings journal;
    std::string origin;
    SignerKey signer;
    std::optional<SignerKey> previous_signer;  // while the key is changed
    Duration checkpoint_interval = Duration::seconds(1);
    /// Called after each record that is appended: the moment to let others have the core. May be empty.
    std::function<void()> between_records = {};
};

/// Copies the journal into the audit. Reads what is durable and before the watermark, as a second reader,
/// cuts it into leaves and appends them; so whatever becomes of the audit, the journal has it all, and after
/// any trouble the follower catches up. Where it stands is found again from the last leaf: every leaf says
/// the number of its record. One thread; `files` outlives it.
class Follower {
  public:
    Follower(Files& files, FollowerSettings settings, std::vector<WitnessClient> witnesses, Say say);

    /// Opens the audit, or begins it with record 1 in an empty folder, which gives the same tree as the one
    /// that was there before. What is wrong, as a sentence for operators. Reads at most one segment.
    std::optional<std::string> open();
    /// The audit is signed by the previous key: an AuditKeyChanged must be recorded.
    bool wants_key_change() const { return log_ && log_->signer().id != settings_.signer.id; }

    enum class Publish : std::uint8_t { WhenDue, Now };
    /// Appends what is new, publishes, asks the witnesses. Trouble is said once and what was not published is
    /// read again: after kFirstWait, then twice that, up to kLongestWait.
    void turn(Timestamp now, Publish publish);

    /// Leaves under the newest checkpoint, and the record of the last of them.
    std::uint64_t published() const { return log_ ? log_->published().size : 0; }
    Seq last() const { return Seq{last_seq_}; }
    bool is_in_trouble() const { return !trouble_.empty(); }

  private:
    static constexpr Duration kFirstWait = Duration::seconds(1);
    static constexpr Duration kLongestWait = Duration::seconds(60);
    static constexpr Duration kRemind = Duration::seconds(600);

    TiledLog::Opened open_log();
    std::optional<std::string> find_place();
    std::optional<std::string> check_last(const std::string& leaf);
    std::optional<std::string> follow(Timestamp now, Publish publish);
    bool take(const persistence::RecordAt& stored, const oms::Record& record);
    bool publish_after(const oms::Record& record);
    bool change_key(const oms::AuditKeyChanged& change);
    std::optional<std::string> publish(Timestamp now);
    std::optional<std::string> ask_witnesses(Timestamp now, Publish wanted);
    void failed(const std::string& why, Timestamp now);
    void tell_of_kept(Timestamp now);

    Files& files_;
    FollowerSettings settings_;
    std::vector<WitnessClient> witnesses_;
    Say say_;
    std::optional<TiledLog> log_;
    std::optional<persistence::JournalPlace> place_;  // none: the first record is next
    std::uint64_t last_seq_ = 0;
    std::optional<LogProblem> problem_;  // that ended a read
    Timestamp published_at_;
    std::string trouble_;  // empty: none
    Duration wait_;
    Timestamp not_before_;
    Timestamp remind_at_;
    std::string kept_trouble_;  // that was said last
    Timestamp kept_remind_at_;
};

}  // namespace penstock::compliance
