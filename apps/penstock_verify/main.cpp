#include <cstdio>
#include <map>
#include <optional>

#include "apps/penstock_verify/audit.hpp"
#include "apps/penstock_verify/records.hpp"

namespace penstock::verify {
namespace {

constexpr int kSound = 0;
constexpr int kAltered = 1;
constexpr int kCannot = 2;

constexpr const char* kHelp =
    R"(usage: penstock-verify --log VKEY [OPTIONS] FOLDER
       penstock-verify --log VKEY [OPTIONS] --proof FILE.tlog-proof RECORDFILE

Checks an audit, a transparency log in C2SP tlog-tiles layout, or that a record is in one that is not at hand.

  --log VKEY         public key of the log at its first record (--proof: at the proof's checkpoint); a later
                     key is believed when a record says so that both keys signed
  --witness VKEY     public key of a witness; again for each
  --quorum N         how many witnesses must have countersigned the newest checkpoint (default: all given)
  --report FILE      a report or manifest that was exported: its SHA-256 must be on record; again for each
  --checkpoint FILE  a checkpoint kept elsewhere, by a witness or by you; again for each. Only these show
                     that the whole folder was exchanged for an older or rewritten one
  --origin TEXT      first line of the checkpoints (default: the name of the log's key)
  --opaque           the records are not those of Penstock's journal: do not look inside

Exit code: 0 nothing was altered, 1 something was, 2 it could not be checked.
)";

using Words = std::vector<std::string>;
struct Options {
    std::map<std::string, Words> said{
        {"--log", {}},   {"--witness", {}}, {"--quorum", {}},     {"--origin", {}},
        {"--proof", {}}, {"--report", {}},  {"--checkpoint", {}}, {"", {}}};
    std::optional<Key> log;
    std::vector<Key> witnesses;
    std::uint64_t quorum = 0;
    std::string origin;
    std::string target;  // the folder, or the record's file
    bool is_opaque = false;
};

bool usage(const std::string& why) {
    std::fprintf(stderr, "penstock-verify: %s; see --help\n", why.c_str());
    return false;
}

bool parse_options(const Words& words, Options& options) {
    auto& said = options.said;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string& word = words[at];
        options.is_opaque = options.is_opaque || word == "--opaque";
        if (word == "--opaque") continue;
        const bool is_option = word.starts_with("--");
        const auto list = said.find(is_option ? word : "");
        if (list == said.end()) return usage("unknown option " + word);
        if (is_option && ++at == words.size()) return usage(word + " takes a value");
        list->second.push_back(words[at]);
    }
    if (said[""].size() != 1) return usage("which folder? One at a time");
    if (said["--log"].size() != 1) return usage("which log? One --log, the first key it ever had");
    options.target = said[""][0];
    options.log = parse_key(said["--log"][0]);
    if (!options.log || options.log->is_witness) return usage("--log takes the key of a log");
    for (const std::string& text : said["--witness"]) {
        options.witnesses.push_back(parse_key(text).value_or(Key{}));
        if (!options.witnesses.back().is_witness) return usage("--witness takes the key of a witness");
    }
    said["--quorum"].insert(said["--quorum"].begin(), std::to_string(options.witnesses.size()));
    said["--origin"].insert(said["--origin"].begin(), options.log->name);
    const auto quorum = parse_number(said["--quorum"].back());
    if (!quorum) return usage("--quorum takes a number");
    options.quorum = *quorum;
    options.origin = said["--origin"].back();
    return true;
}

/// What is wrong with a checkpoint's origin and countersignatures, or nothing. Counts the witnesses.
std::string check_witnesses(const Options& options, const Checkpoint& checkpoint, std::uint64_t& witnesses) {
    if (checkpoint.origin != options.origin) return "is of another log: " + checkpoint.origin;
    witnesses = 0;
    for (const Key& key : options.witnesses) {
        const Found found = check(checkpoint, key);
        if (found == Found::Bad) return "has a countersignature of " + key.name + " that does not verify";
        witnesses += found == Found::Good ? 1 : 0;
    }
    return {};
}

/// What is wrong with a checkpoint's signatures by the log, whose key at its size must be among them.
std::string check_log(const std::vector<LogKey>& keys, const Checkpoint& checkpoint) {
    bool is_signed = false;
    for (const LogKey& key : keys) {
        const Found found = check(checkpoint, key.key);
        if (found == Found::Bad) return "has a signature of " + key.key.name + " that does not verify";
        if (key.since <= checkpoint.size) is_signed = found == Found::Good;
    }
    return is_signed ? "" : "is not signed by the key the log had";
}

std::string too_few(const Options& options, std::uint64_t witnesses) {
    if (witnesses >= options.quorum) return {};
    return "is countersigned by " + std::to_string(witnesses) + " of " + std::to_string(options.quorum) +
           " witnesses";
}

/// What is wrong with an exported file: its SHA-256 must be on record.
std::string check_report(const JournalRecords& records, const std::string& path) {
    std::string bytes;
    if (!slurp(path, bytes)) return path + " cannot be read";
    const std::string hash = hex(view(sha256(bytes)));
    const std::string name = " " + std::filesystem::path(path).filename().string();
    std::string wrong = path + " was altered or never exported: no record has its SHA-256";
    for (const Exported& one : records.exports()) {
        if (one.text.starts_with(hash)) return {};
        if (one.subject.ends_with(name)) wrong = one.record + ": " + path + " has not the SHA-256 it says";
    }
    return wrong;
}

/// What is wrong, a sentence each.
struct Problems : std::vector<std::string> {
    void add(const std::string& name, const std::string& wrong) {
        if (!wrong.empty()) push_back(name + wrong);
    }
    int verdict(const std::string& sound) const {
        for (const std::string& problem : *this) std::printf("ALTERED %s\n", problem.c_str());
        if (empty()) std::printf("SOUND %s\n", sound.c_str());
        return empty() ? kSound : kAltered;
    }
};

struct Given {
    Checkpoint newest;
    std::uint64_t witnesses = 0;
    std::vector<Vouched> vouched;
    Problems problems;
};

/// Reads one checkpoint, and says what is wrong with it.
std::optional<Checkpoint> read_checkpoint(const Options& options, const std::filesystem::path& path,
                                          const std::string& name, Given& given) {
    std::string bytes;
    std::string wrong = slurp(path, bytes) ? "is no signed checkpoint" : "is missing";
    auto checkpoint = parse_checkpoint(bytes);
    if (checkpoint) wrong = check_witnesses(options, *checkpoint, given.witnesses);
    given.problems.add(name + " ", wrong);
    if (!wrong.empty()) return std::nullopt;
    given.vouched.push_back({name, *checkpoint});
    return checkpoint;
}

/// The newest checkpoint is the folder's own; older ones may lie beside it, as checkpoint.<anything>.
bool gather(const Options& options, Given& given) {
    const std::filesystem::path folder = options.target;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const std::string name = file.path().filename().string();
        if (name.starts_with("checkpoint.")) read_checkpoint(options, file.path(), name, given);
    }
    for (const std::string& path : options.said.at("--checkpoint"))
        read_checkpoint(options, path, path, given);
    const auto newest = read_checkpoint(options, folder / "checkpoint", "checkpoint", given);
    given.newest = newest.value_or(Checkpoint{});
    if (!newest) return false;
    given.problems.add("checkpoint ", too_few(options, given.witnesses));
    for (const auto& [name, checkpoint] : given.vouched)
        if (checkpoint.size > newest->size)
            given.problems.push_back(
                "record " + std::to_string(newest->size) + ": it is missing, " + name + " was signed for " +
                std::to_string(checkpoint.size) + " records; the audit was cut or rolled back");
    return true;
}

int verify(const Options& options) {
    Given given;
    Problems& problems = given.problems;
    if (!std::filesystem::is_directory(options.target))
        return usage(options.target + " is no folder") ? kSound : kCannot;
    if (!gather(options, given)) return problems.verdict({});
    JournalRecords records(*options.log);
    RecordCheck record_check;
    if (!options.is_opaque)
        record_check = [&](std::uint64_t index, std::string_view leaf) { return records.check(index, leaf); };
    for (const auto& wrong : Audit(options.target, given.newest, given.vouched).walk(record_check))
        problems.push_back(wrong);
    problems.add("", records.finish());
    for (const auto& [name, checkpoint] : given.vouched)
        problems.add(name + " ", check_log(records.keys(), checkpoint));
    const Words& reports = options.said.at("--report");
    for (const std::string& path : reports) problems.add("", check_report(records, path));
    std::string sound = std::to_string(given.newest.size) + " leaves, root " + given.newest.root_text + ", " +
                        std::to_string(given.vouched.size()) + " checkpoints agree, " +
                        std::to_string(given.witnesses) + " witnesses countersigned the newest";
    if (records.count() > 0)
        sound += "\nSOUND " + std::to_string(records.count()) + " journal records, sequence " +
                 std::to_string(records.first_seq()) + " to " + std::to_string(records.last_seq()) + ", " +
                 std::to_string(records.keys().size() - 1) + " changes of the log's key";
    if (!reports.empty()) sound += "\nSOUND " + std::to_string(reports.size()) + " files as exported";
    return problems.verdict(sound);
}

int verify_proof(const Options& options) {
    const std::string& path = options.said.at("--proof").back();
    std::string text, record;
    if (!slurp(path, text) || !slurp(options.target, record))
        return usage("cannot read " + path + " or " + options.target) ? kSound : kCannot;
    const auto proof = parse_proof(text);
    Problems problems;
    if (!proof) problems.push_back(path + " is no tlog-proof");
    if (!proof) return problems.verdict({});
    std::uint64_t witnesses = 0;
    for (const std::string& wrong :
         {check_witnesses(options, proof->checkpoint, witnesses),
          check_log({{*options.log, 0}}, proof->checkpoint), too_few(options, witnesses)})
        problems.add("the proof's checkpoint ", wrong);
    const std::string index = std::to_string(proof->index);
    if (!shows(*proof, leaf_hash(record)))
        problems.push_back("record " + index + ": " + options.target + " is not what was logged");
    return problems.verdict(
        options.target + " is record " + index + " of " + std::to_string(proof->checkpoint.size) + ", " +
        std::to_string(witnesses) + " witnesses countersigned");
}

}  // namespace
}  // namespace penstock::verify

int main(int argc, char** argv) {
    using namespace penstock::verify;
    Options options;
    if (argc == 2 && std::string_view(argv[1]) == "--help")
        return std::fputs(kHelp, stdout) < 0 ? kCannot : kSound;
    if (!parse_options({argv + 1, argv + argc}, options)) return kCannot;
    try {
        return options.said["--proof"].empty() ? verify(options) : verify_proof(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "penstock-verify: %s\n", error.what());
        return kCannot;
    }
}
