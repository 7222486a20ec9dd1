// Older checkpoints, which a log keeps so that the place of an alteration can be told.
#include "compliance/tlog/kept.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "compliance/tlog/copy_log.hpp"
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
        const auto note = parse_note(files.tree().at(kept_path(size)));
        ASSERT_TRUE(note);
        EXPECT_EQ(note->text, parse_note(published.at(size))->text + "kept\n");
        EXPECT_EQ(check_signature(*note, verifier_of(test_log().signer)).found, Signed::Good);
        EXPECT_EQ(parse_kept(to_text(*note), test_log().origin, size)->head, head_of(size));
    }
}

TEST(KeptCheckpoints, AreNoCheckpointsToGoBackTo) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    const auto published = grow_in_steps(files, log, 3000);
    const std::string of_then = published.at(2048);
    EXPECT_FALSE(parse_kept(of_then, test_log().origin, 2048));
    files.tree()["checkpoint"] = files.tree().at(kept_path(2048));
    const auto opened = TiledLog::open(files, test_log());
    ASSERT_TRUE(std::holds_alternative<LogProblem>(opened));
    EXPECT_EQ(std::get<LogProblem>(opened).text, "checkpoint has not the lines of a checkpoint");
    MemoryFiles copy;
    EXPECT_NE(copy_log(files, copy, 2048), std::nullopt);
}

TEST(KeptCheckpoints, AreNamedWhenTheNextIsPublished) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    ASSERT_FALSE(grow(log, 1100));
    EXPECT_EQ(kept(files), Sizes{});
    ASSERT_FALSE(grow(log, 1101));
    EXPECT_EQ(kept(files), Sizes{1100});
}

TEST(KeptCheckpoints, AreAsFarApartAsWhatIsPublished) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    for (const std::uint64_t size : {1023U, 1500U, 2523U, 2524U, 9000U, 9001U}) ASSERT_FALSE(grow(log, size));
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
    grow_in_steps(files, log, 2049);
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
            bytes = to_text(kept_note(test_log().signer, checkpoint));
        });
        EXPECT_EQ(kept(files), Sizes{1024});
    }
}

TEST(KeptCheckpoints, OfTheFormOfBeforeAreAllRemovedByAStart) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    const auto published = grow_in_steps(files, log, 2500);
    for (const std::uint64_t size : {1024U, 2048U}) files.tree()[kept_path(size)] = published.at(size);
    TiledLog again = must(TiledLog::open(files, test_log()));
    EXPECT_EQ(kept(files), Sizes{});
    EXPECT_EQ(again.take_kept_trouble(),
              "checkpoints/2048 was no kept checkpoint of this log and is removed; "
              "checkpoints/1024 was no kept checkpoint of this log and is removed");
}

TEST(KeptCheckpoints, BehindOneThatIsWholeAreNotReadByAStart) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    grow_in_steps(files, log, 3500);
    files.tree().at(kept_path(1024)) = "for the verifiers to judge";
    TiledLog again = must(TiledLog::open(files, test_log()));
    EXPECT_EQ(again.take_kept_trouble(), "");
    EXPECT_EQ(kept(files), (Sizes{1024, 2048, 3072}));
}

/// A log of 3,500 with 1024, 2268 and 3292 kept, and put back to the checkpoint it had at 1,500.
MemoryFiles put_back() {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    grow_in_steps(files, log, 1500);
    const std::string older = files.tree().at("checkpoint");
    grow_in_steps(files, log, 3500);
    EXPECT_EQ(kept(files), (Sizes{1024, 2268, 3292}));
    files.tree()["checkpoint"] = older;
    return files;
}

TEST(KeptCheckpoints, BeyondTheCheckpointOfAStartShowThatItWasPutBack) {
    MemoryFiles files = put_back();
    TiledLog again = must(TiledLog::open(files, test_log()));
    const std::string told = again.take_kept_trouble();
    EXPECT_NE(told.find("checkpoints/2268 (and 1 more) is signed for more records than checkpoint (1500)"),
              std::string::npos)
        << told;
    EXPECT_EQ(kept(files), (Sizes{1024, 2268, 3292}));
    grow_in_steps(files, again, 3600);
    EXPECT_EQ(kept(files), (Sizes{1024, 2268, 3292}));
    EXPECT_EQ(must(TiledLog::open(files, test_log())).take_kept_trouble(), "");
}

TEST(KeptCheckpoints, BeyondTheCheckpointThatAreForgedAreRemovedByAStart) {
    MemoryFiles files = put_back();
    std::string& forged = files.tree().at(kept_path(3292));
    forged.at(forged.size() - 20) ^= 1;
    files.tree().at(kept_path(2268)) = to_text(kept_note(
        make_signer("nobody.example", KeyType::Ed25519, Seed{9}), {test_log().origin, head_of(2268)}));
    TiledLog again = must(TiledLog::open(files, test_log()));
    EXPECT_EQ(kept(files), Sizes{1024});
}

TEST(KeptCheckpoints, OfALogThatIsGoneStayWhenItIsBegunAgain) {
    MemoryFiles files;
    TiledLog log = must(TiledLog::create(files, test_log()));
    grow_in_steps(files, log, 1500);
    MemoryFiles::Tree left;
    left[kept_path(1024)] = files.tree().at(kept_path(1024));
    LogSettings later = test_log();
    for (const SignerKey& key : {test_log().signer, another_key()}) {
        later.signer = key;
        MemoryFiles begun(left);
        TiledLog anew = must(TiledLog::create(begun, later));
        EXPECT_EQ(kept(begun), Sizes{1024});
        EXPECT_NE(anew.take_kept_trouble(), "");
    }
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
    ASSERT_EQ(kept(files), Sizes{1200});
    const auto of_both = parse_note(files.tree().at(kept_path(1200)));
    EXPECT_EQ(of_both->signatures.size(), 1U);
    EXPECT_EQ(check_signature(*of_both, verifier_of(another_key())).found, Signed::Good);
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
    ASSERT_FALSE(grow(log, 4201));  // 4200 was published before it was known whose key was the log's
    EXPECT_EQ(kept(files), (Sizes{1024, 2048}));
}

TEST(KeptCheckpoints, OfRecordsThatAreNotThereYetAreNotForgotten) {
    MemoryFiles files = put_back();
    TiledLog again = must(TiledLog::open(files, test_log()));
    ASSERT_FALSE(again.forget_kept());
    EXPECT_EQ(kept(files), (Sizes{2268, 3292}));
}

}  // namespace
}  // namespace penstock::compliance::test
