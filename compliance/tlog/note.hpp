#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/tlog/crypto.hpp"

namespace penstock::compliance {

// Signed notes as c2sp.org/signed-note writes them, with Ed25519 keys. A note is text, an empty line, and
// signature lines "— <name> <base64 of key id and signature>".

enum class KeyType : std::uint8_t {
    Ed25519 = 0x01,      // signs the text itself: what a log does
    Cosignature = 0x04,  // signs the text with a time before it: what a witness does
};

/// What may be published about a key: "<name>+<id in hex>+<base64 of type and public key>".
struct VerifierKey {
    std::string name;
    std::uint32_t id = 0;
    KeyType type = KeyType::Ed25519;
    PublicKey key{};
    bool operator==(const VerifierKey&) const = default;
};
/// The secret: "PRIVATE+KEY+<name>+<id in hex>+<base64 of type and seed>".
struct SignerKey {
    std::string name;
    std::uint32_t id = 0;
    KeyType type = KeyType::Ed25519;
    Seed seed{};
};

/// A name is not empty and has neither space, plus nor control characters.
bool is_key_name(std::string_view name);
SignerKey make_signer(std::string_view name, KeyType type, const Seed& seed);
VerifierKey verifier_of(const SignerKey& signer);

/// Nothing when the text is no key of a type we know, or its id is not that of the key.
std::optional<VerifierKey> parse_vkey(std::string_view text);
std::optional<SignerKey> parse_skey(std::string_view text);
std::string to_vkey(const VerifierKey& key);
std::string to_skey(const SignerKey& key);

struct NoteSignature {
    std::string name;
    std::uint32_t key_id = 0;
    std::string blob;  // what follows the key id
    bool operator==(const NoteSignature&) const = default;
};
struct Note {
    std::string text;  // ends with a newline
    std::vector<NoteSignature> signatures;
};

/// A note with more signatures than this is refused.
inline constexpr std::size_t kMaxSignatures = 100;
/// A longer note is refused unread.
inline constexpr std::size_t kMaxNoteBytes = 1'000'000;

std::optional<Note> parse_note(std::string_view bytes);
/// Signature lines alone, as a witness answers them: one or more lines, nothing else.
std::optional<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);
std::string to_text(const Note& note);
std::string to_line(const NoteSignature& signature);  // with its newline

/// Signs the text of a note; `signer` is of type Ed25519.
NoteSignature sign_text(const SignerKey& signer, std::string_view text);
/// Signs "this text was seen at `unix_time`"; `signer` is of type Cosignature (c2sp.org/tlog-cosignature).
NoteSignature cosign_text(const SignerKey& signer, std::string_view text, std::uint64_t unix_time);

enum class Signed : std::uint8_t {
    Absent,  // no signature of this key; those of keys we do not know are passed over
    Good,
    Bad,  // one that claims to be of this key and is not
};
struct SignatureCheck {
    Signed found = Signed::Absent;
    std::uint64_t unix_time = 0;  // of a good cosignature
};
SignatureCheck check_signature(const Note& note, const VerifierKey& key);

}  // namespace penstock::compliance
