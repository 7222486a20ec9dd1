#pragma once

#include <cstdint>
#include <vector>

#include "gateways/sim/action.hpp"
#include "gateways/sim/behaviour.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

/// What a planned message says, as far as misbehaviour cares.
enum class Says : std::uint8_t { Accepted, Filled, Other };

/// An answer the venue would give, and how long after its cause it is to leave.
struct Planned {
    Says says = Says::Other;
    Duration after;
    Action action;

    friend bool operator==(const Planned&, const Planned&) = default;
};

/// Turns the answers one request caused about one order, in their right order, into what a misbehaving
/// venue sends. Pure. Behaviours that are not about the answers themselves leave the plan as it is.
void misbehave(const Misbehaviour& misbehaviour, std::vector<Planned>& plan);

}  // namespace penstock::sim
