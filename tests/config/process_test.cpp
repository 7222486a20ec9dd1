#include <gtest/gtest.h>

#include "tests/config/files.hpp"

namespace penstock::config {
namespace {

const std::string kGood = good_toml();

TEST(ProcessConfig, AGoodFileHasNoFindings) {
    EXPECT_EQ(problems_of(kGood), std::vector<std::string>{});
    EXPECT_EQ(warnings_of(kGood), std::vector<std::string>{});
}

TEST(ProcessConfig, AMissingFileIsNamed) {
    const Folder folder;
    const Loaded loaded = load(folder.path() / "penstock.toml");

    EXPECT_EQ(folder.short_texts(loaded.problems),
              std::vector<std::string>{"penstock.toml: cannot be read; expected a TOML file"});
    EXPECT_FALSE(loaded.config);
}

TEST(ProcessConfig, WhatIsNoTomlIsNamedWithItsLine) {
    const auto problems = problems_of("[instance]\nid == 1\n");

    ASSERT_EQ(problems.size(), 1U);
    EXPECT_TRUE(problems[0].starts_with("penstock.toml:2: ")) << problems[0];
}

TEST(ProcessConfig, AnEmptyFileSaysWhatItNeeds) {
    const std::vector<std::string> expected{
        "penstock.toml:1: instance: is missing; expected [instance] with id and state_directory",
        "penstock.toml:1: fix: is missing; expected [[fix.listener]] and [[fix.session]], or settings_file "
        "in "
        "[fix]"};
    EXPECT_EQ(problems_of(""), expected);
}

TEST(ProcessConfig, PathsStartAtTheFileUnlessTheyAreAbsolute) {
    const Folder folder;
    const Loaded loaded = load(folder.write("penstock.toml", kGood));
    ASSERT_TRUE(loaded.config);
    EXPECT_EQ(loaded.config->state_directory, folder.path() / "state");
    EXPECT_EQ(loaded.config->journal.directory, folder.path() / "state" / "journal");

    const Loaded absolute =
        load(folder.write("penstock.toml", changed(kGood, "\"state\"", "\"/var/lib/penstock\"")));
    ASSERT_TRUE(absolute.config);
    EXPECT_EQ(absolute.config->state_directory, "/var/lib/penstock");
}

TEST(ProcessConfig, EveryKeyOfJournalCoreAndLoopIsRead) {
    const Folder folder;
    const Loaded loaded = load(folder.write("penstock.toml", kGood + R"([journal]
durability = "process"
sync_method = "dsync"
sync_thread = "caller"
segment_mib = 16
watermark_interval_ms = 20
snapshot_records = 5000
[core]
max_orders = 1000
max_requests = 200
max_fills = 3000
touch_memory = false
[loop]
spin_us = 0
max_spin_us = 500
)"));

    ASSERT_TRUE(loaded.config);
    const persistence::JournalSettings& journal = loaded.config->journal;
    EXPECT_EQ(journal.instance.view(), "P1");
    EXPECT_EQ(journal.durability, persistence::Durability::Process);
    EXPECT_EQ(journal.sync_method, persistence::SyncMethod::Dsync);
    EXPECT_EQ(journal.sync_thread, persistence::SyncThread::Caller);
    EXPECT_EQ(journal.segment_bytes, 16U << 20U);
    EXPECT_EQ(journal.watermark_interval, Duration::milliseconds(20));
    EXPECT_EQ(loaded.config->snapshot_records, 5000U);
    EXPECT_EQ(loaded.config->capacity.orders, 1000U);
    EXPECT_EQ(loaded.config->capacity.requests, 200U);
    EXPECT_EQ(loaded.config->capacity.fills, 3000U);
    EXPECT_EQ(loaded.config->spin_us, 0);
    EXPECT_EQ(loaded.config->max_spin_us, 500);
    EXPECT_FALSE(loaded.config->touch_memory);
}

TEST(ProcessConfig, AnUnknownKeyIsNamedWithTheNearestKnownOne) {
    EXPECT_EQ(problem_at("state_dir ", changed(kGood, "id = \"P1\"\n", "id = \"P1\"\nstate_dir = \"x\"\n")),
              "instance.state_dir: is not a known key; did you mean \"state_directory\"?");
    EXPECT_EQ(problem_at("[jurnal]", kGood + "[jurnal]\n"),
              "jurnal: is not a known key; did you mean \"journal\"?");
    EXPECT_EQ(problem_at("zzzzzz", kGood + "[loop]\nzzzzzz = 1\n"),
              "loop.zzzzzz: is not a known key; expected \"spin_us\" or \"max_spin_us\"");
}

TEST(ProcessConfig, AWrongTypeSaysWhatIsExpectedAndFound) {
    EXPECT_EQ(problem_at("id = 1", changed(kGood, "id = \"P1\"", "id = 1")),
              "instance.id: expected text such as \"P1\", found a whole number");
    EXPECT_EQ(
        problem_at("[[loop]]", kGood + "[[loop]]\nspin_us = 1\n"), "loop: expected a table, found a list");
}

TEST(ProcessConfig, AnInstanceIsTwoCapitalsOrDigits) {
    EXPECT_EQ(problem_at("id = \"penstock\"", changed(kGood, "\"P1\"", "\"penstock\"")),
              "instance.id: is \"penstock\"; expected two characters of A-Z and 0-9, such as \"P1\"");
}

TEST(ProcessConfig, AWordOutsideItsListIsRefused) {
    EXPECT_EQ(problem_at("durability", kGood + "[journal]\ndurability = \"disk\"\n"),
              "journal.durability: is \"disk\"; expected \"power\" or \"process\"");
}

TEST(ProcessConfig, ANumberOutOfRangeIsRefused) {
    EXPECT_EQ(problem_at("max_orders", kGood + "[core]\nmax_orders = 0\n"),
              "core.max_orders: is 0; expected a whole number from 1 to 100000000");
}

TEST(ProcessConfig, AllProblemsAreReportedInTheOrderOfTheFile) {
    const std::string bad = changed(changed(kGood, "9880", "99999"), "id = \"P1\"\n", "");
    const std::vector<std::string> expected{
        "penstock.toml:1: instance.id: is missing; expected text such as \"P1\"",
        "penstock.toml:6: fix.listener.port: is 99999; expected a whole number from 0 to 65535"};
    EXPECT_EQ(problems_of(bad), expected);
}

}  // namespace
}  // namespace penstock::config
