#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "gateways/sim/background_flow.hpp"
#include "gateways/sim/matching_engine.hpp"
#include "gateways/sim/replay_flow.hpp"

namespace penstock::sim {

/// The venue's own participant: plays a background, made up or recorded, into the engine, one for each
/// instrument that has one.
class House {
  public:
    /// A made-up market; takes the place of what the instrument had.
    void play(const Instrument& instrument, const BackgroundSettings& settings, std::uint64_t seed);
    /// A recorded market; takes the place of what the instrument had.
    void play(ReplayFlow replay);

    /// Plays everything due by `now` and appends what it did to other people's orders, among others.
    void step(Timestamp now, MatchingEngine& engine, Events& out);
    std::optional<Timestamp> next_due() const;
    /// What stopped replays, one line each; empty while all is well.
    std::vector<std::string> problems() const;

  private:
    struct Show {
        Symbol symbol;
        std::variant<BackgroundFlow, ReplayFlow> flow;
        std::unordered_map<std::uint64_t, OrderNumber> by_tag;  // looked up only, never walked
    };

    void add(Show show);
    static std::optional<Timestamp> due(const Show& show);
    static void apply(Show& show, const FlowCommand& command, MatchingEngine& engine, Events& out);

    std::vector<Show> shows_;
    FlowCommands commands_;
};

}  // namespace penstock::sim
