#include "fix/codec/data_guard.hpp"

#include <gtest/gtest.h>

#include "tests/fix/codec/samples.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

bool sound(std::string_view text) { return data_lengths_are_sound(soh(text)); }

TEST(DataGuard, DataAsLongAsAnnouncedPasses) {
    EXPECT_TRUE(sound("35=B|95=3|96=abc|10=000|"));
    EXPECT_TRUE(sound("35=B|95=5|96=a|b=c|10=000|"));
    EXPECT_TRUE(sound("35=B|93=3|89=abc|10=000|"));
    EXPECT_TRUE(data_lengths_are_sound(new_order_single(Version::Fix44)));
}

TEST(DataGuard, DataThatRunsPastTheFrameIsStopped) {
    EXPECT_FALSE(sound("35=B|95=99999999|96=abc|10=000|"));
    EXPECT_FALSE(sound("35=B|95=-30|96=abc|10=000|"));
    EXPECT_FALSE(sound("35=B|95=2|96=abc|10=000|"));
    EXPECT_FALSE(sound("35=B|95=4294967299|96=abc|10=000|"));
}

TEST(DataGuard, DataWithoutItsLengthInFrontIsStopped) {
    EXPECT_FALSE(sound("35=B|96=abc|10=000|"));
    EXPECT_FALSE(sound("35=B|95=3|58=x|96=abc|10=000|"));
}

TEST(DataGuard, TagsAreReadAsQuickFixReadsThem) {
    EXPECT_FALSE(sound("35=B|95=99|00096=abc|10=000|"));
    EXPECT_FALSE(sound("35=B|354=99|4294967651=abc|10=000|"));
}

TEST(DataGuard, WhatQuickFixStopsAtIsPassedOn) {
    EXPECT_TRUE(sound("35=B|x=1|96=abc|10=000|"));
    EXPECT_TRUE(sound("no message at all"));
}

}  // namespace
}  // namespace penstock::fix::test
