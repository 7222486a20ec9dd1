#include <gtest/gtest.h>

#include "compliance/tlog/copy_log.hpp"
#include "compliance/tlog/kept.hpp"
#include "compliance/tlog/tiled_log.hpp"
#include "tests/compliance/support/logs.hpp"
#include "tests/compliance/support/memory_files.hpp"

// A log may die at any file operation, at any byte of it. What must hold: it opens again, it stands at a
// checkpoint it signed, no checkpoint that was out is ever contradicted, and it can go on to the end.

namespace penstock::compliance::test {
namespace {

/// A life: sizes at which a checkpoint is published.
using Life = std::vector<std::uint64_t>;

struct Lived {
    MemoryFiles files;
    std::uint64_t promised = 0;   // size of the last checkpoint publish() returned for
    std::uint64_t attempted = 0;  // size of the checkpoint it died in
    bool was_created = false;
    bool died = false;
};

Lived live(const Life& life, std::uint64_t die_at, std::size_t torn) {
    Lived lived;
    lived.files.die_at(die_at, torn);
    auto created = TiledLog::create(lived.files, test_log());
    lived.was_created = std::holds_alternative<TiledLog>(created);
    lived.died = !lived.was_created;
    if (lived.died) return lived;
    auto& log = std::get<TiledLog>(created);
    for (const std::uint64_t size : life) {
        lived.attempted = size;
        lived.died = grow(log, size).has_value();
        if (lived.died) return lived;
        lived.promised = size;
    }
    return lived;
}

/// Whatever is kept is whole, and of the tree as it was at that size.
void expect_kept(MemoryFiles& files, std::uint64_t size) {
    const std::vector<std::uint64_t> sizes = *kept_sizes(files);
    for (const std::uint64_t kept : sizes) {
        EXPECT_LE(kept, size);
        const auto found = parse_kept(files.tree().at(kept_path(kept)), test_log().origin, kept);
        ASSERT_TRUE(found) << kept;
        EXPECT_EQ(check_signature(found->note, verifier_of(test_log().signer)).found, Signed::Good) << kept;
        EXPECT_EQ(found->head, head_of(kept));
    }
}

/// Opens what is left and plays the life to its end.
void expect_whole(MemoryFiles files, const Lived& lived, const Life& life, const std::string& where) {
    SCOPED_TRACE(where);
    // Also for a verifier that looks before the log is opened.
    expect_kept(files, size_under(files, kCheckpointFile));
    auto opened = TiledLog::open(files, test_log());
    if (const auto* problem = std::get_if<LogProblem>(&opened); problem != nullptr) {
        // Only a log that never had its first checkpoint may be begun again.
        ASSERT_FALSE(lived.was_created) << problem->text;
        ASSERT_EQ(problem->kind, LogProblem::Kind::NoCheckpoint) << problem->text;
        opened = TiledLog::create(files, test_log());
    }
    TiledLog log = must(std::move(opened));
    ASSERT_TRUE(log.size() == lived.promised || log.size() == lived.attempted) << log.size();
    const TreeHead now = log.published();
    ASSERT_EQ(now, head_of(now.size));
    expect_kept(files, now.size);
    EXPECT_EQ(log.take_kept_trouble(), "");
    ASSERT_FALSE(grow(log, life.back()));
    expect_kept(files, life.back());
    TileReader reader(files, life.back());
    if (now.size > 0) {
        const auto proof = consistency_proof(reader, now.size, life.back());
        ASSERT_TRUE(proof);
        EXPECT_TRUE(verify_consistency(now, log.published(), *proof));
    }
    for (std::uint64_t index = 0; index < life.back(); ++index) {
        const auto entry = read_entry(files, index, life.back());
        ASSERT_TRUE(entry);
        ASSERT_EQ(*entry, record(index));
        ASSERT_EQ(reader.node(0, index), leaf_hash(record(index)));
    }
    MemoryFiles again(files.tree());
    EXPECT_EQ(must(TiledLog::open(again, test_log())).published(), head_of(life.back()));
}

/// A power failure is tried at each of these torn lengths only, because it has five outcomes.
constexpr std::size_t kPowerEvery = 33;

/// Dies at every call, with each of the `torn` lengths, and returns how many deaths that were.
std::uint64_t die_everywhere(const Life& life, const std::vector<std::size_t>& torn_lengths) {
    const std::uint64_t calls = live(life, UINT64_MAX, 0).files.calls();
    std::uint64_t deaths = 0;
    for (std::uint64_t call = 0; call < calls; ++call) {
        for (const std::size_t torn : torn_lengths) {
            const Lived lived = live(life, call, torn);
            EXPECT_TRUE(lived.died);
            const std::string where = "call " + std::to_string(call) + ", torn at " + std::to_string(torn);
            expect_whole(lived.files.after_crash(), lived, life, where + ", process crash");
            ++deaths;
            if (torn % kPowerEvery != 0) continue;
            // Power failures with all, none, and some of the unsynced names.
            for (const std::uint64_t kept :
                 {~0ULL, 0ULL, 0x5555555555555555ULL, 0x3333333333333333ULL, 1ULL}) {
                const auto left = lived.files.after_power_failure(kept);
                expect_whole(left, lived, life, where + ", power failure " + std::to_string(kept));
            }
        }
    }
    return deaths;
}

TEST(TiledLogCrash, AgainWhileItOpens) {
    const Life life = {250, 256, 260, 600};
    const std::uint64_t calls = live(life, UINT64_MAX, 0).files.calls();
    std::uint64_t deaths = 0;
    for (std::uint64_t call = 3; call < calls; ++call) {
        const Lived lived = live(life, call, 33);
        for (std::uint64_t second = 0;; ++second) {
            MemoryFiles files = lived.files.after_crash();
            files.die_at(second, 0);
            const auto opened = TiledLog::open(files, test_log());
            if (std::holds_alternative<TiledLog>(opened)) break;
            expect_whole(files.after_crash(), lived, life,
                         "call " + std::to_string(call) + ", then " + std::to_string(second));
            ++deaths;
        }
    }
    EXPECT_GT(deaths, 50U);
}

TEST(TiledLogCrash, AtEveryByteOfASmallLog) {
    std::vector<std::size_t> every_byte;
    for (std::size_t length = 0; length < 230; ++length) every_byte.push_back(length);
    EXPECT_GT(die_everywhere({1, 2, 5}, every_byte), 3000U);
}

TEST(TiledLogCrash, AroundTheFillingOfATile) {
    EXPECT_GT(die_everywhere({250, 256, 260}, {0, 1, 33, 8191}), 60U);
}

TEST(TiledLogCrash, WhereCheckpointsAreKept) {
    EXPECT_GT(die_everywhere({1024, 1030, 2100, 2101}, {0, 33, 100'000}), 150U);
}

TEST(TiledLogCrash, AcrossSeveralTiles) { EXPECT_GT(die_everywhere({3, 700, 701}, {0, 40, 100'000}), 60U); }

}  // namespace
}  // namespace penstock::compliance::test
