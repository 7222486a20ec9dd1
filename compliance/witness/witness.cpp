#include "compliance/witness/witness.hpp"

#include <algorithm>

#include "compliance/tlog/base64.hpp"

namespace penstock::compliance {
namespace {

constexpr std::string_view kLog = ".log";
constexpr std::string_view kSeen = ".seen";
constexpr std::string_view kNew = ".new";
constexpr std::uint16_t kFailed = 500;

std::string id_of(std::string_view origin) { return to_hex(view(sha256(origin))); }

/// Aside, synced, renamed: the file is the old one or the new one, never half of either.
Status replace(Files& files, const std::string& name, std::string_view bytes) {
    const std::string aside = name + std::string(kNew);
    if (const Status written = files.write(aside, bytes); written != Fault::None) return written;
    if (const Status synced = files.sync(); synced != Fault::None) return synced;
    if (const Status renamed = files.rename(aside, name); renamed != Fault::None) return renamed;
    return files.sync();
}

std::optional<WitnessedLog> parse_log(std::string_view text) {
    const auto origin = take_line(text);
    if (!origin || origin->empty()) return std::nullopt;
    WitnessedLog log{std::string(*origin), {}};
    while (!text.empty()) {
        const auto line = take_line(text);
        const auto key = line ? parse_vkey(*line) : std::nullopt;
        if (!key || key->type != KeyType::Ed25519) return std::nullopt;
        log.keys.push_back(*key);
    }
    return log.keys.empty() ? std::nullopt : std::optional(log);
}

std::optional<Checkpoint> parse_seen(std::string_view bytes, const SignerKey& signer) {
    const auto note = parse_note(bytes);
    if (!note || check_signature(*note, verifier_of(signer)).found != Signed::Good) return std::nullopt;
    return parse_checkpoint(note->text);
}

/// More keys for a log that is known: it is about to change the one it signs with. What was seen stays.
std::optional<std::string> add_keys(Files& files, const std::string& id, std::string text,
                                    const WitnessedLog& log) {
    const auto known = parse_log(text);
    if (!known) return "the file of this log is damaged: " + log.origin;
    bool is_new = false;
    for (const VerifierKey& key : log.keys) {
        if (std::count(known->keys.begin(), known->keys.end(), key) > 0) continue;
        text += to_vkey(key) + "\n";
        is_new = true;
    }
    if (!is_new) return "this log is witnessed already: " + log.origin;
    if (!parse_log(text)) return "a log has Ed25519 keys only";
    if (replace(files, id + std::string(kLog), text) != Fault::None)
        return "the state folder cannot be written";
    return std::nullopt;
}

}  // namespace

std::optional<std::string> Witness::add_log(Files& files, const SignerKey& signer, const WitnessedLog& log,
                                            std::uint64_t unix_time) {
    if (files.lock() != Fault::None) return "the state folder is in use or cannot be made";
    const std::string id = id_of(log.origin);
    const auto known = files.read(id + std::string(kLog));
    if (known) return add_keys(files, id, *known, log);
    if (known.error() != Fault::NotFound) return "the state folder cannot be read";
    std::string text = log.origin + "\n";
    for (const VerifierKey& key : log.keys) text += to_vkey(key) + "\n";
    if (!parse_log(text)) return "a log has an origin of one line and at least one Ed25519 key";
    Note seen{to_text(Checkpoint{log.origin, {0, empty_root()}}), {}};
    seen.signatures.push_back(cosign_text(signer, seen.text, unix_time));
    // The memory first: a log that is known without one would stop the next start.
    if (replace(files, id + std::string(kSeen), to_text(seen)) != Fault::None ||
        replace(files, id + std::string(kLog), text) != Fault::None)
        return "the state folder cannot be written";
    return std::nullopt;
}

Witness::Opened Witness::open(Files& files, SignerKey signer, UnknownOrigin unknown_origin) {
    if (signer.type != KeyType::Cosignature) return "the key is not that of a witness";
    const Status locked = files.lock();
    if (locked != Fault::None) return "another process uses the state folder, or it cannot be made";
    const auto names = files.list("");
    if (!names) return "the state folder cannot be read";
    Witness witness(files, {std::move(signer), {}, unknown_origin});
    for (const std::string& name : *names) {
        if (!name.ends_with(kLog)) continue;
        if (auto problem = witness.load(name.substr(0, name.size() - kLog.size())))
            return std::move(*problem);
    }
    return witness;
}

std::optional<std::string> Witness::load(const std::string& id) {
    const std::string seen_name = id + std::string(kSeen);
    const auto text = files_->read(id + std::string(kLog));
    auto log = text ? parse_log(*text) : std::nullopt;
    if (!log || id_of(log->origin) != id) return id + std::string(kLog) + " is damaged";
    const auto bytes = files_->read(seen_name);
    if (!bytes)
        return seen_name + " is missing: a witness without its memory must not sign for " + log->origin;
    const auto seen = parse_seen(*bytes, rules_.signer);
    if (!seen || seen->origin != log->origin) return seen_name + " is damaged or of another witness key";
    state_[log->origin] = seen->head;
    rules_.logs.push_back(std::move(*log));
    return std::nullopt;
}

WitnessAnswer Witness::add_checkpoint(std::string_view request, std::uint64_t unix_time) {
    WitnessAnswer failed;
    failed.status = kFailed;
    failed.body = "the witness cannot keep its state\n";
    if (has_failed_) return failed;
    WitnessAnswer answer = judge(rules_, state_, request, unix_time);
    if (!answer.accepted) return answer;
    const std::string name = id_of(answer.accepted->origin) + std::string(kSeen);
    has_failed_ = replace(*files_, name, answer.note) != Fault::None;
    if (has_failed_) return failed;
    state_[answer.accepted->origin] = answer.accepted->head;
    return answer;
}

}  // namespace penstock::compliance
