#include "gateways/sim/background_flow.hpp"

#include <algorithm>

#include "gateways/sim/grid.hpp"

namespace penstock::sim {
namespace {

constexpr int kMaxLevels = 50;
/// A quote is placed anew once in so many steps even where its price is still right: it may be gone.
constexpr std::int64_t kRefreshOneIn = 6;

}  // namespace

BackgroundFlow::BackgroundFlow(const Instrument& instrument, const BackgroundSettings& settings,
                               std::uint64_t seed)
    : instrument_(instrument),
      settings_(settings),
      random_(seed),
      middle_(whole_steps_in(instrument.start_price.value, instrument.tick.value)) {
    const auto levels = static_cast<std::size_t>(std::clamp(settings.levels, 1, kMaxLevels));
    bids_.resize(levels);
    asks_.resize(levels);
}

void BackgroundFlow::step(Timestamp now, FlowCommands& out) {
    if (now < next_step_) return;
    next_step_ = now + settings_.interval;
    walk();
    requote(out);
    if (settings_.trade_one_in > 0 && random_.below(settings_.trade_one_in) == 0) trade(out);
}

void BackgroundFlow::walk() {
    const std::int64_t move = random_.below(4);
    if (move == 0) --middle_;
    if (move == 1) ++middle_;
    // The lowest bid must stay above zero and the highest ask on the grid.
    const auto levels = static_cast<std::int64_t>(bids_.size());
    middle_ = std::clamp(middle_, levels + 1, kMaxSteps - levels - 1);
}

std::int64_t BackgroundFlow::target(Side side, std::size_t level) const {
    const auto away = static_cast<std::int64_t>(level) + 1;
    return side == Side::Buy ? middle_ - away : middle_ + away;
}

/// Cancels come before orders, or the new bids would trade with the old asks.
void BackgroundFlow::requote(FlowCommands& out) {
    FlowCommands placed;
    for (const Side side : {Side::Buy, Side::Sell}) {
        auto& quotes = side == Side::Buy ? bids_ : asks_;
        for (std::size_t level = 0; level < quotes.size(); ++level) {
            Quote& quote = quotes[level];
            const std::int64_t ticks = target(side, level);
            const bool stale = quote.tag == 0 || quote.ticks != ticks || random_.below(kRefreshOneIn) == 0;
            if (!stale) continue;
            if (quote.tag != 0) out.emplace_back(FlowCancel{quote.tag});
            const std::int64_t lots = (1 + random_.below(20)) * settings_.typical_lots;
            const FlowOrder made = order(side, TimeInForce::Day, ticks, lots);
            quote = {made.tag, ticks};
            placed.emplace_back(made);
        }
    }
    out.insert(out.end(), placed.begin(), placed.end());
}

void BackgroundFlow::trade(FlowCommands& out) {
    const Side side = random_.below(2) == 0 ? Side::Buy : Side::Sell;
    const std::int64_t lots = (1 + random_.below(4)) * settings_.typical_lots;
    // As far as the second level: enough to trade, not enough to sweep the ladder.
    const std::int64_t ticks = side == Side::Buy ? middle_ + 2 : middle_ - 2;
    out.emplace_back(order(side, TimeInForce::Ioc, std::max<std::int64_t>(ticks, 1), lots));
}

FlowOrder BackgroundFlow::order(Side side, TimeInForce time_in_force, std::int64_t ticks, std::int64_t lots) {
    return {++last_tag_, side, time_in_force, Quantity{on_grid(lots, instrument_.lot.value)},
            Price{on_grid(ticks, instrument_.tick.value)}};
}

}  // namespace penstock::sim
