#include "tests/oms/domain/big_int.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace penstock::tests {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

// The reference must itself be right where Int128 can tell.
TEST(BigInt, AgreesWithMachineArithmetic) {
    for (const Int128 left :
         {Int128{0}, Int128{1}, Int128{-7}, Int128{999'999'999}, Int128{kMax}, Int128{kMin}}) {
        for (const Int128 right :
             {Int128{0}, Int128{-1}, Int128{1'000'000'000}, Int128{kMax}, Int128{kMin}}) {
            EXPECT_EQ(BigInt{left} + BigInt{right}, BigInt{left + right});
            EXPECT_EQ(BigInt{left} - BigInt{right}, BigInt{left - right});
            EXPECT_EQ(BigInt{left} * BigInt{right}, BigInt{left * right});
            EXPECT_EQ(BigInt{left} <=> BigInt{right}, left <=> right);
        }
    }
}

TEST(BigInt, GoesPastTheMachine) {
    const BigInt huge = power_of_ten(60);
    EXPECT_GT(huge, BigInt{std::numeric_limits<Int128>::max()});
    EXPECT_EQ((huge + BigInt{1}) * (huge - BigInt{1}), power_of_ten(120) - BigInt{1});
}

}  // namespace
}  // namespace penstock::tests
