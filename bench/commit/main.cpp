// How long 1, 16 and 128 waiters wait until their records survive a loss of power, and how many records a
// second that makes: the journal beside the disk's own rate, SQLite and PostgreSQL, all with the same bytes
// on the same disk. Every waiter has one record; all wait for one commit, and hand in the next when it is
// there. The stores take turns in each round. PostgreSQL is measured where PENSTOCK_BENCH_POSTGRES says how
// to reach one (tools/with_postgres starts one).
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <vector>

#include "bench/commit/stores.hpp"
#include "bench/support/clock.hpp"
#include "bench/support/histogram.hpp"
#include "bench/support/rounds.hpp"
#include "bench/support/summary.hpp"

namespace penstock::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kWaiters[] = {1, 16, 128};
constexpr std::int64_t kTurn_ns = 700'000'000;
constexpr std::int64_t kQuickTurn_ns = 50'000'000;

struct Cell {
    std::vector<double> records_per_second;
    std::vector<double> of_raw;
    std::vector<double> p50_us;
    std::vector<double> p99_us;
};

/// A turn of one store. Records a second.
double measure(Store& store, std::uint64_t waiters, std::int64_t turn_ns, Cell& cell) {
    Histogram waits;
    std::uint64_t records = 0;
    store.commit(waiters);
    const std::int64_t start = now_ns();
    for (std::int64_t now = start; now - start < turn_ns;) {
        store.commit(waiters);
        const std::int64_t done = now_ns();
        waits.record(done - now);
        now = done;
        records += waiters;
    }
    const double rate = static_cast<double>(records) * 1e9 / static_cast<double>(now_ns() - start);
    const Percentiles of_waits = percentiles(waits);
    cell.records_per_second.push_back(rate);
    cell.p50_us.push_back(of_waits.p50);
    cell.p99_us.push_back(of_waits.p99);
    return rate;
}

int run(int argc, char** argv) {
    const int rounds = rounds_of(argc, argv, "bench_commit");
    const bool is_quick = argc > 1 && std::string_view(argv[1]) == "--quick";
    const fs::path folder = fs::current_path() / ("bench-commit-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    std::vector<std::unique_ptr<Store>> stores;
    stores.push_back(make_raw(folder));
    stores.push_back(make_journal(folder));
    stores.push_back(make_sqlite(folder));
    if (const char* connection = std::getenv("PENSTOCK_BENCH_POSTGRES"))
        stores.push_back(make_postgres(connection));
    else
        std::printf("PostgreSQL: SKIPPED: PENSTOCK_BENCH_POSTGRES does not say how to reach one\n");
    std::map<std::pair<std::uint64_t, std::size_t>, Cell> cells;
    for (int round = 0; round < rounds; ++round)
        for (const std::uint64_t waiters : kWaiters) {
            double raw = 0;
            for (std::size_t at = 0; at < stores.size(); ++at) {
                Cell& cell = cells[{waiters, at}];
                const double rate = measure(*stores[at], waiters, is_quick ? kQuickTurn_ns : kTurn_ns, cell);
                if (at == 0) raw = rate;
                cell.of_raw.push_back(rate / raw);
            }
        }
    std::printf("%zu bytes a record, %d rounds\n", record_bytes().size(), rounds);
    Table table({"waiters", "store", "k records/s", "of the raw rate", "commit p50 us", "p99 us"});
    for (const auto& [key, cell] : cells) {
        std::vector<double> thousands = cell.records_per_second;
        for (double& rate : thousands) rate /= 1e3;
        table.add({std::to_string(key.first), stores[key.second]->name(), to_text(summarize(thousands), 1),
                   to_text(summarize(cell.of_raw), 2) + "x", to_text(summarize(cell.p50_us), 0),
                   to_text(summarize(cell.p99_us), 0)});
    }
    table.print();
    stores.clear();
    fs::remove_all(folder);
    return 0;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) { return penstock::bench::run(argc, argv); }
