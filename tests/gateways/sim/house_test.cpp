#include "gateways/sim/house.hpp"

#include <sstream>

#include "tests/gateways/sim/engine_fixture.hpp"

namespace penstock::sim {
namespace {

constexpr Timestamp kStart{1'000'000'000'000};

class HouseTest : public EngineTest {
  protected:
    void step_at(int ms) {
        events_.clear();
        house_.step(kStart + Duration::milliseconds(ms), engine_, events_);
    }
    House house_;
};

TEST_F(HouseTest, KeepsABookWithBothSidesAndNothingCrossed) {
    house_.play(xyz(), {}, 11);
    for (int i = 0; i < 400; ++i) {
        step_at(i * 250);
        const TopOfBook shown = top();
        ASSERT_TRUE(shown.bid && shown.ask);
        ASSERT_LT(shown.bid->price, shown.ask->price);
    }
    EXPECT_TRUE(engine_.last_trade(symbol("XYZ")));
}

TEST_F(HouseTest, TradesWithClientsWhoStandInItsWay) {
    house_.play(xyz(), {}, 11);
    step_at(0);
    const OrderNumber number = buy("5", "10.50");
    EXPECT_EQ(order(number).phase, OrderPhase::Filled);
}

TEST_F(HouseTest, ForgetsWhatItTookBack) {
    house_.play(xyz(), {.levels = 2}, 11);
    for (int i = 0; i < 2000; ++i) step_at(i * 250);
    std::size_t alive = 0;
    for (std::uint64_t number = 1; number < 40'000; ++number)
        alive += engine_.find(OrderNumber{number}) != nullptr ? 1 : 0;
    EXPECT_LE(alive, 4U);
}

TEST_F(HouseTest, ReplayTakesThePlaceOfTheMadeUpMarket) {
    house_.play(xyz(), {}, 11);
    auto file = std::make_unique<std::istringstream>("0,9.90,100,10.10,200\n500,9.95,100,10.10,200\n");
    house_.play(ReplayFlow(xyz(), ReplayReader("a.csv", std::move(file), ReplayFormat::QuoteCsv)));
    step_at(0);
    EXPECT_EQ(top(), (TopOfBook{Level{px("9.9"), qty("100")}, Level{px("10.1"), qty("200")}}));
    step_at(499);
    EXPECT_EQ(top().bid->price, px("9.9"));
    EXPECT_EQ(house_.next_due(), kStart + Duration::milliseconds(500));
    step_at(500);
    EXPECT_EQ(top().bid->price, px("9.95"));
    EXPECT_EQ(house_.next_due(), std::nullopt);
}

TEST_F(HouseTest, SaysWhichLineStoppedAReplay) {
    auto file = std::make_unique<std::istringstream>("0,9.90,100,10.10,200\nrubbish\n");
    house_.play(ReplayFlow(xyz(), ReplayReader("a.csv", std::move(file), ReplayFormat::QuoteCsv)));
    step_at(0);
    ASSERT_EQ(house_.problems().size(), 1U);
    EXPECT_EQ(house_.problems()[0], "a.csv:2: expected time_ms,bid,bid_size,ask,ask_size");
}

}  // namespace
}  // namespace penstock::sim
