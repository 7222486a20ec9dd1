#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "compliance/tlog/crypto.hpp"

namespace penstock::compliance {

// The Merkle tree of RFC 6962 section 2.1, and the subtrees of draft-ietf-plants-merkle-tree-certs. Pure.
// Sizes and indices are numbers of leaves; a tree of n leaves is cut at the largest power of two below n.

Hash leaf_hash(std::string_view leaf);
Hash node_hash(const Hash& left, const Hash& right);
/// The root of a tree without leaves: SHA-256 of nothing.
Hash empty_root();

/// The leaves [start, end) of a tree.
struct Interval {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    bool operator==(const Interval&) const = default;
};

/// An interval that is the left part, or the whole, of one complete subtree.
bool is_subtree(Interval interval);
/// Two adjacent subtrees that hold the interval and nothing after it; the second may be empty.
std::pair<Interval, Interval> covering_subtrees(Interval interval);

/// The right edge of a growing tree: one hash for each complete subtree, so appending needs O(log n)
/// state and on average two hashes a leaf.
class Peaks {
  public:
    static constexpr unsigned kMaxHeight = 64;

    std::uint64_t size() const { return size_; }
    /// Appends one leaf. `completed(level, index, hash)` is told of the leaf itself (level 0) and of
    /// each inner node that is complete from now on, lowest first.
    template <class Completed>
    void append(Hash hash, Completed&& completed) {
        std::uint64_t index = size_;
        completed(0U, index, hash);
        unsigned level = 0;
        for (; (size_ >> level & 1U) != 0; ++level) {
            hash = node_hash(peaks_[level], hash);
            index >>= 1U;
            completed(level + 1, index, hash);
        }
        peaks_[level] = hash;
        ++size_;
    }
    void append(const Hash& hash) {
        append(hash, [](unsigned, std::uint64_t, const Hash&) {});
    }
    Hash root() const;
    /// Restores a right edge: `peak(level, index)` gives the hash of each complete subtree of the edge.
    /// Returns nothing when one of them is not to be had.
    template <class Peak>
    static std::optional<Peaks> restore(std::uint64_t size, Peak&& peak) {
        Peaks restored;
        restored.size_ = size;
        for (unsigned level = 0; level < kMaxHeight; ++level) {
            if ((size >> level & 1U) == 0) continue;
            const std::optional<Hash> hash = peak(level, (size >> level) - 1);
            if (!hash) return std::nullopt;
            restored.peaks_[level] = *hash;
        }
        return restored;
    }

  private:
    std::uint64_t size_ = 0;
    std::array<Hash, kMaxHeight> peaks_{};  // valid where size_ has a bit
};

/// Gives the hash of a complete subtree: of the leaves [index << level, (index + 1) << level).
class NodeReader {
  public:
    virtual ~NodeReader() = default;
    virtual std::optional<Hash> node(unsigned level, std::uint64_t index) = 0;
};

using Proof = std::vector<Hash>;

/// The hash of a subtree. Nothing when the interval is no subtree or the reader lacks a node.
std::optional<Hash> subtree_hash(NodeReader& reader, Interval subtree);
/// Shows that the leaf `index` is in the subtree; [0, n) is the whole tree of n leaves.
std::optional<Proof> inclusion_proof(NodeReader& reader, std::uint64_t index, Interval subtree);
/// Shows that the subtree is part of the tree of `size` leaves. Of an empty subtree there is nothing to
/// show: its proof is empty.
std::optional<Proof> subtree_proof(NodeReader& reader, Interval subtree, std::uint64_t size);
/// Shows that the tree of `before` leaves is the beginning of that of `after`. None from an empty tree.
std::optional<Proof> consistency_proof(NodeReader& reader, std::uint64_t before, std::uint64_t after);

struct SubtreeHead {
    Interval interval;
    Hash hash{};
};
struct TreeHead {
    std::uint64_t size = 0;
    Hash root{};
    bool operator==(const TreeHead&) const = default;
};

bool verify_inclusion(const Hash& leaf, std::uint64_t index, const SubtreeHead& subtree,
                      std::span<const Hash> proof);
bool verify_subtree(const SubtreeHead& subtree, const TreeHead& tree, std::span<const Hash> proof);
/// Refuses every proof from an empty tree, as the reference implementation does: every tree begins with
/// nothing, so who asks for such a proof has mistaken something.
bool verify_consistency(const TreeHead& before, const TreeHead& after, std::span<const Hash> proof);

}  // namespace penstock::compliance
