#pragma once

#include <cstdint>

namespace penstock::oms {

/// How much the core can hold. Address space for all of it is taken at start. At the bound finished
/// orders are forgotten, oldest first; when none is left a new order is refused (CapacityReached).
struct Capacity {
    std::uint32_t orders = 1'000'000;  // open and finished, together
    std::uint32_t requests = 262'144;  // amends and cancels in flight; then TooManyRequests
    std::uint32_t fills = 2'000'000;   // kept for duplicate detection; then an alarm per fill
};

/// Amends and cancels in flight on one order; then TooManyRequests.
inline constexpr int kMaxRequestsPerOrder = 16;
/// Amends and cancels sent for one order in its life, so that a venue ClOrdID never exceeds three
/// digits of revision and is never given out twice; then TooManyRequests. The last ones are for cancels.
inline constexpr std::uint32_t kMaxRevisionsPerChild = 46'655;
inline constexpr std::uint32_t kRevisionsKeptForCancels = 1'000;
/// Status questions asked in one tick; the rest wait for the next.
inline constexpr int kMaxStatusQueriesPerTick = 100;

}  // namespace penstock::oms
