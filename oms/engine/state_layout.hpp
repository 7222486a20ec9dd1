#pragma once

#include <cstdint>

namespace penstock::oms {

/// Raise it when bytes of the same layout come to mean something else: the order of an enumeration, a unit,
/// a list that is now sorted. What changes sizes or places of members is seen without it.
inline constexpr std::uint64_t kStateMeaning = 3;

/// Tells a snapshot of this program's state from that of a program that lays it out otherwise.
std::uint64_t state_layout();

}  // namespace penstock::oms
