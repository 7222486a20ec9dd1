#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "persistence/journal/reader.hpp"
#include "tests/persistence/journal/test_journal.hpp"
#include "tests/persistence/projection/projecting.hpp"
#include "tests/persistence/projection/random_day.hpp"

namespace penstock::projection {
namespace {

// The watermark may speak of a block of the chain whose seal is still on its way.
TEST(Follow, EveryWatermarkOfABusyJournalCanBeReadTo) {
    const persistence::TemporaryDirectory folder;
    persistence::JournalSettings journal = journal_in(folder.path() / "journal");
    RandomDay day(journal, 41);
    std::atomic<bool> is_over = false;
    std::thread writer([&] {
        day.trade_until(40'000);
        is_over = true;
    });
    std::optional<persistence::JournalPlace> place;
    persistence::OffsetIndex index;
    std::uint64_t seen = 0;
    std::string problem;
    const auto look = [&] {
        persistence::JournalReader reader;
        if (reader.open(journal) || reader.last().value <= seen) return;
        const auto error =
            reader.read(place ? &*place : nullptr, index, [&](const oms::Record&) { return ++seen != 0; });
        if (error) problem = error->text;
        place = reader.reached();
    };
    while (!is_over && problem.empty()) look();
    writer.join();
    day.close();
    // Where no core was free for the watermark, all of it shows only now.
    if (problem.empty()) look();
    EXPECT_EQ(problem, "");
    EXPECT_EQ(seen, day.records());
}

}  // namespace
}  // namespace penstock::projection
