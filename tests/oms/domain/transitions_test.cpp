#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/oms/domain/order_events.hpp"
#include "tests/places.hpp"

namespace penstock::oms {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> published_table() {
    std::ifstream file(tests::source_dir() + "/spec/order_state/transitions.csv");
    std::vector<Row> rows;
    for (std::string line; std::getline(file, line);) {
        std::istringstream cells(line);
        Row& row = rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    }
    return rows;
}

// The page traders read cannot drift from the code.
TEST(Transitions, ThePublishedTableIsTheOneInTheCode) {
    const auto table = published_table();
    ASSERT_EQ(table.size(), kAllPhases.size() + 1) << "spec/order_state/transitions.csv: one row per phase";
    Row header{"phase"};
    header.insert(header.end(), kEventNames.begin(), kEventNames.end());
    EXPECT_EQ(table[0], header);
    for (std::size_t phase = 0; phase < kAllPhases.size(); ++phase) {
        Row in_code{std::string(kPhaseNames[phase])};
        for (const OrderEvent& event : kOneOfEach)
            in_code.emplace_back(is_legal(kAllPhases[phase], event) ? "1" : "0");
        EXPECT_EQ(table[phase + 1], in_code);
    }
}

TEST(Transitions, FoldRefusesExactlyTheZeros) {
    for (const Phase phase : kAllPhases) {
        for (const OrderEvent& event : kOneOfEach) {
            OrderState before = pending("100");
            before.phase = phase;
            const OrderState kept = before;
            const auto folded = fold(before, event);
            EXPECT_EQ(static_cast<bool>(folded), is_legal(phase, event))
                << kPhaseNames[static_cast<std::size_t>(phase)] << " and " << kEventNames[event.index()];
            EXPECT_EQ(folded.error(), folded ? Fault::None : Fault::IllegalTransition);
            EXPECT_EQ(before, kept);
        }
    }
}

TEST(Transitions, AFillAndABustAreFactsInEveryPhase) {
    for (const Phase phase : kAllPhases) {
        EXPECT_TRUE(is_legal(phase, Fill{}));
        EXPECT_TRUE(is_legal(phase, FillRevised{}));
    }
}

}  // namespace
}  // namespace penstock::oms
