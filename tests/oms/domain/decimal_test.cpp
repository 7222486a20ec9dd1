#include "oms/domain/decimal.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "oms/domain/print.hpp"
#include "tests/oms/words.hpp"

namespace penstock {
namespace {

using tests::dec;
using tests::px;

constexpr Int128 kLargest = std::numeric_limits<std::int64_t>::max();

std::string written(std::string_view text) { return oms::to_text(dec(text)); }

TEST(Decimal, IsReadExactlyAndWrittenShortest) {
    EXPECT_EQ(written("0"), "0");
    EXPECT_EQ(written("-0.00"), "0");
    EXPECT_EQ(written("100"), "100");
    EXPECT_EQ(written("10.50"), "10.5");
    EXPECT_EQ(written("-0.05"), "-0.05");
    EXPECT_EQ(written("0007.1"), "7.1");
    EXPECT_EQ(written(".5"), "0.5");
    EXPECT_EQ(written("5."), "5");
    EXPECT_EQ(written("0.000000000001"), "0.000000000001");
    EXPECT_EQ(written("9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(written("-9223372.036854775807"), "-9223372.036854775807");
}

TEST(Decimal, TrailingZerosMayExceedTheScale) {
    EXPECT_EQ(dec("1.50000000000000000000000"), dec("1.5"));
    EXPECT_EQ(dec("1.0000000000000"), Decimal::whole(1));
}

TEST(Decimal, TextThatIsNoFixFloatIsMalformed) {
    for (const char* text : {"", "-", ".", "-.", "+1", "1e5", " 1", "1 ", "1,5", "1.2.3", "--1", "0x10", "1-",
                             "NaN", "inf", "99999999999999999999x"})
        EXPECT_EQ(Decimal::parse(text).error(), Fault::Malformed) << '"' << text << '"';
}

TEST(Decimal, DigitsPastTheScaleAreAFaultAndNeverRounded) {
    EXPECT_EQ(Decimal::parse("0.0000000000001").error(), Fault::PrecisionLoss);
    EXPECT_EQ(Decimal::parse("1.1234567890123").error(), Fault::PrecisionLoss);
}

TEST(Decimal, NumbersPastTheRangeAreAFaultAndNeverWrap) {
    for (const char* text : {"9223372036854775808", "-9223372036854775809", "92233720368547758.08",
                             "18446744073709551616", "99999999999999999999999999"})
        EXPECT_EQ(Decimal::parse(text).error(), Fault::Overflow) << text;
}

TEST(Decimal, IsNormalisedSoEqualityIsMemberEquality) {
    EXPECT_EQ(dec("10.00"), dec("10"));
    EXPECT_EQ(dec("10.00").scale(), 0);
    EXPECT_EQ(Decimal::from_parts(1500, 3)->mantissa(), 15);
    EXPECT_EQ(Decimal::from_parts(0, 12)->scale(), 0);
}

TEST(Decimal, PartsOutsideTheTypeAreFaults) {
    EXPECT_EQ(Decimal::from_parts(kLargest + 1, 0).error(), Fault::Overflow);
    EXPECT_EQ(Decimal::from_parts(1, 13).error(), Fault::PrecisionLoss);
    EXPECT_EQ(Decimal::from_parts(1, -1).error(), Fault::Overflow);
    EXPECT_EQ(Decimal::from_parts(1, 39).error(), Fault::Overflow);
    EXPECT_EQ(*Decimal::from_parts((kLargest)*10, 1), Decimal::whole(static_cast<std::int64_t>(kLargest)));
}

TEST(Decimal, ComparesAcrossScales) {
    EXPECT_LT(dec("9.99"), dec("10"));
    EXPECT_GT(dec("10.000000000001"), dec("10"));
    EXPECT_LT(dec("-10.1"), dec("-10"));
    EXPECT_LT(dec("-0.000000000001"), dec("0"));
    EXPECT_GT(dec("9223372036854775807"), dec("9223372.036854775807"));
    EXPECT_LT(dec("-9223372036854775807"), dec("-9223372.036854775807"));
}

TEST(Decimal, AddsAndSubtractsExactly) {
    EXPECT_EQ(*add(dec("0.1"), dec("0.2")), dec("0.3"));
    EXPECT_EQ(*add(dec("1.5"), dec("2.5")), dec("4"));
    EXPECT_EQ(*subtract(dec("1"), dec("0.000000000001")), dec("0.999999999999"));
    EXPECT_EQ(*subtract(dec("1"), dec("3")), dec("-2"));
}

TEST(Decimal, ASumThatDoesNotFitIsAFault) {
    EXPECT_EQ(add(dec("9223372036854775807"), dec("1")).error(), Fault::Overflow);
    EXPECT_EQ(add(dec("9223372036854775807"), dec("0.1")).error(), Fault::Overflow);
    EXPECT_EQ(subtract(dec("-9223372036854775807"), dec("2")).error(), Fault::Overflow);
}

TEST(Decimal, SignsAreTold) {
    EXPECT_TRUE(px("0.01").is_positive());
    EXPECT_TRUE(px("-0.01").is_negative());
    EXPECT_TRUE(px("-0").is_zero());
    EXPECT_FALSE(px("0").is_positive());
}

}  // namespace
}  // namespace penstock
