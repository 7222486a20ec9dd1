#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "compliance/follower/key_change.hpp"
#include "compliance/tlog/crypto.hpp"
#include "compliance/tlog/journal_leaf.hpp"
#include "compliance/tlog/record_proofs.hpp"
#include "compliance/tlog/tiled_log.hpp"
#include "compliance/witness/rules.hpp"
#include "persistence/journal/wire.hpp"
#include "tests/persistence/journal/random_record.hpp"

// Makes an audit to be attacked: audit_maker FOLDER RECORDS [NAME=RECORD ...]. A name says what is done to
// that record before it is logged and signed with the log's true key:
//   rewrite  another payload          gap      its sequence number and all after it are one higher
//   leftout  a MsgSeqNum was left out before it
//   back     its time goes back       again    its MsgSeqNum was used before
//   change   it makes another key that of the log; "onesided": that key alone signed the change; "stolen":
//   the
//            log is signed by another key from here on, and no record says so
//   step     the clock steps on by a day  split   from here on another payload, as of a second process
//   proof    FOLDER.proofs gets its proof in the end
//   long     it fills several leaves  unseen   the checkpoints from this record on have no countersignature
//   export   it says that kExports were exported, and those after it, one each
// A checkpoint is published after each 40 records; every third is kept as checkpoint.<size>.

namespace penstock::compliance {
namespace {

constexpr std::uint64_t kBatch = 40;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::uint64_t kNow = 1'700'000'000;

struct ExportedFile {
    const char* subject;  // the report, and the file's name
    const char* bytes;
};
constexpr ExportedFile kExports[] = {
    {"fills fills.csv", "no rows\n"},
    {"activity activity.csv", "a row\n"},
    {"activity of may.csv", "a row of may\n"}};

using Plan = std::map<std::string, std::uint64_t>;

bool is_at(const Plan& plan, const std::string& name, std::uint64_t index) {
    const auto found = plan.find(name);
    return found != plan.end() && found->second == index;
}
bool is_from(const Plan& plan, const std::string& name, std::uint64_t index) {
    const auto found = plan.find(name);
    return found != plan.end() && found->second <= index;
}

SignerKey log_key(std::uint8_t number) {
    Seed seed{};
    seed[0] = number;
    return make_signer("penstock.example/test/1/audit", KeyType::Ed25519, seed);
}

oms::OperatorActed export_act(const ExportedFile& file) {
    Hasher hasher;
    hasher.add(file.bytes);
    std::string text;
    const Hash hash = hasher.finish();
    for (const char byte : view(hash)) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        text += kDigits[static_cast<unsigned char>(byte) >> 4U];
        text += kDigits[static_cast<unsigned char>(byte) & 15U];
    }
    oms::OperatorActed act;
    act.action = decltype(act.action)::truncated("export");
    act.subject = decltype(act.subject)::truncated(file.subject);
    act.text = Text::truncated(text + " 0 rows");
    return act;
}

std::vector<std::string> leaves_at(const Plan& plan, std::uint64_t index) {
    const std::uint64_t seq = index + 1 + (is_from(plan, "gap", index) ? 1 : 0);
    oms::Record record = persistence::new_order_record(seq);
    record.input.time.ns =
        static_cast<std::int64_t>(is_at(plan, "back", index) ? index - 2 : index) * kSecond;
    record.input.origin.session.value = 1;
    record.input.origin.msg_seq_num =
        static_cast<std::uint32_t>(is_at(plan, "again", index) ? index : index + 1);
    record.numbers = {{0, record.input.origin.session, static_cast<std::uint32_t>(index + 1)}};
    if (is_from(plan, "leftout", index)) ++record.numbers[0].msg_seq_num;
    if (is_at(plan, "rewrite", index)) record.raw = "8=FIX.4.4|not what was said";
    if (is_at(plan, "long", index)) record.raw.assign(200'000, 'x');
    if (is_from(plan, "split", index)) record.raw = "8=FIX.4.4|what the other process was told";
    if (is_from(plan, "step", index)) record.input.time.ns += 86'400 * kSecond;
    if (is_at(plan, "change", index) || is_at(plan, "onesided", index)) {
        record.outputs.clear();
        oms::AuditKeyChanged change = change_key(log_key(1), log_key(3));
        if (is_at(plan, "onesided", index)) change.old_signs = change.new_signs;
        record.input.body = change;
    }
    if (is_from(plan, "export", index) && index - plan.at("export") < std::size(kExports)) {
        const ExportedFile& file = kExports[index - plan.at("export")];
        record.outputs.clear();
        record.input.body = export_act(file);
    }
    const std::string payload = persistence::encoded(record);
    persistence::RecordHeader header;
    header.length = static_cast<std::uint32_t>(payload.size());
    header.seq = seq;
    header.epoch = 1;
    header.time_ns = record.input.time.ns;
    return leaves_of(header, payload);
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

/// What a witness does after it looked; tests/compliance/witness shows that it looks.
void countersign(const std::filesystem::path& folder, const SignerKey& witness, Note note) {
    note.signatures.push_back(cosign_text(witness, note.text, kNow));
    write(folder / "checkpoint", to_text(note));
}

[[noreturn]] void fail(const std::string& why) {
    std::fprintf(stderr, "audit_maker: %s\n", why.c_str());
    std::exit(1);
}

void check(const std::optional<LogProblem>& problem) {
    if (problem) fail(problem->text);
}

void make(const std::filesystem::path& folder, std::uint64_t records, const Plan& plan) {
    const SignerKey signer = log_key(1);
    Seed seed{};
    seed[0] = 2;
    const SignerKey witness = make_signer("witness.example/w1", KeyType::Cosignature, seed);
    DiskFiles files(folder);
    auto created = TiledLog::create(files, {"penstock.example/test/1/audit", signer, OldPartials::Remove});
    if (const auto* problem = std::get_if<LogProblem>(&created)) fail(problem->text);
    auto& log = std::get<TiledLog>(created);
    for (std::uint64_t index = 0; index < records; ++index) {
        for (const std::string& leaf : leaves_at(plan, index)) check(log.append(leaf));
        if (is_at(plan, "change", index) || is_at(plan, "onesided", index) || is_at(plan, "stolen", index))
            log.sign_with(log_key(3));
        const std::uint64_t done = index + 1;
        if (done % kBatch != 0 && done != records) continue;
        check(log.publish());
        if (!is_from(plan, "unseen", index)) countersign(folder, witness, log.checkpoint());
        if (done % (3 * kBatch) == 0 && done != records)
            std::filesystem::copy_file(
                folder / "checkpoint", folder / ("checkpoint." + std::to_string(log.size())));
    }
    if (const auto proof = plan.find("proof"); proof != plan.end())
        if (const auto wrong = write_proofs(files, {proof->second}, folder.string() + ".proofs"))
            fail(*wrong);
    std::printf("%s\n%s\n", to_vkey(verifier_of(signer)).c_str(), to_vkey(verifier_of(witness)).c_str());
}

}  // namespace
}  // namespace penstock::compliance

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    penstock::compliance::Plan plan;
    for (int at = 3; at < argc; ++at) {
        const std::string word = argv[at];
        const std::size_t equals = word.find('=');
        plan[word.substr(0, equals)] = std::stoull(word.substr(equals + 1));
    }
    penstock::compliance::make(argv[1], std::stoull(argv[2]), plan);
    return 0;
}
