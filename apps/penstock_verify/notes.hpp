#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::verify {

// Hashes, keys, signed notes and checkpoints, written from the C2SP specifications and from nothing of
// Penstock: who does not trust Penstock's own code has only this folder to read.

using Hash = std::array<unsigned char, 32>;

inline std::string_view view(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), 32}; }
Hash sha256(std::string_view bytes);
Hash leaf_hash(std::string_view leaf);  // RFC 6962 section 2.1
Hash node_hash(const Hash& left, const Hash& right);
std::string base64(std::string_view bytes);
std::string hex(std::string_view bytes);
std::uint64_t big_endian(std::string_view bytes);
std::uint64_t little_endian(std::string_view bytes);

template <class... Parts>
std::string join(const Parts&... parts) {
    return (std::ostringstream() << ... << parts).str();
}

std::optional<std::string> from_base64(std::string_view text);  // the one canonical encoding only

struct Key {
    std::string text, name;  // as given, and its first part
    std::string id;          // 4 bytes
    bool is_witness = false;
    std::string bytes;  // 32 of an Ed25519 public key
};
/// A vkey: "<name>+<8 hex digits>+<base64 of type and key>"; type 1 is a log, 4 a witness.
std::optional<Key> parse_key(std::string_view text);

struct Signature {
    std::string name, id, blob;
};
struct Checkpoint {
    std::string text;  // what is signed
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};
    bool is_kept = false;  // a fourth line says so: the log kept it, and it is no newest one
    std::vector<Signature> signatures;
};
inline constexpr std::size_t kMaxNote = 65536;  // a longer one is none
/// A signed note whose text is origin, size and root, a line each, and "kept" where the log kept it.
std::optional<Checkpoint> parse_checkpoint(std::string_view note);

enum class Found { Absent, Good, Bad };
Found check(const Checkpoint& checkpoint, const Key& key);
bool verifies(const Key& key, std::string_view message, std::string_view signature);

std::optional<std::uint64_t> parse_number(std::string_view text);  // decimal, no leading zero
/// Takes what is before the first `end` off the front, and `end`; false when there is none.
bool take(std::string_view& text, char end, std::string_view& part);

/// One record shown without the log it is in (c2sp.org/tlog-proof@v1).
struct RecordProof {
    std::uint64_t index = 0;
    std::vector<Hash> hashes;
    Checkpoint checkpoint;
};
std::optional<RecordProof> parse_proof(std::string_view text);
/// RFC 9162 section 2.1.3.2: is the record with this hash in the checkpoint's tree, at this place?
bool shows(const RecordProof& proof, Hash hash);

}  // namespace penstock::verify
