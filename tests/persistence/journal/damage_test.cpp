#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "persistence/journal/format.hpp"
#include "persistence/journal/head_file.hpp"
#include "tests/persistence/journal/test_journal.hpp"

namespace penstock::persistence {
namespace {

namespace fs = std::filesystem;

/// A small journal on disk, and a way to start from a damaged copy of it.
class Damage : public testing::TestWithParam<Durability> {
  protected:
    void make(std::size_t records, std::size_t batch) {
        Start found = start(settings(original()));
        ASSERT_NE(found.journal, nullptr) << found.error.text;
        for (std::size_t i = 1; i <= records; ++i) {
            oms::Record record = new_order_record(i);
            record.raw.resize(30);
            found.journal->append(view_of(record));
            payloads_.push_back(encoded(record));
            if (i % batch == 0) flush_all(*found.journal);
        }
        flush_all(*found.journal);
        // As a crash would leave it: HEAD still says what it said at the start.
        copy_directory(original(), crashed());
        found.journal->close();
        const std::string bytes = read_file(segment(crashed()));
        used_ = bytes.find_last_not_of('\0') + 1;
    }
    static JournalSettings settings(const fs::path& directory) {
        JournalSettings made = quiet_settings(directory, GetParam());
        made.segment_bytes = 16U << 10U;
        return made;
    }
    bool is_prefix(const std::vector<std::string>& found) const {
        return found.size() <= payloads_.size() && std::equal(found.begin(), found.end(), payloads_.begin());
    }
    fs::path original() const { return directory_.path() / "original"; }
    fs::path crashed() const { return directory_.path() / "crashed"; }
    fs::path work() const { return directory_.path() / "work"; }
    static fs::path segment(const fs::path& directory, std::uint64_t first = 1) {
        return directory / segment_name(first);
    }

    // Thousands of starts: in memory, where a sync costs nothing.
    TemporaryDirectory directory_{Where::Memory};
    std::vector<std::string> payloads_;
    std::size_t used_ = 0;  // bytes of the segment that are not zero
};
INSTANTIATE_TEST_SUITE_P(, Damage, testing::Values(Durability::Power, Durability::Process),
                         [](const auto& value) {
                             return value.param == Durability::Power ? "Power" : "Process";
                         });

}  // namespace

TEST_P(Damage, ATailCutAtAnyByteLeavesWholeRecords) {
    make(8, 3);
    const std::string whole = read_file(segment(crashed()));
    std::size_t most = 0;
    for (const bool zeroed : {false, true}) {
        for (std::size_t keep = 0; keep <= padded(used_); ++keep) {
            copy_directory(crashed(), work());
            std::string cut = whole.substr(0, keep);
            if (zeroed) cut.resize(whole.size(), '\0');
            write_file(segment(work()), cut);
            const Start found = start(settings(work()));
            if (!cut.starts_with(whole.substr(0, sizeof(SegmentHeader)))) {
                // HEAD says that the header was there.
                ASSERT_EQ(found.journal, nullptr) << keep;
                ASSERT_EQ(found.error.fault, Fault::Corrupt) << keep;
                continue;
            }
            ASSERT_NE(found.journal, nullptr) << keep << ": " << found.error.text;
            ASSERT_TRUE(is_prefix(found.payloads)) << keep;
            ASSERT_GE(found.payloads.size(), zeroed ? 0 : most) << keep;
            most = found.payloads.size();
        }
        EXPECT_EQ(most, payloads_.size());
        most = 0;
    }
}

TEST_P(Damage, AfterACutTheJournalGoesOnAndTheDroppedBytesNeverComeBack) {
    make(8, 3);
    const std::string whole = read_file(segment(crashed()));
    Random random(41);
    for (std::size_t keep = sizeof(SegmentHeader); keep <= used_; keep += 13) {
        copy_directory(crashed(), work());
        write_file(segment(work()), whole.substr(0, keep));
        std::vector<std::string> expected;
        {
            const Start found = start(settings(work()));
            ASSERT_NE(found.journal, nullptr) << keep << ": " << found.error.text;
            expected = found.payloads;
            for (auto& record : append_random(*found.journal, random, 5, 2)) expected.push_back(record);
        }
        const Start again = start(settings(work()));
        ASSERT_NE(again.journal, nullptr) << keep << ": " << again.error.text;
        ASSERT_EQ(again.payloads, expected) << keep;
    }
}

TEST_P(Damage, AnyByteChangedBeforeTheWatermarkRefusesTheStart) {
    make(8, 3);
    const std::string whole = read_file(segment(original()));
    const std::size_t end = whole.find_last_not_of('\0') + 1;
    for (std::size_t at = 0; at < end; ++at) {
        copy_directory(original(), work());
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        write_file(segment(work()), changed);
        const Start found = start(settings(work()));
        ASSERT_EQ(found.journal, nullptr) << at;
        ASSERT_NE(found.error.fault, Fault::None) << at;
        ASSERT_EQ(found.error.file, segment(work()).string()) << at;
        ASSERT_LE(found.error.offset, at) << found.error.text;
        ASSERT_LT(at - found.error.offset, 2'000U) << found.error.text;
        ASSERT_TRUE(is_prefix(found.payloads)) << at;
    }
}

// Behind the watermark HEAD cannot help; what later records prove can.
TEST_P(Damage, AByteChangedBehindTheWatermarkNeverYieldsGarbage) {
    make(8, 3);
    const std::string whole = read_file(segment(crashed()));
    for (std::size_t at = sizeof(SegmentHeader); at < used_; ++at) {
        copy_directory(crashed(), work());
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x40);
        write_file(segment(work()), changed);
        const Start found = start(settings(work()));
        ASSERT_TRUE(is_prefix(found.payloads)) << at;
        if (found.journal == nullptr) continue;
        ASSERT_TRUE(found.recovery.torn_tail) << at;
        ASSERT_EQ(found.recovery.torn_tail->file, segment(work()).string());
        ASSERT_LE(found.recovery.torn_tail->offset, at);
        ASSERT_EQ(found.recovery.torn_tail->offset + found.recovery.torn_tail->bytes, used_);
        // In Power the first two batches were durable before the third was written: nothing of them may go.
        if (GetParam() == Durability::Power) {
            ASSERT_GE(found.payloads.size(), 6U) << at;
        }
    }
}

TEST_P(Damage, ATornTailIsReportedAndNoted) {
    make(8, 3);
    copy_directory(crashed(), work());
    std::string bytes = read_file(segment(work()));
    std::memcpy(bytes.data() + padded(used_) + 8, "garbage", 7);
    write_file(segment(work()), bytes);
    JournalSettings noting = settings(work());
    std::string notes;
    noting.note = [&](std::string_view line) { notes += line; };
    const Start found = start(noting);
    ASSERT_NE(found.journal, nullptr) << found.error.text;
    EXPECT_EQ(found.payloads, payloads_);
    ASSERT_TRUE(found.recovery.torn_tail);
    EXPECT_NE(notes.find("TORN_TAIL " + segment(work()).string()), std::string::npos) << notes;
}

TEST_P(Damage, OneDamagedWatermarkIsSurvivedTwoAreNot) {
    make(8, 3);
    for (const int damaged : {1, 2, 3}) {
        copy_directory(original(), work());
        std::string head = read_file(work() / "HEAD");
        if ((damaged & 1) != 0) head[kHeadBlock + 20] ^= 1;
        if ((damaged & 2) != 0) head[2 * kHeadBlock + 20] ^= 1;
        write_file(work() / "HEAD", head);
        const Start found = start(settings(work()));
        EXPECT_EQ(found.journal != nullptr, damaged != 3) << found.error.text;
    }
}

// As a backup, a restore and shipping leave it, and a journal that has just begun.
TEST_P(Damage, AHeadThatWasNeverMovedSurvivesAnyFlipInItsWatermarks) {
    make(8, 3);
    HeadFile head;
    ASSERT_FALSE(HeadFile::look(settings(original()), head));
    const std::string copied = HeadFile::bytes_of(head.identity(), head.watermark());
    const fs::path begun_folder = directory_.path() / "begun";
    ASSERT_NE(SegmentJournal::open(settings(begun_folder)).journal, nullptr);
    const std::string begun = read_file(begun_folder / "HEAD");
    for (std::size_t at = 0; at < 2 * sizeof(Watermark); at += 5) {
        const std::size_t slot = at < sizeof(Watermark) ? 1 : 2;
        for (const bool is_copy : {true, false}) {
            copy_directory(is_copy ? original() : begun_folder, work());
            std::string flipped = is_copy ? copied : begun;
            flipped[slot * kHeadBlock + at % sizeof(Watermark)] ^= static_cast<char>(1U << at % 8);
            write_file(work() / "HEAD", flipped);
            const Start found = start(settings(work()));
            ASSERT_NE(found.journal, nullptr) << at << ": " << found.error.text;
            ASSERT_EQ(found.payloads.size(), is_copy ? payloads_.size() : 0U) << at;
        }
    }
}

TEST_P(Damage, AHeadWithOneWatermarkOnlySaysSoWhenThatIsDamaged) {
    make(8, 3);
    copy_directory(original(), work());
    std::string head = read_file(work() / "HEAD");
    head[kHeadBlock + 20] ^= 1;
    std::fill_n(head.begin() + 2 * kHeadBlock, sizeof(Watermark), '\0');
    write_file(work() / "HEAD", head);
    const Start found = start(settings(work()));
    EXPECT_EQ(found.error.fault, Fault::Corrupt);
    EXPECT_NE(found.error.text.find("the only watermark that was written is damaged"), std::string::npos)
        << found.error.text;
}

TEST_P(Damage, MissingFilesAreNamed) {
    make(120, 3);
    ASSERT_TRUE(fs::exists(segment(original())));
    for (const auto& entry : fs::directory_iterator(original())) {
        const std::string name = entry.path().filename().string();
        if (name == "LOCK" || name.starts_with("next-")) continue;
        copy_directory(original(), work());
        fs::remove(work() / name);
        const Start found = start(settings(work()));
        EXPECT_EQ(found.journal, nullptr) << name;
        EXPECT_EQ(found.error.fault, Fault::Corrupt) << name;
    }
}

// Zeros in place of a whole sector of an older segment: what a lost write leaves.
TEST_P(Damage, ALostSectorInAnOlderSegmentRefusesTheStart) {
    make(120, 3);
    copy_directory(original(), work());
    std::string bytes = read_file(segment(work()));
    std::fill_n(bytes.begin() + 4096, 4096, '\0');
    write_file(segment(work()), bytes);
    const Start found = start(settings(work()));
    EXPECT_EQ(found.journal, nullptr);
    EXPECT_EQ(found.error.file, segment(work()).string());
    EXPECT_LE(found.error.offset, 4096U);
    EXPECT_GT(found.error.offset, 3'000U);
}

// A forger who also mends the CRC is caught by the hash chain.
TEST_P(Damage, AForgedRecordWithAMendedCrcBreaksTheChain) {
    make(8, 3);
    copy_directory(original(), work());
    std::string bytes = read_file(segment(work()));
    RecordAt record;
    ASSERT_EQ(find_record(std::string_view(bytes).substr(sizeof(SegmentHeader)), record), Found::Whole);
    const std::size_t raw = bytes.find("xxxxxxxx", sizeof(SegmentHeader));
    ASSERT_LT(raw, sizeof(SegmentHeader) + record.size);
    bytes[raw] = 'y';
    seal_record(bytes.data() + sizeof(SegmentHeader), record.size);
    write_file(segment(work()), bytes);
    const Start found = start(settings(work()));
    EXPECT_EQ(found.journal, nullptr);
    EXPECT_NE(found.error.text.find("hash chain"), std::string::npos) << found.error.text;
}

}  // namespace penstock::persistence
