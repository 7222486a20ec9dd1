#include <gtest/gtest.h>

#include "compliance/tlog/base64.hpp"
#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/merkle.hpp"
#include "tests/compliance/support/vectors.hpp"

// The published vectors of transparency-dev/merkle, all of them.

namespace penstock::compliance::test {
namespace {

constexpr auto kProofs = "transparency-dev-merkle/testdata";

/// A hash of another size is refused where it is parsed, and with it the proof.
bool is_included(const Json& vector, Interval subtree) {
    const auto root = parse_hash(vector["root"].text);
    const auto leaf = parse_hash(vector["leafHash"].text);
    return root && leaf &&
           verify_inclusion(*leaf, vector["leafIdx"].number(), {subtree, *root}, proof_of(vector["proof"]));
}

/// Plays every file of a folder and returns how many there were.
template <class Verify>
int play(const std::string& folder, Verify&& verify) {
    int played = 0;
    for (const auto& file : json_files(audit_vectors() / kProofs / folder)) {
        const Json vector = parse_json(slurp(file));
        EXPECT_EQ(verify(vector), !vector["wantErr"].is_true()) << file << ": " << vector["desc"].text;
        ++played;
    }
    return played;
}

TEST(MerkleVectors, Inclusion) {
    PENSTOCK_NEED_VECTORS(kProofs);
    const int played = play("inclusion", [](const Json& vector) {
        return is_included(vector, {0, vector["treeSize"].number()});
    });
    EXPECT_EQ(played, 98);
}

TEST(MerkleVectors, ConsistencyWithEveryProofFromAnEmptyTreeRefused) {
    PENSTOCK_NEED_VECTORS(kProofs);
    const int played = play("consistency", [](const Json& vector) {
        const TreeHead before{vector["size1"].number(), hash_of(vector["root1"])};
        return verify_consistency(
            before, {vector["size2"].number(), hash_of(vector["root2"])}, proof_of(vector["proof"]));
    });
    EXPECT_EQ(played, 98);
}

TEST(MerkleVectors, InclusionInASubtree) {
    PENSTOCK_NEED_VECTORS(kProofs);
    const int played = play("subtreeinclusion", [](const Json& vector) {
        return is_included(vector, {vector["start"].number(), vector["end"].number()});
    });
    EXPECT_EQ(played, 204);
}

TEST(MerkleVectors, ConsistencyOfASubtree) {
    PENSTOCK_NEED_VECTORS(kProofs);
    const int played = play("subtreeconsistency", [](const Json& vector) {
        const SubtreeHead part{{vector["start"].number(), vector["end"].number()}, hash_of(vector["root1"])};
        return verify_subtree(
            part, {vector["size"].number(), hash_of(vector["root2"])}, proof_of(vector["proof"]));
    });
    EXPECT_EQ(played, 118);
}

TEST(MerkleVectors, TreeOfEightLeavesHasThePublishedNodesAndRoots) {
    PENSTOCK_NEED_VECTORS("rfc6962_tree8.json");
    const Json vector = parse_json(slurp(audit_vectors() / "rfc6962_tree8.json"));
    Peaks peaks;
    EXPECT_EQ(to_hex(view(peaks.root())), vector["roots_by_size"].items[0].text);
    int nodes = 0;
    for (std::size_t index = 0; index < 8; ++index) {
        const std::string leaf = *from_hex(vector["leaf_inputs_hex"].items[index].text);
        peaks.append(leaf_hash(leaf), [&](unsigned level, std::uint64_t at, const Hash& hash) {
            const Json& row = vector["node_hashes"]["level" + std::to_string(level)];
            EXPECT_EQ(to_hex(view(hash)), row.items.at(at).text);
            ++nodes;
        });
        EXPECT_EQ(to_hex(view(peaks.root())), vector["roots_by_size"].items[index + 1].text);
    }
    EXPECT_EQ(nodes, 15);
    for (const auto& [leaf, hash] : vector["hash_leaf"].members)
        EXPECT_EQ(to_hex(view(leaf_hash(leaf))), hash.text);
    // The published node is over two texts that are no hashes, so it shows the prefix only.
    const Json& node = vector["hash_children"].items[0];
    EXPECT_EQ(
        to_hex(view(sha256("\x01", node["left_ascii"].text, node["right_ascii"].text))), node["hash"].text);
}

/// The 130 leaves of the draft: leaf i is the byte i. Its four vectors are each one hash over the lines
/// of every valid input.
class AccumulatedVectors : public testing::Test {
  protected:
    static constexpr std::uint64_t kLeaves = 130;

    void SetUp() override {
        PENSTOCK_NEED_VECTORS("accumulated_130.json");
        expected_ = parse_json(slurp(audit_vectors() / "accumulated_130.json"))["sha256_of_all_lines"];
        for (std::uint64_t index = 0; index < kLeaves; ++index)
            tree_.append(std::string(1, static_cast<char>(index)));
    }
    static std::string text(Interval interval) {
        return "[" + std::to_string(interval.start) + ", " + std::to_string(interval.end) + ")";
    }
    void add(std::string line, const Proof& proof) {
        for (const Hash& hash : proof) line += " " + to_hex(view(hash));
        lines_ += line + "\n";
    }
    std::string accumulated() const { return to_hex(view(sha256(lines_))); }
    template <class Visit>
    static void for_each_interval(std::uint64_t size, Visit&& visit) {
        for (std::uint64_t end = 0; end <= size; ++end)
            for (std::uint64_t start = 0; start <= end; ++start) visit(Interval{start, end});
    }

    MemoryTree tree_;
    Json expected_;
    std::string lines_;
};

TEST_F(AccumulatedVectors, HashesOfAllSubtrees) {
    for_each_interval(kLeaves, [&](Interval interval) {
        const auto hash = subtree_hash(tree_, interval);
        EXPECT_EQ(hash.has_value(), is_subtree(interval));
        if (hash) add(text(interval), {*hash});
    });
    EXPECT_EQ(accumulated(), expected_["hash"].text);
}

TEST_F(AccumulatedVectors, InclusionProofsInAllSubtrees) {
    for_each_interval(kLeaves, [&](Interval interval) {
        for (std::uint64_t index = interval.start; index < interval.end; ++index)
            if (const auto proof = inclusion_proof(tree_, index, interval))
                add(std::to_string(index) + " " + text(interval), *proof);
    });
    EXPECT_EQ(accumulated(), expected_["inclusion"].text);
}

TEST_F(AccumulatedVectors, ConsistencyProofsOfAllSubtreesInAllTrees) {
    for (std::uint64_t size = 0; size <= kLeaves; ++size) {
        for_each_interval(size, [&](Interval interval) {
            if (const auto proof = subtree_proof(tree_, interval, size))
                add(text(interval) + " " + std::to_string(size), *proof);
        });
    }
    EXPECT_EQ(accumulated(), expected_["consistency"].text);
}

TEST_F(AccumulatedVectors, SubtreesThatCoverAllIntervals) {
    for_each_interval(kLeaves, [&](Interval interval) {
        const auto [left, right] = covering_subtrees(interval);
        EXPECT_TRUE(is_subtree(left) && is_subtree(right));
        add(text(left) + " " + text(right), {});
    });
    EXPECT_EQ(accumulated(), expected_["covering"].text);
}

}  // namespace
}  // namespace penstock::compliance::test
