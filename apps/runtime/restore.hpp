#pragma once

#include "apps/runtime/archiving.hpp"

namespace penstock::apps {

struct RestoreFrom {
    std::filesystem::path folder;   // a backup, or a folder that was shipped to
    std::filesystem::path state;    // made; must not be there, or be empty
    std::filesystem::path archive;  // where the archived segments go, or still are; empty: there are none
    /// Only records of which this is true, up to the first of which it is not; empty: all.
    std::function<bool(std::uint64_t seq, Timestamp time)> includes;
    std::string until;  // the same in words
};

/// In the state folder of a restored penstockd: a line that its audit has behind its origin. What was
/// recorded after the copy is in the tree that was signed before, so what is recorded from now on is another
/// log.
inline constexpr const char* kAuditOriginFile = "audit.origin";
/// That line; empty when there is none.
std::string audit_origin_suffix(const std::filesystem::path& state);

/// In the state folder of a restored penstockd: the audit of the backup. Of the restores before, with .2, .3
/// and so on: each keeps the name it got.
inline constexpr const char* kAuditOfBackup = "audit-of-backup";

struct Restored {
    std::optional<std::string> failure;  // then there is no state folder
    Seq last;
    Timestamp last_time;
    std::uint64_t records = 0;  // read to verify it
    bool has_snapshot = false;
    std::string audit_suffix;  // as audit_origin_suffix() says from now on
};
/// Makes a state folder of a backup or a shipped copy. Every file is compared with the manifest, the journal
/// is verified whole, and the folder gets its name last. penstockd begins HALTED from it.
Restored restore_state(const RestoreFrom& from, const Note& note);

}  // namespace penstock::apps
