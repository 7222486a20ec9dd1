#pragma once

#include <optional>
#include <string_view>

#include "oms/domain/time.hpp"

namespace penstock::history {

/// "2026-11-21T09:30:00Z", with up to nine digits of a second's fraction; the date alone is its first moment.
/// UTC always. Nothing when it is no moment of 1970 to 2261, which is what a Timestamp holds.
std::optional<Timestamp> parse_moment(std::string_view text);
/// The same where a period ends: the date alone is its last moment.
std::optional<Timestamp> parse_last_moment(std::string_view text);

}  // namespace penstock::history
