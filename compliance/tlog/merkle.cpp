#include "compliance/tlog/merkle.hpp"

#include <bit>

namespace penstock::compliance {
namespace {

constexpr std::string_view kLeafPrefix("\0", 1);
constexpr std::string_view kNodePrefix("\1", 1);

/// Where a tree of `size` leaves is cut; `size` is at least 2.
std::uint64_t cut_of(std::uint64_t size) { return std::bit_floor(size - 1); }

/// Mirrors how inclusion_proof walks: the last hash of the proof belongs to the topmost cut.
std::optional<Hash> root_by_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                      std::span<const Hash> proof) {
    if (size == 1) return proof.empty() ? std::optional(leaf) : std::nullopt;
    if (proof.empty()) return std::nullopt;
    const Hash& sibling = proof.back();
    const auto rest = proof.first(proof.size() - 1);
    const std::uint64_t cut = cut_of(size);
    const bool is_left = index < cut;
    const auto below = is_left ? root_by_inclusion(leaf, index, cut, rest)
                               : root_by_inclusion(leaf, index - cut, size - cut, rest);
    if (!below) return std::nullopt;
    return is_left ? node_hash(*below, sibling) : node_hash(sibling, *below);
}

/// Whether the hash of the subtree is already known to who reads the proof.
enum class Known { Yes, No };

struct Rebuilt {
    Hash subtree{};
    Hash root{};
};

/// Mirrors how walk_consistency walks. `subtree.interval` is counted from the start of this tree.
std::optional<Rebuilt> rebuild(const SubtreeHead& subtree, std::uint64_t size, Known known,
                               std::span<const Hash> proof) {
    const auto [start, end] = subtree.interval;
    if (start == 0 && end == size) {
        if (known == Known::Yes)
            return proof.empty() ? std::optional(Rebuilt{subtree.hash, subtree.hash}) : std::nullopt;
        return proof.size() == 1 ? std::optional(Rebuilt{proof[0], proof[0]}) : std::nullopt;
    }
    if (proof.empty()) return std::nullopt;
    const Hash& sibling = proof.back();
    const auto rest = proof.first(proof.size() - 1);
    const std::uint64_t cut = cut_of(size);
    if (end <= cut) {
        const auto left = rebuild(subtree, cut, known, rest);
        if (!left) return std::nullopt;
        return Rebuilt{left->subtree, node_hash(left->root, sibling)};
    }
    const bool is_right = start >= cut;
    const Interval moved = is_right ? Interval{start - cut, end - cut} : Interval{0, end - cut};
    const auto right = rebuild({moved, subtree.hash}, size - cut, is_right ? known : Known::No, rest);
    if (!right) return std::nullopt;
    return Rebuilt{
        is_right ? right->subtree : node_hash(sibling, right->subtree), node_hash(sibling, right->root)};
}

std::optional<Hash> hash_of(NodeReader& reader, Interval range) {
    const std::uint64_t size = range.end - range.start;
    if (std::has_single_bit(size)) {
        const auto level = static_cast<unsigned>(std::countr_zero(size));
        return reader.node(level, range.start >> level);
    }
    const std::uint64_t middle = range.start + cut_of(size);
    const auto left = hash_of(reader, {range.start, middle});
    if (!left) return std::nullopt;
    const auto right = hash_of(reader, {middle, range.end});
    if (!right) return std::nullopt;
    return node_hash(*left, *right);
}

bool walk_inclusion(NodeReader& reader, std::uint64_t index, Interval tree, Proof& proof) {
    if (tree.end - tree.start == 1) return true;
    const std::uint64_t middle = tree.start + cut_of(tree.end - tree.start);
    const Interval left{tree.start, middle};
    const Interval right{middle, tree.end};
    if (!walk_inclusion(reader, index, index < middle ? left : right, proof)) return false;
    const auto sibling = hash_of(reader, index < middle ? right : left);
    if (sibling) proof.push_back(*sibling);
    return sibling.has_value();
}

bool walk_consistency(NodeReader& reader, Interval subtree, Interval tree, Known known, Proof& proof) {
    if (subtree == tree) {
        if (known == Known::Yes) return true;
        const auto hash = hash_of(reader, tree);
        if (hash) proof.push_back(*hash);
        return hash.has_value();
    }
    const std::uint64_t middle = tree.start + cut_of(tree.end - tree.start);
    const Interval left{tree.start, middle};
    const Interval right{middle, tree.end};
    const bool goes_left = subtree.end <= middle;
    const bool spans = !goes_left && subtree.start < middle;
    const Interval inner = spans ? Interval{middle, subtree.end} : subtree;
    if (!walk_consistency(reader, inner, goes_left ? left : right, spans ? Known::No : known, proof))
        return false;
    const auto sibling = hash_of(reader, goes_left ? right : left);
    if (sibling) proof.push_back(*sibling);
    return sibling.has_value();
}

}  // namespace

Hash leaf_hash(std::string_view leaf) { return sha256(kLeafPrefix, leaf); }
Hash node_hash(const Hash& left, const Hash& right) { return sha256(kNodePrefix, view(left), view(right)); }
Hash empty_root() { return sha256({}); }

bool is_subtree(Interval interval) {
    if (interval.start > interval.end) return false;
    const std::uint64_t size = interval.end - interval.start;
    if (interval.start == 0 || size <= 1) return true;
    // bit_ceil of a size above 2^63 does not fit; only an interval from 0 is then a subtree.
    return size <= std::uint64_t{1} << 63U && interval.start % std::bit_ceil(size) == 0;
}

std::pair<Interval, Interval> covering_subtrees(Interval interval) {
    const auto [start, end] = interval;
    if (end - start <= 1) return {interval, {end, end}};
    const std::uint64_t last = end - 1;
    // The paths to the first and the last leaf part at this height.
    const auto split = static_cast<unsigned>(std::bit_width(start ^ last) - 1);
    const std::uint64_t mask = (std::uint64_t{1} << split) - 1;
    const std::uint64_t middle = last & ~mask;
    const auto left_height = static_cast<unsigned>(std::bit_width(~start & mask));
    const std::uint64_t left_start = start & ~((std::uint64_t{1} << left_height) - 1);
    return {{left_start, middle}, {middle, end}};
}

Hash Peaks::root() const {
    if (size_ == 0) return empty_root();
    auto level = static_cast<unsigned>(std::countr_zero(size_));
    Hash root = peaks_[level];
    for (++level; level < kMaxHeight; ++level)
        if ((size_ >> level & 1U) != 0) root = node_hash(peaks_[level], root);
    return root;
}

std::optional<Hash> subtree_hash(NodeReader& reader, Interval subtree) {
    if (!is_subtree(subtree)) return std::nullopt;
    return subtree.start == subtree.end ? empty_root() : hash_of(reader, subtree);
}

std::optional<Proof> inclusion_proof(NodeReader& reader, std::uint64_t index, Interval subtree) {
    if (!is_subtree(subtree) || index < subtree.start || index >= subtree.end) return std::nullopt;
    Proof proof;
    if (!walk_inclusion(reader, index, subtree, proof)) return std::nullopt;
    return proof;
}

std::optional<Proof> subtree_proof(NodeReader& reader, Interval subtree, std::uint64_t size) {
    if (!is_subtree(subtree) || subtree.end > size) return std::nullopt;
    Proof proof;
    if (subtree.start == subtree.end) return proof;
    if (!walk_consistency(reader, subtree, {0, size}, Known::Yes, proof)) return std::nullopt;
    return proof;
}

std::optional<Proof> consistency_proof(NodeReader& reader, std::uint64_t before, std::uint64_t after) {
    return before == 0 ? std::nullopt : subtree_proof(reader, {0, before}, after);
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, const SubtreeHead& subtree,
                      std::span<const Hash> proof) {
    const auto [start, end] = subtree.interval;
    if (!is_subtree(subtree.interval) || index < start || index >= end) return false;
    return root_by_inclusion(leaf, index - start, end - start, proof) == subtree.hash;
}

bool verify_subtree(const SubtreeHead& subtree, const TreeHead& tree, std::span<const Hash> proof) {
    const auto [start, end] = subtree.interval;
    if (!is_subtree(subtree.interval) || end > tree.size) return false;
    if (start == end) return proof.empty() && subtree.hash == empty_root();
    const auto rebuilt = rebuild(subtree, tree.size, Known::Yes, proof);
    return rebuilt && rebuilt->subtree == subtree.hash && rebuilt->root == tree.root;
}

bool verify_consistency(const TreeHead& before, const TreeHead& after, std::span<const Hash> proof) {
    return before.size > 0 && verify_subtree({{0, before.size}, before.root}, after, proof);
}

}  // namespace penstock::compliance
