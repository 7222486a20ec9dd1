#include "compliance/tlog/kept.hpp"

#include <algorithm>

#include "compliance/tlog/tiled_log.hpp"

namespace penstock::compliance {
namespace {

constexpr std::string_view kNewKept = "next.kept";
constexpr std::string_view kKeptLine = "kept\n";
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

Note kept_note(const SignerKey& signer, const Checkpoint& checkpoint) {
    Note note{to_text(checkpoint) + std::string(kKeptLine), {}};
    note.signatures.push_back(sign_text(signer, note.text));
    return note;
}

std::optional<Kept> parse_kept(std::string_view bytes, const std::string& origin, std::uint64_t size) {
    auto note = parse_note(bytes);
    if (!note || !note->text.ends_with(kKeptLine)) return std::nullopt;
    const std::string_view text = note->text;
    const auto checkpoint = parse_checkpoint(text.substr(0, text.size() - kKeptLine.size()));
    const bool fits = checkpoint && checkpoint->origin == origin && checkpoint->head.size == size;
    return fits ? std::optional(Kept{checkpoint->head, std::move(*note)}) : std::nullopt;
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

/// The checkpoint that is out, aside: the sync of the next one makes it whole before it has its name.
void TiledLog::write_kept() {
    if (head_.size - kept_size_ < kKeepLeaves) return;
    const Note note = kept_note(settings_.signer, {settings_.origin, head_});
    const bool is_written = files_->write(std::string(kNewKept), to_text(note)) == Fault::None;
    if (is_written) keeping_ = head_.size;
    if (!is_written) tell_of_kept("next.kept cannot be written");
}

/// After that sync. Before the name of the next checkpoint, so that a crash between the two keeps both.
void TiledLog::name_kept() {
    if (!keeping_) return;
    const std::uint64_t size = *keeping_;
    keeping_.reset();
    const bool is_named = files_->rename(std::string(kNewKept), kept_path(size)) == Fault::None;
    if (is_named) kept_size_ = size;
    if (!is_named) tell_of_kept("checkpoints/ cannot be written");
}

/// Is one that says more than the checkpoint we stand at the log's word? What an older key of its signed is
/// not known here, and is left to the verifiers.
bool TiledLog::is_word_of_log(const Note& note) const {
    const Signed found = check_signature(note, verifier_of(settings_.signer)).found;
    const auto has_name = [this](const NoteSignature& one) { return one.name == settings_.signer.name; };
    return found == Signed::Good ||
           (found == Signed::Absent && std::ranges::any_of(note.signatures, has_name));
}

/// From the newest down to the first that is whole, for no crash tears one; those before it are left to the
/// verifiers. No crash leaves one beyond the checkpoint we stand at either: somebody put that back.
void TiledLog::find_kept() {
    const auto sizes = kept_sizes(*files_);
    if (!sizes) return tell_of_kept("checkpoints/ cannot be listed");
    std::vector<std::uint64_t> beyond;
    for (auto size = sizes->rbegin(); size != sizes->rend() && kept_size_ == 0; ++size) {
        const auto bytes = files_->read(kept_path(*size));
        if (!bytes) tell_of_kept(kept_path(*size) + " cannot be read");
        if (!bytes) continue;
        const auto kept = parse_kept(*bytes, settings_.origin, *size);
        const bool is_beyond = *size > head_.size;
        if (kept && !is_beyond) kept_size_ = *size;
        if (kept && !is_beyond) continue;
        if (kept && is_word_of_log(kept->note)) {
            beyond.push_back(*size);
            continue;
        }
        tell_of_kept(kept_path(*size) + " was no kept checkpoint of this log and is removed");
        remove_kept(*size);
    }
    if (beyond.empty()) return;
    const std::string more =
        beyond.size() == 1 ? "" : " (and " + std::to_string(beyond.size() - 1) + " more)";
    tell_of_kept(kept_path(beyond.back()) + more + " is signed for more records than checkpoint (" +
                 std::to_string(head_.size) +
                 "): the audit was cut or rolled back, if nobody put an older one back; copy the folder, and "
                 "verify it with a checkpoint kept elsewhere");
}

std::optional<LogProblem> TiledLog::forget_kept() {
    if (problem_) return problem_;
    auto sizes = kept_sizes(*files_);
    kept_size_ = head_.size;  // which is of before as well, and is not kept
    if (!sizes) tell_of_kept("checkpoints/ cannot be listed");
    if (!sizes) return std::nullopt;
    // What is for later records was kept before the log was put back, by the key of then.
    std::erase_if(*sizes, [this](std::uint64_t size) { return size >= peaks_.size(); });
    for (const std::uint64_t size : *sizes) {
        const auto bytes = files_->read(kept_path(size));
        const auto kept = bytes ? parse_kept(*bytes, settings_.origin, size) : std::nullopt;
        const bool is_of_now =
            kept && std::ranges::any_of(kept->note.signatures, [this](const NoteSignature& signature) {
                return signature.name == settings_.signer.name && signature.key_id == settings_.signer.id;
            });
        // One that cannot be read may be of now.
        if (is_of_now || !bytes) remove_kept(size);
    }
    return std::nullopt;
}

}  // namespace penstock::compliance
