// What a record costs: encoding, checksum, append, commit, recovery, beside the disk's own rate of
// write + sync in the same run. Ratios count; absolute figures belong to the machine.
// Usage: bench_journal [directory]   (default: a fresh one in the current directory)
#include <fcntl.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "persistence/journal/batch.hpp"
#include "persistence/journal/chain.hpp"
#include "persistence/journal/crc32c.hpp"
#include "persistence/journal/disk.hpp"
#include "persistence/journal/segment_journal.hpp"
#include "persistence/journal/wire.hpp"
#include "tests/persistence/journal/random_record.hpp"

namespace penstock::persistence {
namespace {

using Clock = std::chrono::steady_clock;

double ns_since(Clock::time_point start) {
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

template <class Work>
void each(const char* name, int times, const Work& work) {
    const auto start = Clock::now();
    for (int i = 0; i < times; ++i) work(i);
    std::printf("%-34s %9.1f ns\n", name, ns_since(start) / times);
}

class Samples {
  public:
    explicit Samples(std::size_t count) { ns_.reserve(count); }
    void add(double ns) { ns_.push_back(ns); }
    void print(const char* name) {
        std::sort(ns_.begin(), ns_.end());
        const auto at = [this](std::size_t per_mille) {
            return ns_[(ns_.size() - 1) * per_mille / 1000] / 1000;
        };
        std::printf("  %-32s p50 %9.2f  p99 %9.2f  p99.9 %9.2f us\n", name, at(500), at(990), at(999));
    }

  private:
    std::vector<double> ns_;
};

void memory_costs() {
    oms::Record record = new_order_record(1);
    std::vector<char> bytes(encoded_bound(view_of(record)));
    std::size_t size = 0;
    constexpr int kTimes = 2'000'000;
    each("encode NewOrder + 2 outputs", kTimes, [&](int i) {
        record.input.seq = Seq{static_cast<std::uint64_t>(i) + 1};
        size = static_cast<std::size_t>(encode(view_of(record), bytes.data()) - bytes.data());
    });
    std::printf("%-34s %9zu bytes\n", "encoded", size);
    std::uint32_t sum = 0;
    each("CRC-32C of it", kTimes, [&](int) { sum ^= crc32c(bytes.data(), size); });
    oms::Record back;
    bool good = sum != 1;
    each("decode", kTimes, [&](int) { good = good && decode({bytes.data(), size}, back) == Fault::None; });
    Batch batch;
    each("add to the open batch, all of it", kTimes, [&](int i) {
        if (batch.full()) batch.clear();
        record.input.seq = Seq{static_cast<std::uint64_t>(i) + 1};
        batch.add(view_of(record), {1, 0});
    });
    Chain chain;
    const std::vector<char> mebibyte(std::size_t{1} << 20U);
    each("SHA-256 of 1 MiB (keeper thread)", 100, [&](int) { chain.add(mebibyte.data(), mebibyte.size()); });
    if (!good) std::puts("decode failed");
}

void raw_disk(const std::filesystem::path& directory, const char* name, int flags) {
    constexpr int kTimes = 3'000;
    const std::vector<char> block(600, 'x');
    Fd fd;
    const auto path = directory / "raw";
    bool good = open_file(path, O_RDWR | O_CREAT | flags, fd) == 0;
    good = good && write_zeros(fd.get(), 0, kTimes * block.size()) == 0 && sync_data(fd.get()) == 0;
    Samples samples(kTimes);
    const auto all = Clock::now();
    for (std::uint64_t i = 0; good && i < kTimes; ++i) {
        const auto start = Clock::now();
        good = write_at(fd.get(), block.data(), block.size(), i * block.size()) == 0;
        if (flags == 0) good = good && sync_data(fd.get()) == 0;
        samples.add(ns_since(start));
    }
    if (!good) return std::perror(name), void();
    std::printf("%s: %.0f commits/s\n", name, kTimes * 1e9 / ns_since(all));
    samples.print("write + sync of 600 bytes");
    std::filesystem::remove(path);
}

struct Case {
    const char* name;
    Durability durability;
    SyncThread thread;
    SyncMethod method;
    std::uint64_t records;
    std::uint64_t batch;  // 0: never wait, flush whenever the writer is idle
};

void print_recovery(const JournalSettings& settings) {
    const auto opened = SegmentJournal::open(settings);
    const auto start = Clock::now();
    const Recovery found = opened.journal->recover([](const oms::Record&) { return true; });
    const double seconds = ns_since(start) / 1e9;
    std::printf("  recovery: %.2f M records/s\n", static_cast<double>(found.records) / seconds / 1e6);
    if (found.error) std::puts(found.error->text.c_str());
}

void run(const std::filesystem::path& directory, const Case& how) {
    JournalSettings settings;
    settings.directory = directory / how.name;
    settings.durability = how.durability;
    settings.sync_thread = how.thread;
    settings.sync_method = how.method;
    settings.note = [](std::string_view line) {
        std::printf("  (%.*s)\n", static_cast<int>(line.size()), line.data());
    };
    auto opened = SegmentJournal::open(settings);
    if (opened.journal == nullptr) return std::puts(opened.error.text.c_str()), void();
    SegmentJournal& journal = *opened.journal;
    if (const auto found = journal.recover({}); found.error)
        return std::puts(found.error->text.c_str()), void();

    oms::Record record = new_order_record(1);
    Samples append(how.records);
    Samples flush(how.records);
    Samples commit(how.records);
    const auto all = Clock::now();
    auto turn = all;
    for (std::uint64_t seq = 1; seq <= how.records; ++seq) {
        record.input.seq = Seq{seq};
        const auto start = Clock::now();
        journal.append(view_of(record));
        append.add(ns_since(start));
        if (how.batch != 0 && seq % how.batch != 0) continue;
        const auto flushing = Clock::now();
        journal.flush();
        flush.add(ns_since(flushing));
        while (how.batch != 0 && journal.durable() < journal.last()) continue;
        commit.add(ns_since(turn));
        turn = Clock::now();
    }
    while (journal.durable() < journal.last()) journal.flush();
    std::printf("%s: %.0f records/s\n", how.name, static_cast<double>(how.records) * 1e9 / ns_since(all));
    append.print("append");
    flush.print("flush");
    if (how.batch != 0) commit.print("first append to durable");
    journal.close();
    if (how.records > 50'000) print_recovery(settings);
    std::filesystem::remove_all(settings.directory);
}

}  // namespace
}  // namespace penstock::persistence

int main(int argc, char** argv) {
    using namespace penstock::persistence;
    const std::filesystem::path directory = argc > 1 ? argv[1] : "journal_bench.tmp";
    std::filesystem::create_directories(directory);
    memory_costs();
    raw_disk(directory, "raw fdatasync", 0);
    raw_disk(directory, "raw O_DSYNC", O_DSYNC);
    constexpr auto kPower = Durability::Power;
    constexpr auto kWriter = SyncThread::Writer;
    constexpr auto kCaller = SyncThread::Caller;
    for (const Case& how : {
             Case{"process-batch-1", Durability::Process, kWriter, SyncMethod::Fdatasync, 500'000, 1},
             Case{"process-batch-8", Durability::Process, kWriter, SyncMethod::Fdatasync, 500'000, 8},
             Case{"power-writer-fdatasync-batch-1", kPower, kWriter, SyncMethod::Fdatasync, 5'000, 1},
             Case{"power-writer-dsync-batch-1", kPower, kWriter, SyncMethod::Dsync, 5'000, 1},
             Case{"power-caller-fdatasync-batch-1", kPower, kCaller, SyncMethod::Fdatasync, 5'000, 1},
             Case{"power-caller-dsync-batch-1", kPower, kCaller, SyncMethod::Dsync, 5'000, 1},
             Case{"power-caller-dsync-batch-16", kPower, kCaller, SyncMethod::Dsync, 80'000, 16},
             Case{"power-writer-natural-batches", kPower, kWriter, SyncMethod::Measure, 500'000, 0},
         }) {
        run(directory, how);
    }
    std::filesystem::remove_all(directory);
    return 0;
}
