#pragma once

#include <string>
#include <string_view>

#include "compliance/reports/values.hpp"

namespace penstock::reports {

bool is_utf8(std::string_view text);

/// Text as people may see it: UTF-8 as it is; a byte that is none, and a control character, as "\x1f". In a
/// message (Type::Name::Raw) the separator SOH is "|".
std::string visible(std::string_view text, Type::Name type);

/// A cell of a CSV (RFC 4180), appended. What a spreadsheet would take for a formula gets an apostrophe
/// before it, unless its type is a number.
void append_csv(std::string& out, std::string_view text, Type::Name type);

/// A JSON string with its quotes, appended. Text that is not UTF-8 is taken for Latin-1, so that no byte is
/// lost.
void append_json(std::string& out, std::string_view text);

/// Text between tags or in an attribute, appended.
void append_html(std::string& out, std::string_view text);

/// Bytes as lower-case hexadecimal digits.
std::string to_hex(std::string_view bytes);

bool is_numeric(Type::Name type);

}  // namespace penstock::reports
