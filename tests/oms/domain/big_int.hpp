#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "oms/domain/decimal.hpp"

namespace penstock::tests {

/// A whole number of any size, written for plainness: what the exact types are compared with.
class BigInt {
  public:
    BigInt() = default;
    explicit BigInt(Int128 value) : negative_(value < 0) {
        while (value != 0) {
            const auto digit = static_cast<std::int32_t>(value % kBase);
            digits_.push_back(static_cast<std::uint32_t>(digit < 0 ? -digit : digit));
            value /= kBase;
        }
    }

    friend BigInt operator+(const BigInt& left, const BigInt& right) {
        if (left.negative_ == right.negative_) return {left.negative_, sum(left.digits_, right.digits_)};
        if (left_is_larger(left.digits_, right.digits_))
            return {left.negative_, difference(left.digits_, right.digits_)};
        return {right.negative_, difference(right.digits_, left.digits_)};
    }
    friend BigInt operator-(const BigInt& value) { return {!value.negative_, value.digits_}; }
    friend BigInt operator-(const BigInt& left, const BigInt& right) { return left + -right; }
    friend BigInt operator*(const BigInt& left, const BigInt& right) {
        Digits product(left.digits_.size() + right.digits_.size() + 1);
        for (std::size_t i = 0; i < left.digits_.size(); ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; j < right.digits_.size() || carry != 0; ++j) {
                const std::uint64_t factor = j < right.digits_.size() ? right.digits_[j] : 0;
                carry += product[i + j] + factor * left.digits_[i];
                product[i + j] = static_cast<std::uint32_t>(carry % kBase);
                carry /= kBase;
            }
        }
        return {left.negative_ != right.negative_, product};
    }
    friend std::strong_ordering operator<=>(const BigInt& left, const BigInt& right) {
        const BigInt gap = left - right;
        if (gap.digits_.empty()) return std::strong_ordering::equal;
        return gap.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    friend bool operator==(const BigInt& left, const BigInt& right) { return (left <=> right) == 0; }

    bool is_odd() const { return !digits_.empty() && digits_.front() % 2 == 1; }
    BigInt magnitude() const { return {false, digits_}; }

  private:
    static constexpr std::int32_t kBase = 1'000'000'000;
    using Digits = std::vector<std::uint32_t>;  // base 10^9, lowest first, no zero at the end

    BigInt(bool negative, Digits digits) : digits_(std::move(digits)) {
        while (!digits_.empty() && digits_.back() == 0) digits_.pop_back();
        negative_ = negative && !digits_.empty();
    }
    static bool left_is_larger(const Digits& left, const Digits& right) {
        if (left.size() != right.size()) return left.size() > right.size();
        return !std::lexicographical_compare(left.rbegin(), left.rend(), right.rbegin(), right.rend());
    }
    static Digits sum(const Digits& left, const Digits& right) {
        Digits total;
        std::uint32_t carry = 0;
        for (std::size_t i = 0; i < std::max(left.size(), right.size()) || carry != 0; ++i) {
            if (i < left.size()) carry += left[i];
            if (i < right.size()) carry += right[i];
            total.push_back(carry % kBase);
            carry /= kBase;
        }
        return total;
    }
    static Digits difference(const Digits& larger, const Digits& smaller) {
        Digits rest;
        std::int64_t borrow = 0;
        for (std::size_t i = 0; i < larger.size(); ++i) {
            std::int64_t digit = std::int64_t{larger[i]} - borrow;
            if (i < smaller.size()) digit -= smaller[i];
            borrow = digit < 0 ? 1 : 0;
            rest.push_back(static_cast<std::uint32_t>(digit + borrow * kBase));
        }
        return rest;
    }

    bool negative_ = false;
    Digits digits_;
};

inline BigInt power_of_ten(int exponent) {
    BigInt power{1};
    for (int i = 0; i < exponent; ++i) power = power * BigInt{10};
    return power;
}

/// mantissa * 10^-scale in units of 10^-kUnit: every decimal and notional is whole in them.
inline constexpr int kUnit = 24;
template <class Exact>
BigInt in_units(const Exact& value) {
    return BigInt{value.mantissa()} * power_of_ten(kUnit - value.scale());
}

}  // namespace penstock::tests
