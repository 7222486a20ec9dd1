#include "bench/relay/auditing.hpp"

#include <ctime>
#include <fstream>

#include "bench/support/clock.hpp"
#include "compliance/tlog/crypto.hpp"
#include "compliance/tlog/files.hpp"
#include "compliance/tlog/key_file.hpp"
#include "compliance/witness/witness.hpp"

namespace penstock::bench {
namespace {

using compliance::KeyType;
using compliance::SignerKey;

constexpr std::string_view kLogName = "penstock.bench/B1/audit";
constexpr std::string_view kWitnessName = "witness.bench/w";
constexpr std::int64_t kTimeToStart = 20'000'000'000;
constexpr int kLowest = 19;

std::string vkey_of(const SignerKey& key) { return compliance::to_vkey(compliance::verifier_of(key)); }

}  // namespace

Auditing::Auditing(const System& system, const Place& place) {
    if (system.audit == Audit::Off) return;
    const SignerKey key =
        compliance::make_signer(std::string(kLogName), KeyType::Ed25519, compliance::random_seed());
    if (const auto wrong = compliance::write_key_file(place.directory / "audit.key", key)) problem_ = *wrong;
    section_ = "[audit]\nkey_file = \"audit.key\"\n";
    if (system.audit == Audit::Witnessed) start_witness(place, vkey_of(key));
}

void Auditing::start_witness(const Place& place, const std::string& log_vkey) {
    const SignerKey key =
        compliance::make_signer(std::string(kWitnessName), KeyType::Cosignature, compliance::random_seed());
    const std::filesystem::path key_file = place.directory / "witness.key";
    const std::filesystem::path state = place.directory / "witness";
    if (const auto wrong = compliance::write_key_file(key_file, key)) problem_ = *wrong;
    {
        compliance::DiskFiles files(state);
        const compliance::WitnessedLog log{std::string(kLogName), {*compliance::parse_vkey(log_vkey)}};
        const auto now = static_cast<std::uint64_t>(std::time(nullptr));
        if (const auto wrong = compliance::Witness::add_log(files, key, log, now)) problem_ = *wrong;
    }
    if (!problem_.empty()) return;
    witness_.emplace(Command{
        {place.programs / "penstock-witness", "serve", "--key", key_file, "--state", state, "--port", "0"},
        place.directory / "witness_errors.txt",
        place.core,
        kLowest});
    witness_->await_ready(now_ns() + kTimeToStart, [] {});
    if (!witness_->problem().empty()) {
        problem_ = "the witness " + witness_->problem();
        return;
    }
    section_ +=
        "[[audit.witness]]\nurl = \"http://127.0.0.1:" +
        std::to_string(witness_->number_after(" on 127.0.0.1:")) + "\"\nvkey = \"" + vkey_of(key) + "\"\n";
}

std::uint64_t audited_records(const Place& place) {
    std::ifstream file(place.directory / "state" / "audit" / "checkpoint");
    std::string origin;
    std::uint64_t size = 0;
    if (!std::getline(file, origin) || !(file >> size)) return 0;
    return size;
}

}  // namespace penstock::bench
