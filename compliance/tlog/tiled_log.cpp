#include "compliance/tlog/tiled_log.hpp"

#include <algorithm>

#include "compliance/tlog/kept.hpp"
#include "oms/domain/assert.hpp"

namespace penstock::compliance {
namespace {

// Not checkpoint.<anything>: a verifier that looks after a crash must not take it for one.
constexpr std::string_view kNewCheckpoint = "next.checkpoint";
using Kind = LogProblem::Kind;

}  // namespace

std::optional<LogProblem> TiledLog::failed(const std::string& file, std::string_view doing) {
    problem_ = LogProblem{Kind::IoError, file, file + " cannot be " + std::string(doing)};
    return problem_;
}

std::optional<LogProblem> TiledLog::checked(Status status, const std::string& file, std::string_view doing) {
    return status == Fault::None ? std::nullopt : failed(file, doing);
}

TiledLog::Opened TiledLog::create(Files& files, LogSettings settings) {
    TiledLog log(files, std::move(settings));
    if (const Status locked = files.lock(); locked == Fault::Busy)
        return LogProblem{Kind::Locked, "", "another process writes this log"};
    else if (locked != Fault::None)
        return *log.failed("the folder", "locked");
    const auto tiles = files.list("tile");
    const auto checkpoint = files.read(std::string(kCheckpointFile));
    if (!tiles) return *log.failed("tile", "listed");
    if (checkpoint || checkpoint.error() != Fault::NotFound || !tiles->empty())
        return LogProblem{Kind::AlreadyThere, std::string(kCheckpointFile), "the folder already holds a log"};
    log.head_.root = empty_root();
    log.find_kept();
    if (const auto problem = log.write_checkpoint()) return *problem;
    return log;
}

std::optional<LogProblem> TiledLog::append(std::string_view leaf) {
    if (problem_) return problem_;
    PENSTOCK_ASSERT(leaf.size() <= kMaxEntryBytes, "a leaf that should have been split");
    append_entry(bundle_, leaf);
    if (peaks_.size() % kTileWidth == kTileWidth - 1) {
        if (auto problem = write_full(0, bundle_, true)) return problem;
        bundle_.clear();
    }
    std::optional<LogProblem> problem;
    peaks_.append(leaf_hash(leaf), [&](unsigned level, std::uint64_t, const Hash& hash) {
        if (level % kTileHeight == 0 && !problem) problem = add_hash(level / kTileHeight, hash);
    });
    return problem;
}

std::optional<LogProblem> TiledLog::add_hash(unsigned level, const Hash& hash) {
    std::string& tile = tiles_[level];
    tile += view(hash);
    if (tile.size() < kTileWidth * hash.size()) return std::nullopt;
    auto problem = write_full(level, tile, false);
    tile.clear();
    return problem;
}

std::optional<LogProblem> TiledLog::write_full(unsigned level, const std::string& bytes, bool is_entries) {
    // The leaf that fills the tile is not counted yet, so this is the tile it lies in.
    const TileAt tile{level, peaks_.size() >> (kTileHeight * (level + 1)), kTileWidth, is_entries};
    finished_.push_back(tile);
    return checked(files_->write(path_of(tile), bytes), path_of(tile), "written");
}

std::optional<LogProblem> TiledLog::publish() {
    if (problem_) return problem_;
    if (peaks_.size() == head_.size) return std::nullopt;
    if (auto problem = write_partials()) return problem;
    write_kept();
    head_ = {peaks_.size(), peaks_.root()};
    if (auto problem = write_checkpoint()) return problem;
    return remove_old_partials();
}

bool TiledLog::is_in_place() const {
    const auto bytes = files_->read(std::string(kCheckpointFile));
    const auto note = bytes ? parse_note(*bytes) : std::nullopt;
    return note && note->text == published_.text;
}

std::optional<LogProblem> TiledLog::write_partials() {
    for (unsigned level = 0; level < kTileLevels; ++level) {
        TileAt tile = edge_tile(level, peaks_.size());
        // Unchanged since the last checkpoint, which needs it: not to be touched.
        const bool is_old = head_.size >> (kTileHeight * level) == peaks_.size() >> (kTileHeight * level);
        if (tile.width == 0 || is_old) continue;
        if (auto problem = checked(files_->write(path_of(tile), tiles_[level]), path_of(tile), "written"))
            return problem;
        if (level != 0) continue;
        tile.is_entries = true;
        if (auto problem = checked(files_->write(path_of(tile), bundle_), path_of(tile), "written"))
            return problem;
    }
    return std::nullopt;
}

std::optional<LogProblem> TiledLog::write_checkpoint() {
    published_ = signed_by(settings_.signer, {settings_.origin, head_});
    if (next_signer_) {
        published_.signatures.push_back(sign_text(*next_signer_, published_.text));
        settings_.signer = std::move(*next_signer_);
        next_signer_.reset();
    }
    return replace(kCheckpointFile, to_text(published_));
}

std::optional<LogProblem> TiledLog::replace(std::string_view name, const std::string& text) {
    const std::string aside(kNewCheckpoint);
    const std::string file(name);
    if (auto problem = checked(files_->write(aside, text), aside, "written")) return problem;
    // Tiles and checkpoint together, before the name: a checkpoint that survives a power failure must find
    // its tiles.
    if (auto problem = checked(files_->sync(), "tile", "synced")) return problem;
    name_kept();
    if (auto problem = checked(files_->rename(aside, file), file, "renamed")) return problem;
    return checked(files_->sync(), file, "synced");
}

std::optional<LogProblem> TiledLog::countersign(const std::vector<NoteSignature>& signatures) {
    if (problem_) return problem_;
    for (const NoteSignature& signature : signatures) {
        // One of each key: after a restart a witness may be asked again.
        std::erase_if(published_.signatures, [&](const NoteSignature& known) {
            return known.name == signature.name && known.key_id == signature.key_id;
        });
        published_.signatures.push_back(signature);
    }
    if (auto problem = replace(kCheckpointFile, to_text(published_))) return problem;
    return replace(kCosignedFile, to_text(published_));
}

std::optional<LogProblem> TiledLog::remove_old_partials() {
    std::vector<TileAt> finished;
    std::swap(finished, finished_);
    if (settings_.old_partials == OldPartials::Keep) return std::nullopt;
    for (const TileAt& tile : finished) {
        const std::string folder = partials_folder(tile);
        const auto names = files_->list(folder);
        if (!names) return failed(folder, "listed");
        for (const std::string& name : *names)
            if (auto problem = checked(files_->remove(folder + "/" + name), folder + "/" + name, "removed"))
                return problem;
        if (names->empty()) continue;
        if (auto problem = remove_folder(folder)) return problem;
    }
    return std::nullopt;
}

std::optional<LogProblem> TiledLog::remove_folder(const std::string& folder) {
    const Status removed = files_->remove(folder);
    return removed == Fault::NotFound ? std::nullopt : checked(removed, folder, "removed");
}

}  // namespace penstock::compliance
