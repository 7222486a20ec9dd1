#pragma once

#include <cstdint>
#include <string>

#include "oms/engine/core.hpp"

namespace penstock::apps {

/// Every open order, a line each: ids, terms, state, cum, leaves, and each of its children with its venue.
/// `json`: an object a line.
std::string open_orders_text(const oms::World& world, bool json);
std::uint64_t open_orders(const oms::World& world);

/// Every position that is kept, a line each: what was traded here, what was there before, what its venue told
/// last, and by how much that differs. `json`: an object a line.
std::string positions_text(const oms::World& world, bool json);

/// Sessions, venues, accounts, and how many orders: who is up, what is known of each.
std::string state_text(const oms::World& world);

}  // namespace penstock::apps
