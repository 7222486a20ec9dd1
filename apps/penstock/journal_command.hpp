#pragma once

#include "apps/penstock/command.hpp"

namespace penstock::apps {

/// `penstock journal inspect|...`: reads a journal, never writes one.
void add_journal_command(Commands& commands);

}  // namespace penstock::apps
