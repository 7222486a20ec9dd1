#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "fix/session/settings.hpp"
#include "fix/transport/settings.hpp"
#include "gateways/sim/replay_reader.hpp"
#include "gateways/sim/venue_profile.hpp"
#include "oms/domain/ids.hpp"

namespace penstock::apps {

/// A recorded market for one instrument.
struct ReplaySettings {
    Symbol symbol;
    std::filesystem::path file;
    sim::ReplayFormat format = sim::ReplayFormat::QuoteCsv;
    int price_scale = 0;     // decimals to shift prices by
    std::int64_t speed = 1;  // recorded seconds in one second
};

/// Everything penstock-venue reads at start.
struct VenueSettings {
    std::string name;
    std::uint64_t seed = 1;
    sim::VenueProfile profile;  // an empty prefix: one is made from the time of the start
    std::vector<ReplaySettings> replays;
    std::vector<fix::SessionSettings> sessions;  // acceptors
    fix::ListenerSettings listener;
    std::filesystem::path state_file;     // session numbers; empty: a restarted venue begins at one
    std::filesystem::path log_directory;  // FIX messages in QuickFIX's layout; empty: none
};

struct LoadedVenue {
    VenueSettings settings;
    /// "venue.toml:7: port: expected ..."; the settings count only when there is none.
    std::vector<std::string> problems;
};
/// Reads the venue's file; README.md has every key. Paths in it start at its folder. Never throws.
LoadedVenue load_venue(const std::filesystem::path& file);

}  // namespace penstock::apps
