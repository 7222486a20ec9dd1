#include "compliance/reports/values.hpp"

#include <algorithm>
#include <charconv>

#include "persistence/history/moment.hpp"

namespace penstock::reports {
namespace {

bool is_digit(char letter) { return '0' <= letter && letter <= '9'; }
bool is_upper(char letter) { return 'A' <= letter && letter <= 'Z'; }
bool is_upper_or_digit(char letter) { return is_digit(letter) || is_upper(letter); }

bool is_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view rest = point == std::string_view::npos ? "0" : text.substr(point + 1);
    return !whole.empty() && !rest.empty() && std::ranges::all_of(whole, is_digit) &&
           std::ranges::all_of(rest, is_digit);
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

/// ISO 7064 mod 97-10 of an LEI; Luhn of an ISIN. A wrong check digit is a typing error, and is told as one.
bool has_right_check(const std::string& lei) {
    int rest = 0;
    for (const char letter : lei) {
        const int value = is_digit(letter) ? letter - '0' : letter - 'A' + 10;
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
}

bool has_right_luhn(const std::string& isin) {
    std::string digits;
    for (const char letter : isin)
        digits += is_digit(letter) ? std::string(1, letter) : std::to_string(letter - 'A' + 10);
    int sum = 0;
    bool doubles = false;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at, doubles = !doubles) {
        const int digit = *at - '0';
        sum += doubles ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
    return sum % 10 == 0;
}

std::optional<std::string> check_length(const Type& type, const std::string& value) {
    if (type.digits == 0 || value.size() <= static_cast<std::size_t>(type.digits)) return std::nullopt;
    return "longer than " + std::to_string(type.digits) + " characters";
}

std::optional<std::string> put_decimal(const Type& type, std::string& value) {
    if (!is_number(value)) return "no number";
    if (type.digits == 0) return std::nullopt;
    const std::string made = rounded(value, type.decimals);
    const auto digits = std::ranges::count_if(made, is_digit);
    if (digits > type.digits) return "more than " + std::to_string(type.digits) + " digits";
    value = made;
    return std::nullopt;
}

std::optional<std::string> put_time(Type::Name name, std::string& value) {
    constexpr std::size_t kDate = 10;
    constexpr std::size_t kWhole = 30;  // as our own columns write it: needs no proof
    const bool is_ours = value.size() == kWhole && value[10] == 'T' && value.back() == 'Z';
    if (is_ours && name == Type::Name::Nanotime) return std::nullopt;
    const auto moment = history::parse_moment(value);
    if (!moment || (value.size() > kDate && value[kDate] != 'T')) return "no time";
    if (name == Type::Name::EpochNs) {
        value = std::to_string(moment->ns);
        return std::nullopt;
    }
    if (name == Type::Name::Date) {
        value.resize(kDate);
        return std::nullopt;
    }
    if (value.size() == kDate) value += "T00:00:00.000000000Z";
    constexpr std::size_t kMicros = 26;  // up to the microseconds
    if (name == Type::Name::DateTime && value.size() > kMicros) value = value.substr(0, kMicros) + "Z";
    if (name == Type::Name::CmeTime)
        value = value.substr(0, 4) + value.substr(5, 2) + value.substr(8, 2) + "-" +
                value.substr(11, value.size() - 12);
    return std::nullopt;
}

std::optional<std::string> put_id(const Type& type, const std::string& value) {
    const auto is_of = [&](std::size_t size) {
        return value.size() == size && std::ranges::all_of(value, is_upper_or_digit);
    };
    if (type.name == Type::Name::Lei && (!is_of(20) || !has_right_check(value))) return "no LEI";
    if (type.name == Type::Name::Isin && (!is_of(12) || !has_right_luhn(value))) return "no ISIN";
    if (type.name == Type::Name::Mic && !is_of(4)) return "no MIC";
    if (type.name == Type::Name::Currency && (value.size() != 3 || !std::ranges::all_of(value, is_upper)))
        return "no currency code";
    return std::nullopt;
}

}  // namespace

std::string rounded(std::string_view text, int decimals) {
    const auto point = text.find('.');
    if (point == std::string_view::npos || text.size() - point - 1 <= static_cast<std::size_t>(decimals))
        return std::string(text);
    const bool is_negative = text.starts_with('-');
    const std::size_t kept = point + 1 + static_cast<std::size_t>(decimals);
    std::string made(text.substr(is_negative ? 1 : 0, kept - (is_negative ? 1 : 0)));
    bool carries = text[kept] >= '5';
    for (auto at = made.rbegin(); carries && at != made.rend(); ++at) {
        if (*at == '.') continue;
        carries = *at == '9';
        *at = carries ? '0' : static_cast<char>(*at + 1);
    }
    if (carries) made.insert(made.begin(), '1');
    while (made.ends_with('0')) made.pop_back();
    if (made.ends_with('.')) made.pop_back();
    if (made.empty() || made == "0") return "0";
    return is_negative ? "-" + made : made;
}

std::optional<Type> type_of(std::string_view text) {
    using Name = Type::Name;
    static constexpr std::pair<std::string_view, Name> kNames[] = {
        {"TEXT", Name::Text},
        {"CODE", Name::Code},
        {"ALPHANUM", Name::Alphanum},
        {"INTEGER", Name::Integer},
        {"NUMBER", Name::Number},
        {"DECIMAL", Name::Decimal},
        {"PRICE", Name::Price},
        {"BOOLEAN", Name::Boolean},
        {"DATE_TIME", Name::DateTime},
        {"NANOTIME", Name::Nanotime},
        {"DATE", Name::Date},
        {"EPOCH_NS", Name::EpochNs},
        {"CME_TIME", Name::CmeTime},
        {"ISIN", Name::Isin},
        {"LEI", Name::Lei},
        {"MIC", Name::Mic},
        {"CCY3", Name::Currency},
        {"OBJECT", Name::Object},
        {"RAW", Name::Raw}};
    const auto dash = text.find('-');
    const auto found =
        std::ranges::find(kNames, text.substr(0, dash), &std::pair<std::string_view, Name>::first);
    if (found == std::end(kNames)) return std::nullopt;
    Type type{found->second, 0, 0};
    if (dash == std::string_view::npos) return type;
    const std::string_view bounds = text.substr(dash + 1);
    const auto slash = bounds.find('/');
    const auto digits = number(bounds.substr(0, slash));
    const auto decimals =
        slash == std::string_view::npos ? std::optional<std::int64_t>{0} : number(bounds.substr(slash + 1));
    if (!digits || !decimals) return std::nullopt;
    type.digits = static_cast<int>(*digits);
    type.decimals = static_cast<int>(*decimals);
    return type;
}

std::optional<std::string> put_into_format(const Type& type, std::string& value) {
    if (value.empty()) return std::nullopt;
    using Name = Type::Name;
    switch (type.name) {
        case Name::Text:
        case Name::Object:
        case Name::Raw: return std::nullopt;
        case Name::Code:
        case Name::Alphanum: return check_length(type, value);
        case Name::Integer:
        case Name::Number:
            if (!number(value)) return "no whole number";
            return check_length(type, value);
        case Name::Decimal:
        case Name::Price: return put_decimal(type, value);
        case Name::Boolean:
            if (value != "true" && value != "false") return "neither true nor false";
            return std::nullopt;
        case Name::DateTime:
        case Name::Nanotime:
        case Name::Date:
        case Name::EpochNs:
        case Name::CmeTime: return put_time(type.name, value);
        case Name::Isin:
        case Name::Lei:
        case Name::Mic:
        case Name::Currency: return put_id(type, value);
    }
    return std::nullopt;
}

}  // namespace penstock::reports
