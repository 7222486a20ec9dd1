#include "gateways/sim/venue_profile.hpp"

#include "gateways/sim/matching_engine.hpp"

namespace penstock::sim {
namespace {

constexpr std::size_t kMaxPrefix = 12;

}  // namespace

std::optional<std::string> problem_of(const VenueProfile& profile) {
    if (profile.prefix.empty() || profile.prefix.size() > kMaxPrefix)
        return "prefix: expected 1 to 12 characters, got '" + profile.prefix + "'";
    if (profile.request_delay.ns < 0) return "request_delay: expected zero or more";
    MatchingEngine engine;
    for (const TradedInstrument& traded : profile.instruments) {
        const std::string name(traded.instrument.symbol.view());
        if (engine.add_instrument(traded.instrument) != Fault::None)
            return "instrument '" + name +
                   "': expected a symbol of its own, a positive tick and lot of at most six digits, and a "
                   "start price that is a whole number of ticks";
        if (!traded.background) continue;
        const BackgroundSettings& background = *traded.background;
        if (background.levels < 1 || background.levels > 50)
            return "instrument '" + name + "': background levels: expected 1 to 50";
        if (background.interval.ns <= 0)
            return "instrument '" + name + "': background interval: expected > 0";
        if (background.typical_lots < 1 || background.typical_lots > 1'000'000)
            return "instrument '" + name + "': background typical_lots: expected 1 to 1000000";
    }
    return std::nullopt;
}

}  // namespace penstock::sim
