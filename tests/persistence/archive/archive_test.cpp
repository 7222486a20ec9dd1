#include "persistence/archive/archive.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "persistence/archive/cut.hpp"
#include "persistence/archive/part.hpp"
#include "persistence/archive/shipping.hpp"
#include "persistence/journal/reader.hpp"
#include "tests/persistence/journal/test_journal.hpp"
#include "tests/persistence/snapshot/file_operations.hpp"

namespace penstock::persistence {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRecords = 600;

/// A journal of some segments that was closed, and an empty archive.
class ArchiveTest : public testing::Test {
  protected:
    ArchiveTest() : settings_(quiet_settings(directory_.path() / "journal", Durability::Process)) {
        fs::create_directories(settings_.directory);
        Random random(7);
        auto begun = start(settings_);
        all_ = append_random(*begun.journal, random, kRecords, 10);
        begun.journal->close();
        for (const auto& entry : fs::directory_iterator(settings_.directory))
            if (entry.path().filename().string().starts_with("j-")) files_.push_back(entry.path());
        std::ranges::sort(files_);
        JournalReader reader;
        EXPECT_FALSE(reader.open(settings_));
        uuid_ = reader.identity().uuid;
    }
    fs::path folder() const { return directory_.path() / "archive"; }
    std::uint64_t first_of(std::size_t at) const {
        return std::stoull(files_[at].filename().string().substr(2, 20));
    }
    std::optional<std::string> take(Archive& archive, std::size_t at) const {
        ArchivedSegment segment;
        segment.first_seq = first_of(at);
        segment.last_seq = first_of(at + 1) - 1;
        return archive.take(files_[at], uuid_, segment);
    }
    /// All records, whether their segments are in the journal's folder or in the archive.
    Recovery read_all() const {
        JournalSettings settings = settings_;
        auto archive = std::make_shared<Archive>(folder());
        EXPECT_EQ(archive->load(), std::nullopt);
        settings.more = archive;
        JournalReader reader;
        EXPECT_FALSE(reader.open(settings));
        return reader.check(JournalReader::Beside::Nobody, {});
    }

    TemporaryDirectory directory_{Where::Memory};
    JournalSettings settings_;
    std::vector<std::string> all_;
    std::vector<fs::path> files_;
    Uuid uuid_{};
};

TEST_F(ArchiveTest, WhatIsArchivedIsReadAsIfItWereThere) {
    ASSERT_GT(files_.size(), 2U);
    Archive archive(folder());
    ASSERT_EQ(archive.lock(), std::nullopt);
    ASSERT_EQ(take(archive, 0), std::nullopt);
    ASSERT_EQ(take(archive, 1), std::nullopt);
    EXPECT_FALSE(fs::exists(files_[0]));
    const Recovery read = read_all();
    ASSERT_FALSE(read.error) << read.error->text;
    EXPECT_EQ(read.records, kRecords);
    JournalSettings settings = settings_;
    settings.more = std::make_shared<Archive>(folder());
    const Start again = start(settings);
    ASSERT_TRUE(again.journal) << again.error.text;
    EXPECT_EQ(again.payloads, all_);
    EXPECT_TRUE(again.journal->read(Seq{1})) << "a record of an archived segment is read one by one, too";
}

TEST_F(ArchiveTest, ADamagedFileIsNamedAndNeverRead) {
    Archive archive(folder());
    ASSERT_EQ(archive.lock(), std::nullopt);
    ASSERT_EQ(take(archive, 0), std::nullopt);
    const fs::path file = archive.file_of(1);
    const std::string whole = read_file(file);
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 97) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        write_file(file, flipped);
        const auto found = archive.check(archive.index().segments[0]);
        ASSERT_TRUE(found) << at;
        EXPECT_NE(found->find(file.string()), std::string::npos);
        const Recovery read = read_all();
        // What decompresses to the same bytes in spite of a flip (a flag nobody uses) is no damage to
        // records.
        const bool is_named = read.error && read.error->text.find("damaged") != std::string::npos;
        ASSERT_TRUE(is_named || (!read.error && read.records == kRecords)) << at;
    }
    const std::string index = read_file(folder() / "INDEX");
    for (std::size_t at = 0; at < index.size(); at += 3) {
        std::string flipped = index;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        write_file(folder() / "INDEX", flipped);
        ASSERT_NE(Archive(folder()).load(), std::nullopt) << at;
    }
}

TEST_F(ArchiveTest, AFailureOfAnyFileOperationLosesNothing) {
    disturb_operation(std::numeric_limits<int>::max(), AtOperation::Fails);
    {
        Archive archive(folder());
        ASSERT_EQ(archive.lock(), std::nullopt);
        ASSERT_EQ(take(archive, 0), std::nullopt);
    }
    const int operations = operations_since();
    ASSERT_GT(operations, 8);
    int failures = 0;
    for (int good = 0; good < operations; ++good) {
        Archive archive(folder());
        disturb_operation(good, AtOperation::Fails);
        auto failure = archive.lock();
        if (!failure) failure = fs::exists(files_[1]) ? take(archive, 1) : std::nullopt;
        operations_since();
        failures += failure ? 1 : 0;
        const Recovery read = read_all();
        ASSERT_FALSE(read.error) << good << ": " << read.error->text;
        ASSERT_EQ(read.records, kRecords) << good;
    }
    EXPECT_GT(failures, 5);
    EXPECT_FALSE(renamed_unsynced());
}

TEST_F(ArchiveTest, AnEndAtAnyFileOperationLosesNothing) {
    for (int good = 0; good < 40; ++good) {
        const pid_t child = ::fork();
        if (child == 0) {
            Archive archive(folder());
            disturb_operation(good, AtOperation::EndsProcess);
            if (!archive.lock()) static_cast<void>(take(archive, 0));
            ::_exit(0);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        const Recovery read = read_all();
        ASSERT_FALSE(read.error) << good << ": " << read.error->text;
        ASSERT_EQ(read.records, kRecords) << good;
        if (!fs::exists(files_[0])) break;
    }
    EXPECT_FALSE(fs::exists(files_[0])) << "it never got through";
}

TEST_F(ArchiveTest, WhatWasDeletedIsSaidAndTheRestVerifies) {
    Archive archive(folder());
    ASSERT_EQ(archive.lock(), std::nullopt);
    ASSERT_EQ(take(archive, 0), std::nullopt);
    ASSERT_EQ(take(archive, 1), std::nullopt);
    ASSERT_EQ(archive.remove(1, Timestamp{5}), std::nullopt);
    EXPECT_EQ(archive.first_kept(), first_of(1));
    const Recovery read = read_all();
    ASSERT_FALSE(read.error) << read.error->text;
    EXPECT_EQ(read.records, kRecords + 1 - first_of(1));
    JournalSettings settings = settings_;
    settings.more = std::make_shared<Archive>(folder());
    const Start refused = start(settings);
    EXPECT_NE(refused.error.text.find("deleted as retention allows"), std::string::npos)
        << refused.error.text;
}

TEST_F(ArchiveTest, TwoHoldsNeverHaveOneName) {
    Archive archive(folder());
    ASSERT_EQ(archive.lock(), std::nullopt);
    ASSERT_EQ(archive.add_hold({"case-7", Timestamp{1}, Timestamp{2}}), std::nullopt);
    const auto refused = archive.add_hold({"case-7", Timestamp{5}, Timestamp{6}});
    ASSERT_TRUE(refused);
    EXPECT_NE(refused->find("there is a hold case-7 already, of records from 1970-01-01"), std::string::npos)
        << *refused;
    ASSERT_EQ(archive.load(), std::nullopt);
    ASSERT_EQ(archive.index().holds.size(), 1U);
    EXPECT_EQ(archive.index().holds[0].to, Timestamp{2});
    const auto unknown = archive.release_hold("case-8");
    ASSERT_TRUE(unknown);
    EXPECT_NE(unknown->find("there is no hold case-8; holds are case-7"), std::string::npos) << *unknown;
    ASSERT_EQ(archive.release_hold("case-7"), std::nullopt);
    EXPECT_EQ(archive.add_hold({"case-7", Timestamp{5}, Timestamp{6}}), std::nullopt);
}

TEST_F(ArchiveTest, ADamagedIndexIsNamedByAStartThatNeedsItsSegments) {
    Archive archive(folder());
    ASSERT_EQ(archive.lock(), std::nullopt);
    ASSERT_EQ(take(archive, 0), std::nullopt);
    std::string index = read_file(folder() / "INDEX");
    index[20] ^= 1;
    write_file(folder() / "INDEX", index);
    JournalSettings settings = settings_;
    settings.more = std::make_shared<Archive>(folder());
    const Start refused = start(settings);
    EXPECT_EQ(refused.journal, nullptr);
    for (const std::string part :
         {"the first segment is missing", "the archive cannot say whether it has it", "INDEX: is damaged"})
        EXPECT_NE(refused.error.text.find(part), std::string::npos) << refused.error.text;
}

TEST_F(ArchiveTest, AJournalIsCutBeforeAnyRecordAndGoesOn) {
    for (const std::uint64_t last :
         {std::uint64_t{1}, std::uint64_t{57}, first_of(1) - 1, first_of(1), std::uint64_t{399}}) {
        JournalSettings copy = settings_;
        copy.directory = directory_.path() / ("cut-" + std::to_string(last));
        copy_directory(settings_.directory, copy.directory);
        JournalPlace place;
        ASSERT_EQ(cut_journal(
                      copy, [&](const RecordHeader& header) { return header.seq > last; }, place),
                  std::nullopt);
        EXPECT_EQ(place.last_seq, last);
        const Start again = start(copy);
        ASSERT_TRUE(again.journal) << last << ": " << again.error.text;
        EXPECT_EQ(again.payloads,
                  std::vector<std::string>(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(last)));
    }
}

TEST_F(ArchiveTest, AJournalIsCutInsideOfItsArchiveAndGoesOnBesideAPartOfIt) {
    ASSERT_GT(files_.size(), 4U);
    Archive archive(folder());
    ASSERT_EQ(archive.lock(), std::nullopt);
    for (const std::size_t at : {0U, 1U, 2U}) ASSERT_EQ(take(archive, at), std::nullopt);
    for (const std::uint64_t last : {std::uint64_t{1}, first_of(1) - 1, first_of(1), first_of(2) + 1}) {
        JournalSettings copy = settings_;
        copy.directory = directory_.path() / ("cut-" + std::to_string(last));
        copy_directory(settings_.directory, copy.directory);
        copy.more = std::make_shared<Archive>(folder());
        JournalPlace place;
        ASSERT_EQ(cut_journal(
                      copy, [&](const RecordHeader& header) { return header.seq > last; }, place),
                  std::nullopt);
        const fs::path part = directory_.path() / ("part-" + std::to_string(last));
        ASSERT_EQ(copy_archive_before(archive, place.segment, part), std::nullopt);
        const auto rest = std::make_shared<Archive>(part);
        ASSERT_EQ(rest->load(), std::nullopt);
        copy.more = rest;
        for (const ArchivedSegment& one : rest->index().segments) EXPECT_LT(one.first_seq, place.segment);
        const Start again = start(copy);
        ASSERT_TRUE(again.journal) << last << ": " << again.error.text;
        EXPECT_EQ(again.payloads,
                  std::vector<std::string>(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(last)));
    }
    EXPECT_EQ(archive.index().segments.size(), 3U);
}

TEST_F(ArchiveTest, AShippedCopyIsAJournalAtEveryFailure) {
    const fs::path copy = directory_.path() / "copy";
    ProvenCopy proven;
    for (int good = 0; good < 500; ++good) {
        disturb_operation(good, AtOperation::Fails);
        const Shipped shipped = ship_journal(settings_, copy, proven);
        operations_since();
        if (fs::exists(copy / "HEAD")) {
            JournalSettings there = settings_;
            there.directory = copy;
            JournalReader reader;
            ASSERT_FALSE(reader.open(there));
            const Recovery read = reader.check(JournalReader::Beside::Nobody, {});
            ASSERT_FALSE(read.error) << good << ": " << read.error->text;
            ASSERT_EQ(read.records, kRecords);
        }
        if (!shipped.failure) return;
    }
    FAIL() << "it never got through";
}

}  // namespace
}  // namespace penstock::persistence
