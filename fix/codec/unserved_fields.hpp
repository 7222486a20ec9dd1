#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "fix/codec/tags.hpp"

namespace penstock::fix {

/// A field that would change what an order means and is not served: a message with it is refused, rather than
/// done without it. From spec/fix/engagement/requests.toml, made into C++ by tools/gen_engagement.py. Inside
/// this room only.
struct UnservedField {
    Tag tag;
    std::string_view harmless;  // the value that changes nothing; empty: none
};

/// Index: tag. Where in `unserved_fields` it is, one more; 0 when it is not. Empty for messages without any.
std::span<const std::uint8_t> unserved_in(std::string_view msg_type);
std::span<const UnservedField> unserved_fields();

}  // namespace penstock::fix
