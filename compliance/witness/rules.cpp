#include "compliance/witness/rules.hpp"

#include <algorithm>

namespace penstock::compliance {
namespace {

constexpr std::string_view kOld = "old ";
constexpr std::uint16_t kOk = 200;
constexpr std::uint16_t kBadRequest = 400;
constexpr std::uint16_t kForbidden = 403;
constexpr std::uint16_t kConflict = 409;
constexpr std::uint16_t kUnprocessable = 422;

struct Request {
    std::uint64_t old_size = 0;
    Proof proof;
    std::string_view note_text;
    Note note;
    Checkpoint checkpoint;
};

/// Everything before the note.
std::optional<Request> parse(std::string_view text) {
    if (text.size() > kMaxRequestBytes) return std::nullopt;
    Request request;
    auto line = take_line(text);
    if (!line || !line->starts_with(kOld)) return std::nullopt;
    const auto old_size = parse_size(line->substr(kOld.size()));
    if (!old_size) return std::nullopt;
    request.old_size = *old_size;
    for (line = take_line(text); line && !line->empty(); line = take_line(text)) {
        const auto hash = parse_hash(*line);
        if (!hash || request.proof.size() == kMaxProof) return std::nullopt;
        request.proof.push_back(*hash);
    }
    if (!line) return std::nullopt;
    request.note_text = text;
    return request;
}

WitnessAnswer refused(std::uint16_t status, std::string_view why) {
    WitnessAnswer answer;
    answer.status = status;
    answer.body = std::string(why) + "\n";
    return answer;
}

WitnessAnswer conflict(std::uint64_t size) {
    WitnessAnswer answer = refused(kConflict, std::to_string(size));
    answer.content_type = "text/x.tlog.size";
    return answer;
}

bool is_signed(const WitnessedLog& log, const Note& note) {
    return std::any_of(log.keys.begin(), log.keys.end(), [&](const VerifierKey& key) {
        return check_signature(note, key).found == Signed::Good;
    });
}

/// Whether `now` continues `before`. A first tree needs no proof and may have none.
bool continues(const TreeHead& before, const TreeHead& now, const Proof& proof) {
    if (before.size == 0) return proof.empty() && (now.size > 0 || now.root == empty_root());
    return verify_consistency(before, now, proof);
}

WitnessAnswer cosigned(const WitnessRules& rules, Request request, std::uint64_t unix_time) {
    const NoteSignature signature = cosign_text(rules.signer, request.note.text, unix_time);
    request.note.signatures.push_back(signature);
    WitnessAnswer answer;
    answer.status = kOk;
    answer.body = to_line(signature);
    answer.accepted = std::move(request.checkpoint);
    answer.note = to_text(request.note);
    return answer;
}

}  // namespace

WitnessAnswer judge(const WitnessRules& rules, const WitnessState& state, std::string_view body,
                    std::uint64_t unix_time) {
    auto request = parse(body);
    if (!request) return refused(kBadRequest, "malformed request");
    // A signature line that cannot be read is a signature that does not verify.
    auto note = parse_note(request->note_text);
    if (!note) return refused(kForbidden, "invalid signature");
    auto checkpoint = parse_checkpoint(note->text);
    if (!checkpoint) return refused(kBadRequest, "malformed checkpoint");
    request->note = std::move(*note);
    request->checkpoint = std::move(*checkpoint);
    const auto& [origin, now] = request->checkpoint;
    const auto log = std::find_if(rules.logs.begin(), rules.logs.end(), [&](const WitnessedLog& known) {
        return known.origin == origin;
    });
    if (log == rules.logs.end())
        return refused(static_cast<std::uint16_t>(rules.unknown_origin), "unknown log");
    if (!is_signed(*log, request->note)) return refused(kForbidden, "invalid signature");
    if (request->old_size > now.size) return refused(kBadRequest, "old size above the checkpoint's");
    const auto seen = state.find(origin);
    const TreeHead before = seen == state.end() ? TreeHead{0, empty_root()} : seen->second;
    if (request->old_size != before.size) return conflict(before.size);
    // The same size with another root is two histories: no proof is needed to see it.
    if (now.size == before.size && now.root != before.root && before.size > 0) return conflict(before.size);
    if (!continues(before, now, request->proof)) return refused(kUnprocessable, "invalid consistency proof");
    return cosigned(rules, std::move(*request), unix_time);
}

}  // namespace penstock::compliance
