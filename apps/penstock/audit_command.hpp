#pragma once

#include "apps/penstock/command.hpp"

namespace penstock::apps {

/// `penstock audit export|book`: reports for compliance, and the book as it was. Reads a journal, never
/// writes one.
void add_audit_command(Commands& commands);

}  // namespace penstock::apps
