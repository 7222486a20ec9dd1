#include "apps/penstock_verify/notes.hpp"

#include <openssl/asn1.h>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <stdexcept>

namespace penstock::verify {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94";
constexpr std::size_t kIdBytes = 4, kTimeBytes = 8, kSignatureBytes = 64;
constexpr char kLogType = 1, kWitnessType = 4;

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// UTF-8, in which nothing controls but newlines.
bool is_text(std::string_view text) {
    return ASN1_mbstring_copy(nullptr, raw(text), static_cast<int>(text.size()), MBSTRING_UTF8,
                              B_ASN1_UTF8STRING) == V_ASN1_UTF8STRING &&
           std::ranges::none_of(text, [](unsigned char one) { return one < ' ' && one != '\n'; });
}

/// Printable ASCII without space and plus. C2SP allows all but the spaces of Unicode, which are a table.
bool is_name(std::string_view name) {
    return !name.empty() &&
           std::ranges::all_of(name, [](char one) { return one > ' ' && one < 0x7F && one != '+'; });
}

std::optional<Signature> parse_signature(std::string_view line) {
    std::string_view dash, name;
    if (!take(line, ' ', dash) || dash != kDash || !take(line, ' ', name)) return std::nullopt;
    const auto bytes = from_base64(line);
    if (!is_name(name) || !bytes || bytes->size() <= kIdBytes) return std::nullopt;
    return Signature{std::string(name), bytes->substr(0, kIdBytes), bytes->substr(kIdBytes)};
}

}  // namespace

bool verifies(const Key& key, std::string_view message, std::string_view signature) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> parsed(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(key.bytes), key.bytes.size()),
        EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (!parsed || !state) return false;
    if (EVP_DigestVerifyInit(state.get(), nullptr, nullptr, nullptr, parsed.get()) != 1) return false;
    return EVP_DigestVerify(state.get(), raw(signature), signature.size(), raw(message), message.size()) == 1;
}

Hash sha256(std::string_view bytes) {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    Hash hash{};
    if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, method, nullptr) == 1) return hash;
    throw std::runtime_error("OpenSSL failed");
}

Hash leaf_hash(std::string_view leaf) { return sha256(std::string(1, '\0').append(leaf)); }

Hash node_hash(const Hash& left, const Hash& right) {
    return sha256(std::string("\1").append(view(left)).append(view(right)));
}

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3), '\0');
    EVP_EncodeBlock(raw(text), raw(bytes), static_cast<int>(bytes.size()));
    return text;
}

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes)
        for (const int shift : {4, 0})
            text += "0123456789abcdef"[static_cast<unsigned char>(byte) >> shift & 15];
    return text;
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

std::uint64_t little_endian(std::string_view bytes) {
    return big_endian(std::string(bytes.rbegin(), bytes.rend()));
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    const auto padding = std::count(text.begin(), text.end(), '=');
    const auto length = EVP_DecodeBlock(raw(bytes), raw(text), static_cast<int>(text.size())) - padding;
    bytes.resize(static_cast<std::size_t>(std::max<std::ptrdiff_t>(length, 0)));
    return base64(bytes) == text ? std::optional(bytes) : std::nullopt;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto problem = std::from_chars(text.data(), text.data() + text.size(), number).ec;
    return problem == std::errc{} && std::to_string(number) == text ? std::optional(number) : std::nullopt;
}

bool take(std::string_view& text, char end, std::string_view& part) {
    const std::size_t length = text.find(end);
    if (length == std::string_view::npos) return false;
    part = text.substr(0, length);
    text.remove_prefix(length + 1);
    return true;
}

std::optional<Key> parse_key(std::string_view text) {
    std::string_view data = text, name, id;
    if (!take(data, '+', name) || !take(data, '+', id) || !is_name(name)) return std::nullopt;
    const auto bytes = from_base64(data);
    if (!bytes || bytes->size() != 1 + sizeof(Hash)) return std::nullopt;
    const char type = (*bytes)[0];
    if (type != kLogType && type != kWitnessType) return std::nullopt;
    Key key{std::string(text), std::string(name), {}, type == kWitnessType, bytes->substr(1)};
    const Hash hash = sha256(key.name + "\n" + *bytes);
    key.id = view(hash).substr(0, kIdBytes);
    return id == hex(key.id) ? std::optional(key) : std::nullopt;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view note) {
    const std::size_t split = note.rfind("\n\n");
    if (note.size() > kMaxNote || split == std::string_view::npos || !is_text(note)) return std::nullopt;
    Checkpoint checkpoint;
    checkpoint.text = note.substr(0, split + 1);
    std::string_view lines = note.substr(split + 2), line;
    while (take(lines, '\n', line)) {
        auto signature = parse_signature(line);
        if (!signature) return std::nullopt;
        checkpoint.signatures.push_back(std::move(*signature));
    }
    std::string_view text = checkpoint.text, origin, size, root;
    const bool has_lines = take(text, '\n', origin) && take(text, '\n', size) && take(text, '\n', root);
    checkpoint.is_kept = text == "kept\n";
    const bool is_whole = lines.empty() && !checkpoint.signatures.empty();
    if (!has_lines || !is_whole || origin.empty() || checkpoint.is_kept == text.empty()) return std::nullopt;
    const auto number = parse_number(size);
    const auto hash = from_base64(root);
    if (!number || !hash || hash->size() != sizeof(Hash)) return std::nullopt;
    checkpoint.origin = origin;
    checkpoint.size = *number;
    std::copy(hash->begin(), hash->end(), checkpoint.root.begin());
    return checkpoint;
}

Found check(const Checkpoint& checkpoint, const Key& key) {
    Found found = Found::Absent;
    for (const Signature& signature : checkpoint.signatures) {
        if (signature.name != key.name || signature.id != key.id) continue;
        const std::string_view blob = signature.blob;
        const std::size_t time = key.is_witness ? kTimeBytes : 0;
        if (blob.size() != time + kSignatureBytes) return Found::Bad;
        const std::uint64_t unix_time = big_endian(blob.substr(0, time));
        const std::string head = key.is_witness ? join("cosignature/v1\ntime ", unix_time, "\n") : "";
        if (!verifies(key, head + checkpoint.text, blob.substr(time))) return Found::Bad;
        found = Found::Good;
    }
    return found;
}

std::optional<RecordProof> parse_proof(std::string_view text) {
    RecordProof proof;
    std::string_view line;
    if (!take(text, '\n', line) || line != "c2sp.org/tlog-proof@v1") return std::nullopt;
    if (!take(text, '\n', line) || (line.starts_with("extra ") && !take(text, '\n', line)))
        return std::nullopt;
    const auto index = line.starts_with("index ") ? parse_number(line.substr(6)) : std::nullopt;
    if (!index) return std::nullopt;
    proof.index = *index;
    while (take(text, '\n', line) && !line.empty()) {
        const auto bytes = from_base64(line);
        if (!bytes || bytes->size() != sizeof(Hash)) return std::nullopt;
        std::copy(bytes->begin(), bytes->end(), proof.hashes.emplace_back().begin());
    }
    auto checkpoint = parse_checkpoint(text);
    if (!checkpoint || checkpoint->is_kept) return std::nullopt;
    proof.checkpoint = std::move(*checkpoint);
    return proof;
}

bool shows(const RecordProof& proof, Hash hash) {
    std::uint64_t at = proof.index;
    std::uint64_t last = proof.checkpoint.size - 1;
    if (at >= proof.checkpoint.size) return false;
    for (const Hash& other : proof.hashes) {
        if (last == 0) return false;
        const bool is_right = at % 2 == 1 || at == last;
        hash = is_right ? node_hash(other, hash) : node_hash(hash, other);
        // A node without a sibling is its own parent.
        for (; is_right && at % 2 == 0 && at != 0; at /= 2) last /= 2;
        at /= 2;
        last /= 2;
    }
    return last == 0 && hash == proof.checkpoint.root;
}

}  // namespace penstock::verify
