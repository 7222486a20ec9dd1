#pragma once

#include <string>

#include "apps/penstock/where.hpp"

namespace penstock::apps {

struct AuditBookOptions {
    WhereOptions where;
    std::string at;
    bool all = false;
};

/// Prints the orders as they stood after the last record at or before a moment. Returns the exit code.
int audit_book(const AuditBookOptions& options);

}  // namespace penstock::apps
