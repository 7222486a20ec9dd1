#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include "oms/domain/assert.hpp"

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
    explicit Slab(std::uint32_t capacity) : capacity_(capacity), places_(capacity), memory_(take(capacity)) {}

    /// Another bound. Places in use stay where they are, also when there are more of them than it allows.
    /// References are lost; slots are not.
    void resize(std::uint32_t capacity) {
        if (capacity > places_) {
            std::unique_ptr<T, Release> larger(take(capacity));
            std::memcpy(
                static_cast<void*>(larger.get()), memory_.get(), sizeof(T) * (std::size_t{used_} + 1));
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
        ::new (memory_.get() + index) T{};
        ++live_;
        return {index};
    }
    void release(Slot<T> slot) {
        free_.push_back(slot.value);
        --live_;
    }
    T& operator[](Slot<T> slot) {
        PENSTOCK_ASSERT(slot.value != 0 && slot.value <= used_, "a slot outside its slab was read");
        return memory_.get()[slot.value];
    }
    const T& operator[](Slot<T> slot) const { return const_cast<Slab&>(*this)[slot]; }

    /// Places ever used: slots 1..high_water() may be looked at.
    std::uint32_t high_water() const { return used_; }
    std::uint32_t live() const { return live_; }
    std::uint32_t capacity() const { return capacity_; }

  private:
    struct Release {
        void operator()(T* memory) const { ::operator delete (memory, std::align_val_t{alignof(T)}); }
    };

    static T* take(std::uint32_t places) {
        return static_cast<T*>(
            ::operator new (sizeof(T) * (std::size_t{places} + 1), std::align_val_t{alignof(T)}));
    }

    std::uint32_t capacity_;  // places that may be live
    std::uint32_t places_;    // places there is memory for
    std::uint32_t used_ = 0;
    std::uint32_t live_ = 0;
    std::unique_ptr<T, Release> memory_;
    std::vector<std::uint32_t> free_;
};

}  // namespace penstock::oms
