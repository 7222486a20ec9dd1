#include "compliance/tlog/copy_log.hpp"

#include <algorithm>
#include <set>
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
    Copy(Files& from, Files& to, const TellOfCopy& tell) : from_(from), to_(to), tell_(tell) {}

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
        note_signers(*bytes);
        read_kept(*checkpoint);
        if (auto problem = copy_tiles(checkpoint->head)) return problem;
        for (const Kept& kept : good_kept_)
            if (to_.write(kept_path(kept.head.size), to_text(kept.note)) != Fault::None)
                return "the copy cannot be written";
        if (cosigned_ && to_.write(std::string(kCosignedFile), *cosigned) != Fault::None)
            return "the copy cannot be written";
        const bool is_done =
            to_.write(std::string(kCheckpointFile), *bytes) == Fault::None && to_.sync() == Fault::None;
        return is_done ? std::nullopt : Problem("the copy cannot be written");
    }

  private:
    /// Who signed the checkpoint of the copy: the log, and witnesses.
    void note_signers(const std::string& checkpoint) {
        const auto note = parse_note(checkpoint);
        for (const NoteSignature& one : note->signatures) signers_.insert(one.name);
    }
    bool is_of_signers(const Note& note) const {
        return std::ranges::any_of(
            note.signatures, [this](const NoteSignature& one) { return signers_.count(one.name) == 1; });
    }
    void leave_out(const std::string& name, std::string_view why) const {
        if (tell_) tell_(name + " is not in the copy: " + std::string(why));
    }
    /// None of them is needed: one that is torn, cannot be read or is gone meanwhile is left out.
    void read_kept(const Checkpoint& newest) {
        const auto sizes = kept_sizes(from_);
        if (!sizes) return leave_out(std::string(kKeptFolder), "it cannot be listed");
        for (const std::uint64_t size : *sizes) {
            if (size > newest.head.size) break;
            const auto bytes = from_.read(kept_path(size));
            auto kept = bytes ? parse_kept(*bytes, newest.origin, size) : std::nullopt;
            if (kept)
                kept_.push_back(std::move(*kept));
            else if (bytes)
                leave_out(kept_path(size), "it is no kept checkpoint of this log");
            else if (bytes.error() != Fault::NotFound)
                leave_out(kept_path(size), "it cannot be read");
        }
    }
    /// At its size. What nobody of the log's name signed says nothing of the records.
    void judge_kept(Kept& kept) {
        if (kept.head.root == peaks_.root()) return good_kept_.push_back(std::move(kept));
        if (is_of_signers(kept.note)) {
            if (!wrong_kept_) wrong_kept_ = kept.head.size;
            return;
        }
        leave_out(
            kept_path(kept.head.size),
            "it is of other records, and none who signed the checkpoint signed it; penstock-verify tells "
            "whether an older key of the log did");
    }
    Problem copy_tiles(const TreeHead& head) {
        if (auto problem = copy_level({0, 0, kTileWidth, true}, head.size)) return problem;
        if (peaks_.root() != head.root || !has_cosigned_root_)
            return "the records of the audit are not those its checkpoint was signed for; penstock-verify "
                   "names what was altered";
        if (wrong_kept_)
            return "the first " + std::to_string(*wrong_kept_) + " records of the audit are not those " +
                   kept_path(*wrong_kept_) +
                   " was signed for; penstock-verify tells whether they were altered or that file is forged";
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
        judge_kept(kept_[next_kept_++]);
    }

    Files& from_;
    Files& to_;
    const TellOfCopy& tell_;
    Peaks peaks_;
    std::optional<Checkpoint> cosigned_;
    bool has_cosigned_root_ = true;
    std::vector<Kept> kept_;       // by size, and not beyond the copy's own checkpoint
    std::vector<Kept> good_kept_;  // those whose root the records have
    std::size_t next_kept_ = 0;
    std::set<std::string> signers_;
    std::optional<std::uint64_t> wrong_kept_;  // the first that was signed for other records
};

}  // namespace

std::uint64_t size_under(Files& log, std::string_view checkpoint) {
    const auto found = checkpoint_in(log.read(std::string(checkpoint)));
    return found ? found->head.size : 0;
}

Problem copy_log(Files& from, Files& to, std::uint64_t at_least, const TellOfCopy& tell) {
    return Copy(from, to, tell).run(at_least);
}

Problem check_log(Files& log) {
    NoFiles nowhere;
    return copy_log(log, nowhere, size_under(log, kCheckpointFile));
}

}  // namespace penstock::compliance
