#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "gateways/sim/engine_types.hpp"

namespace penstock::sim {

// What a background wants done to the book, as orders of the house. A flow names its orders by tags of
// its own, counted from 1, and is never told what became of them: a quote somebody traded away is
// simply placed anew later. That keeps a flow a pure function of its seed or file and the steps taken.

struct FlowOrder {
    std::uint64_t tag = 0;
    Side side = Side::Buy;
    TimeInForce time_in_force = TimeInForce::Day;  // Day waits in the book, Ioc does not
    Quantity quantity;
    Price limit;

    friend bool operator==(const FlowOrder&, const FlowOrder&) = default;
};

/// Takes an order back. The order may be gone already.
struct FlowCancel {
    std::uint64_t tag = 0;

    friend bool operator==(const FlowCancel&, const FlowCancel&) = default;
};

using FlowCommand = std::variant<FlowOrder, FlowCancel>;
using FlowCommands = std::vector<FlowCommand>;

}  // namespace penstock::sim
