#pragma once

#include "apps/penstock/command.hpp"

namespace penstock::apps {

/// `penstock archive run|list|verify|hold|prune`.
void add_archive_command(Commands& commands);

}  // namespace penstock::apps
