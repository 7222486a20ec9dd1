// Older checkpoints, which a log keeps so that the place of an alteration can be told.
#include "compliance/tlog/kept.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"

namespace penstock::compliance::test {
namespace {

constexpr std::uint64_t kStep = 256;  // a follower's

SignerKey another_key() { return make_signer(test_log().origin, KeyType::Ed25519, Seed{7}); }

/// Grows a log as a follower does, and returns what was the checkpoint at each size.
std::map<std::uint64_t, std::string> grow_in_steps(MemoryFiles& files, TiledLog& log, std::uint64_t size) {
    std::map<std::uint64_t, std::string> checkpoints;
    while (log.size() < size) {
        EXPECT_FALSE(grow(log, std::min(log.size() + kStep, size)));
        checkpoints[log.size()] = files.tree().at("checkpoint");
    }
    return checkpoints;
}

std::vector<std::uint64_t> kept(Files& files) { return *kept_sizes(files); }

using Sizes = std::vector<std::uint64_t>;

TEST(KeptCheckpoints, AreThePublishedOnesAThousandLeavesApart) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    const auto published = grow_in_steps(files, log, 3000);
    EXPECT_EQ(kept(files), (Sizes{1024, 2048}));
    for (const std::uint64_t size : kept(files)) {
        EXPECT_EQ(files.tree().at(kept_path(size)), published.at(size));
        const auto note = parse_kept(files.tree().at(kept_path(size)), test_log().origin, size);
        ASSERT_TRUE(note);
        EXPECT_EQ(check_signature(*note, verifier_of(test_log().signer)).found, Signed::Good);
        EXPECT_EQ(parse_checkpoint(note->text)->head, head_of(size));
    }
}

TEST(KeptCheckpoints, AreAsFarApartAsWhatIsPublished) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    for (const std::uint64_t size : {1023U, 1500U, 2523U, 2524U, 9000U}) ASSERT_FALSE(grow(log, size));
    EXPECT_EQ(kept(files), (Sizes{1500, 2524, 9000}));
}

TEST(KeptCheckpoints, GoOnAfterARestart) {
    MemoryFiles files;
    must(TiledLog::create(files, test_log()));
    for (std::uint64_t size = 0; size < 3000;) {
        size += 100;
        TiledLog log = must(TiledLog::open(files, test_log()));
        ASSERT_FALSE(grow(log, size));
    }
    EXPECT_EQ(kept(files), (Sizes{1100, 2200}));
}

TEST(KeptCheckpoints, HaveNoSignaturesOfWitnesses) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    const SignerKey witness = make_signer("witness.example/w1", KeyType::Cosignature, Seed{2});
    grow_in_steps(files, log, 1024);
    ASSERT_FALSE(log.countersign({cosign_text(witness, log.checkpoint().text, 1)}));
    grow_in_steps(files, log, 2048);
    for (const std::uint64_t size : {1024U, 2048U})
        EXPECT_EQ(parse_note(files.tree().at(kept_path(size)))->signatures.size(), 1U);
}

/// A log of 2,500 with 1024 and 2048 kept, opened after something was done to the younger.
MemoryFiles opened_after(const std::function<void(std::string&)>& damage) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    grow_in_steps(files, log, 2500);
    damage(files.tree().at(kept_path(2048)));
    must(TiledLog::open(files, test_log()));
    return files;
}

TEST(KeptCheckpoints, ThatAreTornAreRemovedByAStart) {
    MemoryFiles whole = opened_after([](std::string&) {});
    EXPECT_EQ(kept(whole), (Sizes{1024, 2048}));
    const std::size_t length = whole.tree().at(kept_path(2048)).size();
    for (std::size_t left = 0; left < length; ++left) {
        MemoryFiles torn = opened_after([left](std::string& bytes) { bytes.resize(left); });
        EXPECT_EQ(kept(torn), Sizes{1024}) << left;
    }
    MemoryFiles zeros = opened_after([](std::string& bytes) { bytes.assign(bytes.size(), '\0'); });
    EXPECT_EQ(kept(zeros), Sizes{1024});
}

TEST(KeptCheckpoints, OfAnotherLogOrSizeAreRemovedByAStart) {
    const Checkpoint other_log{"another", head_of(2048)};
    const Checkpoint other_size{test_log().origin, head_of(2047)};
    for (const Checkpoint& checkpoint : {other_log, other_size}) {
        MemoryFiles files = opened_after([&checkpoint](std::string& bytes) {
            bytes = to_text(signed_by(test_log().signer, checkpoint));
        });
        EXPECT_EQ(kept(files), Sizes{1024});
    }
}

TEST(KeptCheckpoints, BeyondTheCheckpointOfAStartAreRemoved) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    grow_in_steps(files, log, 1500);
    const std::string older = files.tree().at("checkpoint");
    grow_in_steps(files, log, 3500);
    ASSERT_EQ(kept(files), (Sizes{1024, 2268, 3292}));
    files.tree()["checkpoint"] = older;
    TiledLog again = must(TiledLog::open(files, test_log()));
    EXPECT_EQ(kept(files), Sizes{1024});
    grow_in_steps(files, again, 2500);
    EXPECT_EQ(kept(files), (Sizes{1024, 2268}));
}

TEST(KeptCheckpoints, OfALogThatIsGoneAreRemovedWhenItIsBegunAgain) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    grow_in_steps(files, log, 1500);
    MemoryFiles::Tree left;
    left[kept_path(1024)] = files.tree().at(kept_path(1024));
    MemoryFiles again(left);
    must(TiledLog::create(again, test_log()));
    EXPECT_EQ(kept(again), Sizes{});
}

TEST(KeptCheckpoints, WhatIsNoneOfThemIsLeftAlone) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    grow_in_steps(files, log, 1500);
    const std::vector<std::string> others = {"note", "01024", "0", "-1", "1024.old"};
    for (const std::string& name : others) files.tree()["checkpoints/" + name] = "somebody's";
    must(TiledLog::open(files, test_log()));
    for (const std::string& name : others) EXPECT_EQ(files.tree().count("checkpoints/" + name), 1U) << name;
    EXPECT_EQ(kept(files), Sizes{1024});
}

TEST(KeptCheckpoints, AreOfOneSignatureEach) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    ASSERT_FALSE(grow(log, 1000));
    log.sign_with(another_key());
    ASSERT_FALSE(grow(log, 1200));  // both keys sign this one
    ASSERT_FALSE(grow(log, 1300));
    EXPECT_EQ(kept(files), Sizes{1300});
}

TEST(KeptCheckpoints, OfTheKeyOfNowAreForgotten) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    grow_in_steps(files, log, 2100);
    log.sign_with(another_key());
    ASSERT_FALSE(grow(log, 2101));
    grow_in_steps(files, log, 4200);
    ASSERT_EQ(kept(files), (Sizes{1024, 2048, 3125, 4149}));
    ASSERT_FALSE(log.forget_kept());
    EXPECT_EQ(kept(files), (Sizes{1024, 2048}));
}

}  // namespace
}  // namespace penstock::compliance::test
