#include <gtest/gtest.h>

#include "oms/engine/replay.hpp"
#include "oms/engine/state_layout.hpp"
#include "tests/oms/engine/snapshot_words.hpp"
#include "tests/oms/engine/trading_day.hpp"

namespace penstock::oms {
namespace {

constexpr Capacity kSmall{.orders = 6, .requests = 8, .fills = 10};
constexpr Capacity kLarge{.orders = 1'000, .requests = 100, .fills = 2'000};

/// Steps `core` through the records from the one at `first` on, and expects the same outputs.
void expect_same_from(std::size_t first, const std::vector<Record>& records, Core& core) {
    Outbox scratch;
    for (std::size_t at = first; at < records.size(); ++at) {
        const auto difference = replay(core, records[at], scratch);
        ASSERT_FALSE(difference) << *difference << "\nrestored before record " << first;
    }
}

TEST(Snapshot, TakenAfterAnyInputOfADayTheRestOfTheDayIsTheSame) {
    for (const Capacity& capacity : {kSmall, kLarge}) {
        Core whole(capacity);
        const std::vector<Record> records = run(whole, trading_day());
        Core taken(capacity);
        Outbox scratch;
        for (std::size_t at = 0; at < records.size(); ++at) {
            taken.step(records[at].input, scratch);
            Core restored(kSmall);
            ASSERT_EQ(restored.restore(SnapshotText(taken).text()), Fault::None);
            expect_same_from(at + 1, records, restored);
            EXPECT_EQ(restored.state_hash(), whole.state_hash()) << at;
        }
    }
}

TEST(Snapshot, OfARestoredCoreIsTheSameInEveryByte) {
    Core core(kSmall);
    run(core, trading_day());
    EXPECT_TRUE(restart_from_snapshot(core));
}

TEST(Snapshot, CutAnywhereIsRefusedAndLeavesNothing) {
    Core core(kSmall);
    run(core, trading_day());
    const SnapshotText snapshot(core);
    const std::string& whole = snapshot.text();
    const std::uint64_t nothing = Core({.orders = 1, .requests = 1, .fills = 1}).state_hash();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        Core restored(kSmall);
        ASSERT_EQ(restored.restore(whole.substr(0, size)), Fault::Corrupt) << size;
        ASSERT_EQ(restored.state_hash(), nothing) << size;
    }
    Core restored(kSmall);
    EXPECT_EQ(restored.restore(whole + " "), Fault::Corrupt);
}

TEST(Snapshot, ALayoutIsTheSameEachTimeItIsAsked) {
    EXPECT_EQ(state_layout(), state_layout());
    EXPECT_NE(state_layout(), 0U);
}

}  // namespace
}  // namespace penstock::oms
