#include "bench/support/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace penstock::bench {
namespace {

constexpr int kStepBits = 6;
constexpr std::uint64_t kSteps = 1U << kStepBits;
constexpr int kRangeBits = 40;
constexpr std::size_t kCells = kSteps * (kRangeBits - kStepBits + 1);

/// Values below 64 have a cell each; above, the leading bit picks the row and six bits the step.
std::size_t cell_of(std::uint64_t value) {
    if (value < kSteps) return value;
    const int row = static_cast<int>(std::bit_width(value)) - kStepBits;
    return std::min(kCells - 1, static_cast<std::size_t>(row) * kSteps + (value >> (row - 1)) - kSteps);
}

std::uint64_t upper_end(std::size_t cell) {
    if (cell < kSteps) return cell;
    const std::size_t row = cell / kSteps;
    return ((cell % kSteps + kSteps + 1) << (row - 1)) - 1;
}

}  // namespace

Histogram::Histogram() : counts_(kCells) {}

void Histogram::record(std::int64_t ns) {
    ++counts_[cell_of(static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 0)))];
    ++count_;
}

void Histogram::clear() {
    std::fill(counts_.begin(), counts_.end(), 0U);
    count_ = 0;
}

std::int64_t Histogram::quantile(double q) const {
    if (count_ == 0) return 0;
    const auto wanted = static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
        seen += counts_[cell];
        if (seen >= std::max<std::uint64_t>(wanted, 1)) return static_cast<std::int64_t>(upper_end(cell));
    }
    return 0;
}

Percentiles percentiles(const Histogram& histogram) {
    const auto us = [&](double q) { return static_cast<double>(histogram.quantile(q)) / 1000.0; };
    return {us(0.50), us(0.99), us(0.999)};
}

}  // namespace penstock::bench
