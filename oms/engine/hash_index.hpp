#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include "oms/domain/assert.hpp"
#include "oms/engine/arena.hpp"

namespace penstock::oms {

/// Up to seven bytes as the number they are when zeros follow. Put together from whole loads: a word that was
/// stored byte by byte and is loaded at once makes the processor wait until the stores have left it.
inline std::uint64_t load_tail(std::string_view bytes) {
    const std::size_t size = bytes.size();
    const auto byte = [bytes](std::size_t at) {
        return std::uint64_t{static_cast<unsigned char>(bytes[at])} << (8 * at);
    };
    if (size == 0) return 0;
    if (size < 4) return byte(0) | byte(size / 2) | byte(size - 1);
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, bytes.data(), sizeof first);
    std::memcpy(&last, bytes.data() + size - sizeof last, sizeof last);
    return first | (std::uint64_t{last} << (8 * (size - sizeof last)));
}

/// A 64-bit mix of bytes: the same on every run, so replays walk the same paths. Snapshots hold it.
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
    mix(load_tail(bytes));
    hash *= 0xC4CEB9FE1A85EC53ULL;
    return hash ^ (hash >> 29);
}

/// Hash to slot number, open addressing, eight bytes a cell, half of them in use with `capacity` entries and
/// three quarters at the very most. Holds no keys: the caller compares what the slot holds. Sized once;
/// pages are touched only as used. An entry keeps the hash it was put in under, so moving it reads no
/// other memory.
class HashIndex {
  public:
    explicit HashIndex(std::size_t capacity)
        : mask_(std::bit_ceil(capacity * 2 + 2) - 1), memory_((mask_ + 1) * sizeof(Cell)) {
        PENSTOCK_ASSERT(mask_ <= std::numeric_limits<std::uint32_t>::max(), "an index has 32-bit hashes");
    }

    /// The first slot with this hash that `matches(slot)`; zero when there is none.
    template <class Matches>
    std::uint32_t find(std::uint32_t hash, Matches&& matches) const {
        for (std::size_t at = hash & mask_; cells()[at].slot != 0; at = (at + 1) & mask_)
            if (cells()[at].hash == hash && matches(cells()[at].slot)) return cells()[at].slot;
        return 0;
    }
    void insert(std::uint32_t hash, std::uint32_t slot) {
        std::size_t at = hash & mask_;
        while (cells()[at].slot != 0) at = (at + 1) & mask_;
        cells()[at] = {hash, slot};
        ++size_;
        PENSTOCK_ASSERT(size_ <= mask_ / 4 * 3 + 3, "an index grew past its capacity");
    }
    /// Removes one entry, and closes the gap.
    void erase(std::uint32_t hash, std::uint32_t slot) {
        std::size_t at = hash & mask_;
        while (cells()[at].slot != slot) {
            if (cells()[at].slot == 0) return;
            at = (at + 1) & mask_;
        }
        --size_;
        for (std::size_t next = (at + 1) & mask_; cells()[next].slot != 0; next = (next + 1) & mask_) {
            const std::size_t home = cells()[next].hash & mask_;
            // Move back what may live at the gap: its home is not inside (gap, next].
            if (((next - home) & mask_) < ((next - at) & mask_)) continue;
            cells()[at] = cells()[next];
            at = next;
        }
        cells()[at] = {};
    }
    std::size_t size() const { return size_; }
    /// See Arena.
    std::size_t touch() const { return memory_.touch(); }
    void prefetch(std::uint32_t hash) const { oms::prefetch(cells()[hash & mask_]); }

    /// Room for `capacity` entries, if there is not yet.
    void grow(std::size_t capacity) {
        HashIndex larger(capacity);
        if (larger.mask_ <= mask_) return;
        for (std::size_t at = 0; at <= mask_; ++at)
            if (cells()[at].slot != 0) larger.insert(cells()[at].hash, cells()[at].slot);
        *this = std::move(larger);
    }

    /// The cells in use and where they are: entries with equal hashes are found in the order of their cells.
    template <class Bytes>
    void save(Bytes& out) const {
        out.plain(std::uint64_t{mask_});
        out.plain(std::uint64_t{size_});
        for (std::size_t at = 0; at <= mask_; ++at)
            if (cells()[at].slot != 0) out.plain(Kept{static_cast<std::uint32_t>(at), cells()[at]});
    }
    template <class Bytes>
    void load(Bytes& in) {
        std::uint64_t mask = 0;
        std::uint64_t size = 0;
        in.plain(mask);
        in.plain(size);
        const bool is_index = mask <= std::numeric_limits<std::uint32_t>::max() &&
                              std::has_single_bit(mask + 1) && size <= mask;
        if (!in.expect(is_index && size <= in.left() / sizeof(Kept))) return;
        memory_ = Arena((mask + 1) * sizeof(Cell));
        mask_ = mask;
        size_ = size;
        for (std::uint64_t i = 0; i < size; ++i) {
            Kept kept{};
            in.plain(kept);
            if (!in.expect(kept.at <= mask && kept.cell.slot != 0 && cells()[kept.at].slot == 0)) return;
            cells()[kept.at] = kept.cell;
        }
    }

  private:
    struct Cell {
        std::uint32_t hash;
        std::uint32_t slot;  // zero: empty
    };
    struct Kept {
        std::uint32_t at;
        Cell cell;
    };
    Cell* cells() const { return static_cast<Cell*>(memory_.data()); }

    std::size_t mask_;
    std::size_t size_ = 0;
    Arena memory_;
};

}  // namespace penstock::oms
