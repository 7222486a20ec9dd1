#include "compliance/tlog/tiled_log.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"
#include "tests/compliance/support/vectors.hpp"

namespace penstock::compliance::test {
namespace {

using Kind = LogProblem::Kind;

constexpr auto kTesseraKey =
    "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";
constexpr const char* kTesseraEntries[] = {
    "one",  "two", "three",  "four",  "five",     "six",     "seven", "eit",
    "nain", "ten", "ileven", "twelf", "threeten", "fourten", "fivten"};

TEST(TesseraLog, IsMadeAgainByteForByte) {
    PENSTOCK_NEED_VECTORS("tessera/testdata/log");
    const auto theirs = audit_vectors() / "tessera" / "testdata" / "log";
    MemoryFiles files;
    const LogSettings settings{"example.com/log/testdata", *parse_skey(kTesseraKey), OldPartials::Keep};
    TiledLog log = must(TiledLog::create(files, settings));
    EXPECT_EQ(files.tree().at("checkpoint"), slurp(theirs / "checkpoint.0"));
    for (const char* entry : kTesseraEntries) {
        ASSERT_FALSE(log.append(entry));
        ASSERT_FALSE(log.publish());
        const std::string size = std::to_string(log.size());
        EXPECT_EQ(files.tree().at("checkpoint"), slurp(theirs / ("checkpoint." + size)));
    }
    std::size_t compared = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(theirs / "tile")) {
        if (!file.is_regular_file()) continue;
        const std::string path = file.path().lexically_relative(theirs).string();
        EXPECT_EQ(files.tree()[path], slurp(file.path())) << path;
        ++compared;
    }
    EXPECT_EQ(compared, 30U);
    EXPECT_EQ(files.tree().size(), compared + 1);
}

TEST(TiledLog, GrowsAlikeInAnyBatchesWithARestartAfterEach) {
    for (const std::uint64_t step : {1U, 7U, 100U, 255U, 256U, 257U, 600U}) {
        MemoryFiles files;
        must(TiledLog::create(files, test_log()));
        for (std::uint64_t size = 0; size < 600;) {
            size = std::min<std::uint64_t>(size + step, 600);
            TiledLog log = must(TiledLog::open(files, test_log()));
            ASSERT_FALSE(grow(log, size));
            EXPECT_EQ(log.published(), head_of(size));
        }
        MemoryFiles at_once;
        TiledLog log = must(TiledLog::create(at_once, test_log()));
        ASSERT_FALSE(grow(log, 600));
        // Partials an older checkpoint of the last tile needed may be there besides.
        for (const auto& [path, bytes] : at_once.tree()) EXPECT_EQ(files.tree()[path], bytes) << path;
    }
}

TEST(TiledLog, IsNotBegunWhereOneIs) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    ASSERT_FALSE(grow(log, 3));
    EXPECT_EQ(std::get<LogProblem>(TiledLog::create(files, test_log())).kind, Kind::AlreadyThere);
    files.tree().erase("checkpoint");
    EXPECT_EQ(std::get<LogProblem>(TiledLog::create(files, test_log())).kind, Kind::AlreadyThere);
    EXPECT_EQ(std::get<LogProblem>(TiledLog::open(files, test_log())).kind, Kind::NoCheckpoint);
}

/// A log of 300, with something done to one file of it.
LogProblem opened_after(const std::string& path, void (*damage)(std::string&)) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    EXPECT_FALSE(grow(log, 300));
    EXPECT_EQ(files.tree().count(path), 1U) << path;
    damage(files.tree()[path]);
    const auto opened = TiledLog::open(files, test_log());
    const auto* problem = std::get_if<LogProblem>(&opened);
    return problem == nullptr ? LogProblem{Kind::IoError, "", "opened nevertheless"} : *problem;
}

TEST(TiledLog, DamageAtTheEdgeIsRefusedAndNamesTheFile) {
    const auto flip = [](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; };
    const auto cut = [](std::string& bytes) { bytes.pop_back(); };
    EXPECT_EQ(opened_after("checkpoint", flip).kind, Kind::BadCheckpoint);
    EXPECT_EQ(opened_after("tile/0/001.p/44", flip).kind, Kind::RootMismatch);
    EXPECT_EQ(opened_after("tile/1/000.p/1", flip).kind, Kind::RootMismatch);
    const LogProblem short_tile = opened_after("tile/0/001.p/44", cut);
    EXPECT_EQ(short_tile.kind, Kind::BadFile);
    EXPECT_EQ(short_tile.file, "tile/0/001.p/44");
    const LogProblem entries =
        opened_after("tile/entries/001.p/44", [](std::string& bytes) { bytes[2] ^= 1; });
    EXPECT_EQ(entries.kind, Kind::BadFile);
    EXPECT_EQ(entries.text, "record 256 is not the one its tile was made of");
}

TEST(TiledLog, MissingTileIsRefusedAndNamed) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    ASSERT_FALSE(grow(log, 300));
    files.tree().erase("tile/entries/001.p/44");
    const LogProblem problem = std::get<LogProblem>(TiledLog::open(files, test_log()));
    EXPECT_EQ(problem.kind, Kind::MissingFile);
    EXPECT_EQ(problem.file, "tile/entries/001.p/44");
}

TEST(TiledLog, CheckpointOfAnotherKeyOrOriginIsRefused) {
    MemoryFiles files;
    must(TiledLog::create(files, test_log()));
    LogSettings other_key = test_log();
    other_key.signer = make_signer(other_key.origin, KeyType::Ed25519, Seed{});
    EXPECT_EQ(std::get<LogProblem>(TiledLog::open(files, other_key)).kind, Kind::BadCheckpoint);
    LogSettings other_origin = test_log();
    other_origin.origin = "another";
    EXPECT_EQ(std::get<LogProblem>(TiledLog::open(files, other_origin)).kind, Kind::BadCheckpoint);
}

TEST(TiledLog, GoesOnFromTheFullTileWhenThePartialIsGone) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    ASSERT_FALSE(grow(log, 200));
    const std::string old_checkpoint = files.tree().at("checkpoint");
    ASSERT_FALSE(grow(log, 520));
    files.tree()["checkpoint"] = old_checkpoint;
    TiledLog again = must(TiledLog::open(files, test_log()));
    EXPECT_EQ(again.size(), 200U);
    EXPECT_EQ(files.tree().count("tile/0/000.p/200"), 1U);
    EXPECT_EQ(files.tree().count("tile/0/001"), 0U);
    EXPECT_EQ(files.tree().count("tile/0/002.p/8"), 0U);
    ASSERT_FALSE(grow(again, 520));
    EXPECT_EQ(again.published(), head_of(520));
}

class DiskLog : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("penstock-tlog-" + std::to_string(getpid()));
        std::filesystem::remove_all(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
};

TEST_F(DiskLog, IsTheSameInARealFolder) {
    {
        DiskFiles files(folder_);
        TiledLog log = must(TiledLog::create(files, test_log()));
        ASSERT_FALSE(grow(log, 250));
        ASSERT_FALSE(grow(log, 300));
    }
    DiskFiles files(folder_);
    TiledLog log = must(TiledLog::open(files, test_log()));
    ASSERT_FALSE(grow(log, 600));
    MemoryFiles in_memory;
    TiledLog reference = must(TiledLog::create(in_memory, test_log()));
    ASSERT_FALSE(grow(reference, 300));
    ASSERT_FALSE(grow(reference, 600));
    std::size_t count = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder_)) {
        if (!file.is_regular_file()) continue;
        const std::string path = file.path().lexically_relative(folder_).string();
        EXPECT_EQ(in_memory.tree()[path], slurp(file.path())) << path;
        ++count;
    }
    EXPECT_EQ(count, in_memory.tree().size());
}

TEST_F(DiskLog, HasOneWriter) {
    DiskFiles files(folder_);
    TiledLog log = must(TiledLog::create(files, test_log()));
    DiskFiles second(folder_);
    EXPECT_EQ(std::get<LogProblem>(TiledLog::open(second, test_log())).kind, Kind::Locked);
}

}  // namespace
}  // namespace penstock::compliance::test
