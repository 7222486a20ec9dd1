#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateways/sim/flow.hpp"
#include "gateways/sim/replay_reader.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

/// A recorded market as the background of one instrument. Recorded quotes become the house's best bid
/// and ask; a recorded trade becomes an order that takes, where the file says which side took, else a
/// pair of house orders that meet at its price. A file without quotes gets one a tick to either side of
/// each trade, so that there is something to trade with. Prices off the instrument's tick and sizes
/// below its lot are passed over and counted.
class ReplayFlow {
  public:
    /// `speed`: recorded seconds in one second, 1 and up.
    ReplayFlow(const Instrument& instrument, ReplayReader reader, std::int64_t speed = 1);

    const Symbol& symbol() const { return instrument_.symbol; }
    /// Appends what the recording has up to `now`, which the first call makes its beginning. At most
    /// kMaxTicksAStep ticks; the rest comes with the next call.
    void step(Timestamp now, FlowCommands& out);
    /// When `step` has something to do. Nothing when the recording is over or broken.
    std::optional<Timestamp> next_step() const;
    /// What is wrong with the file, once a bad line was met; the replay stops there.
    const std::string& problem() const { return reader_.problem(); }
    std::uint64_t passed_over() const { return passed_over_; }

    static constexpr int kMaxTicksAStep = 1000;

  private:
    struct Quote {
        std::uint64_t tag = 0;
        std::optional<Level> shown;
    };

    void advance();
    void apply(const ReplayTick& tick, FlowCommands& out);
    void quote(std::optional<Level> bid, std::optional<Level> ask, FlowCommands& out);
    void withdraw(Quote& quote, FlowCommands& out);
    void show(Quote& quote, Side side, std::optional<Level> level, FlowCommands& out);
    void print(const Execution& trade, std::optional<Side> aggressor, FlowCommands& out);
    std::optional<Level> fitted(std::optional<Level> level);

    Instrument instrument_;
    ReplayReader reader_;
    std::int64_t speed_;
    std::optional<ReplayTick> pending_;
    std::optional<Timestamp> began_;
    std::int64_t first_ns_ = 0;
    std::uint64_t last_tag_ = 0;
    std::uint64_t passed_over_ = 0;
    bool has_quotes_ = false;
    Quote bid_;
    Quote ask_;
};

}  // namespace penstock::sim
