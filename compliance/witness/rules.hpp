#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/tlog/checkpoint.hpp"

namespace penstock::compliance {

// A witness countersigns a log's checkpoints from another machine, and only those that continue what it
// countersigned before: c2sp.org/tlog-witness. Pure: no clock, no file, no socket.

/// A log the witness knows.
struct WitnessedLog {
    std::string origin;
    std::vector<VerifierKey> keys;  // of type Ed25519; any of them may have signed
};

/// How a checkpoint of a log nobody told us of is answered. 404 is what the specification says now, 403
/// what it said before, and what older clients and recordings expect.
enum class UnknownOrigin : std::uint16_t { NotFound = 404, Forbidden = 403 };

struct WitnessRules {
    SignerKey signer;  // of type Cosignature
    std::vector<WitnessedLog> logs;
    UnknownOrigin unknown_origin = UnknownOrigin::NotFound;
};

/// By origin, the newest tree countersigned. A log that has no entry was never seen: size 0.
using WitnessState = std::map<std::string, TreeHead>;

struct WitnessAnswer {
    std::uint16_t status = 0;  // of HTTP
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    /// What must be durable before the answer is given, and becomes the log's state.
    std::optional<Checkpoint> accepted;
    std::string note;  // the checkpoint with the log's signatures and ours
};

/// A longer request is answered 400 unread.
inline constexpr std::size_t kMaxRequestBytes = 64 * 1024;

/// Answers the body of one add-checkpoint request:
/// 200 and our signature line; 400 malformed, or `old` above the new size; 403 not signed by the log, or no
/// note; 404 unknown log; 409 `old` is not what we countersigned last (the body is what we did), or another
/// tree of the same size; 422 the proof does not show that the log only grew.
WitnessAnswer judge(const WitnessRules& rules, const WitnessState& state, std::string_view request,
                    std::uint64_t unix_time);

}  // namespace penstock::compliance
