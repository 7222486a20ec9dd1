#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/tiles.hpp"

namespace penstock::compliance {

/// Why a log cannot be opened or go on, with the file that is the reason.
struct LogProblem {
    enum class Kind : std::uint8_t {
        AlreadyThere,   // create() found a log
        Locked,         // another process writes it
        NoCheckpoint,   // tiles or nothing, but no checkpoint
        BadCheckpoint,  // no note, no checkpoint, or not signed by this log's key
        MissingFile,    // a tile or bundle the checkpoint needs
        BadFile,        // a tile or bundle of the wrong size, or entries that are not those of their tile
        RootMismatch,   // the tiles do not have the root the checkpoint was signed for
        IoError,        // the folder refused a call; the log object is of no use any more
    };
    Kind kind = Kind::IoError;
    std::string file;
    std::string text;  // a sentence for operators
};

/// What becomes of partial tiles once the full tile is there and covered by a checkpoint.
enum class OldPartials : std::uint8_t { Keep, Remove };

/// A published checkpoint is kept, when the next is published, if it has this many leaves more than the last
/// that was kept. Where one is published each 256 records (kCheckpointRecords) the place of an alteration is
/// then told to some 1,300 records, for one small file beside four bundles and four tiles.
inline constexpr std::uint64_t kKeepLeaves = 1024;

struct LogSettings {
    std::string origin;  // first line of the checkpoints; by custom the name of the key too
    SignerKey signer;    // of type Ed25519
    OldPartials old_partials = OldPartials::Remove;
};

/// A transparency log in a folder. Leaves are appended, publish() makes everything appended so far
/// durable and then signs it. Files a published checkpoint needs are never written again, so a crash at
/// any moment leaves the last checkpoint and everything it vouches for; what came after it is gone and is
/// appended again by the caller, from the journal. One thread; `files` outlives the log.
class TiledLog {
  public:
    using Opened = std::variant<TiledLog, LogProblem>;

    /// Begins a log with a checkpoint of size 0. A folder with a checkpoint or tiles is refused, because
    /// a log that begins again contradicts what it signed before.
    static Opened create(Files& files, LogSettings settings);
    /// Continues a log: verifies checkpoint, right edge and last bundle, and removes what a crash left
    /// beyond the checkpoint. It does not read the other tiles, nor the kept checkpoints before the newest
    /// that is whole; penstock-verify does. Kept ones that are beyond the checkpoint are told of, and stay.
    static Opened open(Files& files, LogSettings settings);

    /// Appends one leaf of at most kMaxEntryBytes. Holds at most one bundle in memory: full tiles are
    /// written as they fill. After a problem every call returns it again.
    std::optional<LogProblem> append(std::string_view leaf);
    /// Writes what is left, syncs, signs and publishes a checkpoint. Does nothing when nothing is new.
    std::optional<LogProblem> publish();

    /// From the next checkpoint on `next` signs; that one is signed by both keys.
    void sign_with(SignerKey next) { next_signer_ = std::move(next); }
    /// Removes the kept checkpoints up to here that the key of now signed, and does not keep the one that is
    /// out: the records just appended say that another key was the log's until here, so those before must not
    /// be found signed by this one.
    std::optional<LogProblem> forget_kept();
    /// Adds countersignatures to the checkpoint that is out, and keeps it as kCosignedFile too, where it
    /// stays when newer ones without any take its place.
    std::optional<LogProblem> countersign(const std::vector<NoteSignature>& signatures);

    /// Does the folder hold the checkpoint this log has published? False: it was moved away or replaced.
    bool is_in_place() const;

    std::uint64_t size() const { return peaks_.size(); }
    const SignerKey& signer() const { return settings_.signer; }
    const Note& checkpoint() const { return published_; }
    const TreeHead& published() const { return head_; }
    /// What is wrong with kept checkpoints, which nothing depends on, since this was last asked; a sentence
    /// for operators, empty when nothing is.
    std::string take_kept_trouble() { return std::exchange(kept_trouble_, {}); }

  private:
    TiledLog(Files& files, LogSettings settings) : files_(&files), settings_(std::move(settings)) {}

    std::optional<LogProblem> load();
    std::optional<LogProblem> load_checkpoint();
    std::optional<LogProblem> load_edge();
    std::optional<LogProblem> load_bundle();
    std::optional<LogProblem> drop_leftovers(unsigned level, bool is_entries);
    std::optional<LogProblem> remove_tile(const TileAt& tile, std::uint64_t above_width, bool& existed);
    void find_kept();
    bool is_word_of_log(const Note& note) const;
    void tell_of_kept(const std::string& trouble);
    std::optional<LogProblem> add_hash(unsigned level, const Hash& hash);
    std::optional<LogProblem> write_full(unsigned level, const std::string& bytes, bool is_entries);
    std::optional<LogProblem> write_partials();
    std::optional<LogProblem> write_checkpoint();
    void write_kept();
    void name_kept();
    void remove_kept(std::uint64_t size);
    std::optional<LogProblem> replace(std::string_view name, const std::string& text);
    std::optional<LogProblem> remove_old_partials();
    std::optional<LogProblem> remove_folder(const std::string& folder);
    std::optional<LogProblem> failed(const std::string& file, std::string_view doing);
    std::optional<LogProblem> checked(Status status, const std::string& file, std::string_view doing);

    Files* files_;
    LogSettings settings_;
    std::optional<SignerKey> next_signer_;
    Peaks peaks_;
    std::array<std::string, kTileLevels> tiles_;  // the hashes of the unfinished tile of each level
    std::string bundle_;                          // the entries of the unfinished bundle
    std::vector<TileAt> finished_;                // full tiles written since the last checkpoint
    Note published_;
    TreeHead head_;
    std::uint64_t kept_size_ = 0;           // of the last checkpoint that was kept
    std::optional<std::uint64_t> keeping_;  // is written aside, and has no name yet
    std::string kept_trouble_;
    std::optional<LogProblem> problem_;
};

}  // namespace penstock::compliance
