#include <gtest/gtest.h>

#include "fix/codec/values.hpp"
#include "gateways/fix_venue/trading_days.hpp"

namespace penstock::gateways {
namespace {

Timestamp utc(const char* text) { return *fix::parse_timestamp(text); }

/// A venue whose day ends at five in New York, and what the core was told of it; it remembers as the core
/// does.
class TradingDaysTest : public ::testing::Test {
  protected:
    TradingDays days(int end_hour = 17) {
        return {{{VenueId{1}, {"America/New_York", end_hour * 3600, false}}},
                [this](VenueId) { return told.empty() ? Timestamp{} : told.back().ends; },
                [this](const oms::TradingDayBegan& day) { told.push_back(day); }};
    }

    std::vector<oms::TradingDayBegan> told;
};

TEST_F(TradingDaysTest, EachDayIsToldOnceWhenItBegins) {
    const TradingDays tested = days();
    tested.look(utc("20260304-15:00:00"));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].begins, utc("20260303-22:00:00"));
    EXPECT_EQ(told[0].ends, utc("20260304-22:00:00"));
    tested.look(utc("20260304-21:59:59.999"));
    EXPECT_EQ(told.size(), 1U);
    tested.look(utc("20260304-22:00:00"));
    tested.look(utc("20260304-22:00:01"));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].begins, told[0].ends);
    // The clock goes back over the end: what that means is for the core to say.
    tested.look(utc("20260304-21:59:59"));
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[2].begins, told[0].begins);
}

TEST_F(TradingDaysTest, AfterAStartOnlyWhatIsNewIsTold) {
    days().look(utc("20260304-15:00:00"));
    days().look(utc("20260304-15:30:00"));
    EXPECT_EQ(told.size(), 1U);
    // Down over the end: the day that was told is over.
    days().look(utc("20260305-01:00:00"));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_LE(told[0].ends, told[1].begins);
    // The configuration says an earlier end now: the day goes on, and ends then.
    days(16).look(utc("20260305-15:00:00"));
    ASSERT_EQ(told.size(), 3U);
    EXPECT_GT(told[1].ends, told[2].begins);
    EXPECT_EQ(told[2].ends, utc("20260305-21:00:00"));
}

}  // namespace
}  // namespace penstock::gateways
