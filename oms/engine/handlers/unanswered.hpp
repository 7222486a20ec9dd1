#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// Children whose answers are late become unknown, and their venues are asked; so are the next of those a
/// venue is asked about after its logon. A bounded number each.
void ask_about_unanswered(const Context& context);

}  // namespace penstock::oms
