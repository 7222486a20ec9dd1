#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::compliance {

/// Standard base64 with padding (RFC 4648 section 4).
std::string to_base64(std::string_view bytes);
/// Strict: the one encoding of these bytes, so no padding is missing, no stray bit is set, and two
/// different texts never mean the same.
std::optional<std::string> from_base64(std::string_view text);

std::string to_hex(std::string_view bytes);
/// Lower case only, an even number of digits.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace penstock::compliance
