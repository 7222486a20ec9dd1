#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/archive/index.hpp"

namespace penstock::persistence {

/// By what archived segments are judged.
struct RetentionRule {
    Timestamp now;
    std::optional<Duration> keep;  // since the last record of a segment; none: for ever
    /// The segment a start from the newest good snapshot reads first; 0: there is no such snapshot, so that a
    /// start needs all of them.
    std::uint64_t start_reads_from = 0;
    /// The last record the audit has, which reads the journal from there; 0: nothing yet. None: no audit is
    /// kept.
    std::optional<std::uint64_t> audited{};
};

/// What may become of one that is still there, and why.
struct Verdict {
    std::uint64_t first_seq = 0;
    bool may_go = false;
    std::string why;  // "expired ...", "held by ...", ...
};

/// Only the oldest may go, so that what is kept has no hole: the first that has to stay keeps those after it.
std::vector<Verdict> judge(const ArchiveIndex& index, const RetentionRule& rule);

}  // namespace penstock::persistence
