// How many rows a second a projection takes in, beside a bare loop of INSERTs of as many rows with as many
// bytes into one table of the same database in the same round; and how far it is behind a journal that is
// being written. PostgreSQL is measured where PENSTOCK_BENCH_POSTGRES says how to reach one.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bench/recovery/day.hpp"
#include "bench/support/clock.hpp"
#include "bench/support/histogram.hpp"
#include "bench/support/rounds.hpp"
#include "bench/support/summary.hpp"
#include "persistence/projection/postgres_link.hpp"
#include "persistence/projection/projector.hpp"
#include "persistence/projection/settings.hpp"
#include "persistence/projection/sqlite_database.hpp"

namespace penstock::bench {
namespace {

namespace fs = std::filesystem;
using projection::Outcome;
using projection::Place;
using projection::Projector;

constexpr std::uint64_t kRecords = 300'000;
constexpr std::uint64_t kQuickRecords = 20'000;
constexpr std::uint64_t kRowsOfTransaction = 4096;
constexpr int kRounds = 3;
constexpr std::uint64_t kLoads[] = {1'000, 5'000, 10'000};  // records a second
constexpr double kLoadSeconds = 5;
constexpr int kPollJournal_us = 50'000;  // as penstock projection run

void must(const Outcome& outcome) {
    if (!outcome) return;
    std::fprintf(stderr, "bench_projection: INVALID: %s\n", outcome->text.c_str());
    std::exit(1);
}

double seconds_since(std::int64_t start) { return static_cast<double>(now_ns() - start) / 1e9; }

persistence::JournalSettings journal_in(const fs::path& folder) {
    fs::create_directories(folder);
    persistence::JournalSettings made;
    made.directory = folder;
    made.durability = persistence::Durability::Process;
    return made;
}

struct Figures {
    std::vector<double> rows_per_second;
    std::vector<double> ratios;
    std::map<std::uint64_t, Histogram> lags;  // by load
};

class Bench {
  public:
    Bench(fs::path folder, std::uint64_t records) : folder_(std::move(folder)), records_(records) {
        journal_ = journal_in(folder_ / "journal");
        Day day(journal_, Shape::Day);
        day.trade_until(records_);
    }
    ~Bench() { fs::remove_all(folder_); }

    void measure(const std::string& name, const projection::Settings& settings) {
        Figures& figures = figures_[name];
        const std::int64_t start = now_ns();
        const auto store = make_store(settings, Place::Aside);
        must(store->open(Timestamp{1}));
        Projector projector = projector_of(journal_, *store, "memory");
        must(projector.begin());
        std::uint64_t records = 1;
        while (records > 0) must(projector.advance(records));
        const double seconds = seconds_since(start);
        const double bare = settings.sqlite.empty() ? bare_postgres(settings, projector.rows())
                                                    : bare_sqlite(settings, projector.rows());
        figures.rows_per_second.push_back(static_cast<double>(projector.rows()) / seconds);
        figures.ratios.push_back(bare / seconds);
        fs::remove_all(folder_ / "memory");
    }

    void measure_lag(const std::string& name, const projection::Settings& settings, std::uint64_t load);

    void print() const {
        Table table({"database", "rows/s", "of a bare INSERT loop", "records/s written: lag p50, p99 ms"});
        for (const auto& [name, figures] : figures_) {
            std::string lags;
            for (const auto& [load, histogram] : figures.lags)
                lags += std::to_string(load) + ": " +
                        to_text(static_cast<double>(histogram.quantile(0.5)) / 1e6, 0) + ", " +
                        to_text(static_cast<double>(histogram.quantile(0.99)) / 1e6, 0) + "; ";
            table.add({name, to_text(summarize(figures.rows_per_second), 0),
                       to_text(summarize(figures.ratios), 2), lags});
        }
        table.print();
    }

  private:
    Projector projector_of(const persistence::JournalSettings& journal, projection::Store& store,
                           const char* memory) const {
        return Projector(
            {journal, store, projection::MemoryStore(folder_ / memory), {}, [](std::string_view) {}, {}});
    }

    /// Some 300 bytes, as a row of a day has on average.
    static std::string value() { return std::string(300, 'x'); }

    double bare_sqlite(const projection::Settings& settings, std::uint64_t rows) const {
        const fs::path file = settings.sqlite.string() + ".bare";
        const std::int64_t start = now_ns();
        {
            projection::SqliteDatabase database;
            must(database.open(file, settings.deadline));
            must(database.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, value TEXT); BEGIN"));
            projection::SqliteStatement insert;
            must(database.prepare("INSERT INTO bare VALUES (?, ?)", insert));
            const std::string text = value();
            for (std::uint64_t i = 1; i <= rows; ++i) {
                insert.bind(1, static_cast<std::int64_t>(i));
                insert.bind(2, std::string_view(text));
                insert.step();
                insert.reset();
                if (i % kRowsOfTransaction == 0) must(database.execute("COMMIT; BEGIN"));
            }
            must(database.execute("COMMIT"));
        }
        const double seconds = seconds_since(start);
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file.string() + suffix);
        return seconds;
    }

    /// One statement, one answer, for every row; of a tenth of the rows, times ten, because it takes so long.
    static double bare_postgres(const projection::Settings& settings, std::uint64_t rows) {
        constexpr std::uint64_t kPart = 10;
        projection::PostgresLink link(settings.deadline);
        must(link.connect(settings.postgres));
        must(link.execute(
            "DROP TABLE IF EXISTS bare; CREATE TABLE bare (id BIGINT PRIMARY KEY, value TEXT);"
            " SET synchronous_commit = local; PREPARE put AS INSERT INTO bare VALUES ($1, $2)"));
        const std::int64_t start = now_ns();
        must(link.execute("BEGIN"));
        const std::string text = value();
        for (std::uint64_t i = 1; i <= rows / kPart; ++i) {
            must(link.execute("EXECUTE put(" + std::to_string(i) + ", '" + text + "')"));
            if (i % kRowsOfTransaction == 0) must(link.execute("COMMIT; BEGIN"));
        }
        must(link.execute("COMMIT"));
        return seconds_since(start) * kPart;
    }

    fs::path folder_;
    std::uint64_t records_;
    persistence::JournalSettings journal_;
    std::map<std::string, Figures> figures_;
};

/// When the journal got which record; every five milliseconds one is noted.
struct Written {
    struct Tick {
        std::uint64_t seq;
        std::int64_t at_ns;
    };
    std::mutex mutex;
    std::deque<Tick> ticks;
};

void write_at_rate(const persistence::JournalSettings& journal, std::uint64_t load, Written& written) {
    constexpr int kTick_us = 5'000;
    Day day(journal, Shape::Day);
    const std::int64_t start = now_ns();
    std::uint64_t seq = 100;
    for (double passed = 0; passed < kLoadSeconds; passed = seconds_since(start)) {
        seq = 100 + static_cast<std::uint64_t>(passed * static_cast<double>(load));
        const std::int64_t at = now_ns();
        day.trade_until(seq);
        const std::lock_guard guard(written.mutex);
        written.ticks.push_back({seq, at});
        ::usleep(kTick_us);
    }
}

void Bench::measure_lag(const std::string& name, const projection::Settings& settings, std::uint64_t load) {
    const auto journal = journal_in(folder_ / ("lag-" + name + std::to_string(load)));
    Written written;
    std::thread writer([&] { write_at_rate(journal, load, written); });
    while (!fs::exists(journal.directory / "HEAD")) ::usleep(1'000);
    const auto store = make_store(settings, Place::Aside);
    must(store->open(Timestamp{1}));
    Projector projector = projector_of(journal, *store, "memory-lag");
    must(projector.begin());
    Histogram& lags = figures_[name].lags[load];
    const std::int64_t start = now_ns();
    while (seconds_since(start) < kLoadSeconds) {
        std::uint64_t records = 0;
        must(projector.advance(records));
        if (records == 0) ::usleep(kPollJournal_us);
        const std::int64_t now = now_ns();
        const std::lock_guard guard(written.mutex);
        while (!written.ticks.empty() && written.ticks.front().seq <= projector.last().value) {
            lags.record(now - written.ticks.front().at_ns);
            written.ticks.pop_front();
        }
    }
    writer.join();
    // What still waits is as old as it is, at least.
    for (const auto& tick : written.ticks) lags.record(now_ns() - tick.at_ns);
}

int run(int argc, char** argv) {
    const int asked = rounds_of(argc, argv, "bench_projection");
    const bool is_quick = argc > 1 && std::string_view(argv[1]) == "--quick";
    std::string name = (fs::temp_directory_path() / "penstock-bench-XXXXXX").string();
    const fs::path folder = ::mkdtemp(name.data());
    Bench bench(folder, is_quick ? kQuickRecords : kRecords);
    std::vector<std::pair<std::string, projection::Settings>> databases(1);
    databases[0].first = "SQLite";
    databases[0].second.sqlite = folder / "penstock.db";
    if (const char* connection = std::getenv("PENSTOCK_BENCH_POSTGRES")) {
        databases.emplace_back("PostgreSQL", projection::Settings{});
        databases.back().second.postgres = connection;
    } else {
        std::printf("PostgreSQL: SKIPPED: PENSTOCK_BENCH_POSTGRES does not say how to reach one\n");
    }
    for (const auto& [database, settings] : databases) {
        for (int round = 0; round < std::min(asked, kRounds); ++round) bench.measure(database, settings);
        for (const std::uint64_t load : kLoads) bench.measure_lag(database, settings, load);
    }
    bench.print();
    return 0;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) { return penstock::bench::run(argc, argv); }
