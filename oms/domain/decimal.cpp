#include "oms/domain/decimal.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace penstock {
namespace {

constexpr int kPowers = 39;

constexpr std::array<Int128, kPowers> powers_of_ten() {
    std::array<Int128, kPowers> table{};
    Int128 power = 1;
    for (int i = 0; i < kPowers; ++i) {
        table[static_cast<std::size_t>(i)] = power;
        if (i + 1 < kPowers) power *= 10;
    }
    return table;
}
constexpr auto kPowerOfTen = powers_of_ten();

constexpr Int128 power_of_ten(int exponent) { return kPowerOfTen[static_cast<std::size_t>(exponent)]; }

constexpr bool fits_int64(Int128 value) {
    return value >= std::numeric_limits<std::int64_t>::min() &&
           value <= std::numeric_limits<std::int64_t>::max();
}

/// Eight zeros at once, then four, two and one: a whole number that was divided out to many decimals is
/// shorn in one step.
void strip_zeros(std::int64_t& mantissa, int& scale) {
    if (scale == 0 || mantissa % 2 != 0) return;
    while (scale >= 8 && mantissa % 100'000'000 == 0) {
        mantissa /= 100'000'000;
        scale -= 8;
    }
    const auto strip = [&](int zeros, std::int64_t power) {
        if (scale < zeros || mantissa % power != 0) return;
        mantissa /= power;
        scale -= zeros;
    };
    strip(4, 10'000);
    strip(2, 100);
    strip(1, 10);
}

/// Drops zeros at the end of the fraction. Values of 64 bits take the cheap division.
void strip_zeros(Int128& mantissa, int& scale) {
    if (scale == 0) return;
    if (fits_int64(mantissa)) {
        auto small = static_cast<std::int64_t>(mantissa);
        strip_zeros(small, scale);
        mantissa = small;
        return;
    }
    while (scale > 0 && mantissa % 10 == 0) {
        mantissa /= 10;
        --scale;
    }
}

struct Aligned {
    Int128 left;
    Int128 right;
    int scale;
};

/// Brings two values to one scale. False when that overflows 128 bits.
bool align(Int128 left, int left_scale, Int128 right, int right_scale, Aligned& out) {
    out = {left, right, left_scale > right_scale ? left_scale : right_scale};
    if (left_scale == right_scale) return true;
    return !__builtin_mul_overflow(left, power_of_ten(out.scale - left_scale), &out.left) &&
           !__builtin_mul_overflow(right, power_of_ten(out.scale - right_scale), &out.right);
}

/// The same of two decimals: two 64-bit mantissas scaled by at most 10^12 always fit 128 bits.
Aligned align(Decimal left, Decimal right) {
    const int scale = std::max(left.scale(), right.scale());
    const auto raised = [scale](Decimal value) {
        const auto by = static_cast<std::int64_t>(power_of_ten(scale - value.scale()));
        return static_cast<Int128>(value.mantissa()) * by;
    };
    return {raised(left), raised(right), scale};
}

std::strong_ordering compare(Int128 left, int left_scale, Int128 right, int right_scale) {
    if (left_scale == right_scale) return left <=> right;
    Aligned both{};
    if (align(left, left_scale, right, right_scale, both)) return both.left <=> both.right;
    // Only the operand with the smaller scale is scaled up, so it is the one too large to hold.
    const Int128 too_large = left_scale < right_scale ? left : right;
    const bool left_wins = (too_large > 0) == (left_scale < right_scale);
    return left_wins ? std::strong_ordering::greater : std::strong_ordering::less;
}

char* write_digits(char* out, Int128 mantissa, int scale) {
    std::array<char, 48> digits{};
    bool negative = mantissa < 0;
    __extension__ unsigned __int128 rest =
        negative ? -static_cast<unsigned __int128>(mantissa) : static_cast<unsigned __int128>(mantissa);
    int count = 0;
    while (rest > std::numeric_limits<std::uint64_t>::max()) {
        digits[static_cast<std::size_t>(count++)] = static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    }
    auto small = static_cast<std::uint64_t>(rest);
    while (small != 0 || count <= scale) {
        digits[static_cast<std::size_t>(count++)] = static_cast<char>('0' + small % 10);
        small /= 10;
    }
    if (negative) *out++ = '-';
    while (count > 0) {
        if (count == scale) *out++ = '.';
        *out++ = digits[static_cast<std::size_t>(--count)];
    }
    return out;
}

}  // namespace

Result<Decimal> Decimal::from_parts(Int128 mantissa, int scale) {
    if (scale < 0 || scale >= kPowers) return Fault::Overflow;
    strip_zeros(mantissa, scale);
    if (scale > kMaxScale) return Fault::PrecisionLoss;
    if (!fits_int64(mantissa)) return Fault::Overflow;
    return Decimal{static_cast<std::int64_t>(mantissa), mantissa == 0 ? 0 : scale};
}

Result<Decimal> Decimal::parse(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    std::string_view whole_part = text.substr(0, point);
    std::string_view fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole_part.empty() && fraction.empty()) return Fault::Malformed;
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);

    std::uint64_t value = 0;
    bool too_large = false;
    for (const std::string_view part : {whole_part, fraction}) {
        for (const char c : part) {
            const auto digit = static_cast<unsigned>(c - '0');
            if (digit > 9) return Fault::Malformed;
            too_large |= __builtin_mul_overflow(value, std::uint64_t{10}, &value);
            too_large |= __builtin_add_overflow(value, std::uint64_t{digit}, &value);
        }
    }
    if (fraction.size() > static_cast<std::size_t>(kMaxScale)) return Fault::PrecisionLoss;
    if (too_large || value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return Fault::Overflow;
    const auto magnitude = static_cast<std::int64_t>(value);
    return Decimal{negative ? -magnitude : magnitude, magnitude == 0 ? 0 : static_cast<int>(fraction.size())};
}

char* Decimal::write(char* out) const { return write_digits(out, mantissa_, scale_); }

std::strong_ordering operator<=>(Decimal left, Decimal right) {
    if (left.scale_ == right.scale_) return left.mantissa_ <=> right.mantissa_;
    const Aligned both = align(left, right);
    return both.left <=> both.right;
}

Result<Decimal> add(Decimal left, Decimal right) {
    if (left.scale() == 0 && right.scale() == 0) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(left.mantissa(), right.mantissa(), &sum)) return Fault::Overflow;
        return Decimal::whole(sum);
    }
    const Aligned both = align(left, right);
    return Decimal::from_parts(both.left + both.right, both.scale);
}

Result<Decimal> subtract(Decimal left, Decimal right) {
    if (left.scale() == 0 && right.scale() == 0) {
        std::int64_t difference = 0;
        if (__builtin_sub_overflow(left.mantissa(), right.mantissa(), &difference)) return Fault::Overflow;
        return Decimal::whole(difference);
    }
    const Aligned both = align(left, right);
    return Decimal::from_parts(both.left - both.right, both.scale);
}

Result<Notional> Notional::from_parts(Int128 mantissa, int scale) {
    if (scale < 0 || scale >= kPowers) return Fault::Overflow;
    strip_zeros(mantissa, scale);
    if (scale > kMaxScale) return Fault::PrecisionLoss;
    return Notional{mantissa, scale};
}

Notional Notional::of(Decimal value) { return Notional{value.mantissa(), value.scale()}; }

char* Notional::write(char* out) const { return write_digits(out, mantissa(), scale_); }

std::strong_ordering operator<=>(const Notional& left, const Notional& right) {
    return compare(left.mantissa(), left.scale(), right.mantissa(), right.scale());
}

Notional operator*(Price price, Quantity quantity) {
    Int128 mantissa = static_cast<Int128>(price.value.mantissa()) * quantity.value.mantissa();
    int scale = price.value.scale() + quantity.value.scale();
    strip_zeros(mantissa, scale);
    return Notional{mantissa, scale};
}

namespace {

Result<Notional> combine(const Notional& left, const Notional& right, int sign) {
    Aligned both{};
    if (!align(left.mantissa(), left.scale(), right.mantissa(), right.scale(), both)) return Fault::Overflow;
    Int128 sum = 0;
    const bool overflowed = sign > 0 ? __builtin_add_overflow(both.left, both.right, &sum)
                                     : __builtin_sub_overflow(both.left, both.right, &sum);
    if (overflowed) return Fault::Overflow;
    return Notional::from_parts(sum, both.scale);
}

}  // namespace

Result<Notional> add(const Notional& left, const Notional& right) { return combine(left, right, 1); }
Result<Notional> subtract(const Notional& left, const Notional& right) { return combine(left, right, -1); }

namespace {

/// Values of 64 bits, which nearly all are, take the cheap division. `denominator` is positive.
void divide(Int128 numerator, Int128 denominator, Int128& quotient, Int128& rest) {
    if (fits_int64(numerator) && fits_int64(denominator)) {
        const auto small = static_cast<std::int64_t>(numerator);
        const auto by = static_cast<std::int64_t>(denominator);
        quotient = small / by;
        rest = small % by;
        return;
    }
    quotient = numerator / denominator;
    rest = numerator % denominator;
}

}  // namespace

Price average_price(const Notional& total, Quantity quantity, int scale) {
    if (quantity.is_zero()) return Price{};
    // total.m / 10^ts divided by q.m / 10^qs, wanted at 10^-scale: shift = scale + qs - ts.
    Int128 numerator = total.mantissa();
    Int128 denominator = quantity.value.mantissa();
    const int shift = scale + quantity.value.scale() - total.scale();
    Int128& scaled = shift >= 0 ? numerator : denominator;
    const int by = shift >= 0 ? shift : -shift;
    if (by >= kPowers || __builtin_mul_overflow(scaled, power_of_ten(by), &scaled)) {
        // The exact quotient needs more than 128 bits: give up one decimal at a time.
        return scale > 0 ? average_price(total, quantity, scale - 1) : Price{};
    }
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    Int128 quotient = 0;
    Int128 rest = 0;
    divide(numerator, denominator, quotient, rest);
    const bool negative = rest < 0;
    if (negative) rest = -rest;
    const Int128 gap = denominator - rest;
    const bool round_up = rest > gap || (rest == gap && quotient % 2 != 0);
    if (round_up) quotient += negative ? -1 : 1;
    const auto made = Decimal::from_parts(quotient, scale);
    if (!made) return scale > 0 ? average_price(total, quantity, scale - 1) : Price{};
    return Price{*made};
}

}  // namespace penstock
