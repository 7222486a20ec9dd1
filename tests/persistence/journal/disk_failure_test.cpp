#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <mutex>
#include <thread>

#include "tests/persistence/journal/failing_disk.hpp"
#include "tests/persistence/journal/test_journal.hpp"

namespace penstock::persistence {
namespace {

/// Collects what the journal says when it stops.
class DiskFailure : public testing::Test {
  protected:
    JournalSettings settings(Durability durability) {
        JournalSettings made = quiet_settings(directory_.path() / "journal", durability);
        made.fail_stop = [this](const std::string& line) {
            const std::lock_guard lock(mutex_);
            stops_.push_back(line);
        };
        return made;
    }
    std::vector<std::string> stops() {
        const std::lock_guard lock(mutex_);
        return stops_;
    }
    /// Appends and flushes without waiting for anything.
    static void append(SegmentJournal& journal, int count) {
        for (int i = 0; i < count; ++i) {
            journal.append(view_of(new_order_record(journal.last().value + 1)));
            journal.flush();
        }
    }

    TemporaryDirectory directory_;
    std::mutex mutex_;
    std::vector<std::string> stops_;
};

/// No file of this process may grow past, or be written past, so many bytes.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
};

}  // namespace

TEST_F(DiskFailure, AFailedWriteStopsOnceAndNothingMoreIsDurable) {
    for (const Durability durability : {Durability::Process, Durability::Power}) {
        stops_.clear();
        std::filesystem::remove_all(directory_.path() / "journal");
        JournalSettings one_segment = settings(durability);
        one_segment.segment_bytes = std::uint64_t{1} << 20U;
        const Start found = start(one_segment);
        ASSERT_NE(found.journal, nullptr) << found.error.text;
        std::uint64_t durable = 0;
        {
            const FileSizeLimit limit(8'192);
            append(*found.journal, 200);
            found.journal->close();
            durable = found.journal->durable().value;
        }
        ASSERT_EQ(stops().size(), 1U);
        EXPECT_NE(stops()[0].find("EFBIG"), std::string::npos) << stops()[0];
        EXPECT_NE(stops()[0].find("j-00000000000000000001.seg"), std::string::npos) << stops()[0];
        EXPECT_LT(durable, 200U);

        const Start again = start(one_segment);
        ASSERT_NE(again.journal, nullptr) << again.error.text;
        EXPECT_GE(again.recovery.last.value, durable);
        EXPECT_LT(again.recovery.last.value, 200U);
    }
}

// The kernel reports a failed sync once; the next one would say yes.
TEST_F(DiskFailure, AFailedSyncIsNeverTriedAgain) {
    for (const SyncThread thread : {SyncThread::Caller, SyncThread::Writer}) {
        for (int good = 0; good < 2; ++good) {
            stops_.clear();
            std::filesystem::remove_all(directory_.path() / "journal");
            JournalSettings failing = settings(Durability::Power);
            failing.sync_thread = thread;
            failing.segment_bytes = std::uint64_t{1} << 20U;
            Start found = start(failing);
            ASSERT_NE(found.journal, nullptr) << found.error.text;
            fail_sync_of_segments(good);
            append(*found.journal, 50);
            found.journal->close();
            EXPECT_EQ(syncs_since_failure(), 0);
            ASSERT_EQ(stops().size(), 1U);
            EXPECT_NE(stops()[0].find("EIO"), std::string::npos) << stops()[0];
            const auto durable = found.journal->durable().value;
            // On the caller's thread every record is a batch of its own.
            if (thread == SyncThread::Caller) {
                EXPECT_EQ(durable, static_cast<std::uint64_t>(good));
            }
            found.journal.reset();
            const Start again = start(failing);
            ASSERT_NE(again.journal, nullptr) << again.error.text;
            EXPECT_GE(again.recovery.last.value, durable);
        }
    }
}

TEST_F(DiskFailure, WithoutAHandlerTheProcessExitsWith70) {
    JournalSettings dying = settings(Durability::Process);
    dying.fail_stop = nullptr;
    const auto die = [&] {
        const Start found = start(dying);
        const FileSizeLimit limit(8'192);
        append(*found.journal, 200);
    };
    // No thread runs yet, so a plain fork will do, and this process cleans up.
    GTEST_FLAG_SET(death_test_style, "fast");
    EXPECT_EXIT(die(), testing::ExitedWithCode(70), "journal stopped: .*EFBIG");
}

TEST_F(DiskFailure, AFullDiskIsAnnouncedBeforeItStopsAnything) {
    std::string notes;
    JournalSettings filling = settings(Durability::Process);
    filling.note = [&](std::string_view line) {
        const std::lock_guard lock(mutex_);
        notes += line;
    };
    const Start found = start(filling);
    ASSERT_NE(found.journal, nullptr) << found.error.text;
    while (found.journal->free_segments() < 2) std::this_thread::yield();
    EXPECT_FALSE(found.journal->nearly_full());
    EXPECT_FALSE(found.journal->room().is_nearly_full);

    // A little smaller than a segment: those that are there can be filled, none can be made.
    const FileSizeLimit limit(filling.segment_bytes - 64);
    while (found.journal->free_segments() == 2) append(*found.journal, 1);
    while (!found.journal->nearly_full()) std::this_thread::yield();
    EXPECT_TRUE(found.journal->room().is_nearly_full);
    EXPECT_LT(found.journal->room().ready, found.journal->room().wanted);
    append(*found.journal, 10);
    EXPECT_TRUE(stops().empty()) << stops()[0];
    EXPECT_EQ(found.journal->durable(), found.journal->last());
    // The announcement follows the state; a busy machine may leave a moment between them.
    const auto is_announced = [&] {
        const std::lock_guard lock(mutex_);
        return notes.find("EFBIG") != std::string::npos;
    };
    while (!is_announced()) std::this_thread::yield();
}

}  // namespace penstock::persistence
