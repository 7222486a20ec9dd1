#include <algorithm>
#include <charconv>

#include "compliance/tlog/tiled_log.hpp"

// How a log is continued: everything the next append stands on is verified, everything else is removed.

namespace penstock::compliance {
namespace {

using Kind = LogProblem::Kind;

LogProblem bad_checkpoint(std::string_view what) {
    return {Kind::BadCheckpoint, std::string(kCheckpointFile), "checkpoint " + std::string(what)};
}

LogProblem unreadable(const std::string& file, Fault fault) {
    if (fault == Fault::NotFound)
        return {Kind::MissingFile, file, file + " is missing, and the checkpoint needs it"};
    if (fault == Fault::Corrupt) return {Kind::BadFile, file, file + " has not the size its place demands"};
    return {Kind::IoError, file, file + " cannot be read"};
}

/// The width a partial's file name says; 0 when it says none.
std::uint64_t width_of(const std::string& name) {
    std::uint64_t width = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), width);
    return problem == std::errc{} && end == name.data() + name.size() ? width : 0;
}

}  // namespace

TiledLog::Opened TiledLog::open(Files& files, LogSettings settings) {
    TiledLog log(files, std::move(settings));
    if (auto problem = log.load()) return std::move(*problem);
    return log;
}

std::optional<LogProblem> TiledLog::load() {
    const Status locked = files_->lock();
    if (locked == Fault::Busy) return LogProblem{Kind::Locked, "", "another process writes this log"};
    if (locked != Fault::None) return failed("the folder", "locked");
    if (auto problem = load_checkpoint()) return problem;
    if (auto problem = load_edge()) return problem;
    if (auto problem = load_bundle()) return problem;
    if (auto problem = drop_leftovers(0, true)) return problem;
    for (unsigned level = 0; level < kTileLevels; ++level)
        if (auto problem = drop_leftovers(level, false)) return problem;
    find_kept();
    return checked(files_->sync(), "tile", "synced");
}

std::optional<LogProblem> TiledLog::load_checkpoint() {
    const std::string file(kCheckpointFile);
    const auto bytes = files_->read(file);
    if (!bytes && bytes.error() == Fault::NotFound)
        return LogProblem{Kind::NoCheckpoint, file, "the folder holds no checkpoint"};
    if (!bytes) return failed(file, "read");
    auto note = parse_note(*bytes);
    if (!note) return bad_checkpoint("is no signed note");
    const auto checkpoint = parse_checkpoint(note->text);
    if (!checkpoint) return bad_checkpoint("has not the lines of a checkpoint");
    if (checkpoint->origin != settings_.origin)
        return bad_checkpoint("is of another log: " + checkpoint->origin);
    if (check_signature(*note, verifier_of(settings_.signer)).found != Signed::Good)
        return bad_checkpoint("is not signed by this log's key");
    published_ = std::move(*note);
    head_ = checkpoint->head;
    return std::nullopt;
}

std::optional<LogProblem> TiledLog::load_edge() {
    for (unsigned level = 0; level < kTileLevels; ++level) {
        const TileAt tile = edge_tile(level, head_.size);
        if (tile.width == 0) continue;
        auto bytes = read_tile(*files_, tile);
        if (!bytes) return unreadable(path_of(tile), bytes.error());
        tiles_[level] = std::move(*bytes);
    }
    // Every subtree of the right edge lies inside the unfinished tile of its level.
    const auto peak = [this](unsigned level, std::uint64_t index) -> std::optional<Hash> {
        const unsigned height = level % kTileHeight;
        return tile_subtree(tiles_[level / kTileHeight], (index << height) % kTileWidth, height);
    };
    peaks_ = *Peaks::restore(head_.size, peak);
    if (peaks_.root() == head_.root) return std::nullopt;
    return LogProblem{Kind::RootMismatch, std::string(kCheckpointFile),
                      "the tiles do not have the root that checkpoint was signed for"};
}

std::optional<LogProblem> TiledLog::load_bundle() {
    TileAt tile = edge_tile(0, head_.size);
    if (tile.width == 0) return std::nullopt;
    tile.is_entries = true;
    auto bytes = read_tile(*files_, tile);
    if (!bytes) return unreadable(path_of(tile), bytes.error());
    const auto entries = split_bundle(*bytes);
    if (!entries || entries->size() != tile.width) return unreadable(path_of(tile), Fault::Corrupt);
    for (std::uint64_t at = 0; at < tile.width; ++at) {
        if (leaf_hash((*entries)[at]) == hash_in(tiles_[0], at)) continue;
        const std::uint64_t index = tile.index * kTileWidth + at;
        return LogProblem{Kind::BadFile, path_of(tile),
                          "record " + std::to_string(index) + " is not the one its tile was made of"};
    }
    bundle_ = std::move(*bytes);
    return std::nullopt;
}

/// Removes the full version of a tile and its partials wider than `above_width`.
std::optional<LogProblem> TiledLog::remove_tile(const TileAt& tile, std::uint64_t above_width,
                                                bool& existed) {
    TileAt full = tile;
    full.width = kTileWidth;
    const Status removed = files_->remove(path_of(full));
    if (removed != Fault::None && removed != Fault::NotFound) return failed(path_of(full), "removed");
    const std::string folder = partials_folder(tile);
    const auto names = files_->list(folder);
    if (!names) return failed(folder, "listed");
    existed = removed == Fault::None || !names->empty();
    bool is_empty = true;
    for (const std::string& name : *names) {
        const std::uint64_t width = width_of(name);
        if (width != 0 && width <= above_width) is_empty = false;
        if (width != 0 && width <= above_width) continue;
        if (auto problem = checked(files_->remove(folder + "/" + name), folder + "/" + name, "removed"))
            return problem;
    }
    if (names->empty() || !is_empty) return std::nullopt;
    return remove_folder(folder);
}

std::optional<LogProblem> TiledLog::drop_leftovers(unsigned level, bool is_entries) {
    TileAt tile = edge_tile(level, head_.size);
    tile.is_entries = is_entries;
    if (tile.width != 0) {
        // The full tile may be all there is; its beginning must survive as a file of its own first.
        const std::string path = path_of(tile);
        const auto partial = files_->read(path);
        if (!partial && partial.error() != Fault::NotFound) return failed(path, "read");
        const std::string& bytes = is_entries ? bundle_ : tiles_[level];
        if (!partial) {
            if (auto problem = checked(files_->write(path, bytes), path, "written")) return problem;
            if (auto problem = checked(files_->sync(), path, "synced")) return problem;
        }
    }
    bool existed = true;
    std::uint64_t kept_width = tile.width;
    // Tiles are written in order, so the first that is absent ends the leftovers.
    for (bool is_first = true; is_first || existed; is_first = false) {
        if (auto problem = remove_tile(tile, kept_width, existed)) return problem;
        ++tile.index;
        kept_width = 0;
    }
    return std::nullopt;
}

}  // namespace penstock::compliance
