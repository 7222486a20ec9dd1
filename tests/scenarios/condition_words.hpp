#pragma once

#include "oms/domain/commands.hpp"
#include "tests/scenarios/words.hpp"

namespace penstock::scenarios {

/// The terms of an order as a line changes them, and the moment times like `until +1h` count from.
struct TermWords {
    oms::OrderType& type;
    oms::TimeInForce& time_in_force;
    std::optional<oms::OrderConditions>& conditions;
    Timestamp now;
};

/// Takes one option about type, time in force or conditions: `stop 9.5 watch bid`, `trail 2%`, `until +1h`.
/// False when the next word is none of them. README.md lists the words.
bool take_condition(Words& words, const TermWords& terms);

}  // namespace penstock::scenarios
