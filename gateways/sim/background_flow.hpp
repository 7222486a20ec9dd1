#pragma once

#include <cstdint>
#include <vector>

#include "gateways/sim/engine_types.hpp"
#include "gateways/sim/flow.hpp"
#include "gateways/sim/random.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

struct BackgroundSettings {
    int levels = 5;  // 1..50 prices quoted on each side
    Duration interval = Duration::milliseconds(250);
    std::int64_t typical_lots = 100;  // quotes are 1..20 times this
    int trade_one_in = 3;             // one step in so many has a trade; 0: none

    friend bool operator==(const BackgroundSettings&, const BackgroundSettings&) = default;
};

/// A made-up market in one instrument: a ladder of quotes around a middle that walks at random, one
/// tick up, one down or none a step, and now and then an order that takes. Exact and the same for the
/// same seed.
class BackgroundFlow {
  public:
    BackgroundFlow(const Instrument& instrument, const BackgroundSettings& settings, std::uint64_t seed);

    /// Appends what the market does at `now`: nothing before `next_step`, else one step however much
    /// time has passed, so that a venue that slept does not wake to a storm.
    void step(Timestamp now, FlowCommands& out);
    /// When `step` has something to do; the first step is due at once.
    Timestamp next_step() const { return next_step_; }

  private:
    struct Quote {
        std::uint64_t tag = 0;  // 0: nothing placed here yet
        std::int64_t ticks = 0;
    };

    void walk();
    void requote(FlowCommands& out);
    void trade(FlowCommands& out);
    std::int64_t target(Side side, std::size_t level) const;
    FlowOrder order(Side side, TimeInForce time_in_force, std::int64_t ticks, std::int64_t lots);

    Instrument instrument_;
    BackgroundSettings settings_;
    Random random_;
    std::int64_t middle_;  // in ticks
    std::uint64_t last_tag_ = 0;
    Timestamp next_step_;
    std::vector<Quote> bids_;
    std::vector<Quote> asks_;
};

}  // namespace penstock::sim
