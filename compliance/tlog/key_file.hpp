#pragma once

#include <optional>
#include <string>

#include "compliance/tlog/note.hpp"

namespace penstock::compliance {

struct ReadKey {
    std::optional<SignerKey> key;
    std::string problem;  // a sentence when there is no key
};

/// Reads a secret key of one line. Refuses a file that anybody but its owner may read or write.
ReadKey read_key_file(const std::string& path);
/// Writes a new file, readable by its owner only (0400); never overwrites. What went wrong, or nothing.
std::optional<std::string> write_key_file(const std::string& path, const SignerKey& key);

}  // namespace penstock::compliance
