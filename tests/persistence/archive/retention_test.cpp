#include "persistence/archive/retention.hpp"

#include <gtest/gtest.h>

namespace penstock::persistence {
namespace {

constexpr Timestamp day(std::int64_t number) { return Timestamp{number * 86'400'000'000'000}; }

/// Five segments of ten records, one a day.
ArchiveIndex five_days() {
    ArchiveIndex index;
    for (std::uint64_t at = 0; at < 5; ++at) {
        ArchivedSegment one;
        one.first_seq = 1 + 10 * at;
        one.last_seq = 10 + 10 * at;
        one.first_time = day(static_cast<std::int64_t>(at));
        one.last_time = one.first_time + Duration::seconds(3600);
        index.segments.push_back(one);
    }
    return index;
}

RetentionRule expired() { return {day(100), Duration::seconds(86'400), 1000}; }

std::vector<bool> may_go(const ArchiveIndex& index, const RetentionRule& rule) {
    std::vector<bool> all;
    for (const Verdict& one : judge(index, rule)) all.push_back(one.may_go);
    return all;
}

TEST(Retention, WhatIsExpiredMayGo) {
    EXPECT_EQ(may_go(five_days(), expired()), std::vector<bool>(5, true));
    RetentionRule rule = expired();
    rule.now = day(3);
    EXPECT_EQ(may_go(five_days(), rule), (std::vector<bool>{true, true, false, false, false}));
}

TEST(Retention, WithoutATermNothingGoes) {
    RetentionRule rule = expired();
    rule.keep.reset();
    const auto verdicts = judge(five_days(), rule);
    EXPECT_FALSE(verdicts[0].may_go);
    EXPECT_NE(verdicts[0].why.find("for ever"), std::string::npos);
}

TEST(Retention, AHoldKeepsItsDaysAndWhatFollows) {
    ArchiveIndex index = five_days();
    index.holds.push_back({"case 7", day(2), day(2)});
    EXPECT_EQ(may_go(index, expired()), (std::vector<bool>{true, true, false, false, false}));
    EXPECT_EQ(judge(index, expired())[2].why, "held by case 7");
    EXPECT_NE(judge(index, expired())[3].why.find("has no hole"), std::string::npos);
}

TEST(Retention, WhatAStartReadsStays) {
    RetentionRule rule = expired();
    rule.start_reads_from = 21;
    EXPECT_EQ(may_go(five_days(), rule), (std::vector<bool>{true, true, false, false, false}));
    rule.start_reads_from = 0;
    EXPECT_EQ(may_go(five_days(), rule), std::vector<bool>(5, false));
}

TEST(Retention, WhatTheAuditReadsStays) {
    RetentionRule rule = expired();
    const ArchiveIndex index = five_days();
    rule.audited = index.segments[2].first_seq;
    EXPECT_EQ(may_go(index, rule), (std::vector<bool>{true, true, false, false, false}));
    rule.audited = 0;
    EXPECT_EQ(may_go(index, rule), std::vector<bool>(5, false));
}

}  // namespace
}  // namespace penstock::persistence
