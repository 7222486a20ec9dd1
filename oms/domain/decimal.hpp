#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "oms/domain/result.hpp"

namespace penstock {

__extension__ typedef __int128 Int128;

/// An exact decimal: mantissa * 10^-scale, scale 0..12, always normalised (no trailing zero after
/// the point), so equality is member equality. Range: an int64 mantissa. Every operation is exact
/// or a fault; nothing rounds, nothing wraps.
class Decimal {
  public:
    static constexpr int kMaxScale = 12;
    /// Longest text `write` makes: sign, 19 digits, point, leading "0".
    static constexpr std::size_t kMaxText = 22;

    constexpr Decimal() = default;
    /// A whole number; cannot fail.
    static constexpr Decimal whole(std::int64_t value) { return Decimal{value, 0}; }
    /// Faults: PrecisionLoss when more than 12 decimals are needed, Overflow when the mantissa does not fit
    /// or the scale is outside 0..38.
    static Result<Decimal> from_parts(Int128 mantissa, int scale);
    /// Reads `[-]digits[.digits]`, the FIX float format; "+", exponents, blanks and an empty text
    /// are Malformed. Trailing zeros may exceed the scale; other digits past it are PrecisionLoss.
    static Result<Decimal> parse(std::string_view text);

    constexpr std::int64_t mantissa() const { return mantissa_; }
    constexpr int scale() const { return scale_; }
    constexpr bool is_zero() const { return mantissa_ == 0; }
    constexpr bool is_negative() const { return mantissa_ < 0; }
    constexpr bool is_positive() const { return mantissa_ > 0; }

    /// Writes the shortest exact text; `out` must have room for kMaxText. Returns one past the end.
    char* write(char* out) const;

    friend constexpr bool operator==(Decimal, Decimal) = default;
    friend std::strong_ordering operator<=>(Decimal left, Decimal right);

  private:
    constexpr Decimal(std::int64_t mantissa, int scale)
        : mantissa_(mantissa), scale_(static_cast<std::int32_t>(scale)) {}

    std::int64_t mantissa_ = 0;
    std::int32_t scale_ = 0;
};

Result<Decimal> add(Decimal left, Decimal right);
Result<Decimal> subtract(Decimal left, Decimal right);

/// A decimal that cannot be mixed up with another kind of decimal.
template <class Tag>
struct DecimalOf {
    Decimal value;

    static Result<DecimalOf> parse(std::string_view text) {
        const auto parsed = Decimal::parse(text);
        if (!parsed) return parsed.error();
        return DecimalOf{*parsed};
    }
    static constexpr DecimalOf whole(std::int64_t units) { return DecimalOf{Decimal::whole(units)}; }
    constexpr bool is_zero() const { return value.is_zero(); }
    constexpr bool is_positive() const { return value.is_positive(); }
    constexpr bool is_negative() const { return value.is_negative(); }

    friend constexpr bool operator==(DecimalOf, DecimalOf) = default;
    friend std::strong_ordering operator<=>(DecimalOf left, DecimalOf right) {
        return left.value <=> right.value;
    }
};

template <class Tag>
Result<DecimalOf<Tag>> add(DecimalOf<Tag> left, DecimalOf<Tag> right) {
    const auto sum = add(left.value, right.value);
    if (!sum) return sum.error();
    return DecimalOf<Tag>{*sum};
}
template <class Tag>
Result<DecimalOf<Tag>> subtract(DecimalOf<Tag> left, DecimalOf<Tag> right) {
    const auto difference = subtract(left.value, right.value);
    if (!difference) return difference.error();
    return DecimalOf<Tag>{*difference};
}

using Price = DecimalOf<struct PriceTag>;        // quote currency per unit
using Quantity = DecimalOf<struct QuantityTag>;  // units of the instrument

/// Price times quantity, exact: a 128-bit mantissa and a scale 0..24 hold every product. Sums are
/// exact or Overflow. Also the type of a measured value in a refusal, since it holds every Decimal.
class Notional {
  public:
    static constexpr int kMaxScale = 2 * Decimal::kMaxScale;
    static constexpr std::size_t kMaxText = 43;

    constexpr Notional() = default;
    static Result<Notional> from_parts(Int128 mantissa, int scale);
    static Notional of(Decimal value);

    constexpr Int128 mantissa() const { return (static_cast<Int128>(high_) << 64) | low_; }
    constexpr int scale() const { return scale_; }
    constexpr bool is_zero() const { return high_ == 0 && low_ == 0; }
    char* write(char* out) const;

    friend constexpr bool operator==(const Notional&, const Notional&) = default;
    friend std::strong_ordering operator<=>(const Notional& left, const Notional& right);
    friend Notional operator*(Price price, Quantity quantity);

  private:
    constexpr Notional(Int128 mantissa, int scale)
        : low_(static_cast<std::uint64_t>(mantissa)),
          high_(static_cast<std::int64_t>(mantissa >> 64)),
          scale_(mantissa == 0 ? 0 : scale) {}

    // Two halves instead of an Int128, whose alignment would cost eight bytes in every order.
    std::uint64_t low_ = 0;
    std::int64_t high_ = 0;
    std::int32_t scale_ = 0;
};

Notional operator*(Price price, Quantity quantity);
Result<Notional> add(const Notional& left, const Notional& right);
Result<Notional> subtract(const Notional& left, const Notional& right);

/// total / quantity, rounded half to even at `scale` decimals (0..12). The only place that rounds:
/// AvgPx(6) is derived for display and is never fed back. Zero quantity gives zero.
Price average_price(const Notional& total, Quantity quantity, int scale);

}  // namespace penstock
