// The journal into the audit, over a folder that fails.
#include "compliance/follower/follower.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <functional>

#include "persistence/journal/segment_journal.hpp"
#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"
#include "tests/persistence/journal/random_record.hpp"

namespace penstock::compliance::test {
namespace {

/// A folder in memory whose disk fails while it is told to.
class FailingFiles final : public Files {
  public:
    Status lock() override { return Fault::None; }
    Result<std::string> read(const std::string& path) override { return files.read(path); }
    Status write(const std::string& path, std::string_view bytes) override {
        return fails ? Status(Fault::IoError) : files.write(path, bytes);
    }
    Status rename(const std::string& from, const std::string& to) override {
        return refuses_kept && to.starts_with("checkpoints/")
                   ? Status(Fault::IoError)
                   : files.rename(from, to);
    }
    Status remove(const std::string& path) override { return files.remove(path); }
    Status sync() override { return fails ? Status(Fault::IoError) : files.sync(); }
    Result<std::vector<std::string>> list(const std::string& folder) override { return files.list(folder); }

    MemoryFiles files;
    bool fails = false;
    bool refuses_kept = false;
};

class FollowerTest : public testing::Test {
  protected:
    FollowerTest() : folder(testing::TempDir() + "follower." + std::to_string(getpid())) {
        std::filesystem::remove_all(folder);
        settings.directory = folder;
        settings.durability = persistence::Durability::Process;
        settings.segment_bytes = 1U << 20U;
    }
    ~FollowerTest() override { std::filesystem::remove_all(folder); }

    /// A life of the journal: so many records more, and a clean end.
    void append(std::uint64_t count) {
        auto opened = persistence::SegmentJournal::open(settings);
        ASSERT_TRUE(opened.journal) << opened.error.text;
        ASSERT_FALSE(opened.journal->recover({}).error);
        for (const std::uint64_t end = written + count; written < end;) {
            const oms::Record record = persistence::new_order_record(++written);
            opened.journal->append(persistence::view_of(record));
        }
        opened.journal->close();
    }
    Follower make() { return make(files); }
    Follower make(Files& where) {
        return {where,
                {settings, test_log().origin, test_log().signer, {}, Duration::seconds(1), between_records},
                {},
                [this](std::string_view line) { said += std::string(line) + "\n"; }};
    }

    std::filesystem::path folder;
    persistence::JournalSettings settings;
    FailingFiles files;
    std::uint64_t written = 0;
    std::string said;
    std::function<void()> between_records;
};

constexpr Timestamp at(std::int64_t seconds) { return Timestamp{seconds * 1'000'000'000}; }

TEST_F(FollowerTest, GivesOthersTheirTurnAfterEachRecordItAppends) {
    append(300);
    int turns = 0;
    between_records = [&turns] { ++turns; };
    Follower follower = make();
    ASSERT_EQ(follower.open(), std::nullopt);
    follower.turn(at(1), Follower::Publish::Now);
    const int first = turns;
    EXPECT_GE(first, 300);
    follower.turn(at(2), Follower::Publish::Now);
    EXPECT_EQ(turns, first);  // nothing is new
}

TEST_F(FollowerTest, GoesOnWhereItWasAfterAnyNumberOfLives) {
    for (int life = 1; life <= 4; ++life) {
        append(1500);  // several segments
        Follower follower = make();
        ASSERT_EQ(follower.open(), std::nullopt);
        follower.turn(at(life), Follower::Publish::Now);
        EXPECT_EQ(follower.published(), written);
        EXPECT_EQ(follower.last().value, written);
    }
    EXPECT_EQ(said, "");
}

TEST_F(FollowerTest, WarnsOnceWhenTheDiskFailsAndCatchesUp) {
    append(300);
    Follower follower = make();
    ASSERT_EQ(follower.open(), std::nullopt);
    follower.turn(at(1), Follower::Publish::WhenDue);
    ASSERT_EQ(follower.published(), 300U);
    files.fails = true;
    append(700);
    follower.turn(at(2), Follower::Publish::WhenDue);
    EXPECT_TRUE(follower.is_in_trouble());
    const std::string warning = said;
    follower.turn(at(3), Follower::Publish::WhenDue);
    EXPECT_EQ(said, warning);
    files.fails = false;
    follower.turn(at(4), Follower::Publish::WhenDue);  // not yet: it waits longer each time
    EXPECT_EQ(follower.published(), 0U);
    follower.turn(at(6), Follower::Publish::WhenDue);
    EXPECT_EQ(follower.published(), 1000U);
    EXPECT_NE(said.find("the audit goes on, at record 1000"), std::string::npos) << said;
}

TEST_F(FollowerTest, WhoseFolderWasMovedAwayWritesNothingBesideTheGapAndFillsANewOne) {
    const std::filesystem::path audit = folder.string() + ".audit";
    const std::filesystem::path away = folder.string() + ".away";
    std::filesystem::remove_all(audit);
    std::filesystem::remove_all(away);
    const auto size_of = [](const std::filesystem::path& where) {
        DiskFiles disk(where);
        return must(TiledLog::open(disk, test_log())).size();
    };
    {
        DiskFiles disk(audit);
        append(300);
        Follower follower = make(disk);
        ASSERT_EQ(follower.open(), std::nullopt);
        follower.turn(at(1), Follower::Publish::Now);
        std::filesystem::rename(audit, away);
        append(700);
        follower.turn(at(2), Follower::Publish::Now);
        EXPECT_NE(said.find("was moved away, or another audit is in its place"), std::string::npos) << said;
        EXPECT_FALSE(std::filesystem::exists(audit));
        follower.turn(at(4), Follower::Publish::Now);
        EXPECT_NE(said.find("the audit goes on, at record 1000"), std::string::npos) << said;
        DiskFiles other(audit);
        EXPECT_EQ(other.lock(), Fault::Busy);
        EXPECT_EQ(size_of(away), 300U);  // nobody has it locked
    }
    EXPECT_EQ(size_of(audit), 1000U);
    std::filesystem::remove_all(audit);
    std::filesystem::remove_all(away);
}

TEST_F(FollowerTest, GoesOnWithoutKeptCheckpointsAndWarnsEveryTenMinutes) {
    files.refuses_kept = true;
    Follower follower = make();
    ASSERT_EQ(follower.open(), std::nullopt);
    for (int second = 1; second <= 6; ++second) {
        append(1100);
        follower.turn(at(second), Follower::Publish::Now);
        EXPECT_EQ(follower.published(), written);
    }
    EXPECT_FALSE(follower.is_in_trouble());
    const std::string warning = said;
    EXPECT_EQ(std::ranges::count(warning, '\n'), 1) << warning;
    EXPECT_NE(warning.find("checkpoints/ cannot be written"), std::string::npos) << warning;
    append(1100);
    follower.turn(at(700), Follower::Publish::Now);
    EXPECT_EQ(said, warning + warning);
}

TEST_F(FollowerTest, PublishesWhenManyAreNewOrTheIntervalIsOver) {
    append(10);
    Follower follower = make();
    ASSERT_EQ(follower.open(), std::nullopt);
    follower.turn(at(100), Follower::Publish::WhenDue);
    EXPECT_EQ(follower.published(), 10U);
    append(10);
    follower.turn(at(100), Follower::Publish::WhenDue);
    EXPECT_EQ(follower.published(), 10U);
    append(kCheckpointRecords);
    follower.turn(at(100), Follower::Publish::WhenDue);
    EXPECT_EQ(follower.published(), written);
    append(1);
    follower.turn(at(101), Follower::Publish::WhenDue);
    EXPECT_EQ(follower.published(), written);
}

TEST_F(FollowerTest, RefusesAJournalThatHasAnotherRecordInThePlaceOfItsLast) {
    append(20);
    Follower follower = make();
    ASSERT_EQ(follower.open(), std::nullopt);
    follower.turn(at(1), Follower::Publish::Now);
    std::filesystem::remove_all(folder);
    written = 0;
    append(5);
    append(20);  // record 20 is of the second epoch now
    Follower other = make();
    const auto refused = other.open();
    ASSERT_TRUE(refused);
    EXPECT_NE(
        refused->find("record 20 of the journal is not the one the audit was signed for"), std::string::npos)
        << *refused;
}

}  // namespace
}  // namespace penstock::compliance::test
