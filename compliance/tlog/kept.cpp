#include "compliance/tlog/kept.hpp"

#include <algorithm>

#include "compliance/tlog/tiled_log.hpp"

namespace penstock::compliance {

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

std::optional<LogProblem> TiledLog::remove_kept(std::uint64_t size) {
    return checked(files_->remove(kept_path(size)), kept_path(size), "removed");
}

/// Whatever a crash left of the kept ones: torn, or beyond the checkpoint we stand at.
std::optional<LogProblem> TiledLog::drop_kept() {
    const auto sizes = kept_sizes(*files_);
    if (!sizes) return failed(std::string(kKeptFolder), "listed");
    for (const std::uint64_t size : *sizes) {
        const auto bytes = files_->read(kept_path(size));
        if (!bytes) return failed(kept_path(size), "read");
        const bool stays = size <= head_.size && parse_kept(*bytes, settings_.origin, size);
        if (stays) kept_size_ = size;
        if (stays) continue;
        if (auto problem = remove_kept(size)) return problem;
    }
    return std::nullopt;
}

std::optional<LogProblem> TiledLog::forget_kept() {
    if (problem_) return problem_;
    const auto sizes = kept_sizes(*files_);
    if (!sizes) return failed(std::string(kKeptFolder), "listed");
    for (const std::uint64_t size : *sizes) {
        const auto bytes = files_->read(kept_path(size));
        if (!bytes) return failed(kept_path(size), "read");
        const auto note = parse_kept(*bytes, settings_.origin, size);
        const bool is_of_now =
            note && std::ranges::any_of(note->signatures, [this](const NoteSignature& signature) {
                return signature.name == settings_.signer.name && signature.key_id == settings_.signer.id;
            });
        if (!is_of_now) continue;
        if (auto problem = remove_kept(size)) return problem;
    }
    return std::nullopt;
}

}  // namespace penstock::compliance
