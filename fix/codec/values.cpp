#include "fix/codec/values.hpp"

#include <array>
#include <cstring>

namespace penstock::fix {
namespace {

constexpr std::size_t kDateSize = 8;
constexpr std::size_t kTimeSize = 8;
constexpr std::size_t kStampSize = 17;
constexpr std::size_t kMaxFraction = 9;

bool is_digit(char c) { return static_cast<unsigned>(c - '0') <= 9; }

bool all_digits(std::string_view text) {
    for (const char c : text)
        if (!is_digit(c)) return false;
    return !text.empty();
}

/// Two digits at `at`, known to be digits.
std::int32_t two(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

std::int32_t days_in(std::int32_t year, std::int32_t month) {
    constexpr std::int32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

/// Eight digits, looked at in one word: each byte is 0x30..0x39 when its high half is 3, and stays 3
/// with 6 added.
bool eight_digits(const char* text) {
    constexpr std::uint64_t kHigh = 0xf0f0f0f0f0f0f0f0ULL;
    constexpr std::uint64_t kThrees = 0x3030303030303030ULL;
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    return (word & kHigh) == kThrees && ((word + 0x0606060606060606ULL) & kHigh) == kThrees;
}

bool read_date(std::string_view text, Date& date) {
    if (!eight_digits(text.data())) return false;
    date = {two(text, 0) * 100 + two(text, 2), two(text, 4), two(text, 6)};
    return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= days_in(date.year, date.month);
}

bool is_fraction(std::string_view text) {
    return text.empty() ||
           (text.front() == '.' && text.size() <= kMaxFraction + 1 && all_digits(text.substr(1)));
}

/// Second of the day of "HH:MM:SS..."; -1 when that is none.
std::int32_t read_time(std::string_view text) {
    if (!is_digit(text[0]) || !is_digit(text[1]) || text[2] != ':' || !is_digit(text[3]) ||
        !is_digit(text[4]) || text[5] != ':' || !is_digit(text[6]) || !is_digit(text[7]))
        return -1;
    const std::int32_t hour = two(text, 0);
    const std::int32_t minute = two(text, 3);
    const std::int32_t second = two(text, 6);
    if (hour > 23 || minute > 59 || second > 59) return -1;
    return (hour * 60 + minute) * 60 + second;
}

}  // namespace

bool is_int(std::string_view text) {
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    return text.size() <= 9 && all_digits(text);
}

bool is_float(std::string_view text) {
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    std::size_t i = 0;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (i == 0) return false;
    if (i == text.size()) return true;
    return text[i] == '.' && all_digits(text.substr(i + 1));
}

bool is_date(std::string_view text) {
    Date date;
    return text.size() == kDateSize && read_date(text, date);
}

bool is_time(std::string_view text) {
    return text.size() >= kTimeSize && read_time(text) >= 0 && is_fraction(text.substr(kTimeSize));
}

bool is_timestamp(std::string_view text) {
    Date date;
    return text.size() >= kStampSize && read_date(text, date) && text[kDateSize] == '-' &&
           read_time(text.substr(kDateSize + 1)) >= 0 && is_fraction(text.substr(kStampSize));
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    Date date;
    if (text.size() < kStampSize || !read_date(text, date) || text[kDateSize] != '-') return std::nullopt;
    const std::int32_t second = read_time(text.substr(kDateSize + 1));
    const std::string_view fraction = text.substr(kStampSize);
    if (second < 0 || !is_fraction(fraction) || date.year < 1970 || date.year > 2261) return std::nullopt;
    std::int64_t ns = 0;
    for (std::size_t i = 1; i <= kMaxFraction; ++i)
        ns = ns * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    return Timestamp{(days_of(date) * 86'400 + second) * 1'000'000'000 + ns};
}

std::optional<Timestamp> parse_end_of_date(std::string_view text) {
    Date date;
    if (text.size() != kDateSize || !read_date(text, date) || date.year < 1970 || date.year > 2261)
        return std::nullopt;
    return Timestamp{(days_of(date) + 1) * 86'400'000'000'000 - 1};
}

std::optional<std::uint32_t> parse_number(std::string_view text) {
    if (text.size() > 9 || !all_digits(text)) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text) value = value * 10 + static_cast<std::uint32_t>(c - '0');
    return value;
}

// Both by counting in 400-year eras of 146,097 days, with years that start in March so that the leap
// day comes last.
std::int64_t days_of(const Date& date) {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t era = year / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

Date date_of(std::int64_t days) {
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = shifted / 146'097;
    const std::int64_t day_of_era = shifted - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    const auto civil_month = static_cast<std::int32_t>(month < 10 ? month + 3 : month - 9);
    const std::int64_t year = year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0);
    return {static_cast<std::int32_t>(year), civil_month,
            static_cast<std::int32_t>(day_of_year - (153 * month + 2) / 5 + 1)};
}

FixedText<8> date_text(Timestamp moment) {
    const Date date = date_of(moment.ns / 86'400'000'000'000);
    std::array<char, kDateSize> text{};
    std::int32_t number = (date.year * 100 + date.month) * 100 + date.day;
    for (std::size_t i = text.size(); i-- > 0; number /= 10) text[i] = static_cast<char>('0' + number % 10);
    return FixedText<8>::truncated({text.data(), text.size()});
}

}  // namespace penstock::fix
