#include "persistence/snapshot/store.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/persistence/journal/test_journal.hpp"
#include "tests/persistence/snapshot/file_operations.hpp"

namespace penstock::persistence {
namespace {

constexpr Uuid kJournal{1, 2, 3};
constexpr std::uint64_t kLayout = 77;

class SnapshotStoreTest : public testing::Test {
  protected:
    SnapshotStoreTest() { std::filesystem::create_directories(path()); }

    std::filesystem::path path() const { return directory_.path() / "snapshots"; }
    /// The state after record `seq`, which is the text `core`.
    std::optional<std::string> write(std::uint64_t seq, const std::string& core) const {
        OffsetIndex index;
        index.enter_segment(1);
        index.add(1, 128);
        JournalPlace place;
        place.last_seq = seq;
        place.segment = 1;
        return SnapshotStore(path()).write(
            {kJournal, place, index, kLayout, seq * 3, [&](oms::ByteSink& out) { out.write(core); },
             [&](oms::ByteSink& out) { out.write("learned " + std::to_string(seq)); }});
    }
    std::optional<std::string> why_not(const std::filesystem::path& file, Snapshot& into) const {
        return SnapshotStore(path()).read(file, kJournal, kLayout, into);
    }
    /// The record of the newest that is good; zero when none is.
    std::uint64_t newest_good() const {
        for (const auto& file : SnapshotStore(path()).newest_first()) {
            Snapshot found;
            if (why_not(file, found)) continue;
            EXPECT_EQ(found.core, core_of(found.header.place.last_seq));
            return found.header.place.last_seq;
        }
        return 0;
    }
    /// More than one write and more than one sync.
    static std::string core_of(std::uint64_t seq) {
        return std::string(std::size_t{9} << 20U, static_cast<char>('a' + seq));
    }

    TemporaryDirectory directory_{Where::Memory};
};

TEST_F(SnapshotStoreTest, WhatWasWrittenIsRead) {
    ASSERT_EQ(write(7, "the core"), std::nullopt);
    const auto files = SnapshotStore(path()).newest_first();
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].filename(), "s-00000000000000000007.snap");
    Snapshot found;
    ASSERT_EQ(why_not(files[0], found), std::nullopt);
    EXPECT_EQ(found.core, "the core");
    EXPECT_EQ(found.learned, "learned 7");
    EXPECT_EQ(found.header.place.last_seq, 7U);
    EXPECT_EQ(found.header.state_hash, 21U);
    EXPECT_EQ(found.index.find(1).offset, 128U);
}

TEST_F(SnapshotStoreTest, TheNewestThreeAreKept) {
    for (std::uint64_t seq = 1; seq <= 5; ++seq) ASSERT_EQ(write(seq, "state"), std::nullopt);
    const auto files = SnapshotStore(path()).newest_first();
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files.front().filename(), snapshot_name(5));
    EXPECT_EQ(files.back().filename(), snapshot_name(3));
}

TEST_F(SnapshotStoreTest, AnyBitFlippedAnyByteMissingAndItIsNotUsed) {
    ASSERT_EQ(write(7, "some state of the core"), std::nullopt);
    const auto file = SnapshotStore(path()).newest_first()[0];
    const std::string whole = read_file(file);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
            write_file(file, flipped);
            Snapshot found;
            ASSERT_NE(why_not(file, found), std::nullopt) << "byte " << at << " bit " << bit;
        }
        write_file(file, whole.substr(0, at));
        Snapshot found;
        ASSERT_NE(why_not(file, found), std::nullopt) << "cut at " << at;
    }
}

TEST_F(SnapshotStoreTest, AnotherJournalAndAnotherLayoutAreReasons) {
    ASSERT_EQ(write(7, "state"), std::nullopt);
    const SnapshotStore store(path());
    const auto file = store.newest_first()[0];
    Snapshot found;
    EXPECT_EQ(store.read(file, Uuid{9}, kLayout, found), "of another journal");
    EXPECT_EQ(store.read(file, kJournal, kLayout + 1, found),
              "written by a program that lays out its state otherwise");
}

TEST_F(SnapshotStoreTest, OneProcessWritesAtATime) {
    SnapshotStore first(path());
    SnapshotStore second(path());
    EXPECT_EQ(first.lock(), std::nullopt);
    const auto busy = second.lock();
    ASSERT_TRUE(busy);
    EXPECT_NE(busy->find("another process is writing a snapshot"), std::string::npos) << *busy;
}

TEST_F(SnapshotStoreTest, AFailureOfAnyFileOperationLeavesTheOldOnes) {
    disturb_operation(std::numeric_limits<int>::max(), AtOperation::Fails);
    for (std::uint64_t seq = 1; seq <= 4; ++seq) ASSERT_EQ(write(seq, core_of(seq)), std::nullopt);
    const int operations = operations_since() / 4;
    ASSERT_GT(operations, 10);
    std::uint64_t newest = 4;
    int failures = 0;
    for (int good = 0; good < operations; ++good) {
        disturb_operation(good, AtOperation::Fails);
        const auto failure = write(newest + 1, core_of(newest + 1));
        operations_since();
        // A snapshot that is there may be reported as failed (the directory could not be synced), and an old
        // one that could not be removed is none.
        const std::uint64_t now = newest_good();
        ASSERT_TRUE(now == newest || now == newest + 1) << good;
        ASSERT_TRUE(failure || now == newest + 1) << good;
        failures += failure ? 1 : 0;
        newest = now;
    }
    EXPECT_GE(failures, operations - 3);
    ASSERT_EQ(write(newest + 1, core_of(newest + 1)), std::nullopt);
    EXPECT_EQ(SnapshotStore(path()).newest_first().size(), SnapshotStore::kKept);
}

TEST_F(SnapshotStoreTest, AnEndAtAnyFileOperationLeavesAGoodOne) {
    disturb_operation(std::numeric_limits<int>::max(), AtOperation::Fails);
    for (std::uint64_t seq = 1; seq <= 4; ++seq) ASSERT_EQ(write(seq, core_of(seq)), std::nullopt);
    const int operations = operations_since() / 4 + 2;
    std::uint64_t newest = 4;
    for (int good = 0; good < operations; ++good) {
        const pid_t child = ::fork();
        if (child == 0) {
            disturb_operation(good, AtOperation::EndsProcess);
            static_cast<void>(write(newest + 1, core_of(newest + 1)));
            ::_exit(0);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        const std::uint64_t now = newest_good();
        ASSERT_TRUE(now == newest || now == newest + 1) << "ended before operation " << good;
        newest = now;
    }
    EXPECT_EQ(newest_good(), newest);
    ASSERT_EQ(write(newest + 1, core_of(newest + 1)), std::nullopt);
    EXPECT_EQ(newest_good(), newest + 1);
    EXPECT_FALSE(std::filesystem::exists(path() / "snapshot.new"));
    EXPECT_FALSE(renamed_unsynced());
}

}  // namespace
}  // namespace penstock::persistence
