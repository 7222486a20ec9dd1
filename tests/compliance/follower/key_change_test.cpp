// Kept checkpoints where the log's key changes: each must be signed by the key the log had at its size.
#include "compliance/follower/key_change.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include "compliance/follower/follower.hpp"
#include "compliance/tlog/kept.hpp"
#include "persistence/journal/segment_journal.hpp"
#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"
#include "tests/persistence/journal/random_record.hpp"

namespace penstock::compliance::test {
namespace {

SignerKey key(std::uint8_t number) { return make_signer(test_log().origin, KeyType::Ed25519, Seed{number}); }

using Sizes = std::vector<std::uint64_t>;
constexpr Timestamp kNow{1'000'000'000};

/// A journal in which every record is one leaf, so that a size is a record's number.
class KeyChangeTest : public testing::Test {
  protected:
    KeyChangeTest() : folder(testing::TempDir() + "key_change." + std::to_string(getpid())) {
        std::filesystem::remove_all(folder);
        settings.directory = folder;
        settings.durability = persistence::Durability::Process;
        settings.segment_bytes = 1U << 20U;
    }
    ~KeyChangeTest() override { std::filesystem::remove_all(folder); }

    /// So many orders, and the record that a trading day began, after which a checkpoint is published.
    void trade(std::uint64_t count) {
        std::vector<oms::Record> records;
        for (std::uint64_t at = 0; at < count; ++at)
            records.push_back(persistence::new_order_record(++written));
        records.push_back(record_of(oms::TradingDayBegan{}));
        append(records);
    }
    void change(std::uint8_t from, std::uint8_t to) {
        append({record_of(change_key(key(from), key(to)))});
        changes.emplace_back(written, to);
    }
    oms::Record record_of(const decltype(oms::Input::body)& body) {
        oms::Record record = persistence::new_order_record(++written);
        record.outputs.clear();
        record.input.body = body;
        return record;
    }
    void append(const std::vector<oms::Record>& records) {
        auto opened = persistence::SegmentJournal::open(settings);
        ASSERT_TRUE(opened.journal) << opened.error.text;
        ASSERT_FALSE(opened.journal->recover({}).error);
        for (const oms::Record& record : records) opened.journal->append(persistence::view_of(record));
        opened.journal->close();
    }

    Follower make(MemoryFiles& files, std::uint8_t now, std::optional<std::uint8_t> previous = {}) {
        const auto before = previous ? std::optional(key(*previous)) : std::nullopt;
        FollowerSettings with{settings, test_log().origin, key(now), before};
        return {files, std::move(with), {}, [this](std::string_view line) { said += line; }};
    }
    /// A life of the follower, to the journal's end.
    void follow(MemoryFiles& files, std::uint8_t now, std::optional<std::uint8_t> previous = {}) {
        Follower follower = make(files, now, previous);
        ASSERT_EQ(follower.open(), std::nullopt);
        follower.turn(kNow, Follower::Publish::Now);
        ASSERT_EQ(follower.published(), written) << said;
    }

    std::uint8_t key_at(std::uint64_t size) const {
        std::uint8_t found = 1;
        for (const auto& [since, number] : changes)
            if (since <= size) found = number;
        return found;
    }
    /// Those that are kept, each of which is signed as the verifiers demand.
    Sizes kept(MemoryFiles& files) {
        const Sizes sizes = *kept_sizes(files);
        for (const std::uint64_t size : sizes) {
            const auto note = parse_note(files.tree().at(kept_path(size)));
            const bool is_good =
                note && check_signature(*note, verifier_of(key(key_at(size)))).found == Signed::Good;
            EXPECT_TRUE(is_good) << size;
        }
        return sizes;
    }

    std::filesystem::path folder;
    persistence::JournalSettings settings;
    std::uint64_t written = 0;
    std::vector<std::pair<std::uint64_t, std::uint8_t>> changes;  // (the smallest size, its key)
    std::string said;
};

TEST_F(KeyChangeTest, LeavesWhatTheOldKeySigned) {
    MemoryFiles files;
    trade(1499);
    follow(files, 1);
    change(1, 2);
    trade(1500);
    trade(0);
    follow(files, 2, 1);
    EXPECT_EQ(kept(files), (Sizes{1500, 3002}));
}

TEST_F(KeyChangeTest, SaidTwiceLeavesWhatTheOldKeySigned) {
    MemoryFiles files;
    trade(1499);
    follow(files, 1);
    change(1, 2);
    change(1, 2);  // penstockd was killed before the audit had the first
    trade(1500);
    trade(0);
    follow(files, 2, 1);
    EXPECT_EQ(kept(files), (Sizes{1500, 3003}));
}

TEST_F(KeyChangeTest, BehindALogThatIsFilledAgainForgetsWhatTodaysKeySignedBeforeIt) {
    trade(1499);
    trade(1499);
    change(1, 2);
    trade(1500);
    trade(0);
    MemoryFiles files;
    follow(files, 2);
    EXPECT_EQ(kept(files), Sizes{4502});
    trade(1500);
    trade(0);
    follow(files, 2);
    EXPECT_EQ(kept(files), (Sizes{4502, 6004}));
}

TEST_F(KeyChangeTest, IsMadeAgainByALogThatIsFilledAgainWithBothKeys) {
    trade(1499);
    change(1, 2);
    trade(1500);
    trade(0);
    MemoryFiles files;
    follow(files, 2, 1);
    EXPECT_EQ(kept(files), (Sizes{1500, 3002}));
}

TEST_F(KeyChangeTest, AmongSeveralForgetsAtEach) {
    trade(1499);
    change(1, 2);
    trade(1500);
    change(2, 3);
    trade(1500);
    trade(0);
    MemoryFiles alone;
    follow(alone, 3);
    EXPECT_EQ(kept(alone), Sizes{4504});
    MemoryFiles with_previous;
    follow(with_previous, 3, 2);
    EXPECT_EQ(kept(with_previous), (Sizes{3002, 4504}));
}

TEST_F(KeyChangeTest, ThereAndBackForgetsAtEach) {
    trade(1499);
    change(1, 2);
    trade(1500);
    change(2, 1);
    trade(1500);
    trade(0);
    MemoryFiles files;
    follow(files, 1);
    EXPECT_EQ(kept(files), Sizes{4504});
}

TEST_F(KeyChangeTest, DuringARefillThatDiesAnywhereShowsNoneOfTheWrongKey) {
    trade(1499);
    change(1, 2);
    trade(1500);
    trade(0);
    MemoryFiles whole;
    follow(whole, 2);
    for (std::uint64_t call = 0; call < whole.calls(); ++call) {
        SCOPED_TRACE(call);
        MemoryFiles files;
        files.die_at(call, 33);
        Follower follower = make(files, 2);
        if (!follower.open()) follower.turn(kNow, Follower::Publish::Now);
        for (const std::uint64_t choice : {~0ULL, 0ULL, 0x5555555555555555ULL, 0x3333333333333333ULL}) {
            MemoryFiles left = choice == ~0ULL ? files.after_crash() : files.after_power_failure(choice);
            const auto checkpoint = left.read("checkpoint");
            const auto note = checkpoint ? parse_note(*checkpoint) : std::nullopt;
            if (note && parse_checkpoint(note->text)->head.size >= changes[0].first) {
                const LogSettings with{test_log().origin, key(2), OldPartials::Remove};
                must(TiledLog::open(left, with));  // removes what is torn
                kept(left);
            }
            follow(left, 2);
            // A power failure in the last publish may leave its checkpoint without the name of the kept one.
            const Sizes sizes = kept(left);
            EXPECT_TRUE(sizes == Sizes{3002} || (sizes.empty() && choice != ~0ULL));
        }
    }
}

}  // namespace
}  // namespace penstock::compliance::test
