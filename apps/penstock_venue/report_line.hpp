#pragma once

#include <string>

#include "gateways/sim/action.hpp"

namespace penstock::apps {

/// What a venue said, in a line for people: "Trade 100 XYZ @ 10.01  SIM44-1 BUY 300  cum 100 leaves 200".
/// Empty for market data.
std::string report_line(const sim::Send& send);

}  // namespace penstock::apps
