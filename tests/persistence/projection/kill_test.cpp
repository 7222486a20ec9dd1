#include <gtest/gtest.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>

#include "tests/persistence/journal/test_journal.hpp"
#include "tests/persistence/projection/expected.hpp"
#include "tests/persistence/projection/postgres_server.hpp"
#include "tests/persistence/projection/projecting.hpp"
#include "tests/persistence/projection/random_day.hpp"

namespace penstock::projection {
namespace {

constexpr Bounds kSmall{.batch_records = 40, .step_records = 300, .memory_records = 300};

enum class Ended : std::uint8_t { AtTheEnd, Killed, Failed };

/// A projector in a process of its own, which is gone after that time, wherever it was: a timer whose signal
/// nobody handles ends a process as SIGKILL does, at the microsecond.
Ended live(const persistence::JournalSettings& journal, const Settings& settings, long microseconds) {
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGALRM, SIG_DFL);
        const itimerval timer{{}, {0, microseconds}};
        ::setitimer(ITIMER_REAL, &timer, nullptr);
        project(journal, settings, kSmall);
        ::_exit(testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) return Ended::Killed;
    return WEXITSTATUS(status) == 0 ? Ended::AtTheEnd : Ended::Failed;
}

/// Lives, killed at random moments, until one of them reaches the end. How many were killed.
int kill_often(const persistence::JournalSettings& journal, const Settings& settings, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    int killed = 0;
    // Later ones live longer: one that opens a database takes a while before it does anything.
    for (long longest = 20'000; longest < 900'000; longest += 3'000) {
        const Ended ended = live(
            journal, settings, 1'000 + static_cast<long>(random() % static_cast<std::uint64_t>(longest)));
        EXPECT_NE(ended, Ended::Failed);
        if (ended != Ended::Killed) break;
        ++killed;
    }
    testing::Test::RecordProperty("killed", killed);
    return killed;
}

class Kill : public testing::Test {
  protected:
    void trade(std::uint64_t seed, std::uint64_t records) const {
        RandomDay day(journal_in(journal.directory), seed);
        day.trade_until(records);
        day.close();
    }
    persistence::TemporaryDirectory folder{persistence::Where::Memory};
    persistence::JournalSettings journal = journal_in(folder.path() / "journal");
};

TEST_F(Kill, SqliteHasEverythingOnceAfterKillsAtRandomMoments) {
    trade(31, 6000);
    Settings settings;
    settings.sqlite = folder.path() / "penstock.db";
    EXPECT_GE(kill_often(journal, settings, 1), 3);
    project(journal, settings, kSmall);
    EXPECT_EQ(difference(expected_rows(journal), rows_of_sqlite(settings.sqlite.string())), "");
}

TEST_F(Kill, PostgresHasEverythingOnceAfterKillsAtRandomMoments) {
    if (const std::string why = PostgresServer::why_not(); !why.empty()) GTEST_SKIP() << "SKIPPED: " << why;
    PostgresServer server;
    const Settings settings = server.settings_of_new_database();
    trade(32, 6000);
    EXPECT_GE(kill_often(journal, settings, 2), 3);
    project(journal, settings, kSmall);
    EXPECT_EQ(difference(expected_rows(journal), rows_of_postgres(settings)), "");
}

}  // namespace
}  // namespace penstock::projection
