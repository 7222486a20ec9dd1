#include "compliance/tlog/copy_log.hpp"

#include <gtest/gtest.h>

#include "compliance/tlog/kept.hpp"
#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"

namespace penstock::compliance::test {
namespace {

TEST(CopyOfALog, OpensAsTheLogItIsOf) {
    for (const std::uint64_t size : {0U, 1U, 255U, 256U, 257U, 600U}) {
        MemoryFiles files;
        TiledLog log = must(TiledLog::create(files, test_log()));
        ASSERT_FALSE(grow(log, size));
        MemoryFiles copy;
        ASSERT_EQ(copy_log(files, copy, size), std::nullopt);
        EXPECT_EQ(must(TiledLog::open(copy, test_log())).published(), head_of(size));
        for (const auto& [path, bytes] : copy.tree()) EXPECT_EQ(files.tree()[path], bytes) << path;
    }
}

TEST(CopyOfALog, LeavesOutWhatIsUnderNoCheckpointYet) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    ASSERT_FALSE(grow(log, 250));
    for (std::uint64_t index = 250; index < 300; ++index) ASSERT_FALSE(log.append(record(index)));
    ASSERT_EQ(files.tree().count("tile/entries/000"), 1U);
    MemoryFiles copy;
    ASSERT_EQ(copy_log(files, copy, 250), std::nullopt);
    EXPECT_EQ(copy.tree().count("tile/entries/000"), 0U);
    EXPECT_EQ(copy.tree().count("tile/entries/000.p/250"), 1U);
}

TEST(CopyOfALog, IsOfTheCountersignedCheckpointIfThatCoversEnough) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    ASSERT_FALSE(grow(log, 20));
    files.tree()["checkpoint.cosigned"] = files.tree()["checkpoint"];
    ASSERT_FALSE(grow(log, 30));
    MemoryFiles enough;
    ASSERT_EQ(copy_log(files, enough, 20), std::nullopt);
    EXPECT_EQ(size_under(enough, kCheckpointFile), 20U);
    MemoryFiles newest;
    ASSERT_EQ(copy_log(files, newest, 21), std::nullopt);
    EXPECT_EQ(size_under(newest, kCheckpointFile), 30U);
    EXPECT_EQ(newest.tree()["checkpoint.cosigned"], files.tree()["checkpoint.cosigned"]);
}

TEST(CopyOfALog, IsNotMadeOfOneWhoseCountersignedCheckpointIsOfOtherRecords) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    ASSERT_FALSE(grow(log, 20));
    const std::string good = files.tree()["checkpoint"];
    ASSERT_FALSE(grow(log, 30));
    std::string other = good;
    other.at(other.find("\n20\n") + 1) = '1';  // the root of 20 records, said to be that of 10
    for (const std::string& bytes : {other, std::string("no checkpoint"), good.substr(0, 40)}) {
        files.tree()["checkpoint.cosigned"] = bytes;
        MemoryFiles copy;
        EXPECT_NE(copy_log(files, copy, 30), std::nullopt) << bytes;
        EXPECT_EQ(copy.tree().count("checkpoint"), 0U);
    }
}

/// A log of 3,000 published in steps: 1024 and 2048 are kept.
void grow_with_kept(MemoryFiles& files) {
    TiledLog log = must(TiledLog::create(files, test_log()));
    for (const std::uint64_t size : {1024U, 1500U, 2048U, 3000U}) ASSERT_FALSE(grow(log, size));
}

TEST(CopyOfALog, HasTheKeptCheckpointsUpToItsOwn) {
    MemoryFiles files;
    grow_with_kept(files);
    MemoryFiles newest;
    ASSERT_EQ(copy_log(files, newest, 3000), std::nullopt);
    MemoryFiles older_log;
    TiledLog older = must(TiledLog::create(older_log, test_log()));
    ASSERT_FALSE(grow(older, 1500));
    files.tree()["checkpoint.cosigned"] = older_log.tree()["checkpoint"];
    MemoryFiles cosigned;
    ASSERT_EQ(copy_log(files, cosigned, 1500), std::nullopt);
    for (const auto& [kept, in_cosigned] : {std::pair("checkpoints/1024", 1U), {"checkpoints/2048", 0U}}) {
        EXPECT_EQ(newest.tree().at(kept), files.tree().at(kept));
        EXPECT_EQ(cosigned.tree().count(kept), in_cosigned) << kept;
    }
    EXPECT_EQ(must(TiledLog::open(cosigned, test_log())).published(), head_of(1500));
}

TEST(CopyOfALog, LeavesOutAKeptCheckpointThatIsTorn) {
    MemoryFiles files;
    grow_with_kept(files);
    files.tree().at("checkpoints/2048").resize(60);
    MemoryFiles copy;
    ASSERT_EQ(copy_log(files, copy, 3000), std::nullopt);
    EXPECT_EQ(copy.tree().count("checkpoints/1024"), 1U);
    EXPECT_EQ(copy.tree().count("checkpoints/2048"), 0U);
}

TEST(CopyOfALog, IsNotMadeWhenAKeptCheckpointIsOfOtherRecords) {
    MemoryFiles files;
    grow_with_kept(files);
    const Checkpoint other{test_log().origin, {1024, head_of(1023).root}};
    files.tree().at("checkpoints/1024") = to_text(kept_note(test_log().signer, other));
    MemoryFiles copy;
    const auto problem = copy_log(files, copy, 3000);
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->find("the first 1024 records of the audit are not those checkpoints/1024 was signed"),
              std::string::npos)
        << *problem;
    EXPECT_EQ(copy.tree().count("checkpoint"), 0U);
}

TEST(CopyOfALog, IsNotMadeOfADamagedOne) {
    for (const char* const path : {"tile/entries/000", "tile/entries/001.p/44", "checkpoint"}) {
        MemoryFiles files;
        TiledLog log = must(TiledLog::create(files, test_log()));
        ASSERT_FALSE(grow(log, 300));
        files.tree().at(path).at(40) ^= 1;
        MemoryFiles copy;
        EXPECT_NE(copy_log(files, copy, 300), std::nullopt) << path;
        EXPECT_EQ(copy.tree().count("checkpoint"), 0U) << path;
    }
}

}  // namespace
}  // namespace penstock::compliance::test
