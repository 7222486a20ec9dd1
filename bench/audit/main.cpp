// What the audit costs: a record into the tree, into the log's files, a proof, its verification, and a whole
// audit by penstock-verify; all beside a bare SHA-256 of the same records in the same round.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bench/support/clock.hpp"
#include "bench/support/rounds.hpp"
#include "bench/support/summary.hpp"
#include "compliance/tlog/journal_leaf.hpp"
#include "compliance/tlog/tiled_log.hpp"
#include "persistence/journal/wire.hpp"
#include "tests/persistence/journal/random_record.hpp"

namespace penstock::bench {
namespace {

using namespace compliance;

constexpr std::uint64_t kRecords = 200'000;
constexpr std::uint64_t kQuickRecords = 20'000;
constexpr std::uint64_t kPublishEvery = 256;
constexpr std::uint64_t kProofs = 20'000;
constexpr std::uint64_t kSignatures = 2'000;
const std::string kName = "penstock.example/bench/1/audit";

std::vector<std::string> make_leaves(std::uint64_t count) {
    std::vector<std::string> leaves;
    for (std::uint64_t seq = 1; seq <= count; ++seq) {
        oms::Record record = persistence::new_order_record(seq);
        record.input.time.ns = static_cast<std::int64_t>(seq);
        record.input.origin = {};
        record.numbers.clear();
        const std::string payload = persistence::encoded(record);
        persistence::RecordHeader header;
        header.length = static_cast<std::uint32_t>(payload.size());
        header.seq = seq;
        header.time_ns = record.input.time.ns;
        leaves.push_back(leaves_of(header, payload).front());
    }
    return leaves;
}

/// Nanoseconds for each of `count` of what `work` does.
template <class Work>
double each(std::uint64_t count, Work&& work) {
    const std::int64_t start = now_ns();
    work();
    return static_cast<double>(now_ns() - start) / static_cast<double>(count);
}

void must(bool is_good, const char* what) {
    if (is_good) return;
    std::fprintf(stderr, "bench_audit: INVALID: %s\n", what);
    std::exit(1);
}

LogSettings settings() { return {kName, make_signer(kName, KeyType::Ed25519, Seed{}), OldPartials::Remove}; }

void append_all(Files& files, const std::vector<std::string>& leaves) {
    auto log = TiledLog::create(files, settings());
    must(std::holds_alternative<TiledLog>(log), "no log");
    for (const std::string& leaf : leaves) {
        must(!std::get<TiledLog>(log).append(leaf), "append");
        if (std::get<TiledLog>(log).size() % kPublishEvery == 0)
            must(!std::get<TiledLog>(log).publish(), "publish");
    }
    must(!std::get<TiledLog>(log).publish(), "publish");
}

class Bench {
  public:
    explicit Bench(std::uint64_t records) : leaves_(make_leaves(records)) {
        folder_ = std::filesystem::current_path() / ("bench_audit." + std::to_string(getpid()));
    }
    ~Bench() { std::filesystem::remove_all(folder_); }

    void round() {
        const std::uint64_t count = leaves_.size();
        Hash last{};
        note("SHA-256 of a record", each(count, [&] {
                 for (const std::string& leaf : leaves_) last[0] ^= sha256(leaf)[0];
             }));
        Peaks peaks;
        note("into the tree", each(count, [&] {
                 for (const std::string& leaf : leaves_) peaks.append(leaf_hash(leaf));
             }));
        NoFiles nothing;
        note("into the log, without files", each(count, [&] { append_all(nothing, leaves_); }));
        std::filesystem::remove_all(folder_);
        DiskFiles files(folder_);
        note("into the log, synced each 256", each(count, [&] { append_all(files, leaves_); }));
        proofs(files, {count, peaks.root()});
        signatures();
        verifier();
    }
    void print() const {
        Table table({"what", "ns each", "a second", "times one SHA-256"});
        for (const std::string& name : order_) {
            const Summary ns = summarize(figures_.at(name));
            table.add(
                {name, to_text(ns, 0), to_text(1e9 / ns.median, 0), to_text(summarize(ratios_.at(name)), 2)});
        }
        std::printf("%zu records of %zu bytes\n\n", leaves_.size(), leaves_.front().size());
        table.print();
    }

  private:
    void note(const std::string& name, double ns) {
        if (figures_.count(name) == 0) order_.push_back(name);
        figures_[name].push_back(ns);
        ratios_[name].push_back(ns / figures_[order_.front()].back());
    }
    void proofs(Files& files, const TreeHead& head) {
        TileReader reader(files, head.size);
        std::vector<Proof> made;
        const auto index_of = [&](std::uint64_t number) { return number * 7919 % head.size; };
        note("inclusion proof from tiles", each(kProofs, [&] {
                 for (std::uint64_t number = 0; number < kProofs; ++number)
                     made.push_back(
                         inclusion_proof(reader, index_of(number), {0, head.size}).value_or(Proof{}));
             }));
        std::uint64_t good = 0;
        note("inclusion proof verified", each(kProofs, [&] {
                 for (std::uint64_t number = 0; number < kProofs; ++number) {
                     const std::uint64_t index = index_of(number);
                     const SubtreeHead tree{{0, head.size}, head.root};
                     good += verify_inclusion(leaf_hash(leaves_[index]), index, tree, made[number]) ? 1 : 0;
                 }
             }));
        must(good == kProofs, "a proof did not verify");
    }
    void signatures() {
        const SignerKey signer = settings().signer;
        const VerifierKey key = verifier_of(signer);
        const Checkpoint checkpoint{kName, {1, empty_root()}};
        Note signed_note;
        note("checkpoint signed", each(kSignatures, [&] {
                 for (std::uint64_t at = 0; at < kSignatures; ++at)
                     signed_note = signed_by(signer, checkpoint);
             }));
        std::uint64_t good = 0;
        note("checkpoint verified", each(kSignatures, [&] {
                 for (std::uint64_t at = 0; at < kSignatures; ++at)
                     good += check_signature(signed_note, key).found == Signed::Good ? 1 : 0;
             }));
        must(good == kSignatures, "a checkpoint did not verify");
    }
    void verifier() {
        const std::string program =
            (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "penstock-verify");
        const std::string command = "'" + program + "' --log '" + to_vkey(verifier_of(settings().signer)) +
                                    "' '" + folder_.string() + "' > /dev/null";
        int status = 0;
        note("penstock-verify, a record",
             each(leaves_.size(), [&] { status = std::system(command.c_str()); }));
        must(status == 0, "penstock-verify found something");
    }

    std::vector<std::string> leaves_;
    std::filesystem::path folder_;
    std::vector<std::string> order_;
    std::map<std::string, std::vector<double>> figures_;
    std::map<std::string, std::vector<double>> ratios_;
};

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) {
    using namespace penstock::bench;
    const int rounds = rounds_of(argc, argv, "bench_audit");
    Bench bench(rounds == 1 ? kQuickRecords : kRecords);
    for (int round = 0; round < rounds; ++round) bench.round();
    bench.print();
    return 0;
}
