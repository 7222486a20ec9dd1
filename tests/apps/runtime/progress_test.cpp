#include "apps/runtime/progress.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace penstock::apps {
namespace {

struct Told {
    Timestamp now{1'000};
    std::vector<std::string> lines;

    Progress progress(std::uint64_t total) {
        return {total, [this] { return now; }, [this](std::string_view line) { lines.emplace_back(line); }};
    }
};

void advance(Progress& progress, std::uint64_t records) {
    for (std::uint64_t i = 0; i < records; ++i) progress.advance();
}

TEST(Progress, AShortReplaySaysNothing) {
    Told told;
    Progress progress = told.progress(Progress::kStep);
    told.now = told.now + Duration::seconds(1);
    advance(progress, Progress::kStep);
    EXPECT_TRUE(told.lines.empty());
}

TEST(Progress, ALongOneSaysHowManyHowFastAndHowLong) {
    Told told;
    Progress progress = told.progress(4 * Progress::kStep);
    told.now = told.now + Duration::seconds(4);
    advance(progress, Progress::kStep);
    ASSERT_EQ(told.lines.size(), 1U);
    EXPECT_EQ(told.lines[0], "recovering: 4096 of 16384 records, 1024 records/s, 12 s left");
    // Told again only after a while.
    advance(progress, Progress::kStep);
    EXPECT_EQ(told.lines.size(), 1U);
}

TEST(Progress, MoreRecordsThanWereCountedAreNoFault) {
    Told told;
    Progress progress = told.progress(10);
    told.now = told.now + Duration::seconds(2);
    advance(progress, Progress::kStep);
    ASSERT_EQ(told.lines.size(), 1U);
    EXPECT_EQ(told.lines[0], "recovering: 4096 of 4096 records, 2048 records/s, 0 s left");
}

}  // namespace
}  // namespace penstock::apps
