#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "oms/domain/assert.hpp"

namespace penstock::oms {

/// A 64-bit mix of bytes: the same on every run, so replays walk the same paths.
inline std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) {
    std::uint64_t hash = seed ^ (bytes.size() * 0x9E3779B97F4A7C15ULL);
    const auto mix = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * 0xFF51AFD7ED558CCDULL;
        hash ^= hash >> 32;
    };
    while (bytes.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), 8);
        mix(word);
        bytes.remove_prefix(8);
    }
    std::uint64_t tail = 0;
    if (!bytes.empty()) std::memcpy(&tail, bytes.data(), bytes.size());
    mix(tail);
    hash *= 0xC4CEB9FE1A85EC53ULL;
    return hash ^ (hash >> 29);
}

/// Hash to slot number, open addressing, eight bytes a cell, half of them in use with `capacity` entries and
/// three quarters at the very most. Holds no keys:
/// the caller compares what the slot holds. Sized once for `capacity` entries; zeroed pages are
/// touched only as used.
class HashIndex {
  public:
    explicit HashIndex(std::size_t capacity)
        : mask_(std::bit_ceil(capacity * 2 + 2) - 1),
          cells_(static_cast<Cell*>(std::calloc(mask_ + 1, sizeof(Cell)))) {
        PENSTOCK_ASSERT(cells_ != nullptr, "no memory for an index");
    }

    /// The first slot with this hash that `matches(slot)`; zero when there is none.
    template <class Matches>
    std::uint32_t find(std::uint64_t hash, Matches&& matches) const {
        const std::uint32_t tag = tag_of(hash);
        for (std::size_t at = hash & mask_; cells_[at].slot != 0; at = (at + 1) & mask_)
            if (cells_[at].tag == tag && matches(cells_[at].slot)) return cells_[at].slot;
        return 0;
    }
    void insert(std::uint64_t hash, std::uint32_t slot) {
        std::size_t at = hash & mask_;
        while (cells_[at].slot != 0) at = (at + 1) & mask_;
        cells_[at] = {tag_of(hash), slot};
        ++size_;
        PENSTOCK_ASSERT(size_ <= mask_ / 4 * 3 + 3, "an index grew past its capacity");
    }
    /// Removes one entry. `hash_of(slot)` gives the hash of any slot still held, to close the gap.
    template <class HashOf>
    void erase(std::uint64_t hash, std::uint32_t slot, HashOf&& hash_of) {
        std::size_t at = hash & mask_;
        while (cells_[at].slot != slot) {
            if (cells_[at].slot == 0) return;
            at = (at + 1) & mask_;
        }
        --size_;
        for (std::size_t next = (at + 1) & mask_; cells_[next].slot != 0; next = (next + 1) & mask_) {
            const std::size_t home = hash_of(cells_[next].slot) & mask_;
            // Move back what may live at the gap: its home is not inside (gap, next].
            if (((next - home) & mask_) < ((next - at) & mask_)) continue;
            cells_[at] = cells_[next];
            at = next;
        }
        cells_[at] = {};
    }
    std::size_t size() const { return size_; }

    /// Room for `capacity` entries, if there is not yet.
    template <class HashOf>
    void grow(std::size_t capacity, HashOf&& hash_of) {
        HashIndex larger(capacity);
        if (larger.mask_ <= mask_) return;
        for (std::size_t at = 0; at <= mask_; ++at)
            if (cells_[at].slot != 0) larger.insert(hash_of(cells_[at].slot), cells_[at].slot);
        *this = std::move(larger);
    }

  private:
    struct Cell {
        std::uint32_t tag;
        std::uint32_t slot;  // zero: empty
    };
    struct Free {
        void operator()(Cell* cells) const { std::free(cells); }
    };
    static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

    std::size_t mask_;
    std::size_t size_ = 0;
    std::unique_ptr<Cell[], Free> cells_;
};

}  // namespace penstock::oms
