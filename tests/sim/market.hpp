#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "tests/sim/random.hpp"

namespace penstock::sim {

inline constexpr int kSymbols = 3;
std::string symbol_name(int symbol);

/// The prices of one instrument at one venue, in cents; zero: none.
struct Prices {
    std::int64_t bid = 0;
    std::int64_t ask = 0;
    std::int64_t last = 0;
    std::int64_t mark = 0;
};

/// What a venue publishes: prices that wander around ten, jump, cross, and are missing now and then.
class Market {
  public:
    Market();

    /// The next prices of an instrument. `is_orderly`: both sides are there and do not cross.
    const Prices& move(int symbol, Random& random, bool is_orderly);
    const Prices& of(int symbol) const { return prices_[static_cast<std::size_t>(symbol)]; }

  private:
    std::array<std::int64_t, kSymbols> middle_;
    std::array<Prices, kSymbols> prices_;
};

}  // namespace penstock::sim
