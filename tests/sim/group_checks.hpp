#pragma once

#include <cstdint>
#include <functional>

#include "tests/sim/client.hpp"

namespace penstock::sim {

/// What the venues hold of one order of a client's: of its only child there, or of all its slices.
struct Truth {
    std::int64_t filled = 0;
    std::int64_t money = 0;
    std::int64_t quantity = 0;   // of the newest
    std::int64_t remaining = 0;  // may trade yet
    std::int64_t woken = 0;      // of that, in orders there that had come to rest
    std::uint64_t trades = 0;
    bool is_restated = false;  // the venue changed its quantity of its own accord
    std::string newest;        // its id there; empty: none has arrived
};
using FindTruth = std::function<Truth(const ClientOrder&)>;

/// What a group promises once everything is at rest, worked out anew from what its client sent and was told:
/// docs/groups.md, with sums of our own. Throws Violation (I3, I9).
void check_group(const Client& client, const ClientList& list, const FindTruth& truth_of);

}  // namespace penstock::sim
