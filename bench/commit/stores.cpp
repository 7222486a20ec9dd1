#include "bench/commit/stores.hpp"

#include <fcntl.h>

#include <cstdio>
#include <cstdlib>

#include "persistence/journal/disk.hpp"
#include "persistence/journal/segment_journal.hpp"
#include "persistence/projection/postgres_link.hpp"
#include "persistence/projection/sqlite_database.hpp"
#include "tests/persistence/journal/random_record.hpp"

namespace penstock::bench {
namespace {

namespace fs = std::filesystem;
using projection::Outcome;

constexpr Duration kDeadline = Duration::seconds(60);

void must(bool good, const char* what) {
    if (good) return;
    std::fprintf(stderr, "bench_commit: INVALID: %s\n", what);
    std::exit(1);
}
void must(const Outcome& outcome) {
    if (outcome) must(false, outcome->text.c_str());
}

class Raw final : public Store {
  public:
    explicit Raw(const fs::path& folder) {
        must(persistence::open_file(folder / "raw", O_RDWR | O_CREAT, fd_) == 0,
             "the raw file cannot be made");
        must(persistence::write_zeros(fd_.get(), 0, kBytes) == 0 && persistence::sync_data(fd_.get()) == 0,
             "the raw file cannot be filled");
    }
    const char* name() const override { return "raw write + fdatasync"; }
    void commit(std::uint64_t records) override {
        bytes_.resize(records * record_bytes().size(), 'x');
        if (at_ + bytes_.size() > kBytes) at_ = 0;
        must(persistence::write_at(fd_.get(), bytes_.data(), bytes_.size(), at_) == 0 &&
                 persistence::sync_data(fd_.get()) == 0,
             "the raw file cannot be written");
        at_ += bytes_.size();
    }

  private:
    static constexpr std::uint64_t kBytes = std::uint64_t{64} << 20U;
    persistence::Fd fd_;
    std::string bytes_;
    std::uint64_t at_ = 0;
};

class Journal final : public Store {
  public:
    explicit Journal(const fs::path& folder) : record_(persistence::new_order_record(1)) {
        persistence::JournalSettings settings;
        settings.directory = folder / "journal";
        settings.note = [](std::string_view) {};
        opened_ = persistence::SegmentJournal::open(settings);
        must(opened_.journal != nullptr, opened_.error.text.c_str());
        must(!opened_.journal->recover({}).error, "the journal was refused");
    }
    const char* name() const override { return "Penstock's journal, power"; }
    void commit(std::uint64_t records) override {
        persistence::SegmentJournal& journal = *opened_.journal;
        for (std::uint64_t i = 0; i < records; ++i) {
            record_.input.seq = Seq{next_++};
            journal.append(persistence::view_of(record_));
        }
        journal.flush();
        while (journal.durable() < journal.last()) journal.flush();
    }

  private:
    persistence::SegmentJournal::Opened opened_;
    oms::Record record_;
    std::uint64_t next_ = 1;
};

class Sqlite final : public Store {
  public:
    explicit Sqlite(const fs::path& folder) {
        must(database_.open(folder / "records.db", kDeadline));
        must(database_.execute(
            "PRAGMA synchronous=FULL; CREATE TABLE record (seq INTEGER PRIMARY KEY, bytes BLOB)"));
        must(database_.prepare("BEGIN IMMEDIATE", begin_));
        must(database_.prepare("COMMIT", commit_));
        must(database_.prepare("INSERT INTO record VALUES (?, ?)", insert_));
    }
    const char* name() const override { return "SQLite, WAL, FULL"; }
    void commit(std::uint64_t records) override {
        run(begin_);
        for (std::uint64_t i = 0; i < records; ++i) {
            insert_.bind(1, static_cast<std::int64_t>(next_++));
            insert_.bind_bytes(2, record_bytes());
            run(insert_);
        }
        run(commit_);
    }

  private:
    static void run(projection::SqliteStatement& statement) {
        constexpr int kDone = 101;  // SQLITE_DONE
        must(statement.step() == kDone, "SQLite refused a statement");
        statement.reset();
    }
    projection::SqliteDatabase database_;
    projection::SqliteStatement begin_;
    projection::SqliteStatement commit_;
    projection::SqliteStatement insert_;
    std::uint64_t next_ = 1;
};

class Postgres final : public Store {
  public:
    explicit Postgres(const std::string& connection) : link_(kDeadline), text_(record_bytes().size(), 'x') {
        must(link_.connect(connection));
        must(link_.execute(
            "SET synchronous_commit = on; DROP TABLE IF EXISTS record;"
            " CREATE TABLE record (seq BIGINT PRIMARY KEY, bytes TEXT)"));
    }
    const char* name() const override { return "PostgreSQL 15, synchronous_commit"; }
    void commit(std::uint64_t records) override {
        sql_ = "INSERT INTO record VALUES ";
        for (std::uint64_t i = 0; i < records; ++i)
            sql_.append(i == 0 ? "(" : ",(")
                .append(std::to_string(next_++))
                .append(",'")
                .append(text_)
                .append("')");
        must(link_.execute(sql_));
    }

  private:
    projection::PostgresLink link_;
    std::string text_;
    std::string sql_;
    std::uint64_t next_ = 1;
};

}  // namespace

std::string_view record_bytes() {
    static const std::string bytes = persistence::encoded(persistence::new_order_record(1));
    return bytes;
}

std::unique_ptr<Store> make_raw(const fs::path& folder) { return std::make_unique<Raw>(folder); }
std::unique_ptr<Store> make_journal(const fs::path& folder) { return std::make_unique<Journal>(folder); }
std::unique_ptr<Store> make_sqlite(const fs::path& folder) { return std::make_unique<Sqlite>(folder); }
std::unique_ptr<Store> make_postgres(const std::string& connection) {
    return std::make_unique<Postgres>(connection);
}

}  // namespace penstock::bench
