#include "compliance/follower/witness_client.hpp"

#include <algorithm>

#include "compliance/tlog/base64.hpp"

namespace penstock::compliance {
namespace {

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kConflict = 409;
constexpr int kUnprocessable = 422;
// An answer 409 says what to begin from; a second one in a row is waited out.
constexpr int kTries = 2;

/// What an answer other than 200 means, for operators.
std::string meaning(const HttpAnswer& answer, std::uint64_t cosigned, std::uint64_t size) {
    switch (answer.status) {
        case 0: return "cannot be reached: " + answer.body;
        case kBadRequest: return "calls our request malformed (400)";
        case kForbidden: return "does not know the key this log signs with (403); add it there";
        case kNotFound: return "does not know this log (404); add it there: penstock-witness add-log";
        case kConflict:
            if (cosigned > size)
                return "countersigned " + std::to_string(cosigned) + " records and this audit has " +
                       std::to_string(size) +
                       ": the audit was rolled back or cut, or another process writes the same log (409)";
            return "countersigned another tree of " + std::to_string(cosigned) +
                   " records: the audit was rewritten, or two processes write the same log (409)";
        case kUnprocessable:
            return "says that this audit does not continue what it countersigned: records were rewritten "
                   "(422)";
        default: return "answered " + std::to_string(answer.status);
    }
}

}  // namespace

bool WitnessClient::is_due(std::uint64_t size, Timestamp now) const {
    return size > cosigned_ && now >= not_before_;
}

std::optional<NoteSignature> WitnessClient::ask(const Note& note, const TreeHead& head, NodeReader& reader,
                                                Timestamp now) {
    HttpAnswer answer;
    for (int tries = 0; tries < kTries; ++tries) {
        std::string body = "old " + std::to_string(cosigned_) + "\n";
        if (cosigned_ > 0) {
            const auto proof = consistency_proof(reader, cosigned_, head.size);
            if (!proof) return refused("cannot be shown a proof: a tile is missing", head, now), std::nullopt;
            for (const Hash& hash : *proof) body += to_base64(view(hash)) + "\n";
        }
        answer = post_(body + "\n" + to_text(note));
        if (answer.status == kOk) {
            auto signature = take(answer, note);
            if (!signature) refused("gave no countersignature of its key", head, now);
            if (signature) took(head.size, now);
            return signature;
        }
        if (answer.status != kConflict) break;
        std::string_view line = answer.body;
        const auto told = parse_size(line.substr(0, line.find('\n')));
        if (!told || *told == cosigned_) break;
        cosigned_ = *told;
        if (cosigned_ > head.size) break;
    }
    refused(meaning(answer, cosigned_, head.size), head, now);
    return std::nullopt;
}

std::optional<NoteSignature> WitnessClient::take(const HttpAnswer& answer, const Note& note) const {
    const auto lines = parse_signature_lines(answer.body);
    if (!lines) return std::nullopt;
    for (const NoteSignature& signature : *lines)
        if (check_signature({note.text, {signature}}, key_).found == Signed::Good) return signature;
    return std::nullopt;
}

void WitnessClient::took(std::uint64_t size, Timestamp now) {
    if (!trouble_.empty())
        say_("witness " + key_.name + " countersigns again, up to record " + std::to_string(size));
    trouble_.clear();
    cosigned_ = size;
    wait_ = Duration{};
    // Often enough: a countersignature costs both sides a few syncs.
    not_before_ = now + kFirstWait;
}

void WitnessClient::refused(const std::string& why, const TreeHead& head, Timestamp now) {
    if (why != trouble_)
        say_("witness " + key_.name + " " + why + ". The newest tree it is known to have countersigned has " +
             std::to_string(cosigned_) + " records, this one has " + std::to_string(head.size) +
             ". Trading goes on, and it is asked again (docs/runbooks/audit.md)");
    trouble_ = why;
    wait_ = std::clamp(Duration{2 * wait_.ns}, kFirstWait, kLongestWait);
    not_before_ = now + wait_;
}

}  // namespace penstock::compliance
