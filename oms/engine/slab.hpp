#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include "oms/domain/assert.hpp"
#include "oms/engine/arena.hpp"

namespace penstock::oms {

/// Names one place in a slab. Zero is "none", so a zeroed link is an empty list.
template <class T>
struct Slot {
    std::uint32_t value = 0;

    constexpr bool is_none() const { return value == 0; }
    friend constexpr auto operator<=>(Slot, Slot) = default;
};

/// A bounded number of equal places, reused when released. Address space is taken at once; memory is
/// touched only as places are first used, so a large capacity costs nothing until it is needed and
/// nothing is allocated on the order path. At the bound `acquire` gives none: the caller refuses.
template <class T>
class Slab {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  public:
    explicit Slab(std::uint32_t capacity)
        : capacity_(capacity), places_(capacity), memory_(bytes_of(capacity)) {}

    /// Another bound. Places in use stay where they are, also when there are more of them than it allows.
    /// References are lost; slots are not.
    void resize(std::uint32_t capacity) {
        if (capacity > places_) {
            Arena larger(bytes_of(capacity));
            std::memcpy(larger.data(), memory_.data(), bytes_of(used_));
            memory_ = std::move(larger);
            places_ = capacity;
        }
        capacity_ = capacity;
    }

    /// A fresh, default-made value; none when all are in use.
    Slot<T> acquire() {
        if (live_ >= capacity_) return {};
        std::uint32_t index = 0;
        if (!free_.empty()) {
            index = free_.back();
            free_.pop_back();
        } else {
            index = ++used_;
        }
        ::new (places() + index) T{};
        ++live_;
        return {index};
    }
    void release(Slot<T> slot) {
        free_.push_back(slot.value);
        --live_;
    }
    T& operator[](Slot<T> slot) {
        PENSTOCK_ASSERT(slot.value != 0 && slot.value <= used_, "a slot outside its slab was read");
        return places()[slot.value];
    }
    const T& operator[](Slot<T> slot) const { return const_cast<Slab&>(*this)[slot]; }
    /// Asks for a place that will be needed soon. None is fine.
    void prefetch(Slot<T> slot) const { oms::prefetch(places()[slot.value]); }

    /// See Arena.
    std::size_t touch() const { return memory_.touch(); }

    /// The places ever used, as they lie, and which of them are free. See state_bytes.hpp.
    template <class Bytes>
    void save(Bytes& out) const {
        out.plain(std::uint32_t{sizeof(T)});
        out.plain(capacity_);
        out.plain(used_);
        out.plain(live_);
        out(free_);
        out.many(places() + 1, used_);
    }
    template <class Bytes>
    void load(Bytes& in) {
        std::uint32_t size = 0;
        std::uint32_t capacity = 0;
        std::uint32_t used = 0;
        in.plain(size);
        in.plain(capacity);
        in.plain(used);
        in.plain(live_);
        in(free_);
        const bool fits = size == sizeof(T) && live_ <= used && free_.size() == used - live_ &&
                          std::ranges::all_of(free_, [&](auto at) { return at != 0 && at <= used; });
        if (!in.expect(fits && capacity <= kMaxPlaces && used <= in.left() / sizeof(T))) return;
        resize(std::max(capacity, used));
        capacity_ = capacity;
        used_ = used;
        in.many(places() + 1, used_);
    }

    /// Places ever used: slots 1..high_water() may be looked at.
    std::uint32_t high_water() const { return used_; }
    std::uint32_t live() const { return live_; }
    std::uint32_t capacity() const { return capacity_; }

  private:
    /// More than any configuration asks for: a snapshot that wants more is none.
    static constexpr std::uint32_t kMaxPlaces = std::uint32_t{1} << 30;

    /// With the place that no slot names.
    static std::size_t bytes_of(std::uint32_t places) { return sizeof(T) * (std::size_t{places} + 1); }
    T* places() const { return static_cast<T*>(memory_.data()); }

    std::uint32_t capacity_;  // places that may be live
    std::uint32_t places_;    // places there is memory for
    std::uint32_t used_ = 0;
    std::uint32_t live_ = 0;
    Arena memory_;
    std::vector<std::uint32_t> free_;
};

}  // namespace penstock::oms
