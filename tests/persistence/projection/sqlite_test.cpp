#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "persistence/projection/projector.hpp"
#include "persistence/projection/schema.hpp"
#include "persistence/projection/settings.hpp"
#include "tests/persistence/journal/test_journal.hpp"
#include "tests/persistence/projection/expected.hpp"
#include "tests/persistence/projection/projecting.hpp"
#include "tests/persistence/projection/random_day.hpp"

namespace penstock::projection {
namespace {

std::string all_of(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += line;
    return all;
}

class Sqlite : public testing::Test {
  protected:
    Sqlite() {
        settings.sqlite = folder.path() / "penstock.db";
        settings.deadline = Duration::milliseconds(50);
    }

    std::string file() const { return settings.sqlite.string(); }
    void execute(const std::string& sql) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }
    StoreProblem problem_of_open() const {
        const auto store = make_store(settings, Place::InUse);
        const Outcome outcome = store->open(Timestamp{1});
        return outcome.value_or(StoreProblem{});
    }

    persistence::TemporaryDirectory folder{persistence::Where::Memory};
    persistence::JournalSettings journal = journal_in(folder.path() / "journal");
    Settings settings;
};

TEST_F(Sqlite, ColumnsAreThoseOfTheRows) {
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
    for (const Table table : kTables) {
        const TableShape& shape = shape_of(table);
        std::string wanted;
        for (const TableColumn& column : shape.columns) {
            constexpr std::array kTypes{"BIGINT", "TEXT", "TEXT", "BLOB", "BOOLEAN"};
            wanted += std::string(column.name) + " " + kTypes[static_cast<std::size_t>(column.type)] +
                      (column.is_key ? " key" : "") + "\n";
        }
        std::string found;
        sqlite3_stmt* statement = nullptr;
        const std::string sql = "PRAGMA table_info(\"" + std::string(shape.name) + "\")";
        ASSERT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr), SQLITE_OK);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const auto text = [&](int at) {
                return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, at)));
            };
            const bool is_key = sqlite3_column_int(statement, 5) != 0;
            EXPECT_EQ(sqlite3_column_int(statement, 3) != 0, is_key) << "a key is NOT NULL, and only a key";
            found += text(1) + " " + text(2) + (is_key ? " key" : "") + "\n";
        }
        sqlite3_finalize(statement);
        EXPECT_EQ(found, wanted) << "of " << shape.name << ": a new column needs a new file in spec/sql";
    }
    sqlite3_close(database);
}

TEST_F(Sqlite, RandomDaysAreInItAsHistoryTellsThem) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        std::filesystem::remove_all(folder.path());
        RandomDay day(journal, seed);
        day.trade_until(4000);
        day.close();
        project(
            journal, settings, {.batch_records = 1 + seed * 37, .step_records = 700, .memory_records = 700});
        ASSERT_EQ(difference(expected_rows(journal), rows_of_sqlite(file())), "") << "seed " << seed;
        // A day without these would show little.
        const std::string all = all_of(rows_of_sqlite(file())[1]);
        for (const char* kind : {"|Trade|", "|Bust|", "|Reversal|", "|Correction|"})
            EXPECT_NE(all.find(kind), std::string::npos) << kind << " of seed " << seed;
    }
}

TEST_F(Sqlite, ABatchOfBeforeChangesNothing) {
    RandomDay day(journal, 7);
    day.trade_until(2000);
    day.close();
    project(journal, settings, {});
    // Folded again from the first record by somebody who does not know that it is all there.
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    Batch batch = batch_of(journal, 1, 2000);
    EXPECT_FALSE(store->apply(batch));
    EXPECT_EQ(difference(expected_rows(journal), rows_of_sqlite(file())), "");
}

TEST_F(Sqlite, ABatchWithAGapBeforeItIsRefused) {
    RandomDay day(journal, 8);
    day.trade_until(500);
    day.close();
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    Mark mark;
    ASSERT_FALSE(store->read_mark(identity_of(journal).uuid, mark));
    const Outcome outcome = store->apply(batch_of(journal, 100, 200));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->kind, StoreProblem::Kind::Overtaken);
    EXPECT_TRUE(rows_of_sqlite(file())[0].empty());
}

TEST_F(Sqlite, GoesOnWhileTheJournalGrows) {
    RandomDay day(journal, 9);
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    day.trade_until(100);
    Projector projector =
        projector_of(journal, *store, {.batch_records = 50, .step_records = 300, .memory_records = 300});
    ASSERT_FALSE(projector.begin());
    for (std::uint64_t records = 100; records <= 2000; records += 100) {
        day.trade_until(records);
        advance_to_end(projector);
    }
    day.close();
    advance_to_end(projector);
    EXPECT_EQ(projector.last().value, day.records());
    EXPECT_EQ(difference(expected_rows(journal), rows_of_sqlite(file())), "");
}

TEST_F(Sqlite, GoesOnFromWhatWasLearnedOrFromTheFirstRecord) {
    for (const bool is_forgotten : {false, true}) {
        std::filesystem::remove_all(folder.path());
        RandomDay day(journal, 10);
        day.trade_until(1500);
        day.close();
        Bounds bounds{.batch_records = 90, .step_records = 400, .memory_records = 400};
        project(journal, settings, bounds, [n = 0]() mutable { return ++n > 9; });
        if (is_forgotten) std::filesystem::remove_all(memory_of(journal));
        project(journal, settings, bounds);
        EXPECT_EQ(difference(expected_rows(journal), rows_of_sqlite(file())), "");
    }
}

TEST_F(Sqlite, DamagedMemoryIsNotUsed) {
    RandomDay day(journal, 11);
    day.trade_until(1500);
    day.close();
    Bounds bounds{.batch_records = 90, .step_records = 400, .memory_records = 400};
    project(journal, settings, bounds, [n = 0]() mutable { return ++n > 12; });
    for (const auto& entry : std::filesystem::directory_iterator(memory_of(journal))) {
        std::string bytes = persistence::read_file(entry.path());
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        persistence::write_file(entry.path(), bytes);
    }
    const auto notes = project(journal, settings, bounds);
    ASSERT_FALSE(notes.empty());
    EXPECT_NE(notes[0].find("damaged"), std::string::npos) << notes[0];
    EXPECT_EQ(difference(expected_rows(journal), rows_of_sqlite(file())), "");
}

TEST_F(Sqlite, LockedIsSaidAndTriedAgain) {
    RandomDay day(journal, 12);
    day.trade_until(800);
    day.close();
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    Projector projector = projector_of(journal, *store, {});
    ASSERT_FALSE(projector.begin());
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    std::uint64_t records = 0;
    const Outcome locked = projector.advance(records);
    ASSERT_TRUE(locked);
    EXPECT_EQ(locked->kind, StoreProblem::Kind::Unavailable);
    EXPECT_NE(locked->text.find("locked by another process"), std::string::npos) << locked->text;
    sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    ASSERT_FALSE(store->open(Timestamp{1}));
    ASSERT_FALSE(projector.begin());
    advance_to_end(projector);
    EXPECT_EQ(difference(expected_rows(journal), rows_of_sqlite(file())), "");
}

TEST_F(Sqlite, ATruncatedFileIsRefusedAndRebuilt) {
    RandomDay day(journal, 13);
    day.trade_until(1500);
    day.close();
    project(journal, settings, {});
    const auto size = std::filesystem::file_size(settings.sqlite);
    std::filesystem::resize_file(settings.sqlite, size / 2);
    const StoreProblem problem = problem_of_open();
    EXPECT_EQ(problem.kind, StoreProblem::Kind::Refused);
    EXPECT_NE(problem.text.find("penstock projection rebuild"), std::string::npos) << problem.text;
    rebuild(journal, settings);
    EXPECT_EQ(difference(expected_rows(journal), rows_of_sqlite(file())), "");
    EXPECT_TRUE(std::filesystem::exists(file() + ".damaged"));
}

TEST_F(Sqlite, NoDatabaseAtAllIsRefused) {
    persistence::write_file(settings.sqlite, std::string(8192, 'x'));
    const StoreProblem problem = problem_of_open();
    EXPECT_EQ(problem.kind, StoreProblem::Kind::Refused);
    EXPECT_NE(problem.text.find("damaged"), std::string::npos) << problem.text;
}

TEST_F(Sqlite, AForeignSchemaIsRefused) {
    ASSERT_EQ(problem_of_open().text, "");
    execute("INSERT INTO schema_migrations VALUES (9, '0009_later.sql', 'x', 1)");
    StoreProblem problem = problem_of_open();
    EXPECT_EQ(problem.kind, StoreProblem::Kind::Refused);
    EXPECT_NE(problem.text.find("version 9"), std::string::npos) << problem.text;
    execute("DELETE FROM schema_migrations WHERE version = 9; UPDATE schema_migrations SET sha256 = 'x'");
    problem = problem_of_open();
    EXPECT_EQ(problem.kind, StoreProblem::Kind::Refused);
    EXPECT_NE(problem.text.find("not the one of this program"), std::string::npos) << problem.text;
}

TEST_F(Sqlite, AnotherJournalIsRefused) {
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    Mark mark;
    ASSERT_FALSE(store->read_mark({1}, mark));
    const Outcome outcome = store->read_mark({2}, mark);
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->kind, StoreProblem::Kind::Refused);
}

TEST_F(Sqlite, ARebuildTakesTheOldOnesPlaceAtOnce) {
    RandomDay day(journal, 14);
    day.trade_until(1000);
    day.close();
    project(journal, settings, {});
    execute("DELETE FROM orders; UPDATE executions SET account = 'WRONG'");
    // A reader that is in the middle of the old one goes on seeing it.
    sqlite3* reader = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &reader), SQLITE_OK);
    const auto orders = [&] {
        int count = -1;
        sqlite3_exec(
            reader, "SELECT count(*) FROM orders",
            [](void* to, int, char** values, char**) {
                *static_cast<int*>(to) = std::stoi(values[0]);
                return 0;
            },
            &count, nullptr);
        return count;
    };
    sqlite3_exec(reader, "BEGIN", nullptr, nullptr, nullptr);
    EXPECT_EQ(orders(), 0);
    rebuild(journal, settings);
    EXPECT_EQ(orders(), 0);
    sqlite3_exec(reader, "COMMIT", nullptr, nullptr, nullptr);
    EXPECT_GT(orders(), 0);
    sqlite3_close(reader);
    EXPECT_EQ(difference(expected_rows(journal), rows_of_sqlite(file())), "");
}

}  // namespace
}  // namespace penstock::projection
