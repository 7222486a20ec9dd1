#include <gtest/gtest.h>

#include <filesystem>

#include "persistence/projection/postgres_link.hpp"
#include "persistence/projection/projector.hpp"
#include "tests/persistence/journal/test_journal.hpp"
#include "tests/persistence/projection/expected.hpp"
#include "tests/persistence/projection/postgres_server.hpp"
#include "tests/persistence/projection/projecting.hpp"
#include "tests/persistence/projection/random_day.hpp"

namespace penstock::projection {
namespace {

class Postgres : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (PostgresServer::why_not().empty()) server = std::make_unique<PostgresServer>();
    }
    static void TearDownTestSuite() { server.reset(); }
    void SetUp() override {
        if (!server) GTEST_SKIP() << "SKIPPED: " << PostgresServer::why_not();
        settings = server->settings_of_new_database();
    }

    void trade(std::uint64_t seed, std::uint64_t records) {
        std::filesystem::remove_all(folder.path());
        RandomDay day(journal_in(journal.directory), seed);
        day.trade_until(records);
        day.close();
    }
    PostgresRows ask(const std::string& sql) const {
        PostgresLink link(Duration::seconds(5));
        EXPECT_FALSE(link.connect(settings.postgres));
        PostgresRows rows;
        const Outcome outcome = link.execute(sql, &rows);
        EXPECT_FALSE(outcome) << outcome->text;
        return rows;
    }

    static std::unique_ptr<PostgresServer> server;
    persistence::TemporaryDirectory folder{persistence::Where::Memory};
    persistence::JournalSettings journal = journal_in(folder.path() / "journal");
    Settings settings;
};
std::unique_ptr<PostgresServer> Postgres::server;

TEST_F(Postgres, RandomDaysAreInItAsHistoryTellsThem) {
    for (std::uint64_t seed = 21; seed <= 23; ++seed) {
        trade(seed, 3000);
        settings = server->settings_of_new_database();
        project(journal, settings,
                {.batch_records = 1 + (seed - 20) * 97, .step_records = 700, .memory_records = 700});
        ASSERT_EQ(difference(expected_rows(journal), rows_of_postgres(settings)), "") << "seed " << seed;
    }
}

TEST_F(Postgres, DaysArePartitions) {
    trade(24, 3000);
    project(journal, settings, {});
    const auto rows =
        ask("SELECT count(*) FROM pg_inherits WHERE inhparent = 'penstock.order_events'::regclass");
    EXPECT_GT(std::stoi(rows.at(0).at(0)), 2);
    // Numbers are numbers there.
    const auto sums =
        ask("SELECT sum(net_quantity) = (SELECT sum(bought) + sum(sold) FROM penstock.positions)"
            " FROM penstock.executions");
    EXPECT_EQ(sums.at(0).at(0), "t");
}

TEST_F(Postgres, ABatchOfBeforeChangesNothingAndOneWithAGapIsRefused) {
    trade(25, 1000);
    project(journal, settings, {});
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    EXPECT_FALSE(store->apply(batch_of(journal, 1, 900)));
    const Outcome outcome = store->apply(batch_of(journal, 900, 5000));
    EXPECT_EQ(difference(expected_rows(journal), rows_of_postgres(settings)), "");
    // That one ended where the journal ends: it was in, too.
    EXPECT_FALSE(outcome);
    ask("UPDATE penstock.watermark SET seq = 10");
    const Outcome gap = store->apply(batch_of(journal, 500, 600));
    ASSERT_TRUE(gap);
    EXPECT_EQ(gap->kind, StoreProblem::Kind::Overtaken);
}

TEST_F(Postgres, AServerThatIsKilledIsFoundAgain) {
    trade(26, 4000);
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    std::uint64_t next_kill = 700;
    const Projector* running = nullptr;
    const auto kill_now_and_then = [&] {
        if (running->last().value < next_kill) return false;
        next_kill += 1300;
        server->kill();
        return false;
    };
    Projector projector =
        projector_of(journal, *store, {.batch_records = 100, .step_records = 600, .memory_records = 600},
                     nullptr, kill_now_and_then);
    running = &projector;
    ASSERT_FALSE(projector.begin());
    int failures = 0;
    for (std::uint64_t records = 1; records > 0;) {
        Outcome problem = projector.advance(records);
        if (!problem) continue;
        ASSERT_EQ(problem->kind, StoreProblem::Kind::Unavailable) << problem->text;
        ++failures;
        records = 1;
        server->start();
        // A server that recovers says so, and is asked again.
        do problem = store->open(Timestamp{1});
        while (problem && problem->kind == StoreProblem::Kind::Unavailable);
        ASSERT_FALSE(problem) << problem->text;
        ASSERT_FALSE(projector.begin());
    }
    EXPECT_EQ(failures, 3);
    EXPECT_EQ(difference(expected_rows(journal), rows_of_postgres(settings)), "");
}

TEST_F(Postgres, WhoHoldsALockIsNotWaitedForLongerThanTheDeadline) {
    trade(27, 500);
    settings.deadline = Duration::milliseconds(1500);
    const auto store = make_store(settings, Place::InUse);
    ASSERT_FALSE(store->open(Timestamp{1}));
    Projector projector = projector_of(journal, *store, {});
    ASSERT_FALSE(projector.begin());
    PostgresLink other(Duration::seconds(5));
    ASSERT_FALSE(other.connect(settings.postgres));
    ASSERT_FALSE(other.execute("BEGIN; LOCK TABLE penstock.orders"));
    std::uint64_t records = 0;
    const Outcome problem = projector.advance(records);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->kind, StoreProblem::Kind::Unavailable) << problem->text;
    ASSERT_FALSE(other.execute("ROLLBACK"));
    ASSERT_FALSE(store->open(Timestamp{1}));
    ASSERT_FALSE(projector.begin());
    advance_to_end(projector);
    EXPECT_EQ(difference(expected_rows(journal), rows_of_postgres(settings)), "");
}

TEST_F(Postgres, AServerThatSaysNothingIsGivenUp) {
    PostgresLink link(Duration::seconds(1));
    ASSERT_FALSE(link.connect(settings.postgres));
    const Outcome problem = link.execute("SELECT pg_sleep(30)");
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->kind, StoreProblem::Kind::Unavailable);
    EXPECT_NE(problem->text.find("does not answer within 1 s"), std::string::npos) << problem->text;
    EXPECT_FALSE(link.is_open());
}

TEST_F(Postgres, NoServerIsSaid) {
    settings.postgres = "host=" + folder.path().string() + " port=1 user=penstock dbname=x";
    const auto store = make_store(settings, Place::InUse);
    const Outcome problem = store->open(Timestamp{1});
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->kind, StoreProblem::Kind::Unavailable);
}

TEST_F(Postgres, AForeignSchemaIsRefused) {
    {
        const auto store = make_store(settings, Place::InUse);
        ASSERT_FALSE(store->open(Timestamp{1}));
    }
    ask("INSERT INTO penstock.schema_migrations VALUES (9, '0009_later.sql', 'x', 1)");
    const Outcome problem = make_store(settings, Place::InUse)->open(Timestamp{1});
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->kind, StoreProblem::Kind::Refused);
    EXPECT_NE(problem->text.find("version 9"), std::string::npos) << problem->text;
}

TEST_F(Postgres, ARebuildTakesTheOldOnesPlaceAtOnce) {
    trade(28, 1000);
    project(journal, settings, {});
    ask("DELETE FROM penstock.orders; UPDATE penstock.executions SET account = 'WRONG'");
    rebuild(journal, settings);
    EXPECT_EQ(difference(expected_rows(journal), rows_of_postgres(settings)), "");
    EXPECT_EQ(ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'penstock_rebuild'").at(0).at(0), "0");
}

}  // namespace
}  // namespace penstock::projection
