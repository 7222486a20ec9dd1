#include "compliance/tlog/tiles.hpp"

#include <gtest/gtest.h>

#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"

namespace penstock::compliance::test {
namespace {

TEST(TilePath, IsThatOfTheSpecification) {
    EXPECT_EQ(index_path(0), "000");
    EXPECT_EQ(index_path(999), "999");
    EXPECT_EQ(index_path(1000), "x001/000");
    EXPECT_EQ(index_path(1234067), "x001/x234/067");
    EXPECT_EQ(path_of({0, 1, 112, false}), "tile/0/001.p/112");
    EXPECT_EQ(path_of({2, 0, kTileWidth, false}), "tile/2/000");
    EXPECT_EQ(path_of({0, 5, 3, true}), "tile/entries/005.p/3");
}

TEST(Bundle, ThatDoesNotFitTogetherIsNoBundle) {
    std::string bundle;
    append_entry(bundle, "one");
    append_entry(bundle, "");
    append_entry(bundle, std::string(kMaxEntryBytes, 'x'));
    const auto entries = split_bundle(bundle);
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 3U);
    EXPECT_EQ((*entries)[0], "one");
    EXPECT_EQ((*entries)[2].size(), kMaxEntryBytes);
    bundle.pop_back();
    EXPECT_FALSE(split_bundle(bundle));
    EXPECT_FALSE(split_bundle(std::string(1, '\0')));
    EXPECT_FALSE(split_bundle(std::string(2 * (kTileWidth + 1), '\0')));
}

/// A log of seventy thousand, the specification's own example of which tiles there are.
class BigLog : public testing::Test {
  protected:
    static constexpr std::uint64_t kSize = 70'000;

    void SetUp() override {
        TiledLog log = must(TiledLog::create(files_, test_log()));
        ASSERT_FALSE(grow(log, kSize));
        head_ = log.published();
    }
    std::size_t files_below(const std::string& folder) {
        std::size_t count = 0;
        for (const auto& [path, bytes] : files_.tree()) count += path.starts_with(folder) ? 1U : 0U;
        return count;
    }

    MemoryFiles files_;
    TreeHead head_;
};

TEST_F(BigLog, HasTheTilesTheSpecificationCounts) {
    EXPECT_EQ(files_below("tile/0/"), 274U);
    EXPECT_EQ(files_below("tile/entries/"), 274U);
    EXPECT_EQ(files_below("tile/1/"), 2U);
    EXPECT_EQ(files_below("tile/2/"), 1U);
    EXPECT_EQ(files_below("tile/3/"), 0U);
    for (const char* path : {"tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"})
        EXPECT_TRUE(files_.tree().count(path) == 1) << path;
}

TEST_F(BigLog, GivesEntriesAndProofsThatVerify) {
    TileReader reader(files_, kSize);
    for (std::uint64_t index = 0; index < kSize; index += 997) {
        const auto entry = read_entry(files_, index, kSize);
        ASSERT_TRUE(entry);
        EXPECT_EQ(*entry, record(index));
        const auto proof = inclusion_proof(reader, index, {0, kSize});
        ASSERT_TRUE(proof);
        EXPECT_TRUE(verify_inclusion(leaf_hash(*entry), index, {{0, kSize}, head_.root}, *proof));
    }
    for (const std::uint64_t before : {1U, 255U, 256U, 257U, 65535U, 65536U, 69999U, 70000U}) {
        const auto proof = consistency_proof(reader, before, kSize);
        ASSERT_TRUE(proof);
        EXPECT_TRUE(verify_consistency(head_of(before), head_, *proof)) << before;
    }
}

TEST_F(BigLog, WithADamagedTileGivesNoProofThatVerifies) {
    files_.tree()["tile/0/100"][31] ^= 1;
    TileReader reader(files_, kSize);
    const auto proof = inclusion_proof(reader, 25'601, {0, kSize});
    ASSERT_TRUE(proof);
    EXPECT_FALSE(verify_inclusion(leaf_hash(record(25'601)), 25'601, {{0, kSize}, head_.root}, *proof));
    files_.tree()["tile/0/100"].pop_back();
    TileReader again(files_, kSize);
    EXPECT_FALSE(inclusion_proof(again, 25'601, {0, kSize}));
}

}  // namespace
}  // namespace penstock::compliance::test
