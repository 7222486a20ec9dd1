#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compliance/tlog/tiles.hpp"

namespace penstock::compliance {

/// Writes for each leaf `<index>.leaf`, the record as it was logged, and `<index>.tlog-proof`, which shows
/// that it is in the log (c2sp.org/tlog-proof@v1), into `out`, which is made. All by one checkpoint: the
/// newest with countersignatures if it covers all of them, else the newest. Reads the log's files beside
/// whoever writes them. What is wrong, as a sentence; then some of the files may be missing.
std::optional<std::string> write_proofs(Files& log, const std::vector<std::uint64_t>& indexes,
                                        const std::filesystem::path& out);

/// Which leaves hold these records of a journal, of those under the newest checkpoint. Reads the log up to
/// the last of them. Nothing when one of them is not there, or the log cannot be read.
std::optional<std::vector<std::uint64_t>> leaves_with(Files& log, const std::set<std::uint64_t>& seqs);

}  // namespace penstock::compliance
