#include "tests/sim/market.hpp"

#include <algorithm>

namespace penstock::sim {
namespace {

constexpr std::int64_t kMiddle = 1'000;
/// Never so far that the collar of the account refuses what clients ask for.
constexpr std::int64_t kFurthest = 60;

}  // namespace

std::string symbol_name(int symbol) { return "SYM" + std::to_string(symbol); }

Market::Market() {
    middle_.fill(kMiddle);
    prices_.fill({kMiddle - 2, kMiddle + 2, kMiddle, kMiddle});
}

const Prices& Market::move(int symbol, Random& random, bool is_orderly) {
    const auto at = static_cast<std::size_t>(symbol);
    const std::int64_t reach = random.one_in(10) ? 30 : 4;
    middle_[at] =
        std::clamp(middle_[at] + random.between(-reach, reach), kMiddle - kFurthest, kMiddle + kFurthest);
    Prices& now = prices_[at];
    now.bid = middle_[at] - random.between(0, 4);
    now.ask = middle_[at] + random.between(0, 4);
    // The last trade and the mark need not change with the book.
    if (random.one_in(2)) now.last = middle_[at] + random.between(-4, 4);
    if (random.one_in(3)) now.mark = middle_[at] + random.between(-2, 2);
    if (is_orderly) return now;
    if (random.one_in(12)) std::swap(now.bid, now.ask);
    if (random.one_in(12)) now.bid = 0;
    if (random.one_in(12)) now.ask = 0;
    if (random.one_in(30)) now.last = 0;
    return now;
}

}  // namespace penstock::sim
