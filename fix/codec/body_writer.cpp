#include "fix/codec/body_writer.hpp"

#include <algorithm>
#include <cstring>

#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr std::size_t kMaxTagText = 7;  // six digits and "="
constexpr std::size_t kMaxNumber = 20;
constexpr int kNanoDigits = 9;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDaySeconds = 86'400;

/// Two digits for each number below 100.
constexpr auto kPairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = static_cast<char>('0' + i / 10);
        pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();

void put_two(char* out, std::int64_t value) {
    std::memcpy(out, &kPairs[static_cast<std::size_t>(value) * 2], 2);
}

std::size_t digits_in(std::uint64_t value) {
    std::size_t digits = 1;
    for (; value >= 10'000; value /= 10'000) digits += 4;
    return digits + (value >= 10 ? 1 : 0) + (value >= 100 ? 1 : 0) + (value >= 1000 ? 1 : 0);
}

/// Writes the `digits` low digits of a number, zeros in front included.
void put_digits(char* out, std::uint64_t value, std::size_t digits) {
    char* at = out + digits;
    for (; digits >= 2; digits -= 2, value /= 100) put_two(at -= 2, static_cast<std::int64_t>(value % 100));
    if (digits == 1) *--at = static_cast<char>('0' + value % 10);
}

char* put_number(char* out, std::uint64_t value) {
    const std::size_t digits = digits_in(value);
    put_digits(out, value, digits);
    return out + digits;
}

/// The same text as Decimal::write, with 64-bit arithmetic.
char* put_decimal(char* out, Decimal value) {
    constexpr std::array<std::uint64_t, Decimal::kMaxScale + 1> kPowers = {
        1,          10,          100,           1'000,          10'000,          100'000,          1'000'000,
        10'000'000, 100'000'000, 1'000'000'000, 10'000'000'000, 100'000'000'000, 1'000'000'000'000};
    if (value.is_negative()) return value.write(out);  // rare, and the smallest number needs care
    const auto mantissa = static_cast<std::uint64_t>(value.mantissa());
    if (value.scale() == 0) return put_number(out, mantissa);
    const auto scale = static_cast<std::size_t>(value.scale());
    out = put_number(out, mantissa / kPowers[scale]);
    *out++ = '.';
    put_digits(out, mantissa % kPowers[scale], scale);
    return out + scale;
}

/// One to three digits are nearly all there is.
char* put_tag(char* out, std::uint32_t tag) {
    if (tag < 10) {
        *out++ = static_cast<char>('0' + tag);
    } else if (tag < 100) {
        put_two(out, tag);
        out += 2;
    } else if (tag < 1000) {
        *out++ = static_cast<char>('0' + tag / 100);
        put_two(out, tag % 100);
        out += 2;
    } else {
        out = put_number(out, tag);
    }
    *out++ = '=';
    return out;
}

}  // namespace

void BodyWriter::clear() {
    size_ = 0;
    overflowed_ = false;
}

/// Makes room for a value of at most `value_bytes` and writes "tag="; null when it does not fit.
char* BodyWriter::open(std::uint32_t tag, std::size_t value_bytes) {
    if (overflowed_ || capacity_ - size_ < kMaxTagText + value_bytes + 1) {
        overflowed_ = true;
        return nullptr;
    }
    return put_tag(buffer_ + size_, tag);
}

void BodyWriter::close(char* end) {
    *end++ = kSoh;
    size_ = static_cast<std::size_t>(end - buffer_);
}

void BodyWriter::text(std::uint32_t tag, std::string_view value) {
    char* const out = open(tag, value.size());
    if (out == nullptr) return;
    if (!value.empty()) std::memcpy(out, value.data(), value.size());
    close(out + value.size());
}

void BodyWriter::character(std::uint32_t tag, char value) {
    char* const out = open(tag, 1);
    if (out == nullptr) return;
    *out = value;
    close(out + 1);
}

void BodyWriter::number(std::uint32_t tag, std::uint64_t value) {
    char* const out = open(tag, kMaxNumber);
    if (out != nullptr) close(put_number(out, value));
}

void BodyWriter::decimal(std::uint32_t tag, Decimal value) {
    char* const out = open(tag, Decimal::kMaxText);
    if (out == nullptr) return;
    close(put_decimal(out, value));
}

void BodyWriter::timestamp(std::uint32_t tag, Timestamp value, int precision) {
    char* out = open(tag, second_text_.size() + 1 + kNanoDigits);
    if (out == nullptr) return;
    // Before 1970 there is nothing to say: such a moment was never given.
    const std::int64_t ns = std::max<std::int64_t>(value.ns, 0);
    write_second(ns / kSecond);
    std::memcpy(out, second_text_.data(), second_text_.size());
    out += second_text_.size();
    const int digits = std::clamp(precision, 0, kNanoDigits);
    if (digits > 0) *out++ = '.';
    std::int64_t rest = ns % kSecond;
    for (int i = kNanoDigits; i > digits; --i) rest /= 10;
    for (int i = digits; i > 0; --i) {
        out[i - 1] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    close(out + digits);
}

/// Brings second_text_ to a moment, redoing only what changed since the last one.
void BodyWriter::write_second(std::int64_t second) {
    if (second == cached_second_) return;
    cached_second_ = second;
    char* const out = second_text_.data();
    const std::int64_t day = second / kDaySeconds;
    if (day != cached_day_) {
        cached_day_ = day;
        const Date date = date_of(day);
        put_two(out, date.year / 100);
        put_two(out + 2, date.year % 100);
        put_two(out + 4, date.month);
        put_two(out + 6, date.day);
        out[8] = '-';
        out[11] = ':';
        out[14] = ':';
    }
    const std::int64_t of_day = second % kDaySeconds;
    put_two(out + 9, of_day / 3600);
    put_two(out + 12, of_day / 60 % 60);
    put_two(out + 15, of_day % 60);
}

}  // namespace penstock::fix
