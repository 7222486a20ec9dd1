#include "compliance/tlog/copy_log.hpp"

#include <algorithm>
#include <vector>

#include "compliance/tlog/kept.hpp"

namespace penstock::compliance {
namespace {

using Problem = std::optional<std::string>;

std::optional<Checkpoint> checkpoint_in(const Result<std::string>& bytes) {
    const auto note = bytes ? parse_note(*bytes) : std::nullopt;
    return note ? parse_checkpoint(note->text) : std::nullopt;
}

class Copy {
  public:
    Copy(Files& from, Files& to) : from_(from), to_(to) {}

    Problem run(std::uint64_t at_least) {
        // Read first: the newest checkpoint, read after it, is never the older of the two.
        const auto cosigned = from_.read(std::string(kCosignedFile));
        cosigned_ = checkpoint_in(cosigned);
        if (!cosigned_ && cosigned.error() != Fault::NotFound)
            return std::string(kCosignedFile) + " of the audit cannot be read";
        auto bytes = cosigned;
        auto checkpoint = cosigned_;
        if (!checkpoint || checkpoint->head.size < at_least) {
            bytes = from_.read(std::string(kCheckpointFile));
            checkpoint = checkpoint_in(bytes);
        }
        if (!checkpoint) return "the audit has no checkpoint that can be read";
        if (auto problem = read_kept(*checkpoint)) return problem;
        if (auto problem = copy_tiles(checkpoint->head)) return problem;
        for (const Kept& kept : kept_)
            if (to_.write(kept_path(kept.head.size), to_text(kept.note)) != Fault::None)
                return "the copy cannot be written";
        if (cosigned_ && to_.write(std::string(kCosignedFile), *cosigned) != Fault::None)
            return "the copy cannot be written";
        const bool is_done =
            to_.write(std::string(kCheckpointFile), *bytes) == Fault::None && to_.sync() == Fault::None;
        return is_done ? std::nullopt : Problem("the copy cannot be written");
    }

  private:
    /// One that is torn, or gone meanwhile, is left out: none of them is needed.
    Problem read_kept(const Checkpoint& newest) {
        const auto sizes = kept_sizes(from_);
        if (!sizes) return std::string(kKeptFolder) + " of the audit cannot be listed";
        for (const std::uint64_t size : *sizes) {
            if (size > newest.head.size) break;
            auto bytes = from_.read(kept_path(size));
            if (!bytes && bytes.error() == Fault::NotFound) continue;
            if (!bytes) return kept_path(size) + " of the audit cannot be read";
            if (auto kept = parse_kept(*bytes, newest.origin, size)) kept_.push_back(std::move(*kept));
        }
        return std::nullopt;
    }
    Problem copy_tiles(const TreeHead& head) {
        if (auto problem = copy_level({0, 0, kTileWidth, true}, head.size)) return problem;
        if (peaks_.root() != head.root || !has_cosigned_root_)
            return "the records of the audit are not those its checkpoint was signed for; penstock-verify "
                   "names what was altered";
        if (wrong_kept_)
            return "the first " + std::to_string(*wrong_kept_) + " records of the audit are not those " +
                   kept_path(*wrong_kept_) + " was signed for; penstock-verify names what was altered";
        for (unsigned level = 0; level < kTileLevels; ++level)
            if (auto problem = copy_level({level, 0, kTileWidth, false}, head.size >> (level * kTileHeight)))
                return problem;
        return std::nullopt;
    }
    /// Every tile, or every bundle, of one level; leaves are hashed on the way.
    Problem copy_level(TileAt tile, std::uint64_t hashes) {
        for (std::uint64_t at = 0; at < hashes; at += kTileWidth) {
            tile.index = at / kTileWidth;
            tile.width = std::min(kTileWidth, hashes - at);
            const auto bytes = read_tile(from_, tile);
            if (!bytes) return path_of(tile) + " of the audit is missing or damaged";
            if (to_.write(path_of(tile), *bytes) != Fault::None) return path_of(tile) + " cannot be written";
            if (!tile.is_entries) continue;
            const auto leaves = split_bundle(*bytes);
            if (!leaves || leaves->size() != tile.width) return path_of(tile) + " does not fit together";
            for (const std::string_view leaf : *leaves) add(leaf);
        }
        return std::nullopt;
    }
    void add(std::string_view leaf) {
        peaks_.append(leaf_hash(leaf));
        if (cosigned_ && cosigned_->head.size == peaks_.size())
            has_cosigned_root_ = cosigned_->head.root == peaks_.root();
        if (next_kept_ == kept_.size() || kept_[next_kept_].head.size != peaks_.size()) return;
        if (!wrong_kept_ && kept_[next_kept_].head.root != peaks_.root()) wrong_kept_ = peaks_.size();
        ++next_kept_;
    }

    Files& from_;
    Files& to_;
    Peaks peaks_;
    std::optional<Checkpoint> cosigned_;
    bool has_cosigned_root_ = true;
    std::vector<Kept> kept_;  // by size, and not beyond the copy's own checkpoint
    std::size_t next_kept_ = 0;
    std::optional<std::uint64_t> wrong_kept_;  // the first that was signed for other records
};

}  // namespace

std::uint64_t size_under(Files& log, std::string_view checkpoint) {
    const auto found = checkpoint_in(log.read(std::string(checkpoint)));
    return found ? found->head.size : 0;
}

Problem copy_log(Files& from, Files& to, std::uint64_t at_least) { return Copy(from, to).run(at_least); }

Problem check_log(Files& log) {
    NoFiles nowhere;
    return copy_log(log, nowhere, size_under(log, kCheckpointFile));
}

}  // namespace penstock::compliance
