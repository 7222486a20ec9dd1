#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "oms/ports/clock.hpp"
#include "tests/sim/agenda.hpp"
#include "tests/sim/plan.hpp"
#include "tests/sim/random.hpp"
#include "tests/sim/violation.hpp"

namespace penstock::sim {

/// What happened in one world, or in many.
struct Tally {
    std::uint64_t worlds = 0, events = 0, records = 0;
    std::uint64_t orders = 0, requests = 0, reports = 0, fills = 0, prices = 0;
    std::uint64_t crashes = 0, torn_tails = 0, recovery_crashes = 0, cuts = 0, clock_steps = 0;
    std::uint64_t mischief = 0, silences = 0, losses = 0;
    std::uint64_t positions_moved = 0, accepted = 0, not_accepted = 0, excused = 0;
    std::uint64_t damage_refused = 0;
    std::uint64_t snapshots = 0, restored = 0, snapshots_refused = 0;
    std::int64_t simulated_ms = 0;

    void add(const Tally& other);
    std::uint64_t faults() const {
        return crashes + recovery_crashes + cuts + clock_steps + mischief + silences + losses +
               positions_moved + damage_refused;
    }
};
std::string to_text(const Tally& tally);

/// The last events of a world, for people. Off, it costs nothing: a failing world is played again with it on.
class Trace {
  public:
    /// Keeps the last `events`; 0: none.
    explicit Trace(std::size_t events) : bound_(events) {}

    /// `text` is a function that makes the line.
    template <class MakeText>
    void note(Timestamp now, MakeText&& text) {
        if (bound_ == 0) return;
        if (lines_.size() == bound_) lines_.pop_front();
        lines_.push_back(stamp(now) + text());
    }
    const std::deque<std::string>& lines() const { return lines_; }

  private:
    static std::string stamp(Timestamp now);

    std::size_t bound_;
    std::deque<std::string> lines_;
};

/// What every part of a world shares. Constructed once a world and handed to its parts.
class Surroundings final : public oms::Clock {
  public:
    Surroundings(const Plan& the_plan, std::size_t traced_events)
        : plan(the_plan), random(the_plan.seed), trace(traced_events) {}

    /// The machine's clock: virtual time, set forward or back now and then.
    Timestamp now() override { return agenda.now() + clock_error; }

    template <class MakeText>
    void note(MakeText&& text) {
        trace.note(agenda.now(), std::forward<MakeText>(text));
    }
    /// Folds something that happened into the world's digest: two runs of a seed have the same.
    void mark(std::uint64_t value) { digest = (digest ^ value) * 0x100000001B3U; }

    const Plan& plan;
    Random random;
    Agenda agenda{kStart};
    Trace trace;
    Tally tally;
    Duration clock_error;
    std::uint64_t digest = 0xCBF29CE484222325U;
    /// The faults are over: what was held is answered, and nothing else goes wrong.
    bool is_healed = false;

    static constexpr Timestamp kStart{1'800'000'000'000'000'000};  // 2027-01-15
};

}  // namespace penstock::sim
