#include "persistence/journal/block_check.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace penstock::persistence {
namespace {

constexpr std::size_t kBlock = 5'000;
constexpr std::size_t kBlocks = 200;  // more than may wait

/// Blocks with the seals they should have, one after the other.
class BlockCheckTest : public testing::TestWithParam<bool> {
  protected:
    BlockCheckTest() {
        for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
        Digest before{};
        for (std::size_t at = 0; at < bytes.size(); at += kBlock) {
            Chain chain;
            chain.begin(before, at);
            chain.add(bytes.data() + at, kBlock);
            befores.push_back(before);
            seals.push_back(chain.seal());
            before = seals.back().chain;
        }
        if (GetParam()) check.check_beside();
    }
    /// How many were found changed at once.
    int add_all() {
        int changed = 0;
        for (std::size_t i = 0; i < kBlocks; ++i)
            changed += check.add(befores[i], std::string_view(bytes).substr(i * kBlock, kBlock), seals[i], i)
                           ? 0
                           : 1;
        return changed;
    }

    std::string bytes = std::string(kBlock * kBlocks, ' ');
    std::vector<Digest> befores;
    std::vector<SealPayload> seals;
    BlockCheck check;
};

TEST_P(BlockCheckTest, BlocksAreWhatTheirSealsSay) {
    EXPECT_EQ(add_all(), 0);
    EXPECT_FALSE(check.first_changed());
}

TEST_P(BlockCheckTest, TheFirstOfSeveralChangedBlocksIsNamed) {
    for (const std::size_t block : {150U, 40U, 41U, 199U}) bytes[block * kBlock + block] ^= 1;
    const int at_once = add_all();
    const auto changed = check.first_changed();
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->sealed_at, 40U);
    EXPECT_EQ(changed->start, 40 * kBlock);
    if (!GetParam()) {
        EXPECT_EQ(at_once, 4);
    }
}

INSTANTIATE_TEST_SUITE_P(BesideAndNot, BlockCheckTest, testing::Bool());

}  // namespace
}  // namespace penstock::persistence
