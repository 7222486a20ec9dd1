#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "apps/penstock_verify/audit.hpp"

namespace penstock::verify {
namespace {

constexpr const char* kUnsigned = "is not signed by the key the log had";
constexpr const char* kKept = "checkpoints/";  // and the size: what the log itself kept of older ones

constexpr const char* kHelp =
    R"(usage: penstock-verify --log VKEY [OPTIONS] FOLDER
       penstock-verify --log VKEY [OPTIONS] --proof FILE.tlog-proof RECORDFILE

Checks an audit, a transparency log in C2SP tlog-tiles layout, or that a record is in one that is not at hand.

  --log VKEY         public key of the log at its first record (--proof: at the proof's checkpoint); a later
                     key is believed when a record says so that both keys signed
  --witness VKEY     public key of a witness; again for each
  --quorum N         how many witnesses must have countersigned the newest checkpoint (default: all given)
  --report FILE      a report or manifest that was exported: its SHA-256 must be on record under its name
  --checkpoint FILE  a checkpoint kept elsewhere, by a witness or by you; again for each. Only these show
                     that the whole folder was exchanged for an older or rewritten one
  --origin TEXT      first line of the checkpoints (default: the name of the log's key)
  --opaque           the records are not those of Penstock's journal: do not look inside

Exit code: 0 nothing was altered, 1 something was, 2 it could not be checked.
)";

using Words = std::vector<std::string>;
struct Options {
    std::map<std::string, Words> said{
        {"--log", {}},   {"--witness", {}}, {"--quorum", {}},     {"--origin", {}}, {"", {}},
        {"--proof", {}}, {"--report", {}},  {"--checkpoint", {}}, {"--opaque", {}}};
    std::optional<Key> log;
    std::vector<Key> witnesses;
    std::optional<std::uint64_t> quorum;
    std::string origin, target;  // target: the folder, or the record's file
};

[[noreturn]] void refuse(const std::string& why) { throw std::runtime_error(why + "; see --help"); }

/// A file that was named: without it nothing can be checked.
std::string read(const std::string& path) {
    std::string bytes;
    if (!slurp(path, bytes)) refuse("cannot read " + path);
    return bytes;
}

/// Whatever is said is looked at, or refused: nobody is told that it is sound of what was passed over.
void check_words(Options& options) {
    auto& said = options.said;
    for (const std::string name : {"--log", "--quorum", "--origin", "--proof"})
        if (said[name].size() > 1) refuse(name + " is said once");
    if (said[""].size() != 1) refuse("which folder? One at a time");
    if (said["--log"].empty()) refuse("which log? --log VKEY, the first key it ever had");
    if (!said["--proof"].empty() && !(said["--report"].empty() && said["--checkpoint"].empty()))
        refuse("--proof is of one record; --report and --checkpoint need the folder of the audit");
    if (!said["--opaque"].empty() && !said["--report"].empty())
        refuse("--report looks for a record of the export; --opaque looks into none");
    for (const std::string name : {"--report", "--checkpoint", "--proof"})
        for (const std::string& path : said[name]) read(path);
}

Options parse_options(const Words& words) {
    Options options;
    auto& said = options.said;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string& word = words[at];
        const bool is_option = word.starts_with("--");
        const auto list = said.find(is_option ? word : "");
        if (list == said.end()) refuse("unknown option " + word);
        if (is_option && word != "--opaque" && ++at == words.size()) refuse(word + " takes a value");
        list->second.push_back(words[at]);
    }
    check_words(options);
    options.target = said[""][0];
    options.log = parse_key(said["--log"][0]);
    if (!options.log || options.log->is_witness) refuse("--log takes the key of a log");
    for (const std::string& text : said["--witness"]) {
        options.witnesses.push_back(parse_key(text).value_or(Key{}));
        if (!options.witnesses.back().is_witness) refuse("--witness takes the key of a witness");
        if (std::ranges::count(said["--witness"], text) > 1) refuse("--witness names each once");
    }
    const Words& quorum = said["--quorum"];
    options.quorum = quorum.empty() ? options.witnesses.size() : parse_number(quorum[0]);
    if (!options.quorum) refuse("--quorum takes a number");
    options.origin = said["--origin"].empty() ? options.log->name : said["--origin"][0];
    return options;
}

/// What is wrong with a checkpoint's origin and countersignatures, or nothing. Counts the witnesses.
std::string check_witnesses(const Options& options, const Checkpoint& checkpoint, std::uint64_t& witnesses) {
    if (checkpoint.origin != options.origin) return "is of another log: " + checkpoint.origin;
    for (const Key& key : options.witnesses) {
        const Found found = check(checkpoint, key);
        if (found == Found::Bad) return "has a countersignature of " + key.name + " that does not verify";
        witnesses += found == Found::Good ? 1 : 0;
    }
    return {};
}

/// What is wrong with the log's signatures: its key at this size must have signed, and none may be bad.
std::string check_log(const std::vector<LogKey>& keys, const Checkpoint& checkpoint) {
    Found found = Found::Absent;
    for (const LogKey& key : keys) {
        const Found now = check(checkpoint, key.key);
        if (now == Found::Bad) return "has a signature that does not verify";
        if (key.since <= checkpoint.size) found = now;
    }
    return found == Found::Good ? "" : kUnsigned;
}

std::string too_few(const Options& options, std::uint64_t witnesses) {
    if (witnesses >= options.quorum) return {};
    return join("is countersigned by ", witnesses, " of ", *options.quorum, " witnesses");
}

/// What is wrong with an exported file: its SHA-256 must be on record under its name. Adds what it is to
/// `sound`: each export of these bytes, for a report without a row is the same on every day.
std::string check_report(const JournalRecords& records, const std::string& path, std::string& sound) {
    const std::string hash = hex(view(sha256(read(path))));
    const std::string name = std::filesystem::path(path).filename().string();
    const std::size_t before = sound.size();
    std::string renamed, edited = path + " was altered or never exported: no record has its SHA-256";
    for (const Exported& one : records.exports()) {
        const bool has_name = one.subject.substr(one.subject.find(' ') + 1) == name;
        const bool has_hash = one.text.starts_with(hash);
        const std::string at = one.record + ": " + path;
        if (has_hash && has_name) sound += "\nSOUND " + at + " as exported, " + one.subject;
        if (has_hash && !has_name) renamed = at + " is on record as " + one.subject;
        if (!has_hash && has_name) edited = at + " has not the SHA-256 it says";
    }
    return sound.size() > before ? "" : renamed.empty() ? edited : renamed;
}

struct Given {
    Vouched newest;
    std::vector<Vouched> vouched;
    Problems problems;
};

enum class Place { Published, Kept, Elsewhere };

/// The log's own signature says which of the two it is: without that, each checkpoint it keeps would be one
/// to which the whole audit can be cut.
std::string check_place(Place place, const Checkpoint& checkpoint, const std::string& name) {
    if (place == Place::Published && checkpoint.is_kept)
        return "is one that the log kept, in the place of one that it published: the audit may have been cut";
    if (place != Place::Kept) return {};
    if (!checkpoint.is_kept) return "is none that the log kept: its text does not end with a line `kept`";
    return name == join(kKept, checkpoint.size) ? "" : join("is of ", checkpoint.size, " records");
}

/// Reads one checkpoint; it is vouched, or a problem.
void read_checkpoint(const Options& options, const std::filesystem::path& path, const std::string& name,
                     Place place, Given& given) {
    std::string bytes;
    std::string wrong = slurp(path, bytes, kMaxNote + 1) ? "is no signed checkpoint" : "is missing";
    const auto checkpoint = parse_checkpoint(bytes);
    Vouched one{name, checkpoint.value_or(Checkpoint())};
    if (checkpoint) wrong = check_witnesses(options, *checkpoint, one.witnesses);
    if (wrong.empty()) wrong = check_place(place, *checkpoint, name);
    given.problems.add(name + " ", wrong);
    if (wrong.empty()) given.vouched.push_back(std::move(one));
}

std::string and_later(std::size_t count) {
    return count == 0 ? "" : join(" (and ", count, " later checkpoints)");
}

/// The newest checkpoint is the folder's own: without it the others are not looked at. Older ones lie beside
/// it, as checkpoint.<anything>, and those that the log kept are checkpoints/<size>.
void gather(const Options& options, Given& given) {
    const std::filesystem::path folder = options.target;
    read_checkpoint(options, folder / "checkpoint", "checkpoint", Place::Published, given);
    if (given.vouched.empty()) return;
    given.newest = given.vouched.back();
    for (const auto& file : std::filesystem::directory_iterator(folder))
        if (const std::string name = file.path().filename(); name.starts_with("checkpoint."))
            read_checkpoint(options, file.path(), name, Place::Published, given);
    std::error_code unread, ignored;
    const std::filesystem::directory_iterator kept(folder / "checkpoints", unread);
    if (unread && std::filesystem::exists(symlink_status(folder / "checkpoints", ignored)))
        given.problems.push_back("checkpoints is no folder that can be read");
    for (const auto& file : kept)
        read_checkpoint(options, file.path(), kKept + file.path().filename().string(), Place::Kept, given);
    for (const auto& path : options.said.at("--checkpoint"))
        read_checkpoint(options, path, path, Place::Elsewhere, given);
    Problems all = std::exchange(given.problems, {});
    std::ranges::sort(all);
    given.problems.add_some(all, " more are no checkpoints of this log in their place");
    given.problems.add("checkpoint ", too_few(options, given.newest.witnesses));
    std::ranges::sort(given.vouched, {}, [](auto& one) { return std::tie(one.checkpoint.size, one.name); });
}

/// What signatures and roots of the checkpoints say of them, and those that are well signed of the records:
/// the first bad one is behind the last root that they have, unless the log signed two histories. Where the
/// walk did not come so far, its keys are not all known.
void judge(const std::vector<LogKey>& keys, Given& given) {
    const std::uint64_t size = given.newest.checkpoint.size;
    std::vector<Vouched> good, bad, beyond, doubtful;
    Problems ill;
    bool knows_keys = true;
    for (const Vouched& one : given.vouched) {
        const std::string wrong = check_log(keys, one.checkpoint);
        knows_keys = one.agrees || (knows_keys && one.checkpoint.size > size);
        if (wrong != kUnsigned || knows_keys) ill.add(one.name + " ", wrong);
        if (wrong.empty() && one.checkpoint.size > size) beyond.push_back(one);
        if (one.agrees) (!wrong.empty() ? doubtful : *one.agrees ? good : bad).push_back(one);
    }
    given.problems.add_some(ill, " more are not well signed");
    if (!beyond.empty())
        given.problems.push_back(join("record ", size, ": it is missing, ", beyond[0].name,
                                      " was signed for ", beyond[0].checkpoint.size, " records",
                                      and_later(beyond.size() - 1), "; the audit was cut or rolled back"));
    const Vouched before = good.empty() ? Vouched{} : good.back();
    const std::uint64_t first = before.checkpoint.size;
    const std::string up_to = join("up to ", first - 1, " are as signed by ", before.name);
    std::erase_if(doubtful, [=](auto& one) { return one.checkpoint.size <= first || *one.agrees; });
    if (bad.empty() && first > 0 && !doubtful.empty())
        given.problems.push_back(
            join("records ", up_to, "; of those behind them one was altered, or ", doubtful[0].name, " was"));
    if (bad.empty()) return;
    const std::uint64_t end = bad[0].checkpoint.size;
    const std::string said = join(bad[0].name, " was signed for other records", and_later(bad.size() - 1),
                                  ": the first ", end, " do not have its root");
    if (first >= end) return given.problems.push_back(said);
    const auto seqs = bad[0].seq == 0 ? "" : join(" (seq ", before.seq + 1, " to ", bad[0].seq, ")");
    given.problems.push_back(join(
        "record ", first, " to ", end - 1, seqs, ": the first bad record is one of these; ", said,
        first == 0 ? "" : "; those " + up_to));
}

int verify(const Options& options) {
    Given given;
    Problems& problems = given.problems;
    const Checkpoint& newest = given.newest.checkpoint;
    if (!std::filesystem::is_directory(options.target)) refuse(options.target + " is no folder");
    gather(options, given);
    if (given.vouched.empty()) return problems.verdict({});
    JournalRecords records(*options.log);
    const bool is_opaque = !options.said.at("--opaque").empty();
    Audit audit(options.target, newest.size, given.vouched, is_opaque ? nullptr : &records);
    for (const auto& wrong : audit.walk()) problems.push_back(wrong);
    problems.add("", records.finish());
    judge(records.keys(), given);
    std::string sound = join(newest.size, " leaves, root ", base64(view(newest.root)), ", ",
                             given.vouched.size(), " checkpoints agree, ", given.newest.witnesses,
                             " witnesses countersigned the newest", records.summary());
    const Words& reports = options.said.at("--report");
    if (!reports.empty()) sound += join("\nSOUND ", reports.size(), " files as exported");
    for (const std::string& path : reports) problems.add("", check_report(records, path, sound));
    return problems.verdict(sound);
}

int verify_proof(const Options& options) {
    const std::string& path = options.said.at("--proof")[0];
    const std::string record = read(options.target);
    const auto proof = parse_proof(read(path));
    if (!proof) return Problems{{path + " is no tlog-proof"}}.verdict({});
    Problems problems;
    std::uint64_t witnesses = 0;
    for (const std::string& wrong :
         {check_witnesses(options, proof->checkpoint, witnesses),
          check_log({{*options.log, 0}}, proof->checkpoint), too_few(options, witnesses)})
        problems.add("the proof's checkpoint ", wrong);
    if (!shows(*proof, leaf_hash(record)))
        problems.push_back(join("record ", proof->index, ": ", options.target, " is not what was logged"));
    return problems.verdict(join(options.target, " is record ", proof->index, " of ", proof->checkpoint.size,
                                 ", ", witnesses, " witnesses countersigned"));
}

}  // namespace
}  // namespace penstock::verify

int main(int argc, char** argv) {
    using namespace penstock::verify;
    if (argc == 2 && std::string_view(argv[1]) == "--help")
        return std::fputs(kHelp, stdout) < 0 ? kCannot : kSound;
    try {
        const Options options = parse_options({argv + 1, argv + argc});
        return options.said.at("--proof").empty() ? verify(options) : verify_proof(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "penstock-verify: %s\n", error.what());
        return kCannot;
    }
}
