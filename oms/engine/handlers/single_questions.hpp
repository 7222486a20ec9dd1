#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// Questions about the status of single orders that a logon or a check has asked, and what follows when they
// are not answered, or by "unknown".

/// A question about the status of an order, asked of a venue that has logged on.
void ask_at_logon(const Context& context, Slot<Child> child);
/// It stays unanswered. A venue that first asks for what it missed never sees it, because a gap fill stands
/// for it; so it is asked once more. That is no unknown outcome: nothing was asked for. Then the desk is
/// told, once; a venue that is waited for is asked on.
void give_up_question(const Context& context, Slot<Child> child);

/// The venue does not know an order it had accepted, or does not list it. That is no end of it: the outcome
/// is unknown, its risk stays reserved, and the venue is asked again, kMaxNotFound times in all.
void not_found(const Context& context, Slot<Child> child);

}  // namespace penstock::oms
