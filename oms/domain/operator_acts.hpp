#pragma once

#include <cstdint>

#include "oms/domain/ids.hpp"

namespace penstock::oms {

/// What an act of an operator changes in the core. The numbers are part of the journal format.
enum class OperatorEffect : std::uint8_t {
    None = 0,    // it is recorded, that is all
    Halt = 1,    // new orders and amends are refused (Halted) until Resume; cancels pass
    Resume = 2,  // and are taken again
    /// The journal comes from a copy and may lack its end: as Halt, and of every kind of id so many are left
    /// out that none is given out twice.
    Restored = 3,
};

/// Somebody who runs this did something: over the control door, or by a command beside a penstockd that was
/// down. Causes no output ever, so that who does not execute the journal may append one.
struct OperatorActed {
    FixedText<63> who;      // "alice@host": the user, as the machine knows it
    FixedText<31> action;   // a word: "halt", "archive-delete"
    FixedText<95> subject;  // what it was done to: a file, an order, a matter
    Text reason;            // why, in the operator's words
    Text text;              // what came of it
    OperatorEffect effect = OperatorEffect::None;
};

}  // namespace penstock::oms
