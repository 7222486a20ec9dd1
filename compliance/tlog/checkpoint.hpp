#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compliance/tlog/merkle.hpp"
#include "compliance/tlog/note.hpp"

namespace penstock::compliance {

/// What a log says about itself, the text of a signed note (c2sp.org/tlog-checkpoint): origin, size and
/// root, a line each. We write no extension lines, which nobody can audit, but the one of a kept checkpoint
/// (kept.hpp), and refuse texts with one.
struct Checkpoint {
    std::string origin;
    TreeHead head;
    bool operator==(const Checkpoint&) const = default;
};

/// Sizes above this are refused: the formats use 63 bits.
inline constexpr std::uint64_t kMaxTreeSize = (std::uint64_t{1} << 63U) - 1;

std::optional<Checkpoint> parse_checkpoint(std::string_view text);
std::string to_text(const Checkpoint& checkpoint);
Note signed_by(const SignerKey& signer, const Checkpoint& checkpoint);

/// Decimal without leading zeros, at most `kMaxTreeSize`; the only form the text formats allow.
std::optional<std::uint64_t> parse_size(std::string_view text);
std::optional<Hash> parse_hash(std::string_view base64);
/// Takes a line off the front; nothing when there is no newline any more.
std::optional<std::string_view> take_line(std::string_view& text);

/// Shows one record to somebody who has neither the log nor a connection (c2sp.org/tlog-proof@v1).
struct RecordProof {
    std::optional<std::string> extra;  // not covered by any signature
    std::uint64_t index = 0;
    Proof inclusion;
    Note checkpoint;
};
std::string to_text(const RecordProof& proof);
std::optional<RecordProof> parse_proof(std::string_view text);

/// More hashes than this are in no proof of a tree of 2^63 leaves.
inline constexpr std::size_t kMaxProof = 63;

}  // namespace penstock::compliance
