#include "apps/penstock_verify/notes.hpp"

#include <openssl/asn1.h>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <stdexcept>

namespace penstock::verify {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";
constexpr std::size_t kIdBytes = 4, kTimeBytes = 8, kSignatureBytes = 64;
constexpr char kLogType = 1, kWitnessType = 4;

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// The characters of a text, of UTF-8 and none that controls but newlines; nothing for other bytes.
std::optional<std::u32string> characters(std::string_view text) {
    std::u32string all;
    unsigned long one = 0;
    for (int length = 0; !text.empty(); text.remove_prefix(static_cast<std::size_t>(length))) {
        length = UTF8_getc(raw(text), static_cast<int>(text.size()), &one);
        if (length < 1 || one > 0x10FFFF || (one < ' ' && one != '\n')) return std::nullopt;
        all += static_cast<char32_t>(one);
    }
    return all;
}

/// A name is not empty and has neither a plus nor a space of Unicode's.
bool is_name(std::string_view name) {
    const auto all = characters(name);
    return all && !all->empty() && std::ranges::none_of(*all, [](char32_t one) {
               return (one >= 0x2000 && one <= 0x200A) ||
                      std::u32string_view(U"+\n \x85\xA0\u1680\u2028\u2029\u202F\u205F\u3000").find(one) !=
                          std::u32string_view::npos;
           });
}

std::optional<Signature> parse_signature(std::string_view line) {
    if (!line.starts_with(kDash)) return std::nullopt;
    line.remove_prefix(kDash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_name(line.substr(0, space))) return std::nullopt;
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= kIdBytes) return std::nullopt;
    return Signature{std::string(line.substr(0, space)), bytes->substr(0, kIdBytes), bytes->substr(kIdBytes)};
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

Hash leaf_hash(std::string_view leaf) {
    std::string bytes(1, '\0');
    return sha256(bytes += leaf);
}

Hash node_hash(const Hash& left, const Hash& right) {
    char bytes[1 + 2 * sizeof(Hash)] = {1};
    std::copy(right.begin(), right.end(), std::copy(left.begin(), left.end(), bytes + 1));
    return sha256({bytes, sizeof bytes});
}

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    EVP_EncodeBlock(raw(text), raw(bytes), static_cast<int>(bytes.size()));
    text.pop_back();
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

std::uint64_t seq_of(std::string_view leaf) {
    return leaf.size() < 12 ? 0 : little_endian(leaf.substr(4, 8));
}

std::string record_name(std::uint64_t index, std::string_view leaf) {
    if (leaf.size() < 12) return join("record ", index);
    return join("record ", index, " (seq ", seq_of(leaf), ")");
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

bool take_line(std::string_view& text, std::string_view& line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return true;
}

std::optional<Key> parse_key(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto bytes = from_base64(text.substr(second + 1));
    if (!bytes || bytes->size() != 1 + sizeof(Hash)) return std::nullopt;
    const char type = (*bytes)[0];
    if (type != kLogType && type != kWitnessType) return std::nullopt;
    Key key{
        std::string(text), std::string(text.substr(0, first)), {}, type == kWitnessType, bytes->substr(1)};
    const Hash hash = sha256(key.name + "\n" + *bytes);
    key.id = view(hash).substr(0, kIdBytes);
    if (!is_name(key.name) || text.substr(first + 1, second - first - 1) != hex(key.id)) return std::nullopt;
    return key;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view note) {
    const std::size_t split = note.rfind("\n\n");
    if (note.size() > kMaxNote || split == std::string_view::npos || !characters(note)) return std::nullopt;
    Checkpoint checkpoint;
    checkpoint.text = note.substr(0, split + 1);
    std::string_view lines = note.substr(split + 2);
    std::string_view line;
    while (take_line(lines, line)) {
        auto signature = parse_signature(line);
        if (!signature) return std::nullopt;
        checkpoint.signatures.push_back(std::move(*signature));
    }
    std::string_view text = checkpoint.text, origin, size, root;
    const bool has_lines = take_line(text, origin) && take_line(text, size) && take_line(text, root);
    checkpoint.is_kept = text == "kept\n";
    if (!has_lines || checkpoint.is_kept == text.empty() || !lines.empty() || origin.empty() ||
        checkpoint.signatures.empty())
        return std::nullopt;
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
    if (!take_line(text, line) || line != "c2sp.org/tlog-proof@v1" || !take_line(text, line))
        return std::nullopt;
    if (line.starts_with("extra ") && !take_line(text, line)) return std::nullopt;
    const auto index = line.starts_with("index ") ? parse_number(line.substr(6)) : std::nullopt;
    if (!index) return std::nullopt;
    proof.index = *index;
    while (take_line(text, line) && !line.empty()) {
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
