#pragma once

#include "apps/penstock/command.hpp"

namespace penstock::apps {

/// `penstock backup` and `penstock restore`.
void add_backup_commands(Commands& commands);

}  // namespace penstock::apps
