#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "oms/domain/text.hpp"
#include "oms/domain/time.hpp"

namespace penstock::fix {

// FIX value formats. Each `is_` accepts no more than QuickFIX 1.15.1 does.

/// "[-]digits", at most nine of them.
bool is_int(std::string_view text);
/// "[-]digits[.digits]" with a digit on each side of a point.
bool is_float(std::string_view text);
/// "YYYYMMDD-HH:MM:SS[.1-9 digits]", a date that exists, no leap second.
bool is_timestamp(std::string_view text);
/// "HH:MM:SS[.1-9 digits]".
bool is_time(std::string_view text);
/// "YYYYMMDD", a date that exists.
bool is_date(std::string_view text);

/// Reads a UTCTimestamp of the years 1970 to 2261, to the nanosecond.
std::optional<Timestamp> parse_timestamp(std::string_view text);
/// Reads a date of the same years: its last nanosecond in UTC.
std::optional<Timestamp> parse_end_of_date(std::string_view text);
/// Reads 1 to 9 digits.
std::optional<std::uint32_t> parse_number(std::string_view text);

/// Days since 1970-01-01 to a date of the Gregorian calendar and back.
struct Date {
    std::int32_t year = 1970;
    std::int32_t month = 1;
    std::int32_t day = 1;
};
std::int64_t days_of(const Date& date);
Date date_of(std::int64_t days);
/// "YYYYMMDD": the date of a moment in UTC.
FixedText<8> date_text(Timestamp moment);

}  // namespace penstock::fix
