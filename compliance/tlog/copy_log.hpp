#pragma once

#include <functional>
#include <optional>
#include <string>

#include "compliance/tlog/tiles.hpp"

namespace penstock::compliance {

/// Leaves under a checkpoint of a log; 0 when there is none by this name.
std::uint64_t size_under(Files& log, std::string_view checkpoint);

/// Told of each kept checkpoint that is left out, a sentence. May be empty.
using TellOfCopy = std::function<void(const std::string& what)>;

/// Copies a log beside whoever writes it into a folder that is empty: tiles and bundles, then the checkpoint.
/// That is the newest with countersignatures if it covers `at_least` leaves, else the newest; the one with
/// countersignatures is copied beside it, and so are kept ones that are not beyond it, but those of
/// other records that a stranger signed, and what cannot be read. Compares what was
/// copied with the roots of all of them. What is wrong, as a sentence; then the copy is not whole, and has no
/// checkpoint.
std::optional<std::string> copy_log(Files& from, Files& to, std::uint64_t at_least,
                                    const TellOfCopy& tell = {});

/// What copy_log() would say is wrong with a log as it is now. Reads all of it and writes nothing.
std::optional<std::string> check_log(Files& log);

}  // namespace penstock::compliance
