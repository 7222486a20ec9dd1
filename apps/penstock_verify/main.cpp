#include <cstdio>
#include <fstream>
#include <iterator>
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

Checks an audit: FOLDER is a transparency log in the C2SP tlog-tiles layout. Needs the files and public
keys, nothing else.

  --log VKEY         public key of the log; again for each key that was ever in use
  --witness VKEY     public key of a witness; again for each
  --quorum N         how many witnesses must have countersigned the newest checkpoint (default: all given)
  --checkpoint FILE  a checkpoint kept elsewhere, by a witness or by you; again for each. Only these show
                     that the whole folder was exchanged for an older or rewritten one
  --origin TEXT      first line of the checkpoints (default: the name of the first log key)
  --opaque           the records are not those of Penstock's journal: do not look inside
  --help             this text

Exit code: 0 nothing was altered, 1 something was, 2 it could not be checked.
)";

struct Options {
    std::vector<Key> logs;
    std::vector<Key> witnesses;
    std::optional<std::uint64_t> quorum;
    std::vector<std::string> checkpoints;
    std::string origin;
    std::string folder;
    bool is_opaque = false;
    bool wants_help = false;
};

bool usage(const std::string& why) {
    std::fprintf(stderr, "penstock-verify: %s; see --help\n", why.c_str());
    return false;
}

bool set_option(Options& options, const std::string& name, const std::string& value) {
    if (name == "--checkpoint") {
        options.checkpoints.push_back(value);
    } else if (name == "--origin") {
        options.origin = value;
    } else if (name == "--quorum") {
        options.quorum = parse_number(value);
        if (!options.quorum) return usage("--quorum takes a number");
    } else if (name == "--log" || name == "--witness") {
        const auto key = parse_key(value);
        if (!key || key->is_witness != (name == "--witness")) return usage(value + " is no key for " + name);
        (key->is_witness ? options.witnesses : options.logs).push_back(*key);
    } else {
        return usage("unknown option " + name);
    }
    return true;
}

bool parse_options(const std::vector<std::string>& words, Options& options) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string& word = words[at];
        if (word == "--help") options.wants_help = true;
        if (word == "--opaque") options.is_opaque = true;
        if (word == "--help" || word == "--opaque") continue;
        if (!word.starts_with("--")) {
            if (!options.folder.empty()) return usage("one folder at a time");
            options.folder = word;
            continue;
        }
        if (at + 1 == words.size()) return usage(word + " takes a value");
        if (!set_option(options, word, words[++at])) return false;
    }
    if (options.wants_help) return true;
    if (options.folder.empty()) return usage("which folder?");
    if (options.logs.empty()) return usage("which log? --log VKEY");
    if (options.origin.empty()) options.origin = options.logs[0].name;
    return true;
}

bool slurp(const std::filesystem::path& path, std::string& bytes) {
    std::ifstream file(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
    return file.is_open() && !file.bad();
}

/// What is wrong with a checkpoint's signatures, or nothing. Counts the witnesses that countersigned.
std::string check_signatures(const Options& options, const Checkpoint& checkpoint, std::uint64_t& witnesses) {
    if (checkpoint.origin != options.origin) return "is of another log: " + checkpoint.origin;
    std::uint64_t unix_time = 0;
    bool is_signed = false;
    for (const Key& key : options.logs) {
        const Found found = check(checkpoint, key, unix_time);
        if (found == Found::Bad) return "has a signature of " + key.name + " that does not verify";
        is_signed = is_signed || found == Found::Good;
    }
    if (!is_signed) return "is not signed by the log";
    witnesses = 0;
    for (const Key& key : options.witnesses) {
        const Found found = check(checkpoint, key, unix_time);
        if (found == Found::Bad) return "has a countersignature of " + key.name + " that does not verify";
        witnesses += found == Found::Good ? 1 : 0;
    }
    return {};
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
    std::uint64_t witnesses = 0;
    if (!slurp(path, bytes)) {
        given.problems.push_back(name + " is missing");
        return std::nullopt;
    }
    auto checkpoint = parse_checkpoint(bytes);
    const std::string wrong =
        checkpoint ? check_signatures(options, *checkpoint, witnesses) : "is no signed checkpoint";
    if (!wrong.empty()) {
        given.problems.push_back(name + " " + wrong);
        return std::nullopt;
    }
    given.vouched.push_back({name, *checkpoint});
    given.witnesses = witnesses;
    return checkpoint;
}

/// The newest checkpoint is the folder's own; older ones may lie beside it, as checkpoint.<anything>.
bool gather(const Options& options, Given& given) {
    const std::filesystem::path folder = options.folder;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const std::string name = file.path().filename().string();
        if (name.starts_with("checkpoint.")) read_checkpoint(options, file.path(), name, given);
    }
    for (const std::string& path : options.checkpoints) read_checkpoint(options, path, path, given);
    const auto newest = read_checkpoint(options, folder / "checkpoint", "checkpoint", given);
    if (!newest) return false;
    given.newest = *newest;
    const std::uint64_t quorum = options.quorum.value_or(options.witnesses.size());
    if (given.witnesses < quorum)
        given.problems.push_back("checkpoint is countersigned by " + std::to_string(given.witnesses) +
                                 " of " + std::to_string(quorum) + " witnesses");
    for (const Vouched& vouched : given.vouched)
        if (vouched.checkpoint.size > given.newest.size)
            given.problems.push_back(
                "record " + std::to_string(given.newest.size) + ": it is missing, " + vouched.name +
                " was signed for " + std::to_string(vouched.checkpoint.size) +
                " records; the audit was cut or rolled back");
    return true;
}

void print_all(const std::vector<std::string>& problems) {
    for (const std::string& problem : problems) std::printf("ALTERED %s\n", problem.c_str());
}

int verify(const Options& options) {
    Given given;
    if (!std::filesystem::is_directory(options.folder)) {
        usage(options.folder + " is no folder");
        return kCannot;
    }
    const bool has_newest = gather(options, given);
    print_all(given.problems);
    if (!has_newest) return kAltered;
    JournalRecords records;
    RecordCheck record_check;
    if (!options.is_opaque)
        record_check = [&records](std::uint64_t, std::string_view leaf) { return records.check(leaf); };
    Findings findings = Audit(options.folder, given.newest, given.vouched).walk(record_check);
    if (const std::string wrong = records.finish(); !wrong.empty()) findings.problems.push_back(wrong);
    print_all(findings.problems);
    if (!given.problems.empty() || !findings.problems.empty()) return kAltered;
    const std::string root =
        base64({reinterpret_cast<const char*>(findings.root.data()), findings.root.size()});
    std::printf(
        "SOUND %llu leaves, root %s, %zu checkpoints agree, %llu witnesses countersigned the newest\n",
        static_cast<unsigned long long>(findings.records), root.c_str(), given.vouched.size(),
        static_cast<unsigned long long>(given.witnesses));
    if (records.count() > 0)
        std::printf("SOUND %llu journal records, sequence %llu to %llu\n",
                    static_cast<unsigned long long>(records.count()),
                    static_cast<unsigned long long>(records.first_seq()),
                    static_cast<unsigned long long>(records.last_seq()));
    return kSound;
}

}  // namespace
}  // namespace penstock::verify

int main(int argc, char** argv) {
    using namespace penstock::verify;
    Options options;
    if (!parse_options({argv + 1, argv + argc}, options)) return kCannot;
    if (options.wants_help) {
        std::fputs(kHelp, stdout);
        return kSound;
    }
    try {
        return verify(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "penstock-verify: %s\n", error.what());
        return kCannot;
    }
}
