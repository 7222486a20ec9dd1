#pragma once

#include <optional>
#include <string>

#include "compliance/tlog/tiles.hpp"

namespace penstock::compliance {

/// Copies a log as it is under its newest checkpoint, beside whoever writes it, into a folder that is empty:
/// tiles and bundles, then the checkpoint, and the newest one with countersignatures. Compares what was
/// copied with the checkpoint's root. What is wrong, as a sentence; then the copy is not whole.
std::optional<std::string> copy_log(Files& from, Files& to);

}  // namespace penstock::compliance
