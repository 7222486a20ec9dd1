#include "tests/gateways/sim/dialog_fixture.hpp"

namespace penstock::sim {
namespace {

using DialogMisbehaviour = DialogTest;

TEST_F(DialogMisbehaviour, Reject) {
    EXPECT_EQ(order({.id = "A", .quantity = "1001"}), (Lines{"8 A 8/8 qty 1001 cum 0 leaves 0 rej 0"}));
    EXPECT_EQ(sent(0)[58], "refused by the script");
}

TEST_F(DialogMisbehaviour, NoAnswerMeansTheVenueNeverHadTheOrder) {
    EXPECT_EQ(order({.id = "A", .quantity = "1002"}), Lines{});
    EXPECT_EQ(status("A"), (Lines{"8 A I/8 qty  cum 0 leaves 0"}));
}

TEST_F(DialogMisbehaviour, SilentAcceptTakesTheOrderAndSaysSoWhenAsked) {
    EXPECT_EQ(order({.id = "A", .quantity = "1017"}), Lines{});
    EXPECT_EQ(alices(bob_sells("17")), Lines{}) << "the fill is never reported";
    EXPECT_EQ(status("A"), (Lines{"8 A I/1 qty 1017 cum 17 leaves 1000"}));
    EXPECT_EQ(alices(bob_sells("10")), (Lines{"8 A F/1 qty 1017 cum 27 leaves 990 last 10@10"}));
}

TEST_F(DialogMisbehaviour, LateAckHoldsEveryReportOfTheOrderBack) {
    EXPECT_EQ(order({.id = "A", .quantity = "1003"}), Lines{});
    EXPECT_EQ(wait_ms(100), Lines{});
    EXPECT_EQ(alices(bob_sells("3")), Lines{});
    EXPECT_EQ(venue_->next_due(), kNine + Duration::milliseconds(500));
    EXPECT_EQ(wait_ms(400), (Lines{"8 A 0/0 qty 1003 cum 0 leaves 1003"}));
    EXPECT_EQ(wait_ms(100), (Lines{"8 A F/1 qty 1003 cum 3 leaves 1000 last 3@10"}));
}

TEST_F(DialogMisbehaviour, FillBeforeAck) {
    EXPECT_EQ(
        order({.id = "A", .quantity = "1004"}),
        (Lines{"8 A F/2 qty 1004 cum 1004 leaves 0 last 1004@10", "8 A 0/0 qty 1004 cum 0 leaves 1004"}));
}

TEST_F(DialogMisbehaviour, DuplicateReportRepeatsTheExecId) {
    EXPECT_EQ(order({.id = "A", .quantity = "1005"}),
              (Lines{"8 A 0/0 qty 1005 cum 0 leaves 1005", "8 A 0/0 qty 1005 cum 0 leaves 1005",
                     "8 A F/1 qty 1005 cum 502 leaves 503 last 502@10",
                     "8 A F/1 qty 1005 cum 502 leaves 503 last 502@10"}));
    EXPECT_EQ(sent(2)[17], sent(3)[17]);
    EXPECT_NE(sent(1)[17], sent(2)[17]);
}

TEST_F(DialogMisbehaviour, OutOfOrderSendsTheSecondFillFirst) {
    EXPECT_EQ(order({.id = "A", .quantity = "1006"}),
              (Lines{"8 A 0/0 qty 1006 cum 0 leaves 1006", "8 A F/2 qty 1006 cum 1006 leaves 0 last 503@10",
                     "8 A F/1 qty 1006 cum 503 leaves 503 last 503@10"}));
}

TEST_F(DialogMisbehaviour, FillDuringPendingReplace) {
    order({.id = "X", .quantity = "1007"});
    EXPECT_EQ(
        replace("Y", "X", "2000"),
        (Lines{"8 Y<X E/E qty 1007 cum 0 leaves 1007", "8 X F/E qty 1007 cum 503 leaves 504 last 503@10",
               "8 Y<X 5/1 qty 2000 cum 503 leaves 1497"}));
}

TEST_F(DialogMisbehaviour, CancelThenFill) {
    order({.id = "X", .quantity = "1008"});
    EXPECT_EQ(cancel("Y", "X"), (Lines{"8 Y<X 4/4 qty 1008 cum 0 leaves 0"}));
    EXPECT_EQ(wait_ms(50), (Lines{"8 X F/4 qty 1008 cum 504 leaves 0 last 504@10"}));
}

TEST_F(DialogMisbehaviour, CancelReject) {
    order({.id = "X", .quantity = "1009"});
    EXPECT_EQ(cancel("Y", "X"), (Lines{"9 Y orig X status 0 to 1 reason 2"}));
    EXPECT_EQ(replace("Z", "X", "50"), (Lines{"9 Z orig X status 0 to 2 reason 2"}));
}

TEST_F(DialogMisbehaviour, BustTakesTheFillBackAndNamesIt) {
    EXPECT_EQ(order({.id = "X", .quantity = "1010"}).size(), 2U);
    const std::string fill = sent(1)[17];
    EXPECT_EQ(wait_ms(50), (Lines{"8 X H/0 qty 1010 cum 0 leaves 1010 last 0@0"}));
    EXPECT_EQ(sent(0)[19], fill);
    EXPECT_EQ(sent(0)[6], "0");
    EXPECT_EQ(cancel("Y", "X"), (Lines{"8 Y<X 4/4 qty 1010 cum 0 leaves 0"}));
}

TEST_F(DialogMisbehaviour, BustIn42IsExecTransTypeCancel) {
    use(fix::Version::Fix42);
    order({.id = "X", .quantity = "1010"});
    EXPECT_EQ(wait_ms(50), (Lines{"8 X 1/0 trans 1 qty 1010 cum 0 leaves 1010 last 0@0"}));
}

TEST_F(DialogMisbehaviour, BustAfterTheRestWasCancelledKeepsTheStatus) {
    order({.id = "X", .quantity = "5", .text = "sim:bust 100"});
    replace("Y", "X", "10");
    cancel("Z", "Y");
    EXPECT_EQ(wait_ms(100), (Lines{"8 Y H/4 qty 10 cum 0 leaves 0 last 0@0"}));
}

TEST_F(DialogMisbehaviour, CorrectChangesThePriceByOneTick) {
    order({.id = "X", .quantity = "1011"});
    const std::string fill = sent(1)[17];
    EXPECT_EQ(wait_ms(50), (Lines{"8 X G/2 qty 1011 cum 1011 leaves 0 last 1011@9.99"}));
    EXPECT_EQ(sent(0)[19], fill);
    EXPECT_EQ(sent(0)[6], "9.99");
    use(fix::Version::Fix42);
    order({.id = "X", .quantity = "1011"});
    EXPECT_EQ(wait_ms(50), (Lines{"8 X 2/2 trans 2 qty 1011 cum 1011 leaves 0 last 1011@9.99"}));
}

TEST_F(DialogMisbehaviour, UnsolicitedCancelNamesNoRequest) {
    EXPECT_EQ(order({.id = "X", .quantity = "1012"}).size(), 1U);
    EXPECT_EQ(alices(bob_sells("12")).size(), 1U);
    EXPECT_EQ(wait_ms(50), (Lines{"8 X 4/4 qty 1012 cum 12 leaves 0"}));
    EXPECT_EQ(sent(0)[41], "");
}

TEST_F(DialogMisbehaviour, UnsolicitedCancelOfAnOrderThatFilledIsNone) {
    order({.id = "X", .quantity = "1012"});
    bob_sells("1012");
    EXPECT_EQ(wait_ms(50), Lines{});
}

TEST_F(DialogMisbehaviour, IdChangeOnReplace) {
    order({.id = "X", .quantity = "1013"});
    EXPECT_EQ(sent(0)[37], "SIM-O1");
    replace("Y", "X", "50");
    EXPECT_EQ(sent(0)[37], "SIM-O2");
    status("Y");
    EXPECT_EQ(sent(0)[37], "SIM-O2");
}

TEST_F(DialogMisbehaviour, CancelOnDisconnectIsSilentAndShowsOnlyWhenAsked) {
    order({.id = "X", .quantity = "1014"});
    order({.id = "Z"});
    actions_.clear();
    venue_->on_logout(kAlice, now_, actions_);
    EXPECT_TRUE(actions_.empty());
    EXPECT_EQ(status("X"), (Lines{"8 X I/4 qty 1014 cum 0 leaves 0"}));
    EXPECT_EQ(status("Z"), (Lines{"8 Z I/0 qty 100 cum 0 leaves 100"}));
}

TEST_F(DialogMisbehaviour, DisconnectAtByteComesOnce) {
    EXPECT_EQ(
        order({.id = "X", .quantity = "1015"}), (Lines{"cut at 40", "8 X 0/0 qty 1015 cum 0 leaves 1015"}));
    EXPECT_EQ(cancel("Y", "X"), (Lines{"8 Y<X 4/4 qty 1015 cum 0 leaves 0"}));
}

TEST_F(DialogMisbehaviour, SequenceReset) {
    EXPECT_EQ(order({.id = "X", .quantity = "1016"}),
              (Lines{"reset ahead 10", "8 X 0/0 qty 1016 cum 0 leaves 1016"}));
}

TEST_F(DialogMisbehaviour, TextAndTagChooseForOneRequest) {
    order({.id = "X", .text = "sim:late_ack 70"});
    EXPECT_EQ(actions_.size(), 0U);
    EXPECT_EQ(wait_ms(70).size(), 1U);
    EXPECT_EQ(order({.id = "Y", .extra = "|9000=reject"}), (Lines{"8 Y 8/8 qty 100 cum 0 leaves 0 rej 0"}));
    EXPECT_EQ(order({.id = "Z"}), (Lines{"8 Z 0/0 qty 100 cum 0 leaves 100"}));
    EXPECT_EQ(cancel("Z2", "Z", "|9000=no_answer"), Lines{});
    EXPECT_EQ(cancel("Z3", "Z", "|9000=cancel_reject"), (Lines{"9 Z3 orig Z status 0 to 1 reason 2"}));
    EXPECT_EQ(cancel("Z4", "Z"), (Lines{"8 Z4<Z 4/4 qty 100 cum 0 leaves 0"}));
}

TEST_F(DialogMisbehaviour, MisspeltTagIsRefusedWithItsName) {
    EXPECT_EQ(order({.id = "X", .extra = "|9000=rejct"}), (Lines{"8 X 8/8 qty 100 cum 0 leaves 0 rej 11"}));
    EXPECT_EQ(sent(0)[58], "no such behaviour: rejct");
}

TEST_F(DialogMisbehaviour, ReplaceToAQuantityOfTheTableChoosesForThatReplace) {
    order({.id = "X"});
    EXPECT_EQ(replace("Y", "X", "1009"), (Lines{"9 Y orig X status 0 to 2 reason 2"}));
    EXPECT_EQ(replace("Z", "X", "1013"), (Lines{"8 Z<X 5/0 qty 1013 cum 0 leaves 1013"}));
}

TEST_F(DialogMisbehaviour, HousePartOfAnImmediateOrderCancelsTheRest) {
    EXPECT_EQ(order({.id = "X", .quantity = "1007", .time_in_force = '3'}),
              (Lines{"8 X 0/0 qty 1007 cum 0 leaves 1007", "8 X 4/4 qty 1007 cum 0 leaves 0"}));
}

TEST_F(DialogMisbehaviour, MarketOrderOfTheHouseTradesAtAPriceSomebodyWouldBelieve) {
    EXPECT_EQ(order({.id = "X", .quantity = "1004", .limit = ""}).front(),
              "8 X F/2 qty 1004 cum 1004 leaves 0 last 1004@10");
}

}  // namespace
}  // namespace penstock::sim
