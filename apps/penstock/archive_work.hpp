#pragma once

#include <string>

#include "apps/penstock/where.hpp"

namespace penstock::apps {

struct ArchiveOptions {
    WhereOptions where;
    std::string matter;
    std::string from;
    std::string to;
    std::string reason;
    bool dry_run = false;
};

// The work of `penstock archive`; each returns the exit code.
int archive_run(const ArchiveOptions& options);
/// Every segment: records, days, sizes, and whether it may go, or what keeps it.
int archive_list(const ArchiveOptions& options);
/// Reads every file and compares it with INDEX.
int archive_verify(const ArchiveOptions& options);
int archive_hold_add(const ArchiveOptions& options);
int archive_hold_list(const ArchiveOptions& options);
int archive_hold_release(const ArchiveOptions& options);
/// Deletes what may go. Each deletion is an OperatorActed record before it happens.
int archive_prune(const ArchiveOptions& options);

}  // namespace penstock::apps
