#include "gateways/sim/background_flow.hpp"

#include <set>

#include "gateways/sim/grid.hpp"
#include "tests/gateways/sim/engine_fixture.hpp"

namespace penstock::sim {
namespace {

constexpr Timestamp kStart{1'000'000'000'000};

FlowCommands steps(std::uint64_t seed, int count) {
    BackgroundFlow flow(xyz(), {}, seed);
    FlowCommands commands;
    for (int i = 0; i < count; ++i) flow.step(kStart + Duration::milliseconds(250 * i), commands);
    return commands;
}

TEST(BackgroundFlow, SameSeedMakesTheSameMarket) { EXPECT_EQ(steps(42, 200), steps(42, 200)); }

TEST(BackgroundFlow, OtherSeedMakesAnotherMarket) { EXPECT_NE(steps(42, 200), steps(43, 200)); }

TEST(BackgroundFlow, FirstStepQuotesAllLevelsOfBothSides) {
    BackgroundFlow flow(xyz(), {.levels = 3, .trade_one_in = 0}, 1);
    FlowCommands commands;
    flow.step(kStart, commands);
    EXPECT_EQ(commands.size(), 6U);
}

TEST(BackgroundFlow, DoesNothingBeforeItsNextStep) {
    BackgroundFlow flow(xyz(), {}, 1);
    FlowCommands commands;
    flow.step(kStart, commands);
    commands.clear();
    flow.step(kStart + Duration::milliseconds(249), commands);
    EXPECT_TRUE(commands.empty());
    EXPECT_EQ(flow.next_step(), kStart + Duration::milliseconds(250));
}

TEST(BackgroundFlow, TakesOneStepHoweverLongItSlept) {
    BackgroundFlow flow(xyz(), {}, 1);
    FlowCommands commands;
    flow.step(kStart, commands);
    flow.step(kStart + Duration::seconds(3600), commands);
    EXPECT_EQ(flow.next_step(), kStart + Duration::seconds(3600) + Duration::milliseconds(250));
}

TEST(BackgroundFlow, EveryOrderStandsOnTheGrid) {
    for (const FlowCommand& command : steps(5, 500)) {
        const auto* order = std::get_if<FlowOrder>(&command);
        if (order == nullptr) continue;
        EXPECT_TRUE(steps_in(order->limit.value, xyz().tick.value));
        EXPECT_TRUE(order->quantity.is_positive());
    }
}

TEST(BackgroundFlow, PricesMove) {
    std::set<Price> prices;
    for (const FlowCommand& command : steps(5, 500))
        if (const auto* order = std::get_if<FlowOrder>(&command)) prices.insert(order->limit);
    EXPECT_GT(prices.size(), 15U);
}

TEST(BackgroundFlow, NeverQuotesAtZeroOrBelow) {
    Instrument penny = xyz();
    penny.start_price = px("0.01");
    BackgroundFlow flow(penny, {}, 3);
    FlowCommands commands;
    for (int i = 0; i < 500; ++i) flow.step(kStart + Duration::milliseconds(250 * i), commands);
    for (const FlowCommand& command : commands) {
        const auto* order = std::get_if<FlowOrder>(&command);
        ASSERT_TRUE(order == nullptr || order->limit.is_positive());
    }
}

}  // namespace
}  // namespace penstock::sim
