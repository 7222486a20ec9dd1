#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
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

}  // namespace penstock::compliance
