#include "fix/codec/body_writer.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "fix/codec/values.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

std::array<char, 256> buffer;

template <class Write>
std::string written(Write write) {
    BodyWriter out(buffer.data(), buffer.size());
    write(out);
    EXPECT_FALSE(out.overflowed());
    return readable(out.view());
}

TEST(BodyWriter, WritesFields) {
    EXPECT_EQ(written([](BodyWriter& out) {
                  out.text(1, "ACC");
                  out.character(54, '1');
                  out.number(150, 7);
                  out.decimal(1369, px("1.5").value);
              }),
              "1=ACC|54=1|150=7|1369=1.5|");
}

TEST(BodyWriter, NumbersOfEveryLength) {
    std::uint64_t value = 0;
    for (int digit = 1; digit <= 19; ++digit) {
        value = value * 10 + static_cast<std::uint64_t>(digit % 10);
        EXPECT_EQ(
            written([&](BodyWriter& out) { out.number(34, value); }), "34=" + std::to_string(value) + "|");
    }
    EXPECT_EQ(written([](BodyWriter& out) { out.number(34, 0); }), "34=0|");
    EXPECT_EQ(written([](BodyWriter& out) { out.number(34, std::numeric_limits<std::uint64_t>::max()); }),
              "34=18446744073709551615|");
}

TEST(BodyWriter, DecimalsAreTheTextDecimalWrites) {
    for (const char* text :
         {"0", "5", "-5", "0.5", "-0.5", "0.000000000001", "9223372036854775807", "-9223372036854775807",
          "9223372.036854775807", "100.01", "10", "123456789.12345678"})
        EXPECT_EQ(written([&](BodyWriter& out) { out.decimal(44, px(text).value); }),
                  "44=" + std::string(text) + "|");
}

TEST(BodyWriter, TimestampsOfEveryPrecision) {
    const Timestamp moment = *parse_timestamp("20260228-23:59:58.123456789");
    const std::string whole = "60=20260228-23:59:58";
    EXPECT_EQ(written([&](BodyWriter& out) { out.timestamp(60, moment, 0); }), whole + "|");
    for (std::size_t precision = 1; precision <= 9; ++precision)
        EXPECT_EQ(written([&](BodyWriter& out) { out.timestamp(60, moment, static_cast<int>(precision)); }),
                  whole + "." + std::string("123456789").substr(0, precision) + "|");
}

TEST(BodyWriter, TimestampsReadBackAsTheyWereAcrossDaysAndLeapYears) {
    BodyWriter out(buffer.data(), buffer.size());
    Random random(1);
    for (int i = 0; i < 100'000; ++i) {
        // Small steps stay within the remembered day or second, large ones leave it.
        const std::uint64_t range = random.chance(2) ? 9'200'000'000ULL : 100'000ULL;
        const Timestamp moment{static_cast<std::int64_t>(random.below(range)) * 1'000'000'000 +
                               static_cast<std::int64_t>(random.below(1'000'000'000))};
        out.clear();
        out.timestamp(60, moment, 9);
        ASSERT_EQ(parse_timestamp(out.view().substr(3, 27)), moment) << out.view();
    }
}

TEST(BodyWriter, WhatDoesNotFitIsLeftOutWholeAndRemembered) {
    BodyWriter out(buffer.data(), 20);
    out.text(1, "ACC");
    out.text(58, "far too long for the rest");
    out.text(2, "x");
    EXPECT_TRUE(out.overflowed());
    EXPECT_EQ(readable(out.view()), "1=ACC|");
    out.clear();
    EXPECT_FALSE(out.overflowed());
    EXPECT_EQ(out.view(), "");
}

}  // namespace
}  // namespace penstock::fix::test
