#pragma once

#include <string>

#include "apps/penstock/where.hpp"

namespace penstock::apps {

struct AuditExportOptions {
    WhereOptions where;
    std::string report;
    bool list = false;
    std::string from;
    std::string to;
    std::string order;
    std::string format = "csv";
    std::string out;
    std::string reason;
    std::string identities;
    std::string audit;
    bool proofs = false;
};

/// Writes a report. Progress goes to stderr, one line of JSON about the file to stdout. Returns the exit
/// code.
int audit_export(const AuditExportOptions& options);

}  // namespace penstock::apps
