#include "persistence/history/columns.hpp"

#include <array>
#include <charconv>

namespace penstock::history {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

char* write_digits(char* out, std::int64_t value, int digits) {
    for (int i = digits - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
    return out + digits;
}

/// "2026-11-27" of a day counted from 1970-01-01: Gregorian, valid for every day a Timestamp can hold.
char* write_date(char* out, std::int64_t days) {
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int64_t day_of_era = shifted - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_index = (5 * day_of_year + 2) / 153;
    const std::int64_t day = day_of_year - (153 * month_index + 2) / 5 + 1;
    const std::int64_t month = month_index < 10 ? month_index + 3 : month_index - 9;
    const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    out = write_digits(out, year, 4);
    *out++ = '-';
    out = write_digits(out, month, 2);
    *out++ = '-';
    return write_digits(out, day, 2);
}

}  // namespace

void append(std::string& out, std::uint64_t value) {
    std::array<char, 20> text{};
    out.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
}

void append(std::string& out, Timestamp value) {
    std::int64_t days = value.ns / kDay;
    std::int64_t rest = value.ns % kDay;
    if (rest < 0) {
        rest += kDay;
        --days;
    }
    std::array<char, 32> text{};
    char* at = write_date(text.data(), days);
    *at++ = 'T';
    const std::int64_t seconds = rest / kSecond;
    at = write_digits(at, seconds / 3600, 2);
    *at++ = ':';
    at = write_digits(at, seconds / 60 % 60, 2);
    *at++ = ':';
    at = write_digits(at, seconds % 60, 2);
    *at++ = '.';
    at = write_digits(at, rest % kSecond, 9);
    *at++ = 'Z';
    out.append(text.data(), at);
}

void append(std::string& out, Decimal value) {
    std::array<char, Decimal::kMaxText> text{};
    out.append(text.data(), value.write(text.data()));
}

void append(std::string& out, const Notional& value) {
    std::array<char, Notional::kMaxText> text{};
    out.append(text.data(), value.write(text.data()));
}

std::string_view to_text(Direction direction) {
    switch (direction) {
        case Direction::Inside: return "Inside";
        case Direction::FromClient: return "FromClient";
        case Direction::ToClient: return "ToClient";
        case Direction::FromVenue: return "FromVenue";
        case Direction::ToVenue: return "ToVenue";
    }
    return {};
}

std::string_view to_text(ExecutionKind kind) {
    switch (kind) {
        case ExecutionKind::Trade: return "Trade";
        case ExecutionKind::Bust: return "Bust";
        case ExecutionKind::Reversal: return "Reversal";
        case ExecutionKind::Correction: return "Correction";
    }
    return {};
}

}  // namespace penstock::history
