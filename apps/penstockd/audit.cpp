#include "apps/penstockd/audit.hpp"

#include <cstdio>

#include "apps/runtime/archiving.hpp"
#include "apps/runtime/restore.hpp"
#include "compliance/tlog/key_file.hpp"

namespace penstock::apps {
namespace {

using compliance::AuditThread;
using compliance::KeyType;
using compliance::SignerKey;

constexpr int kUsage = 2;

/// Reads one secret key of the log; `error` when that is not what it is.
std::optional<SignerKey> read_key(const std::filesystem::path& file, std::optional<std::string>& error) {
    auto read = compliance::read_key_file(file);
    if (!read.key) {
        error = "[audit]: " + read.problem;
    } else if (read.key->type != KeyType::Ed25519) {
        error = "[audit]: " + file.string() + " is the key of a witness, not of a log";
    } else if (compliance::to_vkey(compliance::verifier_of(*read.key)).size() > compliance::kMaxVkey) {
        error = "[audit]: the name of the key in " + file.string() + " is too long";
    }
    return std::move(read.key);
}

std::optional<std::string> check_witnesses(const compliance::AuditSettings& settings) {
    for (const compliance::WitnessSettings& witness : settings.witnesses) {
        if (!compliance::parse_http_url(witness.url))
            return "[audit]: " + witness.url + " is no http:// address of a witness";
        const auto key = compliance::parse_vkey(witness.vkey);
        if (!key || key->type != KeyType::Cosignature)
            return "[audit]: " + witness.vkey + " is no public key of a witness";
    }
    return std::nullopt;
}

/// After a restore the audit is another log, by its origin: the one before has records that were lost since.
void name_after_restore(const std::filesystem::path& state, const std::string& key_name,
                        compliance::AuditSettings& settings, const compliance::Say& say) {
    const std::string suffix = audit_origin_suffix(state);
    if (suffix.empty()) return;
    settings.origin = (settings.origin.empty() ? key_name : settings.origin) + "/" + suffix;
    if (std::filesystem::exists(state / "audit" / "checkpoint")) return;
    say("the audit begins a new log after a restore, with the origin " + settings.origin +
        ". Witnesses need `penstock-witness add-log --origin`; see docs/runbooks/restore.md");
}

}  // namespace

MadeAudit make_audit(const config::Config& config, compliance::Say say) {
    MadeAudit made;
    if (!config.audit.enabled) return made;
    AuditThread::Keys keys;
    if (auto key = read_key(config.audit.key_file, made.error); !made.error) keys.signer = std::move(*key);
    if (!made.error && !config.audit.previous_key_file.empty())
        keys.previous = read_key(config.audit.previous_key_file, made.error);
    if (!made.error) made.error = check_witnesses(config.audit);
    if (made.error) return made;
    compliance::AuditSettings settings = config.audit;
    name_after_restore(config.state_directory, keys.signer.name, settings, say);
    persistence::JournalSettings journal = config.journal;
    // Its own view of the archive: that of the core's thread is not shared.
    journal.more = open_archive(config.storage.archive, say);
    made.audit = std::make_unique<AuditThread>(
        config.state_directory / "audit", settings, std::move(keys), std::move(journal), std::move(say));
    made.error = made.audit->open();
    return made;
}

int audit_keygen(const std::string& name, const std::string& file) {
    if (!compliance::is_new_key_name(name)) {
        std::fprintf(stderr, "penstockd: %s\n", compliance::kNewKeyNames);
        return kUsage;
    }
    std::error_code failed;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, failed))) {
        std::fprintf(
            stderr,
            "penstockd: %s is there already, and a key is never overwritten: without it its log ends. "
            "Name another file (docs/runbooks/audit.md says how a key is changed)\n",
            file.c_str());
        return 1;
    }
    const SignerKey key = compliance::make_signer(name, KeyType::Ed25519, compliance::random_seed());
    const std::string vkey = compliance::to_vkey(compliance::verifier_of(key));
    if (vkey.size() > compliance::kMaxVkey) {
        std::fprintf(stderr, "penstockd: the name is too long\n");
        return kUsage;
    }
    if (const auto problem = compliance::write_key_file(file, key)) {
        std::fprintf(stderr, "penstockd: %s\n", problem->c_str());
        return 1;
    }
    std::printf("%s\n", vkey.c_str());
    return 0;
}

}  // namespace penstock::apps
