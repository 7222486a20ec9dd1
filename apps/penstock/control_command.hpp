#pragma once

#include "apps/penstock/command.hpp"

namespace penstock::apps {

/// `penstock status`, `halt`, `resume`: asks the penstockd that runs.
void add_control_commands(Commands& commands);

}  // namespace penstock::apps
