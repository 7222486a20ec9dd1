#pragma once

#include <cstdint>
#include <vector>

namespace penstock::sim {

/// All chance of a world comes from here: SplitMix64, so that a seed means the same on every machine.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// 0 to `bound` - 1. The bias of the remainder is of no matter here.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    /// Both ends included.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
    }
    bool percent(std::uint64_t chance) { return below(100) < chance; }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    template <class T>
    T& pick(std::vector<T>& from) {
        return from[below(from.size())];
    }
    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }

  private:
    std::uint64_t state_;
};

}  // namespace penstock::sim
