#include "tests/gateways/sim/dialog_fixture.hpp"

namespace penstock::sim {
namespace {

class DialogMarketData : public DialogTest {
  protected:
    Lines subscribe(std::string_view id, std::string_view types = "267=3|269=0|269=1|269=2",
                    std::string_view symbols = "146=1|55=XYZ", std::string_view kind = "263=1|264=1|265=0") {
        return say(kAlice, "V",
                   "262=" + std::string(id) + "|" + std::string(kind) + "|" + std::string(types) + "|" +
                       std::string(symbols));
    }
    Lines offer(std::string_view quantity, std::string_view limit) {
        Lines kept = bob_sells(quantity, limit);
        std::erase_if(kept, [](const std::string& line) { return !line.starts_with("W"); });
        return kept;
    }
};

TEST_F(DialogMarketData, SubscriptionIsAnsweredAtOnceWithWhatThereIs) {
    EXPECT_EQ(subscribe("M"), (Lines{"W 55=XYZ 262=M 268=0"}));
    order({.id = "A", .quantity = "70", .limit = "9.90"});
    EXPECT_EQ(subscribe("N"), (Lines{"W 55=XYZ 262=N 268=1 269=0 270=9.9 271=70"}));
}

TEST_F(DialogMarketData, ChangeOfTheTopIsSentToEverySubscriber) {
    subscribe("M");
    subscribe("N");
    EXPECT_EQ(
        offer("50", "10.10"),
        (Lines{"W 55=XYZ 262=M 268=1 269=1 270=10.1 271=50", "W 55=XYZ 262=N 268=1 269=1 270=10.1 271=50"}));
}

TEST_F(DialogMarketData, TradeShowsAsTheLastTrade) {
    subscribe("M");
    offer("50", "10.10");
    wait_ms(100);
    order({.id = "A", .quantity = "20", .limit = "10.10"});
    EXPECT_EQ(
        brief(sent(actions_.size() - 1)), "W 55=XYZ 262=M 268=2 269=1 270=10.1 271=30 269=2 270=10.1 271=20");
}

TEST_F(DialogMarketData, AtMostOneUpdateAnInstrumentInAHundredMilliseconds) {
    subscribe("M");
    EXPECT_EQ(offer("50", "10.10").size(), 1U);
    EXPECT_EQ(offer("50", "10.09").size(), 0U);
    EXPECT_EQ(offer("50", "10.08").size(), 0U);
    EXPECT_EQ(venue_->next_due(), kNine + MarketDataDesk::kThrottle);
    EXPECT_EQ(wait_ms(99), Lines{});
    EXPECT_EQ(wait_ms(1), (Lines{"W 55=XYZ 262=M 268=1 269=1 270=10.08 271=50"}));
    EXPECT_EQ(venue_->next_due(), std::nullopt);
}

TEST_F(DialogMarketData, ChangeBelowTheTopIsNotSent) {
    subscribe("M");
    offer("50", "10.10");
    wait_ms(200);
    EXPECT_EQ(offer("50", "10.11"), Lines{});
    EXPECT_EQ(venue_->next_due(), std::nullopt);
}

TEST_F(DialogMarketData, SnapshotRequestIsAnsweredOnce) {
    EXPECT_EQ(subscribe("M", "267=1|269=1", "146=1|55=XYZ", "263=0|264=1").size(), 1U);
    EXPECT_EQ(offer("50", "10.10"), Lines{});
}

TEST_F(DialogMarketData, OnlyTheEntryTypesAskedForAreSent) {
    subscribe("M", "267=1|269=0");
    EXPECT_EQ(offer("50", "10.10"), (Lines{"W 55=XYZ 262=M 268=0"}));
}

TEST_F(DialogMarketData, EndOfASubscriptionOrOfTheSessionEndsTheUpdates) {
    subscribe("M");
    subscribe("M", "267=1|269=0", "146=1|55=XYZ", "263=2|264=1");
    EXPECT_EQ(offer("50", "10.10"), Lines{});
    subscribe("M");
    actions_.clear();
    venue_->on_logout(kAlice, now_, actions_);
    wait_ms(200);
    EXPECT_EQ(offer("50", "10.09"), Lines{});
}

TEST_F(DialogMarketData, WhatCannotBeServedIsRefusedWithItsReason) {
    EXPECT_EQ(
        subscribe("M", "267=1|269=0", "146=2|55=XYZ|55=NOPE"), (Lines{"Y 58=unknown symbol 262=M 281=0"}));
    EXPECT_EQ(subscribe("M", "267=1|269=4").front().substr(0, 4), "Y 58");
    EXPECT_EQ(sent(0)[281], "8");
    subscribe("M", "267=1|269=0", "146=1|55=XYZ", "263=1|264=0");
    EXPECT_EQ(sent(0)[281], "5");
    subscribe("M", "267=1|269=0", "146=1|55=XYZ", "263=7|264=1");
    EXPECT_EQ(sent(0)[281], "4");
    subscribe("M");
    subscribe("M");
    EXPECT_EQ(sent(0)[281], "1");
}

TEST_F(DialogMarketData, Fix42WritesTheSame) {
    use(fix::Version::Fix42);
    order({.id = "A", .quantity = "70", .limit = "9.90"});
    EXPECT_EQ(subscribe("N"), (Lines{"W 55=XYZ 262=N 268=1 269=0 270=9.9 271=70"}));
    EXPECT_EQ(subscribe("M", "267=1|269=0", "146=1|55=NOPE"), (Lines{"Y 58=unknown symbol 262=M 281=0"}));
}

}  // namespace
}  // namespace penstock::sim
