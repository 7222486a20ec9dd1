#include "compliance/tlog/checkpoint.hpp"

#include <algorithm>
#include <charconv>

#include "compliance/tlog/base64.hpp"

namespace penstock::compliance {
namespace {

constexpr std::string_view kProofHead = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

}  // namespace

std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::uint64_t size = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool is_whole = problem == std::errc{} && end == text.data() + text.size();
    const bool is_shortest = text == "0" || (!text.empty() && text[0] != '0');
    return is_whole && is_shortest && size <= kMaxTreeSize ? std::optional(size) : std::nullopt;
}

std::optional<Hash> parse_hash(std::string_view base64) {
    const auto bytes = from_base64(base64);
    if (!bytes || bytes->size() != Hash{}.size()) return std::nullopt;
    Hash hash{};
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view text) {
    const auto origin = take_line(text);
    const auto size_line = take_line(text);
    const auto root_line = take_line(text);
    if (!origin || origin->empty() || !size_line || !root_line || !text.empty()) return std::nullopt;
    const auto size = parse_size(*size_line);
    const auto root = parse_hash(*root_line);
    if (!size || !root) return std::nullopt;
    return Checkpoint{std::string(*origin), {*size, *root}};
}

std::string to_text(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.head.size) + "\n" +
           to_base64(view(checkpoint.head.root)) + "\n";
}

Note signed_by(const SignerKey& signer, const Checkpoint& checkpoint) {
    Note note{to_text(checkpoint), {}};
    note.signatures.push_back(sign_text(signer, note.text));
    return note;
}

std::string to_text(const RecordProof& proof) {
    std::string text = std::string(kProofHead) + "\n";
    if (proof.extra) text += std::string(kExtra) + to_base64(*proof.extra) + "\n";
    text += std::string(kIndex) + std::to_string(proof.index) + "\n";
    for (const Hash& hash : proof.inclusion) text += to_base64(view(hash)) + "\n";
    return text + "\n" + to_text(proof.checkpoint);
}

std::optional<RecordProof> parse_proof(std::string_view text) {
    if (take_line(text) != kProofHead) return std::nullopt;
    RecordProof proof;
    auto line = take_line(text);
    if (line && line->starts_with(kExtra)) {
        proof.extra = from_base64(line->substr(kExtra.size()));
        if (!proof.extra) return std::nullopt;
        line = take_line(text);
    }
    if (!line || !line->starts_with(kIndex)) return std::nullopt;
    const auto index = parse_size(line->substr(kIndex.size()));
    if (!index) return std::nullopt;
    proof.index = *index;
    for (line = take_line(text); line && !line->empty(); line = take_line(text)) {
        const auto hash = parse_hash(*line);
        if (!hash || proof.inclusion.size() == kMaxProof) return std::nullopt;
        proof.inclusion.push_back(*hash);
    }
    auto note = line ? parse_note(text) : std::nullopt;
    if (!note) return std::nullopt;
    proof.checkpoint = std::move(*note);
    return proof;
}

}  // namespace penstock::compliance
