#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "persistence/journal/format.hpp"
#include "persistence/journal/reader.hpp"
#include "persistence/journal/segment_names.hpp"
#include "persistence/journal/verdict.hpp"
#include "tests/persistence/journal/test_journal.hpp"

namespace penstock::persistence {
namespace {

namespace fs = std::filesystem;

/// What is said of files that are not damaged, and must not be read, or lie in the wrong place.
class Refusal : public testing::Test {
  protected:
    static JournalSettings settings(const fs::path& directory, Durability durability = Durability::Power) {
        JournalSettings made = quiet_settings(directory, durability);
        made.segment_bytes = 16U << 10U;
        return made;
    }
    /// Goes on with it, or makes it; then it is closed.
    void grow(const fs::path& directory, std::size_t records, Durability durability = Durability::Power) {
        Start found = start(settings(directory, durability));
        ASSERT_NE(found.journal, nullptr) << found.error.text;
        append_random(*found.journal, random_, records, 3);
        found.journal->close();
    }
    static void expect_in(const std::string& text, std::initializer_list<std::string> parts) {
        for (const std::string& part : parts) EXPECT_NE(text.find(part), std::string::npos) << text;
    }
    /// A start and a reader say the same, and change nothing.
    JournalError refused(const fs::path& directory) {
        const auto before = names(directory);
        JournalReader reader;
        auto looked = reader.open(settings(directory));
        if (!looked) looked = reader.check(JournalReader::Beside::Nobody, {}).error;
        EXPECT_TRUE(looked);
        const Start found = start(settings(directory));
        EXPECT_EQ(found.journal, nullptr);
        if (looked) {
            EXPECT_EQ(looked->text, found.error.text);
        }
        EXPECT_EQ(names(directory), before);
        return found.error;
    }
    static std::vector<std::string> names(const fs::path& directory) {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(directory))
            if (!entry.path().filename().string().starts_with("next-"))
                found.push_back(entry.path().filename().string());
        std::ranges::sort(found);
        return found;
    }
    static fs::path newest(const fs::path& directory) {
        return directory / segment_name(segments_in(directory).back());
    }
    fs::path work() const { return directory_.path() / "work"; }

    TemporaryDirectory directory_{Where::Memory};
    Random random_{51};
};

template <class Block>
void change_version(const fs::path& file) {
    std::string bytes = read_file(file);
    Block block;
    std::memcpy(&block, bytes.data(), sizeof block);
    block.version = kFormatVersion + 1;
    set_crc(block);
    std::memcpy(bytes.data(), &block, sizeof block);
    write_file(file, bytes);
}

/// Changes the first record, with its checksum.
void change_record(const fs::path& file, const std::function<void(char*, std::size_t)>& change) {
    std::string bytes = read_file(file);
    RecordAt record;
    ASSERT_EQ(find_record(std::string_view(bytes).substr(sizeof(SegmentHeader)), record), Found::Whole);
    char* const at = bytes.data() + sizeof(SegmentHeader);
    change(at, record.size);
    seal_record(at, record.size);
    write_file(file, bytes);
}

}  // namespace

TEST_F(Refusal, ANewerFormatIsNoDamageAndTheVersionThatIsNeededIsSaid) {
    grow(work(), 8);
    const fs::path files[] = {work() / "HEAD", work() / segment_name(1)};
    for (const fs::path& file : files) {
        const std::string good = read_file(file);
        file.filename() == "HEAD" ? change_version<HeadIdentity>(file) : change_version<SegmentHeader>(file);
        const JournalError error = refused(work());
        EXPECT_EQ(heading_of(error), "INCOMPATIBLE");
        expect_in(error.text, {file.string(), "is of journal format 2, which a newer Penstock wrote",
                               "this one reads format 1", "Nothing is damaged",
                               "use a Penstock that reads journal format 2"});
        write_file(file, good);
    }
    EXPECT_EQ(start(settings(work())).payloads.size(), 8U);
}

TEST_F(Refusal, ANewerRecordIsNoDamageAndTheVersionThatIsNeededIsSaid) {
    grow(work(), 8);
    change_record(work() / segment_name(1), [](char* at, std::size_t) {
        const std::uint16_t version = kPayloadVersion + 1;
        std::memcpy(at + offsetof(RecordHeader, version), &version, sizeof version);
    });
    const JournalError error = refused(work());
    EXPECT_EQ(heading_of(error), "INCOMPATIBLE");
    expect_in(error.text, {"byte 128", "record 1 is of record version 2, which a newer Penstock wrote",
                           "Nothing is damaged", "use a Penstock that reads record version 2"});
}

TEST_F(Refusal, ARecordOfUnknownContentIsNotCalledDamaged) {
    grow(work(), 8);
    change_record(work() / segment_name(1), [](char* at, std::size_t size) {
        std::fill(at + sizeof(RecordHeader), at + size, '\xff');
    });
    const JournalError error = refused(work());
    EXPECT_EQ(heading_of(error), "INCOMPATIBLE");
    expect_in(error.text, {"record 1 is whole by its checksum", "a newer one wrote it", "forged"});
}

// Such as copied from a machine on which the same journal went on.
TEST_F(Refusal, ALaterSegmentOfTheSameJournalIsNamedTogetherWithTheEnd) {
    grow(work(), 8);
    const fs::path other = directory_.path() / "other";
    copy_directory(work(), other);
    grow(other, 300);
    const std::string last = newest(work()).string();
    const fs::path stray = work() / newest(other).filename();
    fs::copy_file(newest(other), stray);
    const JournalError error = refused(work());
    EXPECT_EQ(error.file, stray.string());
    const std::string first = std::to_string(segments_in(work()).back());
    expect_in(error.text, {stray.string() + ": byte 0: begins with record " + first + " of this journal",
                           "the journal ends with record 8, in " + last + ", byte ",
                           "copied here from elsewhere, move it away", "restore " + last});
    fs::remove(stray);
    EXPECT_EQ(start(settings(work())).payloads.size(), 8U);
}

TEST_F(Refusal, ALaterSegmentOfAnotherJournalIsNamed) {
    grow(work(), 8);
    const fs::path other = directory_.path() / "other";
    grow(other, 300);
    const fs::path stray = work() / newest(other).filename();
    fs::copy_file(newest(other), stray);
    const JournalError error = refused(work());
    EXPECT_EQ(error.file, stray.string());
    EXPECT_EQ(heading_of(error), "INCOMPATIBLE");
    expect_in(error.text, {"belongs to another journal", "ends with record 8", "Move that file away"});
    fs::remove(stray);
    EXPECT_EQ(start(settings(work())).payloads.size(), 8U);
}

// Without the promise of a sync it may be what a power failure left: put aside, and that is said.
TEST_F(Refusal, WhatWasNeverDurableIsPutAsideAndThatIsSaid) {
    grow(work(), 8, Durability::Process);
    const fs::path other = directory_.path() / "other";
    copy_directory(work(), other);
    grow(other, 300, Durability::Process);
    const fs::path stray = work() / newest(other).filename();
    fs::copy_file(newest(other), stray);
    JournalSettings noting = settings(work(), Durability::Process);
    std::string notes;
    noting.trouble = [&](std::string_view line) { notes += line; };
    const Start found = start(noting);
    ASSERT_NE(found.journal, nullptr) << found.error.text;
    EXPECT_EQ(found.payloads.size(), 8U);
    EXPECT_TRUE(fs::exists(stray.string() + ".dropped"));
    EXPECT_NE(notes.find(stray.string() + " was put aside"), std::string::npos) << notes;
}

TEST_F(Refusal, APlaceInSegmentsThatAreThereNeedsNoneBefore) {
    grow(work(), 300);
    JournalReader reader;
    ASSERT_FALSE(reader.open(settings(work())));
    const auto segments = segments_in(work());
    ASSERT_GT(segments.size(), 2U);
    fs::rename(work() / segment_name(1), directory_.path() / "archived");
    const auto place = reader.segment_start(Seq{segments[1]});
    ASSERT_TRUE(place);
    std::uint64_t shown = 0;
    const auto error = reader.read_stored(&*place, [&](const RecordAt&, const oms::Record& record) {
        if (shown++ == 0) {
            EXPECT_EQ(record.input.seq.value, segments[1]);
        }
        return true;
    });
    EXPECT_FALSE(error) << error->text;
    EXPECT_EQ(shown, 301 - segments[1]);
    const JournalError first = refused(work());
    expect_in(first.text,
              {"the first segment is missing, segments begin with record " + std::to_string(segments[1]),
               "name their folder ([storage] archive, or --archive)"});
}

}  // namespace penstock::persistence
