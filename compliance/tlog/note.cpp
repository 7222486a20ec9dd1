#include "compliance/tlog/note.hpp"

#include <algorithm>

#include "compliance/tlog/base64.hpp"
#include "compliance/tlog/utf8.hpp"
#include "oms/domain/assert.hpp"

namespace penstock::compliance {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // an em dash and a space
constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;

template <class Number>
std::string big_endian(Number number) {
    std::string bytes;
    for (std::size_t at = sizeof(Number); at-- > 0;) bytes += static_cast<char>(number >> (8 * at) & 0xFFU);
    return bytes;
}

template <class Number>
Number from_big_endian(std::string_view bytes) {
    Number number = 0;
    for (const char byte : bytes)
        number = static_cast<Number>(number << 8U | static_cast<std::uint8_t>(byte));
    return number;
}

template <std::size_t kSize>
std::array<std::uint8_t, kSize> array_of(std::string_view bytes) {
    PENSTOCK_ASSERT(bytes.size() == kSize, "bytes of the wrong size");
    std::array<std::uint8_t, kSize> array{};
    std::copy(bytes.begin(), bytes.end(), array.begin());
    return array;
}

std::uint32_t key_id_of(std::string_view name, KeyType type, const PublicKey& key) {
    const char separator[] = {'\n', static_cast<char>(type)};
    const Hash hash = sha256(name, std::string_view(separator, sizeof separator), view(key));
    return from_big_endian<std::uint32_t>(view(hash).substr(0, kIdBytes));
}

std::string typed(KeyType type, std::string_view bytes) {
    return to_base64(static_cast<char>(type) + std::string(bytes));
}

struct KeyParts {
    std::string name;
    std::uint32_t id = 0;
    KeyType type = KeyType::Ed25519;
    Seed bytes{};
};

/// "<name>+<id>+<base64>": what both encodings have in common.
std::optional<KeyParts> parse_key(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto id = from_hex(text.substr(first + 1, second - first - 1));
    const auto bytes = from_base64(text.substr(second + 1));
    if (!id || id->size() != kIdBytes || !bytes || bytes->size() != 1 + Seed{}.size()) return std::nullopt;
    const auto type = static_cast<KeyType>((*bytes)[0]);
    if (type != KeyType::Ed25519 && type != KeyType::Cosignature) return std::nullopt;
    KeyParts parts{std::string(text.substr(0, first)), from_big_endian<std::uint32_t>(*id), type,
                   array_of<Seed{}.size()>(std::string_view(*bytes).substr(1))};
    return is_key_name(parts.name) ? std::optional(parts) : std::nullopt;
}

std::string cosigned_message(std::string_view text, std::uint64_t unix_time) {
    return "cosignature/v1\ntime " + std::to_string(unix_time) + "\n" + std::string(text);
}

std::optional<NoteSignature> parse_signature(std::string_view line) {
    if (!line.starts_with(kDash)) return std::nullopt;
    line.remove_prefix(kDash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto bytes = from_base64(line.substr(space + 1));
    NoteSignature signature{std::string(line.substr(0, space)), 0, {}};
    if (!is_key_name(signature.name) || !bytes || bytes->size() <= kIdBytes) return std::nullopt;
    signature.key_id = from_big_endian<std::uint32_t>(std::string_view(*bytes).substr(0, kIdBytes));
    signature.blob = bytes->substr(kIdBytes);
    return signature;
}

Signed to_signed(bool is_good) { return is_good ? Signed::Good : Signed::Bad; }

SignatureCheck check_one(std::string_view text, const NoteSignature& signature, const VerifierKey& key) {
    const std::string_view blob = signature.blob;
    const std::size_t prefix = key.type == KeyType::Cosignature ? kTimeBytes : 0;
    if (blob.size() != prefix + Signature{}.size()) return {Signed::Bad, 0};
    const auto bytes = array_of<Signature{}.size()>(blob.substr(prefix));
    switch (key.type) {
        case KeyType::Ed25519: return {to_signed(ed25519_verify(key.key, text, bytes)), 0};
        case KeyType::Cosignature: break;
    }
    const auto unix_time = from_big_endian<std::uint64_t>(blob.substr(0, kTimeBytes));
    const bool is_good = ed25519_verify(key.key, cosigned_message(text, unix_time), bytes);
    return {to_signed(is_good), is_good ? unix_time : 0};
}

}  // namespace

bool is_key_name(std::string_view name) {
    return !name.empty() && is_utf8(name) && name.find('+') == std::string_view::npos && !has_space(name) &&
           std::none_of(name.begin(), name.end(),
                        [](char byte) { return static_cast<std::uint8_t>(byte) < 0x20U || byte == 0x7F; });
}

SignerKey make_signer(std::string_view name, KeyType type, const Seed& seed) {
    return {std::string(name), key_id_of(name, type, public_key_of(seed)), type, seed};
}

VerifierKey verifier_of(const SignerKey& signer) {
    return {signer.name, signer.id, signer.type, public_key_of(signer.seed)};
}

std::optional<VerifierKey> parse_vkey(std::string_view text) {
    const auto parts = parse_key(text);
    if (!parts || parts->id != key_id_of(parts->name, parts->type, parts->bytes)) return std::nullopt;
    return VerifierKey{parts->name, parts->id, parts->type, parts->bytes};
}

std::optional<SignerKey> parse_skey(std::string_view text) {
    if (!text.starts_with(kPrivate)) return std::nullopt;
    const auto parts = parse_key(text.substr(kPrivate.size()));
    if (!parts) return std::nullopt;
    SignerKey signer = make_signer(parts->name, parts->type, parts->bytes);
    return signer.id == parts->id ? std::optional(std::move(signer)) : std::nullopt;
}

std::string to_vkey(const VerifierKey& key) {
    return key.name + "+" + to_hex(big_endian(key.id)) + "+" + typed(key.type, view(key.key));
}

std::string to_skey(const SignerKey& key) {
    return std::string(kPrivate) + key.name + "+" + to_hex(big_endian(key.id)) + "+" +
           typed(key.type, view(key.seed));
}

std::optional<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
    std::vector<NoteSignature> signatures;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        if (end == std::string_view::npos || signatures.size() == kMaxSignatures) return std::nullopt;
        auto signature = parse_signature(lines.substr(0, end));
        if (!signature) return std::nullopt;
        signatures.push_back(std::move(*signature));
        lines.remove_prefix(end + 1);
    }
    if (signatures.empty()) return std::nullopt;
    return signatures;
}

std::optional<Note> parse_note(std::string_view bytes) {
    if (bytes.size() > kMaxNoteBytes || !is_utf8(bytes)) return std::nullopt;
    const bool has_control = std::any_of(bytes.begin(), bytes.end(), [](char byte) {
        return static_cast<std::uint8_t>(byte) < 0x20U && byte != '\n';
    });
    // The last empty line counts: the text itself may have others.
    const std::size_t split = bytes.rfind("\n\n");
    if (has_control || split == std::string_view::npos) return std::nullopt;
    auto signatures = parse_signature_lines(bytes.substr(split + 2));
    if (!signatures) return std::nullopt;
    return Note{std::string(bytes.substr(0, split + 1)), std::move(*signatures)};
}

std::string to_line(const NoteSignature& signature) {
    return std::string(kDash) + signature.name + " " +
           to_base64(big_endian(signature.key_id) + signature.blob) + "\n";
}

std::string to_text(const Note& note) {
    std::string text = note.text + "\n";
    for (const NoteSignature& signature : note.signatures) text += to_line(signature);
    return text;
}

NoteSignature sign_text(const SignerKey& signer, std::string_view text) {
    PENSTOCK_ASSERT(signer.type == KeyType::Ed25519, "a witness key signs no text without a time");
    return {signer.name, signer.id, std::string(view(ed25519_sign(signer.seed, text)))};
}

NoteSignature cosign_text(const SignerKey& signer, std::string_view text, std::uint64_t unix_time) {
    PENSTOCK_ASSERT(signer.type == KeyType::Cosignature, "only a witness key cosigns");
    const Signature signature = ed25519_sign(signer.seed, cosigned_message(text, unix_time));
    return {signer.name, signer.id, big_endian(unix_time) + std::string(view(signature))};
}

SignatureCheck check_signature(const Note& note, const VerifierKey& key) {
    SignatureCheck best;
    for (const NoteSignature& signature : note.signatures) {
        if (signature.name != key.name || signature.key_id != key.id) continue;
        const SignatureCheck checked = check_one(note.text, signature, key);
        if (checked.found == Signed::Bad) return checked;
        if (best.found == Signed::Absent || checked.unix_time > best.unix_time) best = checked;
    }
    return best;
}

}  // namespace penstock::compliance
