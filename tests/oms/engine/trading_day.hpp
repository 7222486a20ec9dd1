#pragma once

#include <vector>

#include "oms/engine/core.hpp"
#include "oms/ports/journal.hpp"

namespace penstock::oms {

/// Definitions for one client "A", two venues "X" and "Y", and account "ACC" with wide limits; then the
/// venues are up and both instruments quoted.
std::vector<InputBody> opening();

/// A client's order for `quantity` XYZ at 10.
NewOrder order_named(std::string_view cl_ord_id, std::string_view quantity);
/// A venue's word on a child, about its request number `revision`.
VenueReport report_on(std::uint64_t child, std::uint32_t revision);

/// Order, ack, amend, fills, bust, cancel: something of everything.
std::vector<InputBody> trading_day();

/// Steps a core through these, one second apart, and keeps the records.
std::vector<Record> run(Core& core, const std::vector<InputBody>& inputs);

}  // namespace penstock::oms
