#pragma once

#include <string_view>

namespace penstock::compliance {

/// Well-formed UTF-8: shortest form, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);
/// Whether well-formed UTF-8 holds a character Unicode calls white space.
bool has_space(std::string_view text);

}  // namespace penstock::compliance
