#include <gtest/gtest.h>

#include "fix/codec/values.hpp"
#include "fix/session/schedule.hpp"

namespace penstock::fix::test {
namespace {

Timestamp utc(const char* text) { return *parse_timestamp(text); }

Schedule daily(const char* zone, int start_hour, int end_hour) {
    return {.non_stop = false,
            .time_zone = zone,
            .start_second = start_hour * 3600,
            .end_second = end_hour * 3600};
}

TEST(Schedule, NonStopIsAlwaysOneAndTheSamePeriod) {
    EXPECT_EQ(period_start(Schedule{}, utc("20260601-12:00:00")), Timestamp{});
}

TEST(Schedule, ADayInNewYorkStartsByItsWallClock) {
    const Schedule day = daily("America/New_York", 9, 17);
    EXPECT_EQ(period_start(day, utc("20260302-15:00:00")), utc("20260302-14:00:00"));  // winter, UTC-5
    EXPECT_EQ(period_start(day, utc("20260309-15:00:00")), utc("20260309-13:00:00"));  // summer, UTC-4
    EXPECT_EQ(period_start(day, utc("20260309-21:00:00")), std::nullopt);              // after five
    EXPECT_EQ(period_start(day, utc("20260309-12:59:59")), std::nullopt);              // before nine
}

TEST(Schedule, APeriodMayEndTheNextMorning) {
    const Schedule night = daily("UTC", 22, 6);
    EXPECT_EQ(period_start(night, utc("20260302-05:59:59")), utc("20260301-22:00:00"));
    EXPECT_EQ(period_start(night, utc("20260302-06:00:00")), std::nullopt);
    EXPECT_EQ(period_start(night, utc("20260302-22:00:00")), utc("20260302-22:00:00"));
}

TEST(Schedule, EqualStartAndEndIsADayThatNeverCloses) {
    const Schedule day = daily("UTC", 0, 0);
    EXPECT_EQ(period_start(day, utc("20260302-00:00:00")), utc("20260302-00:00:00"));
    EXPECT_EQ(period_start(day, utc("20260302-23:59:59.999")), utc("20260302-00:00:00"));
}

TEST(Schedule, MomentsOfAWallClockLieAroundNow) {
    constexpr int kFour = 16 * 3600;
    const auto around = [](const char* now, bool on_weekends) {
        return moments_around("America/New_York", kFour, on_weekends, utc(now));
    };
    const Moments friday = around("20260306-12:00:00", false);
    EXPECT_EQ(friday.last, utc("20260305-21:00:00"));
    EXPECT_EQ(friday.next, utc("20260306-21:00:00"));
    // Summer time begins on Sunday. The moment itself is the last one.
    const Moments weekend = around("20260306-21:00:00", false);
    EXPECT_EQ(weekend.last, utc("20260306-21:00:00"));
    EXPECT_EQ(weekend.next, utc("20260309-20:00:00"));
    EXPECT_EQ(around("20260309-19:59:59", false).last, utc("20260306-21:00:00"));
    EXPECT_EQ(around("20260306-21:00:00", true).next, utc("20260307-21:00:00"));
}

TEST(Schedule, AWeekRunsFromSundayEveningToFriday) {
    Schedule week = daily("America/Chicago", 17, 16);
    week.start_day = 0;
    week.end_day = 5;
    EXPECT_EQ(period_start(week, utc("20260304-12:00:00")), utc("20260301-23:00:00"));  // Wednesday
    EXPECT_EQ(period_start(week, utc("20260306-22:30:00")), std::nullopt);              // Friday after four
    EXPECT_EQ(period_start(week, utc("20260308-22:00:00")), utc("20260308-22:00:00"));  // summer time began
}

TEST(Schedule, AnHourThatDoesNotExistStartsAtTheNextMoment) {
    const Schedule day = daily("America/New_York", 2, 20);  // 2026-03-08 has no 02:00 there
    EXPECT_EQ(period_start(day, utc("20260308-12:00:00")), utc("20260308-07:00:00"));
}

TEST(Schedule, UnknownZonesAreKnownToBeUnknown) {
    EXPECT_TRUE(knows_time_zone("Europe/Paris"));
    EXPECT_FALSE(knows_time_zone("Europe/Atlantis"));
}

}  // namespace
}  // namespace penstock::fix::test
