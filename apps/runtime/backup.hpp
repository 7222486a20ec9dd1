#pragma once

#include "apps/runtime/archiving.hpp"
#include "persistence/archive/manifest.hpp"

namespace penstock::apps {

struct BackedUp {
    std::optional<std::string> failure;  // then there is no MANIFEST
    persistence::Manifest manifest;
    std::uint64_t bytes = 0;
    bool has_audit = false;
    std::string audit_problem;  // why it is not in the backup as it should be; the rest is whole
};
/// Copies what a Penstock needs to start again into an empty folder, beside a penstockd that runs or not: the
/// journal up to its watermark, the newest good snapshot, the archive, and the audit, which is copied first
/// so that it says nothing of later records, with the logs of before each restore. Configuration and secrets
/// are not in it.
BackedUp back_up(const StoragePlaces& places, const std::filesystem::path& folder, const Note& note);

}  // namespace penstock::apps
