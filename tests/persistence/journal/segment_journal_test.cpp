#include "persistence/journal/segment_journal.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstring>
#include <fstream>
#include <thread>

#include "persistence/journal/chain.hpp"
#include "persistence/journal/recovery.hpp"
#include "tests/persistence/journal/test_journal.hpp"

namespace penstock::persistence {
namespace {

namespace fs = std::filesystem;

/// Both durabilities, with the writer thread and without, and O_DSYNC.
struct Mode {
    const char* name;
    Durability durability;
    SyncThread thread;
    SyncMethod method;
};
constexpr Mode kModes[] = {
    {"PowerWriterThread", Durability::Power, SyncThread::Writer, SyncMethod::Fdatasync},
    {"PowerWriterThreadDsync", Durability::Power, SyncThread::Writer, SyncMethod::Dsync},
    {"PowerCaller", Durability::Power, SyncThread::Caller, SyncMethod::Fdatasync},
    {"Process", Durability::Process, SyncThread::Writer, SyncMethod::Fdatasync},
};

class EveryMode : public testing::TestWithParam<Mode> {
  protected:
    JournalSettings settings() const {
        JournalSettings made = quiet_settings(directory_.path() / "journal", GetParam().durability);
        made.sync_thread = GetParam().thread;
        made.sync_method = GetParam().method;
        return made;
    }
    TemporaryDirectory directory_;
    Random random_{31};
};
INSTANTIATE_TEST_SUITE_P(, EveryMode, testing::ValuesIn(kModes), [](const auto& mode) {
    return mode.param.name;
});

class SegmentJournalTest : public testing::Test {
  protected:
    TemporaryDirectory directory_;
    Random random_{32};
};

std::size_t count_segments(const fs::path& directory) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(directory)) {
        count += entry.path().filename().string().starts_with("j-") ? 1U : 0U;
    }
    return count;
}

}  // namespace

TEST_P(EveryMode, WhatWasAppendedIsThereAfterEachOfManyStarts) {
    std::vector<std::string> appended;
    for (int starts = 0; starts < 5; ++starts) {
        const Start found = start(settings());
        ASSERT_NE(found.journal, nullptr) << found.error.text;
        EXPECT_EQ(found.payloads, appended);
        EXPECT_EQ(found.recovery.last.value, appended.size());
        EXPECT_FALSE(found.recovery.torn_tail);
        for (auto& record : append_random(*found.journal, random_, 100, 7)) appended.push_back(record);
    }
    // Random records are long: 64 KiB segments have been left many times.
    EXPECT_GT(count_segments(settings().directory), 2U);
}

TEST_P(EveryMode, DurableNeverGoesBackAndReachesTheLastRecord) {
    JournalSettings busy = settings();
    busy.watermark_interval = Duration::milliseconds(1);
    const Start found = start(busy);
    ASSERT_NE(found.journal, nullptr) << found.error.text;
    const oms::Record order = new_order_record(1);
    Seq seen;
    oms::Record record = order;
    for (std::uint64_t seq = 1; seq <= 20'000; ++seq) {
        record.input.seq = Seq{seq};
        found.journal->append(view_of(record));
        if (seq % 3 == 0) found.journal->flush();
        const Seq durable = found.journal->durable();
        ASSERT_GE(durable, seen);
        ASSERT_LE(durable, found.journal->last());
        seen = durable;
    }
    flush_all(*found.journal);
    EXPECT_EQ(found.journal->durable(), found.journal->last());
    found.journal->close();

    const Start again = start(busy);
    EXPECT_EQ(again.recovery.records, 20'000U) << again.error.text;
}

TEST_P(EveryMode, ReadsOldRecentAndOpenRecords) {
    const Start found = start(settings());
    ASSERT_NE(found.journal, nullptr) << found.error.text;
    auto appended = append_random(*found.journal, random_, 400, 5);
    for (int i = 0; i < 10; ++i) {
        const oms::Record record = random_record(random_, found.journal->last().value + 1);
        found.journal->append(view_of(record));
        appended.push_back(encoded(record));
        if (i == 4) found.journal->flush();
    }
    for (std::uint64_t seq = 1; seq <= appended.size(); ++seq) {
        const auto record = found.journal->read(Seq{seq});
        ASSERT_TRUE(record) << seq << " " << to_text(record.error());
        ASSERT_EQ(encoded(*record), appended[seq - 1]) << seq;
    }
    EXPECT_EQ(found.journal->read(Seq{0}).error(), Fault::NotFound);
    EXPECT_EQ(found.journal->read(Seq{appended.size() + 1}).error(), Fault::NotFound);
}

TEST_P(EveryMode, RecordsLongerThanASegmentGetOneOfTheirOwn) {
    Start found = start(settings());
    ASSERT_NE(found.journal, nullptr) << found.error.text;
    std::vector<std::string> appended = append_random(*found.journal, random_, 3, 1);
    oms::Record huge = new_order_record(4);
    huge.outputs.resize(1'000, huge.outputs.front());
    found.journal->append(view_of(huge));
    appended.push_back(encoded(huge));
    for (auto& record : append_random(*found.journal, random_, 3, 1)) appended.push_back(record);
    const auto back = found.journal->read(Seq{4});
    ASSERT_TRUE(back);
    EXPECT_EQ(encoded(*back), appended[3]);
    found.journal.reset();

    EXPECT_EQ(start(settings()).payloads, appended);
}

// As after a kill -9: nothing is closed, HEAD is old, segments may lack their names.
TEST_P(EveryMode, WhatWasDurableSurvivesWithoutAClose) {
    const fs::path copy = directory_.path() / "copy";
    const Start found = start(settings());
    ASSERT_NE(found.journal, nullptr) << found.error.text;
    const auto appended = append_random(*found.journal, random_, 300, 7);
    fs::copy(settings().directory, copy);

    JournalSettings of_copy = settings();
    of_copy.directory = copy;
    const Start again = start(of_copy);
    ASSERT_NE(again.journal, nullptr) << again.error.text;
    EXPECT_EQ(again.payloads, appended);
    EXPECT_EQ(again.journal->identity().epoch, found.journal->identity().epoch + 1);
    EXPECT_EQ(again.journal->identity().uuid, found.journal->identity().uuid);
}

TEST_F(SegmentJournalTest, SecondOpenerIsRefusedUntilTheFirstCloses) {
    const auto settings = quiet_settings(directory_.path(), Durability::Process);
    const Start first = start(settings);
    ASSERT_NE(first.journal, nullptr) << first.error.text;

    const Start second = start(settings);
    EXPECT_EQ(second.journal, nullptr);
    EXPECT_EQ(second.error.fault, Fault::Busy);
    EXPECT_NE(second.error.text.find(std::to_string(::getpid())), std::string::npos) << second.error.text;

    first.journal->close();
    EXPECT_NE(start(settings).journal, nullptr);
}

TEST_F(SegmentJournalTest, AnotherInstanceIsRefused) {
    auto settings = quiet_settings(directory_.path(), Durability::Process);
    ASSERT_NE(start(settings).journal, nullptr);
    settings.instance = FixedText<2>::truncated("ZZ");
    EXPECT_EQ(start(settings).error.fault, Fault::Incompatible);
}

TEST_F(SegmentJournalTest, EveryRecordIsExpectedOnceBeforeItIsShown) {
    const JournalSettings settings = quiet_settings(directory_.path(), Durability::Process);
    append_random(*start(settings).journal, random_, 200, 7);
    auto opened = SegmentJournal::open(settings);
    ASSERT_NE(opened.journal, nullptr) << opened.error.text;
    std::uint64_t expected = 0;
    std::uint64_t shown = 0;
    const oms::Visit visit(
        [&](oms::StoredRecord& record) {
            EXPECT_EQ(record.input().seq.value, ++shown);
            EXPECT_GE(expected, shown);
            return true;
        },
        [&](const oms::Input& input) { EXPECT_EQ(input.seq.value, ++expected); });
    EXPECT_FALSE(opened.journal->recover(visit).error);
    EXPECT_EQ(shown, 200U);
    EXPECT_EQ(expected, 200U);
}

TEST_F(SegmentJournalTest, AReaderThatStopsLeavesTheJournalAsItWas) {
    const auto settings = quiet_settings(directory_.path(), Durability::Process);
    append_random(*start(settings).journal, random_, 20, 1);
    auto opened = SegmentJournal::open(settings);
    ASSERT_NE(opened.journal, nullptr);
    const Recovery stopped =
        opened.journal->recover([](const oms::Record& r) { return r.input.seq.value < 7; });
    ASSERT_TRUE(stopped.error);
    EXPECT_EQ(stopped.error->fault, Fault::Closed);
    opened.journal.reset();

    EXPECT_EQ(start(settings).recovery.records, 20U);
}

TEST_F(SegmentJournalTest, DurabilityMayChangeBetweenStarts) {
    std::vector<std::string> appended;
    for (const Durability durability : {Durability::Power, Durability::Process, Durability::Power}) {
        const Start found = start(quiet_settings(directory_.path(), durability));
        ASSERT_NE(found.journal, nullptr) << found.error.text;
        for (auto& record : append_random(*found.journal, random_, 90, 4)) appended.push_back(record);
    }
    EXPECT_EQ(start(quiet_settings(directory_.path(), Durability::Power)).payloads, appended);
}

TEST_F(SegmentJournalTest, FilesAreForTheOwnerAndItsGroupOnly) {
    const auto directory = directory_.path() / "journal";
    const Start found = start(quiet_settings(directory, Durability::Process));
    struct stat status {};
    ASSERT_EQ(::stat(directory.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0750U);
    for (const auto& entry : fs::directory_iterator(directory)) {
        ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U & ~0640U, 0U) << entry.path();
    }
}

TEST_F(SegmentJournalTest, TheSelfTestChoosesAMethodAndSaysWhy) {
    auto settings = quiet_settings(directory_.path(), Durability::Power);
    settings.sync_method = SyncMethod::Measure;
    std::string notes;
    settings.note = [&](std::string_view line) { notes += line; };
    const Start found = start(settings);
    ASSERT_NE(found.journal, nullptr) << found.error.text;
    EXPECT_NE(notes.find("taken: "), std::string::npos) << notes;
}

TEST_F(SegmentJournalTest, EmptyJournalStartsAgainAndAgain) {
    const auto settings = quiet_settings(directory_.path(), Durability::Power);
    for (std::uint64_t epoch = 1; epoch < 6; ++epoch) {
        const Start found = start(settings);
        ASSERT_NE(found.journal, nullptr) << found.error.text;
        EXPECT_TRUE(found.recovery.last.is_none());
        EXPECT_EQ(found.journal->identity().epoch, epoch);
    }
}

/// The keeper may note in HEAD that a block of the chain has begun while the seal of the one before is still
/// on its way. A crash then leaves a good journal without that seal.
TEST(SegmentJournal, ABlockThatHadJustBegunWhenTheProcessEndedIsNoDamage) {
    const TemporaryDirectory directory(Where::Memory);
    JournalSettings settings = quiet_settings(directory.path() / "live", Durability::Process);
    JournalSettings crashed = quiet_settings(directory.path() / "crashed", Durability::Process);
    settings.segment_bytes = crashed.segment_bytes = std::uint64_t{1} << 20U;  // one is enough
    Start found = start(settings);
    Random random(1);
    const auto appended = append_random(*found.journal, random, 20, 5);
    copy_directory(settings.directory, crashed.directory);

    std::string head = read_file(crashed.directory / "HEAD");
    Watermark noted;
    std::memcpy(&noted, head.data() + kHeadBlock, sizeof noted);
    RecoveryRun run(crashed.directory, found.journal->identity().uuid, Watermark{});
    run.run([](const oms::Record&) { return true; });
    ASSERT_FALSE(run.result().error);
    ASSERT_EQ(run.result().records, appended.size());
    Chain block;
    block.begin(run.place().chain, run.end());
    noted.generation = 100;
    noted.seq = run.result().last.value;
    noted.segment = run.segment();
    noted.offset = noted.block_start = run.end();
    noted.chain = block.seal().chain;
    set_crc(noted);
    std::memcpy(head.data() + 2 * kHeadBlock, &noted, sizeof noted);
    write_file(crashed.directory / "HEAD", head);

    const Start again = start(crashed);
    ASSERT_NE(again.journal, nullptr) << again.error.text;
    ASSERT_EQ(again.payloads.size(), appended.size());
    for (std::size_t i = 0; i < appended.size(); ++i) ASSERT_TRUE(again.payloads[i] == appended[i]) << i;
}

}  // namespace penstock::persistence
