#include "compliance/tlog/kept.hpp"

#include <algorithm>

#include "compliance/tlog/tiled_log.hpp"

namespace penstock::compliance {
namespace {

// What is told is cut off behind this: the first is enough to look at the folder.
constexpr std::size_t kMaxKeptTrouble = 1000;

}  // namespace

std::string kept_path(std::uint64_t size) { return std::string(kKeptFolder) + "/" + std::to_string(size); }

Result<std::vector<std::uint64_t>> kept_sizes(Files& log) {
    const auto names = log.list(std::string(kKeptFolder));
    if (!names) return names.error();
    std::vector<std::uint64_t> sizes;
    for (const std::string& name : *names)
        if (const auto size = parse_size(name); size && *size > 0) sizes.push_back(*size);
    std::sort(sizes.begin(), sizes.end());
    return sizes;
}

std::optional<Note> parse_kept(std::string_view bytes, const std::string& origin, std::uint64_t size) {
    auto note = parse_note(bytes);
    const auto checkpoint = note ? parse_checkpoint(note->text) : std::nullopt;
    const bool fits = checkpoint && checkpoint->origin == origin && checkpoint->head.size == size;
    return fits ? std::move(note) : std::nullopt;
}

void TiledLog::tell_of_kept(const std::string& trouble) {
    const bool is_full = kept_trouble_.size() > kMaxKeptTrouble;
    if (is_full || kept_trouble_.find(trouble) != std::string::npos) return;
    kept_trouble_ += (kept_trouble_.empty() ? "" : "; ") + trouble;
}

void TiledLog::remove_kept(std::uint64_t size) {
    const Status removed = files_->remove(kept_path(size));
    if (removed != Fault::None && removed != Fault::NotFound)
        tell_of_kept(kept_path(size) + " cannot be removed");
}

/// Whatever a crash left of the kept ones: torn, or beyond the checkpoint we stand at.
void TiledLog::drop_kept() {
    const auto sizes = kept_sizes(*files_);
    if (!sizes) return tell_of_kept("checkpoints/ cannot be listed");
    for (const std::uint64_t size : *sizes) {
        const auto bytes = files_->read(kept_path(size));
        if (!bytes) tell_of_kept(kept_path(size) + " cannot be read");
        if (!bytes) continue;
        const bool stays = size <= head_.size && parse_kept(*bytes, settings_.origin, size);
        if (stays) kept_size_ = size;
        if (!stays) remove_kept(size);
    }
}

std::optional<LogProblem> TiledLog::forget_kept() {
    if (problem_) return problem_;
    const auto sizes = kept_sizes(*files_);
    if (!sizes) tell_of_kept("checkpoints/ cannot be listed");
    if (!sizes) return std::nullopt;
    for (const std::uint64_t size : *sizes) {
        const auto bytes = files_->read(kept_path(size));
        const auto note = bytes ? parse_kept(*bytes, settings_.origin, size) : std::nullopt;
        const bool is_of_now =
            note && std::ranges::any_of(note->signatures, [this](const NoteSignature& signature) {
                return signature.name == settings_.signer.name && signature.key_id == settings_.signer.id;
            });
        // One that cannot be read may be of now.
        if (is_of_now || !bytes) remove_kept(size);
    }
    return std::nullopt;
}

}  // namespace penstock::compliance
