#include "compliance/tlog/copy_log.hpp"

#include "compliance/tlog/checkpoint.hpp"

namespace penstock::compliance {
namespace {

using Problem = std::optional<std::string>;

std::optional<Checkpoint> checkpoint_in(const Result<std::string>& bytes) {
    const auto note = bytes ? parse_note(*bytes) : std::nullopt;
    return note ? parse_checkpoint(note->text) : std::nullopt;
}

/// Every tile, or every bundle, of one level; leaves are hashed on the way.
Problem copy_level(Files& from, Files& to, TileAt tile, std::uint64_t hashes, Peaks& peaks) {
    for (std::uint64_t at = 0; at < hashes; at += kTileWidth) {
        tile.index = at / kTileWidth;
        tile.width = std::min(kTileWidth, hashes - at);
        const auto bytes = read_tile(from, tile);
        if (!bytes) return path_of(tile) + " of the audit is missing or damaged";
        if (to.write(path_of(tile), *bytes) != Fault::None) return path_of(tile) + " cannot be written";
        if (!tile.is_entries) continue;
        const auto leaves = split_bundle(*bytes);
        if (!leaves || leaves->size() != tile.width) return path_of(tile) + " does not fit together";
        for (const std::string_view leaf : *leaves) peaks.append(leaf_hash(leaf));
    }
    return std::nullopt;
}

}  // namespace

std::uint64_t size_under(Files& log, std::string_view checkpoint) {
    const auto found = checkpoint_in(log.read(std::string(checkpoint)));
    return found ? found->head.size : 0;
}

Problem copy_log(Files& from, Files& to, std::uint64_t at_least) {
    auto bytes = from.read(std::string(kCosignedFile));
    auto checkpoint = checkpoint_in(bytes);
    if (!checkpoint || checkpoint->head.size < at_least) {
        bytes = from.read(std::string(kCheckpointFile));
        checkpoint = checkpoint_in(bytes);
    }
    if (!checkpoint) return "the audit has no checkpoint that can be read";
    Peaks peaks;
    const std::uint64_t size = checkpoint->head.size;
    if (auto problem = copy_level(from, to, {0, 0, kTileWidth, true}, size, peaks)) return problem;
    if (peaks.root() != checkpoint->head.root)
        return "the records of the audit are not those its checkpoint was signed for; penstock-verify names "
               "what was altered";
    for (unsigned level = 0; level < kTileLevels; ++level) {
        const std::uint64_t hashes = size >> (level * kTileHeight);
        if (auto problem = copy_level(from, to, {level, 0, kTileWidth, false}, hashes, peaks)) return problem;
    }
    const bool is_done =
        to.write(std::string(kCheckpointFile), *bytes) == Fault::None && to.sync() == Fault::None;
    return is_done ? std::nullopt : Problem("the copy cannot be written");
}

}  // namespace penstock::compliance
