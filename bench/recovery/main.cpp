// How long a start takes: from the whole journal, and from a snapshot, beside a bare read of the same bytes
// in the same run. Usage: bench_recovery [--records N] [--quick]
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "apps/runtime/snapshots.hpp"
#include "bench/recovery/day.hpp"
#include "bench/support/clock.hpp"
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
    const auto visit = [&](const oms::Record& record) {
        numbers.learn(record);
        return !oms::replay(core, record, scratch);
    };
    const auto recovery = begin ? opened.journal->recover_from(begin->place, std::move(begin->index), visit)
                                : opened.journal->recover(visit);
    PENSTOCK_ASSERT(!recovery.error, "the journal of the benchmark was refused");
    const std::int64_t done = now_ns();
    const double s = static_cast<double>(done - restored) / 1e9;
    const double cpu_s = static_cast<double>(cpu_ns() - cpu) / 1e9;
    std::printf(
        "%-44s %8.3f s  restore %.3f s, then %llu records at %.0f k/s, %.0f k a CPU second\n", name,
        static_cast<double>(done - begun) / 1e9, static_cast<double>(restored - begun) / 1e9,
        static_cast<unsigned long long>(recovery.records), static_cast<double>(recovery.records) / 1e3 / s,
        static_cast<double>(recovery.records) / 1e3 / cpu_s);
    return {recovery.last.value, core.state_hash()};
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

int run(std::uint64_t records) {
    const fs::path folder = fs::current_path() / ("bench-recovery-" + std::to_string(::getpid()));
    persistence::JournalSettings settings;
    settings.directory = folder / "journal";
    settings.durability = persistence::Durability::Process;
    settings.note = [](std::string_view line) {
        std::printf("  note: %.*s\n", static_cast<int>(line.size()), line.data());
    };
    const persistence::SnapshotStore store(folder / "snapshots");
    Measured live;
    std::optional<Day> day(std::in_place, settings);
    day->trade_until(records);
    day.reset();
    const std::uint64_t bytes = bytes_in(settings.directory, "j-");
    bare_read(settings.directory, bytes, "(warming)", false);
    bare_read(settings.directory, bytes, "bare read of the journal", false);
    bare_read(settings.directory, bytes, "the same, with the CRC of every byte", true);
    const Measured whole = start("start, every record executed", settings, store, false);
    take(settings, folder / "snapshots");
    const Measured quick = start("start from the snapshot", settings, store, true);
    fs::remove_all(folder);
    if (whole.hash == quick.hash && whole.records == quick.records) return 0;
    std::printf("INVALID: the two starts did not lead to the same state\n");
    return 1;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) {
    std::uint64_t records = penstock::bench::kRecords;
    for (int at = 1; at < argc; ++at) {
        const std::string_view argument = argv[at];
        if (argument == "--quick") {
            records = penstock::bench::kQuick;
        } else if (argument == "--records" && at + 1 < argc) {
            records = std::strtoull(argv[++at], nullptr, 10);
        } else {
            std::fprintf(stderr, "usage: bench_recovery [--records N] [--quick]\n");
            return 2;
        }
    }
    return penstock::bench::run(records);
}
