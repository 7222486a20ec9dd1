#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/section.hpp"

namespace penstock::config {

/// Reads a secret that a file may only point at: "${env:NAME}" or "${file:path}". Text that is no
/// reference is a problem which does not repeat it. Empty when the key is absent.
std::string read_secret(Section& section, std::string_view key);

/// As read_secret, but what is no reference is the value itself: user names, hashes.
std::string read_maybe_secret(Section& section, std::string_view key);

}  // namespace penstock::config
