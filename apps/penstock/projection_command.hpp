#pragma once

#include "apps/penstock/command.hpp"

namespace penstock::apps {

/// `penstock projection run|rebuild|status`: the journal as tables of a database, kept by a process of its
/// own.
void add_projection_command(Commands& commands);

}  // namespace penstock::apps
