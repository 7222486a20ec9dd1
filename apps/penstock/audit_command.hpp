#pragma once

#include "apps/penstock/command.hpp"

namespace penstock::apps {

/// `penstock audit export|copy|book`: reports for compliance, the audit itself, and the book as it was.
void add_audit_command(Commands& commands);

}  // namespace penstock::apps
