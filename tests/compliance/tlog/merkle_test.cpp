#include "compliance/tlog/merkle.hpp"

#include <gtest/gtest.h>

#include "tests/compliance/support/vectors.hpp"

namespace penstock::compliance::test {
namespace {

MemoryTree tree_of(std::uint64_t leaves) {
    MemoryTree tree;
    for (std::uint64_t index = 0; index < leaves; ++index) tree.append("leaf " + std::to_string(index));
    return tree;
}

TEST(Peaks, GiveTheRootOfTheDefinitionAtEverySize) {
    MemoryTree tree;
    Peaks peaks;
    for (std::uint64_t size = 0; size < 300; ++size) {
        EXPECT_EQ(peaks.root(), tree.root(0, size));
        tree.append(std::to_string(size));
        peaks.append(tree.leaf(size));
    }
}

TEST(Peaks, AreRestoredFromTheCompleteSubtreesOfTheEdge) {
    MemoryTree tree = tree_of(300);
    for (std::uint64_t size = 0; size <= 300; ++size) {
        const auto peaks = Peaks::restore(
            size, [&](unsigned level, std::uint64_t index) { return tree.node(level, index); });
        ASSERT_TRUE(peaks);
        EXPECT_EQ(peaks->root(), tree.root(0, size));
    }
}

TEST(Proofs, VerifyAndNoOtherLeafOrRootPassesWithThem) {
    MemoryTree tree = tree_of(70);
    for (std::uint64_t size = 1; size <= 70; ++size) {
        const SubtreeHead head{{0, size}, tree.root(0, size)};
        for (std::uint64_t index = 0; index < size; ++index) {
            Proof proof = *inclusion_proof(tree, index, head.interval);
            EXPECT_TRUE(verify_inclusion(tree.leaf(index), index, head, proof));
            EXPECT_FALSE(verify_inclusion(leaf_hash("another"), index, head, proof));
            proof.push_back(empty_root());
            EXPECT_FALSE(verify_inclusion(tree.leaf(index), index, head, proof));
        }
    }
}

TEST(Proofs, ShowThatALogOnlyGrew) {
    MemoryTree tree = tree_of(70);
    for (std::uint64_t after = 1; after <= 70; ++after) {
        for (std::uint64_t before = 1; before <= after; ++before) {
            const TreeHead old{before, tree.root(0, before)};
            const TreeHead now{after, tree.root(0, after)};
            Proof proof = *consistency_proof(tree, before, after);
            EXPECT_TRUE(verify_consistency(old, now, proof));
            EXPECT_FALSE(verify_consistency({before, empty_root()}, now, proof));
            for (Hash& hash : proof) {
                hash[0] ^= 1U;
                EXPECT_FALSE(verify_consistency(old, now, proof));
                hash[0] ^= 1U;
            }
        }
    }
}

TEST(Proofs, ThereIsNoneFromAnEmptyTree) {
    MemoryTree tree = tree_of(3);
    EXPECT_FALSE(consistency_proof(tree, 0, 3));
    EXPECT_FALSE(verify_consistency({0, empty_root()}, {3, tree.root(0, 3)}, {}));
    EXPECT_FALSE(verify_consistency({0, empty_root()}, {0, empty_root()}, {}));
}

TEST(Subtree, IntervalsNearTheEndOfTheNumbersAreJudgedWithoutOverflow) {
    constexpr std::uint64_t kTop = std::uint64_t{1} << 63U;
    EXPECT_TRUE(is_subtree({0, UINT64_MAX}));
    EXPECT_TRUE(is_subtree({kTop, UINT64_MAX}));
    EXPECT_FALSE(is_subtree({kTop - 1, UINT64_MAX}));
    EXPECT_FALSE(is_subtree({1, UINT64_MAX}));
    EXPECT_FALSE(is_subtree({5, 4}));
}

}  // namespace
}  // namespace penstock::compliance::test
