#include "gateways/sim/matching_engine.hpp"

#include "tests/gateways/sim/engine_fixture.hpp"

namespace penstock::sim {
namespace {

using enum EventKind;
using MatchingEngineTest = EngineTest;

TEST_F(MatchingEngineTest, LimitOrderThatMeetsNobodyWaits) {
    const OrderNumber number = buy("100", "10.00");
    EXPECT_EQ(kinds(), (Kinds{Accepted}));
    EXPECT_EQ(order(number).phase, OrderPhase::Working);
    EXPECT_EQ(top(), (TopOfBook{Level{px("10"), qty("100")}, std::nullopt}));
}

TEST_F(MatchingEngineTest, TradeMakesAFillForEachSideAtTheWaitingPrice) {
    const OrderNumber maker = sell("100", "10.00");
    const OrderNumber taker = buy("60", "10.05");
    ASSERT_EQ(kinds(), (Kinds{Accepted, Filled, Filled}));
    EXPECT_EQ(events_[1].order.number, taker);
    EXPECT_EQ(events_[2].order.number, maker);
    EXPECT_EQ(events_[1].execution, (Execution{qty("60"), px("10")}));
    EXPECT_EQ(order(taker).phase, OrderPhase::Filled);
    EXPECT_EQ(leaves(order(maker)), qty("40"));
    EXPECT_EQ(engine_.last_trade(symbol("XYZ")), (Execution{qty("60"), px("10")}));
}

TEST_F(MatchingEngineTest, BetterPriceTradesFirstThenTheOlderOrder) {
    const OrderNumber second = sell("10", "10.01");
    const OrderNumber third = sell("10", "10.01");
    const OrderNumber first = sell("10", "10.00");
    buy("30", "10.01");
    ASSERT_EQ(kinds(), (Kinds{Accepted, Filled, Filled, Filled, Filled, Filled, Filled}));
    EXPECT_EQ(events_[2].order.number, first);
    EXPECT_EQ(events_[4].order.number, second);
    EXPECT_EQ(events_[6].order.number, third);
}

TEST_F(MatchingEngineTest, EventsCarryTheOrderAsItWasRightAfterThem) {
    sell("10", "10.00");
    sell("10", "10.01");
    buy("30", "10.01");
    EXPECT_EQ(events_[1].order.filled, qty("10"));
    EXPECT_EQ(events_[3].order.filled, qty("20"));
    EXPECT_EQ(leaves(events_[1].order), qty("20"));
}

TEST_F(MatchingEngineTest, RestOfAMarketOrderIsCancelled) {
    sell("10", "10.00");
    const OrderNumber taker = send({.side = Side::Buy, .quantity = "30"});
    EXPECT_EQ(kinds(), (Kinds{Accepted, Filled, Filled, Cancelled}));
    EXPECT_EQ(order(taker).phase, OrderPhase::Cancelled);
    EXPECT_EQ(leaves(order(taker)), qty("0"));
}

TEST_F(MatchingEngineTest, RestOfAnIocOrderIsCancelled) {
    sell("10", "10.00");
    sell("10", "10.02");
    send({.side = Side::Buy, .quantity = "30", .limit = "10.01", .time_in_force = TimeInForce::Ioc});
    EXPECT_EQ(kinds(), (Kinds{Accepted, Filled, Filled, Cancelled}));
    EXPECT_FALSE(top().bid);
}

TEST_F(MatchingEngineTest, FokOrderTradesInFullOrNotAtAll) {
    const OrderNumber maker = sell("10", "10.00");
    sell("10", "10.01");
    send({.side = Side::Buy, .quantity = "21", .limit = "10.05", .time_in_force = TimeInForce::Fok});
    EXPECT_EQ(kinds(), (Kinds{Accepted, Cancelled}));
    EXPECT_EQ(order(maker).filled, qty("0"));
    send({.side = Side::Buy, .quantity = "20", .limit = "10.00", .time_in_force = TimeInForce::Fok});
    EXPECT_EQ(kinds(), (Kinds{Accepted, Cancelled}));
    send({.side = Side::Buy, .quantity = "20", .limit = "10.05", .time_in_force = TimeInForce::Fok});
    EXPECT_EQ(kinds(), (Kinds{Accepted, Filled, Filled, Filled, Filled}));
}

TEST_F(MatchingEngineTest, FokSellLooksAtTheBids) {
    buy("10", "10.00");
    buy("10", "9.99");
    send({.side = Side::Sell, .quantity = "20", .limit = "10.00", .time_in_force = TimeInForce::Fok});
    EXPECT_EQ(kinds(), (Kinds{Accepted, Cancelled}));
    send({.side = Side::Sell, .quantity = "20", .limit = "9.99", .time_in_force = TimeInForce::Fok});
    EXPECT_EQ(kinds(), (Kinds{Accepted, Filled, Filled, Filled, Filled}));
}

TEST_F(MatchingEngineTest, OrdersOfOneSessionTradeWithEachOther) {
    send({.side = Side::Sell, .quantity = "10", .limit = "10", .owner = Participant{7}});
    send({.side = Side::Buy, .quantity = "10", .limit = "10", .owner = Participant{7}});
    EXPECT_EQ(kinds(), (Kinds{Accepted, Filled, Filled}));
}

TEST_F(MatchingEngineTest, ShortSalesStandWithTheSells) {
    send({.side = Side::SellShort, .quantity = "10", .limit = "10"});
    send({.side = Side::SellShortExempt, .quantity = "5", .limit = "10"});
    EXPECT_EQ(top().ask, (Level{px("10"), qty("15")}));
}

TEST_F(MatchingEngineTest, CancelTakesAnOrderOffTheBookOnce) {
    const OrderNumber number = buy("10", "10.00");
    cancel(number);
    EXPECT_EQ(kinds(), (Kinds{Cancelled}));
    EXPECT_FALSE(top().bid);
    cancel(number);
    ASSERT_EQ(kinds(), (Kinds{CancelRefused}));
    EXPECT_EQ(events_[0].refusal, Refusal::TooLate);
}

TEST_F(MatchingEngineTest, LoweringTheQuantityKeepsThePlace) {
    const OrderNumber first = buy("100", "10.00");
    buy("100", "10.00");
    replace(first, "50", "10.00");
    EXPECT_EQ(kinds(), (Kinds{Replaced}));
    EXPECT_EQ(top().bid, (Level{px("10"), qty("150")}));
    sell("10", "10.00");
    EXPECT_EQ(events_[2].order.number, first);
}

TEST_F(MatchingEngineTest, RaisingTheQuantityLosesThePlace) {
    const OrderNumber first = buy("100", "10.00");
    const OrderNumber second = buy("100", "10.00");
    replace(first, "101", "10.00");
    sell("10", "10.00");
    EXPECT_EQ(events_[2].order.number, second);
}

TEST_F(MatchingEngineTest, ChangingThePriceLosesThePlaceAndMayTradeAtOnce) {
    const OrderNumber first = buy("100", "10.00");
    sell("30", "10.05");
    replace(first, "100", "10.05");
    EXPECT_EQ(kinds(), (Kinds{Replaced, Filled, Filled}));
    EXPECT_EQ(top().bid, (Level{px("10.05"), qty("70")}));
}

TEST_F(MatchingEngineTest, ReplaceToWhatIsFilledOrLessEndsTheOrderAsFilled) {
    const OrderNumber number = buy("100", "10.00");
    sell("40", "10.00");
    replace(number, "30", "10.00");
    ASSERT_EQ(kinds(), (Kinds{Replaced}));
    EXPECT_EQ(events_[0].order.terms.quantity, qty("40"));
    EXPECT_EQ(events_[0].order.phase, OrderPhase::Filled);
    EXPECT_FALSE(top().bid);
}

TEST_F(MatchingEngineTest, ReplaceUpwardReopensAFilledOrder) {
    const OrderNumber number = buy("100", "10.00");
    sell("100", "10.00");
    replace(number, "120", "10.00");
    EXPECT_EQ(kinds(), (Kinds{Replaced}));
    EXPECT_EQ(order(number).phase, OrderPhase::Working);
    EXPECT_EQ(top().bid, (Level{px("10"), qty("20")}));
}

TEST_F(MatchingEngineTest, ReplaceOfAnOrderThatIsDoneComesTooLate) {
    const OrderNumber filled = buy("100", "10.00");
    sell("100", "10.00");
    replace(filled, "100", "10.01");
    ASSERT_EQ(kinds(), (Kinds{ReplaceRefused}));
    EXPECT_EQ(events_[0].refusal, Refusal::TooLate);
    const OrderNumber cancelled = buy("100", "10.00");
    cancel(cancelled);
    replace(cancelled, "120", "10.00");
    EXPECT_EQ(kinds(), (Kinds{ReplaceRefused}));
}

TEST_F(MatchingEngineTest, TermsOffTheGridAreRefused) {
    buy("0", "10.00");
    EXPECT_EQ(events_[0].refusal, Refusal::InvalidQuantity);
    buy("1.5", "10.00");
    EXPECT_EQ(events_[0].refusal, Refusal::InvalidQuantity);
    buy("-1", "10.00");
    EXPECT_EQ(events_[0].refusal, Refusal::InvalidQuantity);
    buy("1000000000001", "10.00");
    EXPECT_EQ(events_[0].refusal, Refusal::InvalidQuantity);
    buy("1", "10.001");
    EXPECT_EQ(events_[0].refusal, Refusal::InvalidPrice);
    buy("1", "0");
    EXPECT_EQ(events_[0].refusal, Refusal::InvalidPrice);
    EXPECT_EQ(kinds(), (Kinds{Rejected}));
}

TEST_F(MatchingEngineTest, LargestOrdersOfTheGridAddUpWithoutHarm) {
    for (int i = 0; i < 20; ++i) sell("1000000000000", "10.00");
    EXPECT_TRUE(top().ask);
    buy("1000000000000", "10000000000");
    EXPECT_EQ(kinds(), (Kinds{Accepted, Filled, Filled}));
}

TEST_F(MatchingEngineTest, DayOrdersExpireWithTheDayAndGoodTillCancelStays) {
    const OrderNumber day = buy("10", "10.00");
    const OrderNumber good =
        send({.side = Side::Buy, .quantity = "10", .limit = "9.00", .time_in_force = TimeInForce::Gtc});
    events_.clear();
    engine_.end_day(events_);
    ASSERT_EQ(kinds(), (Kinds{Expired}));
    EXPECT_EQ(events_[0].order.number, day);
    EXPECT_EQ(order(good).phase, OrderPhase::Working);
    EXPECT_EQ(top().bid, (Level{px("9"), qty("10")}));
}

TEST_F(MatchingEngineTest, OffBookOrderMeetsOnlyTheHouse) {
    const OrderNumber number =
        send({.side = Side::Buy, .quantity = "10", .limit = "10", .placement = Placement::OffBook});
    EXPECT_FALSE(top().bid);
    sell("10", "10.00");
    EXPECT_EQ(kinds(), (Kinds{Accepted}));
    events_.clear();
    engine_.house_fill(number, {qty("4"), px("10")}, events_);
    EXPECT_EQ(kinds(), (Kinds{Filled}));
    EXPECT_EQ(leaves(order(number)), qty("6"));
}

TEST_F(MatchingEngineTest, HouseFillOfAWaitingOrderShrinksItInTheBook) {
    const OrderNumber number = buy("10", "10.00");
    engine_.house_fill(number, {qty("4"), px("10")}, events_);
    EXPECT_EQ(top().bid, (Level{px("10"), qty("6")}));
    engine_.house_fill(number, {qty("400"), px("10")}, events_);
    EXPECT_EQ(order(number).phase, OrderPhase::Filled);
    EXPECT_EQ(order(number).filled, qty("10"));
    EXPECT_FALSE(top().bid);
}

TEST_F(MatchingEngineTest, LateHouseFillLeavesACancelledOrderCancelled) {
    const OrderNumber number = buy("10", "10.00");
    cancel(number);
    engine_.house_fill(number, {qty("4"), px("10")}, events_);
    EXPECT_EQ(order(number).phase, OrderPhase::Cancelled);
    EXPECT_EQ(order(number).filled, qty("4"));
}

TEST_F(MatchingEngineTest, BustOfAFillReopensAFilledOrder) {
    const OrderNumber number = buy("10", "10.00");
    sell("10", "10.00");
    engine_.revise_fill(number, {qty("10"), px("10")}, {});
    EXPECT_EQ(order(number).phase, OrderPhase::Working);
    EXPECT_EQ(order(number).filled, qty("0"));
    EXPECT_TRUE(order(number).traded.is_zero());
    cancel(number);
    EXPECT_EQ(kinds(), (Kinds{Cancelled}));
}

TEST_F(MatchingEngineTest, HouseOrdersThatAreDoneAreForgotten) {
    const OrderNumber house = send({.side = Side::Sell, .quantity = "10", .limit = "10", .owner = kHouse});
    EXPECT_NE(engine_.find(house), nullptr);
    buy("10", "10.00");
    EXPECT_EQ(engine_.find(house), nullptr);
}

TEST_F(MatchingEngineTest, ReferencePriceIsTheLastTradeElseTheBookElseTheStart) {
    EXPECT_EQ(engine_.reference_price(symbol("XYZ")), px("10"));
    sell("10", "10.40");
    EXPECT_EQ(engine_.reference_price(symbol("XYZ")), px("10.40"));
    buy("5", "10.40");
    sell("10", "10.20");
    EXPECT_EQ(engine_.reference_price(symbol("XYZ")), px("10.40"));
}

TEST_F(MatchingEngineTest, UnknownSymbolIsRefused) {
    Events events;
    engine_.submit(
        {.owner = Participant{1}, .symbol = symbol("NOPE"), .quantity = qty("1"), .limit = px("1")}, events);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].refusal, Refusal::UnknownSymbol);
}

}  // namespace
}  // namespace penstock::sim
