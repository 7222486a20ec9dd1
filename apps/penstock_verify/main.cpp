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

Checks an audit: FOLDER is a transparency log in the C2SP tlog-tiles layout. Or that one record is in an audit
that is not at hand. Needs the files and public keys, nothing else.

  --log VKEY         public key of the log at its first record (--proof: at the proof's checkpoint); a later
                     key is believed when a record says so that both keys signed
  --witness VKEY     public key of a witness; again for each
  --quorum N         how many witnesses must have countersigned the newest checkpoint (default: all given)
  --checkpoint FILE  a checkpoint kept elsewhere, by a witness or by you; again for each. Only these show
                     that the whole folder was exchanged for an older or rewritten one
  --origin TEXT      first line of the checkpoints (default: the name of the log's key)
  --opaque           the records are not those of Penstock's journal: do not look inside

Exit code: 0 nothing was altered, 1 something was, 2 it could not be checked.
)";

struct Options {
    std::optional<Key> log;
    std::vector<Key> witnesses;
    std::optional<std::uint64_t> quorum;
    std::vector<std::string> checkpoints;
    std::string origin;
    std::string proof;
    std::string target;  // the folder, or the record's file
    bool is_opaque = false;
};

bool usage(const std::string& why) {
    std::fprintf(stderr, "penstock-verify: %s; see --help\n", why.c_str());
    return false;
}

bool parse_options(const std::vector<std::string>& words, Options& options) {
    std::map<std::string, std::vector<std::string>> said{
        {"--log", {}},   {"--witness", {}}, {"--quorum", {}},    {"--origin", {}},
        {"--proof", {}}, {"", {}},          {"--checkpoint", {}}};
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
    for (const std::string& text : said["--witness"])
        options.witnesses.push_back(parse_key(text).value_or(Key{}));
    for (const Key& key : options.witnesses)
        if (!key.is_witness) return usage("--witness takes the key of a witness");
    if (!options.log || options.log->is_witness) return usage("--log takes the key of a log");
    options.checkpoints = said["--checkpoint"];
    if (!said["--quorum"].empty() && !(options.quorum = parse_number(said["--quorum"].back())))
        return usage("--quorum takes a number");
    if (!said["--proof"].empty()) options.proof = said["--proof"].back();
    options.origin = said["--origin"].empty() ? options.log->name : said["--origin"].back();
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
    const std::uint64_t quorum = options.quorum.value_or(options.witnesses.size());
    if (witnesses >= quorum) return {};
    return "is countersigned by " + std::to_string(witnesses) + " of " + std::to_string(quorum) +
           " witnesses";
}

struct Given {
    Checkpoint newest;
    std::uint64_t witnesses = 0;
    std::vector<Vouched> vouched;
    std::vector<std::string> problems;
};

/// Reads one checkpoint, and says what is wrong with it.
std::optional<Checkpoint> read_checkpoint(const Options& options, const std::filesystem::path& path,
                                          const std::string& name, Given& given) {
    std::string bytes;
    const bool is_there = slurp(path, bytes);
    auto checkpoint = parse_checkpoint(bytes);
    std::string wrong = is_there ? "is no signed checkpoint" : "is missing";
    if (checkpoint) wrong = check_witnesses(options, *checkpoint, given.witnesses);
    if (!wrong.empty()) {
        given.problems.push_back(name + " " + wrong);
        return std::nullopt;
    }
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
    for (const std::string& path : options.checkpoints) read_checkpoint(options, path, path, given);
    const auto newest = read_checkpoint(options, folder / "checkpoint", "checkpoint", given);
    if (!newest) return false;
    given.newest = *newest;
    if (const std::string wrong = too_few(options, given.witnesses); !wrong.empty())
        given.problems.push_back("checkpoint " + wrong);
    for (const Vouched& vouched : given.vouched)
        if (vouched.checkpoint.size > given.newest.size)
            given.problems.push_back(
                "record " + std::to_string(given.newest.size) + ": it is missing, " + vouched.name +
                " was signed for " + std::to_string(vouched.checkpoint.size) +
                " records; the audit was cut or rolled back");
    return true;
}

int verdict(const std::vector<std::string>& problems) {
    for (const std::string& problem : problems) std::printf("ALTERED %s\n", problem.c_str());
    return problems.empty() ? kSound : kAltered;
}

int verify(const Options& options) {
    Given given;
    if (!std::filesystem::is_directory(options.target)) {
        usage(options.target + " is no folder");
        return kCannot;
    }
    if (!gather(options, given)) return verdict(given.problems);
    JournalRecords records(*options.log);
    RecordCheck record_check;
    if (!options.is_opaque)
        record_check = [&](std::uint64_t index, std::string_view leaf) { return records.check(index, leaf); };
    std::vector<std::string>& problems = given.problems;
    const auto found = Audit(options.target, given.newest, given.vouched).walk(record_check);
    problems.insert(problems.end(), found.begin(), found.end());
    if (const std::string wrong = records.finish(); !wrong.empty()) problems.push_back(wrong);
    for (const auto& [name, checkpoint] : given.vouched)
        if (const std::string wrong = check_log(records.keys(), checkpoint); !wrong.empty())
            problems.push_back(name + " " + wrong);
    if (verdict(problems) != kSound) return kAltered;
    std::printf(
        "SOUND %llu leaves, root %s, %zu checkpoints agree, %llu witnesses countersigned the newest\n",
        static_cast<unsigned long long>(given.newest.size), given.newest.root_text.c_str(),
        given.vouched.size(), static_cast<unsigned long long>(given.witnesses));
    if (records.count() > 0)
        std::printf("SOUND %llu journal records, sequence %llu to %llu, %zu changes of the log's key\n",
                    static_cast<unsigned long long>(records.count()),
                    static_cast<unsigned long long>(records.first_seq()),
                    static_cast<unsigned long long>(records.last_seq()), records.keys().size() - 1);
    return kSound;
}

int verify_proof(const Options& options) {
    std::string text;
    std::string record;
    if (!slurp(options.proof, text) || !slurp(options.target, record)) {
        usage("cannot read " + options.proof + " or " + options.target);
        return kCannot;
    }
    const auto proof = parse_proof(text);
    if (!proof) return verdict({options.proof + " is no tlog-proof"});
    std::uint64_t witnesses = 0;
    std::vector<std::string> problems;
    for (const std::string& wrong :
         {check_witnesses(options, proof->checkpoint, witnesses),
          check_log({{*options.log, 0}}, proof->checkpoint), too_few(options, witnesses)})
        if (!wrong.empty()) problems.push_back("the proof's checkpoint " + wrong);
    if (!shows(*proof, leaf_hash(record)))
        problems.push_back(
            "record " + std::to_string(proof->index) + ": " + options.target + " is not what was logged");
    if (verdict(problems) != kSound) return kAltered;
    std::printf(
        "SOUND %s is record %llu of %llu, %llu witnesses countersigned\n", options.target.c_str(),
        static_cast<unsigned long long>(proof->index),
        static_cast<unsigned long long>(proof->checkpoint.size), static_cast<unsigned long long>(witnesses));
    return kSound;
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
        return options.proof.empty() ? verify(options) : verify_proof(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "penstock-verify: %s\n", error.what());
        return kCannot;
    }
}
