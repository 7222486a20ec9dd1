#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/tlog/checkpoint.hpp"
#include "compliance/tlog/files.hpp"

namespace penstock::compliance {

/// Where the checkpoint of this size is kept: "checkpoints/2048".
std::string kept_path(std::uint64_t size);

/// The sizes checkpoints are kept for, by their names, in order. Other names are passed over.
Result<std::vector<std::uint64_t>> kept_sizes(Files& log);

/// A checkpoint as it is kept. Its text has a fourth line, `kept`, so that whoever takes one for the log's
/// newest, to cut the log back to it, shows no checkpoint at all.
struct Kept {
    TreeHead head;
    Note note;
};
Note kept_note(const SignerKey& signer, const Checkpoint& checkpoint);

/// When the bytes are one of this log and of this size. Its signatures are not verified.
std::optional<Kept> parse_kept(std::string_view bytes, const std::string& origin, std::uint64_t size);

}  // namespace penstock::compliance
