#include "persistence/history/moment.hpp"

#include <charconv>
#include <chrono>

namespace penstock::history {
namespace {

/// A Timestamp is nanoseconds since 1970 in 64 bits, which end in 2262.
constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2261;

/// Takes so many digits and what ends them off the front of `text`.
bool take(std::string_view& text, std::size_t digits, char end, int& value) {
    if (text.size() < digits) return false;
    const auto [to, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc{} || to != text.data() + digits) return false;
    text.remove_prefix(digits);
    if (end == '\0') return true;
    if (!text.starts_with(end)) return false;
    text.remove_prefix(1);
    return true;
}

bool take_fraction(std::string_view& text, std::int64_t& ns) {
    std::int64_t unit = 100'000'000;
    while (!text.empty() && '0' <= text.front() && text.front() <= '9') {
        if (unit == 0) return false;
        ns += (text.front() - '0') * unit;
        unit /= 10;
        text.remove_prefix(1);
    }
    return true;
}

}  // namespace

std::optional<Timestamp> parse_moment(std::string_view text) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::int64_t ns = 0;
    if (!take(text, 4, '-', year) || !take(text, 2, '-', month) || !take(text, 2, '\0', day))
        return std::nullopt;
    if (!text.empty()) {
        if (text.front() != 'T' && text.front() != ' ') return std::nullopt;
        text.remove_prefix(1);
        if (!take(text, 2, ':', hour) || !take(text, 2, ':', minute) || !take(text, 2, '\0', second))
            return std::nullopt;
        if (text.starts_with('.')) {
            text.remove_prefix(1);
            if (!take_fraction(text, ns)) return std::nullopt;
        }
        if (text != "Z" && !text.empty()) return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day))};
    if (year < kFirstYear || year > kLastYear || !date.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    return Timestamp{((days * 24 + hour) * 60 + minute) * 60'000'000'000 + second * 1'000'000'000LL + ns};
}

std::optional<Timestamp> parse_last_moment(std::string_view text) {
    constexpr std::size_t kDate = 10;
    constexpr std::int64_t kDay = 86'400'000'000'000;
    auto moment = parse_moment(text);
    if (moment && text.size() == kDate) moment->ns += kDay - 1;
    return moment;
}

}  // namespace penstock::history
