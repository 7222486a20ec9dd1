// Kept checkpoints on a real disk that has something else in their place: nothing may depend on them.
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "compliance/tlog/kept.hpp"
#include "tests/compliance/support/logs.hpp"

namespace penstock::compliance::test {
namespace {

namespace fs = std::filesystem;

class KeptTroubleTest : public testing::Test {
  protected:
    KeptTroubleTest() : folder(testing::TempDir() + "kept_trouble." + std::to_string(getpid())) {
        fs::remove_all(folder);
    }
    ~KeptTroubleTest() override { fs::remove_all(folder); }

    /// A log of 1,500 is made, then opened after `damage`, and grows to 4,000. What it told of.
    std::string told_after(const std::function<void()>& damage) {
        fs::remove_all(folder);
        {
            DiskFiles files(folder);
            TiledLog log = must(TiledLog::create(files, test_log()));
            for (const std::uint64_t size : {1100U, 1500U}) EXPECT_FALSE(grow(log, size));
            EXPECT_EQ(log.take_kept_trouble(), "");
        }
        damage();
        DiskFiles files(folder);
        TiledLog log = must(TiledLog::open(files, test_log()));
        std::string told = log.take_kept_trouble();
        for (const std::uint64_t size : {2600U, 3700U, 4000U}) EXPECT_FALSE(grow(log, size));
        EXPECT_EQ(log.published(), head_of(4000));
        return told + log.take_kept_trouble();
    }
    fs::path checkpoints() const { return folder / "checkpoints"; }

    fs::path folder;
};

TEST_F(KeptTroubleTest, AFolderInThePlaceOfOneIsToldAndPassedOver) {
    const std::string told = told_after([this] { fs::create_directories(checkpoints() / "1400/inside"); });
    EXPECT_NE(told.find("checkpoints/1400 cannot be read"), std::string::npos) << told;
    EXPECT_TRUE(fs::exists(checkpoints() / "2600"));
}

TEST_F(KeptTroubleTest, APipeInThePlaceOfOneIsNotWaitedFor) {
    const std::string told =
        told_after([this] { ASSERT_EQ(::mkfifo((checkpoints() / "1400").c_str(), 0600), 0); });
    EXPECT_NE(told.find("checkpoints/1400 cannot be read"), std::string::npos) << told;
}

TEST_F(KeptTroubleTest, AFileOrALinkToNowhereInThePlaceOfTheirFolderIsTold) {
    const std::string file = told_after([this] {
        fs::remove_all(checkpoints());
        std::ofstream(checkpoints()) << "a file";
    });
    EXPECT_NE(file.find("checkpoints/ cannot be written"), std::string::npos) << file;
    const std::string link = told_after([this] {
        fs::remove_all(checkpoints());
        fs::create_symlink("nowhere", checkpoints());
    });
    EXPECT_NE(link.find("checkpoints/ cannot be written"), std::string::npos) << link;
}

TEST_F(KeptTroubleTest, AFolderThatCannotBeListedIsTold) {
    const std::string told = told_after([this] {
        fs::remove_all(checkpoints());
        fs::create_symlink("checkpoints", checkpoints());  // to itself
    });
    EXPECT_NE(told.find("checkpoints/ cannot be listed"), std::string::npos) << told;
}

TEST_F(KeptTroubleTest, WhatCannotBeReadIsForgottenUnread) {
    told_after([] {});
    fs::remove(checkpoints() / "2600");
    fs::create_directory(checkpoints() / "2600");
    fs::remove(checkpoints() / "3700");
    fs::create_directories(checkpoints() / "3700/inside");
    DiskFiles files(folder);
    TiledLog log = must(TiledLog::open(files, test_log()));
    log.take_kept_trouble();
    EXPECT_FALSE(log.forget_kept());
    EXPECT_EQ(*kept_sizes(files), std::vector<std::uint64_t>{3700});
    const std::string told = log.take_kept_trouble();
    EXPECT_NE(told.find("checkpoints/3700 cannot be removed"), std::string::npos) << told;
    EXPECT_FALSE(grow(log, 4100));
}

}  // namespace
}  // namespace penstock::compliance::test
