#pragma once

#include <cstdint>

namespace penstock::sim {

/// SplitMix64. Written out because the standard library's distributions differ between libraries, and a
/// seed must make the same market everywhere.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }
    /// 0..bound-1; bound must be positive. The bias of the remainder is far below what a market shows.
    std::int64_t below(std::int64_t bound) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
    }

  private:
    std::uint64_t state_;
};

}  // namespace penstock::sim
