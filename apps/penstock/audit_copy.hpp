#pragma once

#include <string>

#include "apps/penstock/where.hpp"

namespace penstock::apps {

struct AuditCopyOptions {
    WhereOptions where;
    std::string out;
    std::string reason;
    std::string audit;
};

/// Copies the audit for somebody who has no state folder, after the copy itself is on record. Returns the
/// exit code.
int audit_copy(const AuditCopyOptions& options);

}  // namespace penstock::apps
