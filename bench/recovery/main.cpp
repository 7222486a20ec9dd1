// How long a start takes: from the whole journal, and from a snapshot, beside a bare read of the same bytes
// in the same run. Usage: bench_recovery [--records N] [--rounds N] [--shape NAME]
// [--keep FOLDER] [--whole-only] [--quick]
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "apps/runtime/snapshots.hpp"
#include "bench/recovery/day.hpp"
#include "bench/support/clock.hpp"
#include "bench/support/summary.hpp"
#include "fix/recovered_numbers.hpp"
#include "oms/engine/replay.hpp"
#include "persistence/journal/crc32c.hpp"

namespace penstock::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kRecords = 1'000'000;
constexpr std::uint64_t kQuick = 20'000;

/// Of this thread: other programs on the machine do not count.
std::int64_t cpu_ns() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
}

/// What the machine needs at least: every byte of the journal's files read once, and again with its CRC.
void bare_read(const fs::path& journal, std::uint64_t bytes, const char* name, bool with_crc) {
    const std::int64_t start = now_ns();
    std::uint64_t sum = 0;
    for (const auto& file : fs::directory_iterator(journal)) {
        persistence::Mapping mapping;
        if (!file.path().filename().string().starts_with("j-")) continue;
        if (persistence::Mapping::map(file.path(), mapping) != 0) continue;
        const std::string_view all = mapping.bytes();
        if (with_crc) sum += persistence::crc32c(all.data(), all.size());
        for (std::size_t at = 0; !with_crc && at + 8 <= all.size(); at += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, all.data() + at, 8);
            sum += word;
        }
    }
    const double s = static_cast<double>(now_ns() - start) / 1e9;
    std::printf("%-44s %8.3f s  %7.0f MB/s  (sum %llx)\n", name, s, static_cast<double>(bytes) / 1e6 / s,
                static_cast<unsigned long long>(sum));
}

std::uint64_t bytes_in(const fs::path& journal, std::string_view prefix) {
    std::uint64_t bytes = 0;
    for (const auto& file : fs::directory_iterator(journal))
        if (file.path().filename().string().starts_with(prefix)) bytes += file.file_size();
    return bytes;
}

struct Measured {
    std::uint64_t records = 0;
    std::uint64_t hash = 0;
    double k_per_s = 0;
    double k_per_cpu_s = 0;
};

/// A start as penstockd makes it, up to where it would listen.
Measured start(const char* name, const persistence::JournalSettings& settings,
               const persistence::SnapshotStore& store, bool use_snapshots) {
    const std::int64_t begun = now_ns();
    oms::Core core(apps::kNoCapacityYet);
    fix::RecoveredNumbers numbers;
    auto opened = persistence::SegmentJournal::open(settings);
    PENSTOCK_ASSERT(opened.journal != nullptr, "the journal of the benchmark cannot be opened");
    std::optional<apps::ReadOn> begin;
    if (use_snapshots)
        begin = apps::restore_newest(store, {settings, opened.journal->identity().uuid}, {core, numbers},
                                     apps::Damaged::IsLeft, settings.note);
    const std::int64_t restored = now_ns();
    const std::int64_t cpu = cpu_ns();
    oms::Outbox scratch;
    const oms::Visit visit(
        [&](oms::StoredRecord& record) {
            numbers.learn(record.input(), record.numbers());
            return !oms::replay(core, record, scratch);
        },
        [&](const oms::Input& input) { core.expect(input); });
    const auto recovery = begin ? opened.journal->recover_from(begin->place, std::move(begin->index), visit)
                                : opened.journal->recover(visit);
    PENSTOCK_ASSERT(!recovery.error, "the journal of the benchmark was refused");
    const std::int64_t done = now_ns();
    const double cpu_s = static_cast<double>(cpu_ns() - cpu) / 1e9;
    const double s = static_cast<double>(done - restored) / 1e9;
    const auto records = static_cast<double>(recovery.records);
    std::printf("%-44s %8.3f s  restore %.3f s, then %.0f records at %.0f k/s, %.0f k a CPU second\n", name,
                static_cast<double>(done - begun) / 1e9, static_cast<double>(restored - begun) / 1e9, records,
                records / 1e3 / s, records / 1e3 / cpu_s);
    return {recovery.last.value, core.state_hash(), records / 1e3 / s, records / 1e3 / cpu_s};
}

void take(const persistence::JournalSettings& settings, const fs::path& snapshots) {
    const std::int64_t begun = now_ns();
    oms::Core core(apps::kNoCapacityYet);
    fix::RecoveredNumbers numbers;
    persistence::SnapshotStore store(snapshots);
    const auto taken = apps::take_snapshot(settings, store, {core, numbers}, settings.note);
    PENSTOCK_ASSERT(!taken.failure, "no snapshot was taken");
    std::printf("%-44s %8.3f s  %llu records, %.1f MB\n", "snapshot taken by a second reader",
                static_cast<double>(now_ns() - begun) / 1e9, static_cast<unsigned long long>(taken.records),
                static_cast<double>(bytes_in(snapshots, "s-")) / 1e6);
}

struct Asked {
    std::uint64_t records = kRecords;
    int rounds = 5;
    Shape shape = Shape::Day;
    fs::path kept;  // the journal is written there, or read if there is one; empty: one that is thrown away
    bool is_whole_only = false;  // no bare reads and no snapshot
};

/// Every record executed, so many times; the last one stands for all. Prints the median and the spread.
Measured start_whole(const persistence::JournalSettings& settings, const persistence::SnapshotStore& store,
                     int rounds) {
    Measured measured;
    std::vector<double> k_per_s;
    std::vector<double> k_per_cpu_s;
    for (int round = 0; round < rounds; ++round) {
        measured = start("start, every record executed", settings, store, false);
        k_per_s.push_back(measured.k_per_s);
        k_per_cpu_s.push_back(measured.k_per_cpu_s);
    }
    std::printf("every record executed, of %d: %s k/s, %s k a CPU second\n", rounds,
                to_text(summarize(k_per_s), 0).c_str(), to_text(summarize(k_per_cpu_s), 0).c_str());
    return measured;
}

int run(const Asked& asked) {
    const fs::path folder =
        asked.kept.empty() ? fs::current_path() / ("bench-recovery-" + std::to_string(::getpid()))
                           : asked.kept;
    persistence::JournalSettings settings;
    settings.directory = folder / "journal";
    settings.durability = persistence::Durability::Process;
    settings.note = [](std::string_view line) {
        std::printf("  note: %.*s\n", static_cast<int>(line.size()), line.data());
    };
    const persistence::SnapshotStore store(folder / "snapshots");
    if (!fs::exists(settings.directory)) Day(settings, asked.shape).trade_until(asked.records);
    if (asked.is_whole_only) {
        start_whole(settings, store, asked.rounds);
        return 0;
    }
    const std::uint64_t bytes = bytes_in(settings.directory, "j-");
    bare_read(settings.directory, bytes, "(warming)", false);
    bare_read(settings.directory, bytes, "bare read of the journal", false);
    bare_read(settings.directory, bytes, "the same, with the CRC of every byte", true);
    const Measured whole = start_whole(settings, store, asked.rounds);
    take(settings, folder / "snapshots");
    const Measured quick = start("start from the snapshot", settings, store, true);
    fs::remove_all(asked.kept.empty() ? folder : folder / "snapshots");
    if (whole.hash == quick.hash && whole.records == quick.records) return 0;
    std::printf("INVALID: the two starts did not lead to the same state\n");
    return 1;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) {
    penstock::bench::Asked asked;
    for (int at = 1; at < argc; ++at) {
        const std::string_view argument = argv[at];
        const std::string_view value = at + 1 < argc ? argv[at + 1] : "";
        const auto shape = penstock::bench::shape_named(value);
        if (argument == "--quick") {
            asked.records = penstock::bench::kQuick;
            asked.rounds = 1;
        } else if (argument == "--records" && !value.empty()) {
            asked.records = std::strtoull(argv[++at], nullptr, 10);
        } else if (argument == "--rounds" && !value.empty() && std::atoi(argv[at + 1]) > 0) {
            asked.rounds = std::atoi(argv[++at]);
        } else if (argument == "--whole-only") {
            asked.is_whole_only = true;
        } else if (argument == "--keep" && !value.empty()) {
            asked.kept = argv[++at];
        } else if (argument == "--shape" && shape) {
            asked.shape = *shape;
            ++at;
        } else {
            std::fprintf(
                stderr,
                "usage: bench_recovery [--records N] [--rounds N] [--quick] [--keep FOLDER] [--whole-only]\n"
                "                      [--shape day|amends|cancels|refusals|quotes]\n");
            return 2;
        }
    }
    return penstock::bench::run(asked);
}
