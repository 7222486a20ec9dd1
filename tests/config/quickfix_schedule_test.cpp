#include <gtest/gtest.h>

#include "tests/config/files.hpp"

namespace penstock::config {
namespace {

std::string cfg_with(const std::string& lines) {
    return "[SESSION]\nConnectionType=acceptor\nSocketAcceptPort=5001\nBeginString=FIX.4.4\n"
           "SenderCompID=ISLD\nTargetCompID=TW\n" +
           lines;
}

fix::Schedule schedule_of(const std::string& lines) {
    const Folder folder;
    const Loaded loaded = load_quickfix_cfg(folder.write("sessions.cfg", cfg_with(lines)));
    EXPECT_EQ(folder.short_texts(loaded.problems), std::vector<std::string>{});
    return loaded.config ? loaded.config->sessions.at(0).fix.schedule : fix::Schedule{};
}

TEST(QuickFixSchedule, EqualTimesStartThePeriodAnewEveryDay) {
    const fix::Schedule schedule = schedule_of("StartTime=00:00:00\nEndTime=00:00:00\n");
    EXPECT_FALSE(schedule.non_stop);
    EXPECT_EQ(schedule.start_second, 0);
    EXPECT_EQ(schedule.end_second, 0);
    EXPECT_EQ(schedule.start_day, -1);
    EXPECT_EQ(schedule.time_zone, "UTC");
}

TEST(QuickFixSchedule, AWeekHasDays) {
    const fix::Schedule schedule =
        schedule_of("StartTime=17:00:00\nEndTime=16:30:15\nStartDay=Sunday\nEndDay=FR\n");
    EXPECT_EQ(schedule.start_second, 17 * 3600);
    EXPECT_EQ(schedule.end_second, 16 * 3600 + 30 * 60 + 15);
    EXPECT_EQ(schedule.start_day, 0);
    EXPECT_EQ(schedule.end_day, 5);
}

TEST(QuickFixSchedule, NonStopOrNoTimesMeansAlways) {
    EXPECT_TRUE(schedule_of("NonStopSession=Y\nStartTime=08:00:00\nEndTime=17:00:00\n").non_stop);
    EXPECT_TRUE(schedule_of("").non_stop);
}

TEST(QuickFixSchedule, ATimeZoneIsAKeyOrPartOfTheTime) {
    EXPECT_EQ(schedule_of("StartTime=08:00:00\nEndTime=17:00:00\nTimeZone=America/New_York\n").time_zone,
              "America/New_York");
    EXPECT_EQ(
        schedule_of("StartTime=08:00:00 Asia/Tokyo\nEndTime=17:00:00 Asia/Tokyo\n").time_zone, "Asia/Tokyo");
}

TEST(QuickFixSchedule, WhatDoesNotReadAsATimeDayOrZoneIsRefused) {
    EXPECT_EQ(cfg_problem_at("StartTime", cfg_with("StartTime=8am\nEndTime=17:00:00\n")),
              "StartTime: is \"8am\"; expected a time such as 08:00:00");
    EXPECT_EQ(cfg_problem_at("[SESSION]", cfg_with("StartTime=08:00:00\n")),
              "EndTime: is missing; expected EndTime=00:00:00");
    EXPECT_EQ(cfg_problem_at("EndTime", cfg_with("StartTime=08:00:00\nEndTime=24:00:00\n")),
              "EndTime: is \"24:00:00\"; expected a time such as 08:00:00");
    EXPECT_EQ(cfg_problem_at("StartDay", cfg_with("StartTime=08:00:00\nEndTime=17:00:00\nStartDay=MO\n")),
              "StartDay: stands alone; expected EndDay with it");
    EXPECT_EQ(cfg_problem_at("TimeZone", cfg_with("StartTime=08:00:00\nEndTime=17:00:00\nTimeZone=Mars\n")),
              "TimeZone: has time zone \"Mars\"; expected an IANA name known on this machine, such as "
              "Europe/Zurich");
}

}  // namespace
}  // namespace penstock::config
