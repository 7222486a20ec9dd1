#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compliance/tlog/note.hpp"

namespace penstock::compliance {

/// A name that a new key may have: printable ASCII without a space and '+'. Keys of others may have any name
/// that C2SP allows (is_key_name); our verifiers take these only.
bool is_new_key_name(std::string_view name);
inline constexpr const char* kNewKeyNames = "a name is printable ASCII, with neither spaces nor '+'";

struct ReadKey {
    std::optional<SignerKey> key;
    std::string problem;  // a sentence when there is no key
};

/// Reads a secret key of one line. Refuses a file that anybody but its owner may read or write.
ReadKey read_key_file(const std::string& path);
/// Writes a new file, readable by its owner only (0400); never overwrites. What went wrong, or nothing.
std::optional<std::string> write_key_file(const std::string& path, const SignerKey& key);

}  // namespace penstock::compliance
