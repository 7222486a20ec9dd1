#include "tests/gateways/sim/dialog_fixture.hpp"

namespace penstock::sim {
namespace {

using DialogOrders = DialogTest;

TEST_F(DialogOrders, LimitOrderIsAcceptedWithAllItsTerms) {
    EXPECT_EQ(order({.id = "A", .extra = ""}), (Lines{"8 A 0/0 qty 100 cum 0 leaves 100"}));
    const Fields f = sent(0);
    EXPECT_EQ(f[37], "SIM-O1");
    EXPECT_EQ(f[17], "SIM-E1");
    EXPECT_EQ(f[44], "10");
    EXPECT_EQ(f[40], "2");
    EXPECT_EQ(f[54], "1");
    EXPECT_EQ(f[55], "XYZ");
    EXPECT_EQ(f[59], "0");
    EXPECT_EQ(f[60], "20250101-09:00:00.000");
    EXPECT_EQ(f[20], "") << "4.4 has no ExecTransType";
}

TEST_F(DialogOrders, FillsAreReportedToBothSessions) {
    order({.id = "A"});
    EXPECT_EQ(bob_sells("40"),
              (Lines{"8 BOB1 0/0 qty 40 cum 0 leaves 40", "8 BOB1 F/2 qty 40 cum 40 leaves 0 last 40@10",
                     "8 A F/1 qty 100 cum 40 leaves 60 last 40@10"}));
    EXPECT_EQ(actions_[1].session, kBob);
    EXPECT_EQ(actions_[2].session, kAlice);
    EXPECT_NE(sent(1)[17], sent(2)[17]) << "each report has its own ExecID";
    EXPECT_EQ(alices(bob_sells("60")), (Lines{"8 A F/2 qty 100 cum 100 leaves 0 last 60@10"}));
}

TEST_F(DialogOrders, Fix42SaysPartialAndFullFillAndExecTransType) {
    use(fix::Version::Fix42);
    EXPECT_EQ(order({.id = "A"}), (Lines{"8 A 0/0 qty 100 cum 0 leaves 100"}));
    EXPECT_EQ(sent(0)[20], "0");
    EXPECT_EQ(alices(bob_sells("40")), (Lines{"8 A 1/1 qty 100 cum 40 leaves 60 last 40@10"}));
    EXPECT_EQ(alices(bob_sells("60")), (Lines{"8 A 2/2 qty 100 cum 100 leaves 0 last 60@10"}));
}

TEST_F(DialogOrders, Fix50Sp2WritesAs44Does) {
    use(fix::Version::Fix50Sp2);
    order({.id = "A"});
    EXPECT_EQ(alices(bob_sells("40")), (Lines{"8 A F/1 qty 100 cum 40 leaves 60 last 40@10"}));
}

TEST_F(DialogOrders, AveragePriceIsThatOfAllFills) {
    bob_sells("50", "9.90");
    bob_sells("50", "10");
    const Lines all = alices(order({.id = "A"}));
    EXPECT_EQ(all.back(), "8 A F/2 qty 100 cum 100 leaves 0 last 50@10");
    EXPECT_EQ(sent(all.size() - 1)[6], "9.95");
}

TEST_F(DialogOrders, RestOfAMarketOrderIsCancelledWithoutOrigClOrdId) {
    bob_sells("40");
    EXPECT_EQ(alices(order({.id = "A", .limit = ""})),
              (Lines{"8 A 0/0 qty 100 cum 0 leaves 100", "8 A F/1 qty 100 cum 40 leaves 60 last 40@10",
                     "8 A 4/4 qty 100 cum 40 leaves 0"}));
}

TEST_F(DialogOrders, FokThatCannotFillIsAcceptedAndCancelled) {
    EXPECT_EQ(order({.id = "A", .time_in_force = '4'}),
              (Lines{"8 A 0/0 qty 100 cum 0 leaves 100", "8 A 4/4 qty 100 cum 0 leaves 0"}));
}

TEST_F(DialogOrders, PendingNewComesFirstWhereTheProfileSaysSo) {
    profile_.pending_acks = PendingAcks::Sent;
    make();
    EXPECT_EQ(
        order({.id = "A"}), (Lines{"8 A A/A qty 100 cum 0 leaves 100", "8 A 0/0 qty 100 cum 0 leaves 100"}));
}

TEST_F(DialogOrders, UnknownSymbolIsRejectedWithReason1) {
    EXPECT_EQ(order({.id = "A", .symbol = "NOPE"}), (Lines{"8 A 8/8 qty 100 cum 0 leaves 0 rej 1"}));
    EXPECT_EQ(sent(0)[37], "NONE");
    EXPECT_EQ(sent(0)[58], "unknown symbol");
}

TEST_F(DialogOrders, DuplicateClOrdIdIsRejectedWithTheLiveOrdersState) {
    order({.id = "A"});
    bob_sells("10");
    EXPECT_EQ(order({.id = "A", .quantity = "150"}), (Lines{"8 A 8/1 qty 100 cum 10 leaves 90 rej 6"}));
}

TEST_F(DialogOrders, SameClOrdIdOfAnotherSessionIsAnotherOrder) {
    order({.id = "A"});
    EXPECT_EQ(order({.id = "A", .session = kBob}), (Lines{"8 A 0/0 qty 100 cum 0 leaves 100"}));
}

TEST_F(DialogOrders, PossibleResendOfAKnownOrderIsAnsweredWithItsStatus) {
    order({.id = "A"});
    // PossResend belongs to the header; anywhere will do for a venue that only looks it up.
    EXPECT_EQ(order({.id = "A", .extra = "|97=Y"}), (Lines{"8 A I/0 qty 100 cum 0 leaves 100"}));
    EXPECT_EQ(order({.id = "B", .extra = "|97=Y"}), (Lines{"8 B 0/0 qty 100 cum 0 leaves 100"}));
}

TEST_F(DialogOrders, RejectReasonsFitTheVersion) {
    EXPECT_EQ(order({.id = "A", .quantity = "1.5"}).front(), "8 A 8/8 qty 1.5 cum 0 leaves 0 rej 13");
    EXPECT_EQ(order({.id = "B", .limit = "10.001"}).front(), "8 B 8/8 qty 100 cum 0 leaves 0 rej 99");
    EXPECT_EQ(order({.id = "C", .time_in_force = '6'}).front(), "8 C 8/8 qty 100 cum 0 leaves 0 rej 11");
    use(fix::Version::Fix42);
    EXPECT_EQ(order({.id = "A", .quantity = "1.5"}).front(), "8 A 8/8 qty 1.5 cum 0 leaves 0 rej 0");
    EXPECT_EQ(order({.id = "B", .limit = "10.001"}).front(), "8 B 8/8 qty 100 cum 0 leaves 0 rej 0");
    EXPECT_EQ(order({.id = "C", .time_in_force = '6'}).front(), "8 C 8/8 qty 100 cum 0 leaves 0 rej 0");
}

TEST_F(DialogOrders, RejectedIdMayBeUsedAgain) {
    order({.id = "A", .quantity = "1.5"});
    EXPECT_EQ(order({.id = "A"}), (Lines{"8 A 0/0 qty 100 cum 0 leaves 100"}));
}

TEST_F(DialogOrders, DayOrdersExpireAtTheEndOfTheDay) {
    order({.id = "A"});
    order({.id = "B", .time_in_force = '1'});
    actions_.clear();
    venue_->end_day(now_, actions_);
    EXPECT_EQ(lines(), (Lines{"8 A C/C qty 100 cum 0 leaves 0"}));
}

TEST_F(DialogOrders, TooLongIdsAreABusinessReject) {
    const std::string id(40, 'x');
    EXPECT_EQ(order({.id = id}),
              (Lines{"j 45=2 58=ClOrdID(11) is longer than this venue takes 372=D 379=" + id + " 380=0"}));
}

TEST_F(DialogOrders, MessagesNotServedAreABusinessReject) {
    EXPECT_EQ(say(kAlice, "E", "66=L1|68=0"), (Lines{"j 45=2 58=message type not served 372=E 380=3"}));
    use(fix::Version::Fix42);
    EXPECT_EQ(say(kAlice, "q", "11=A|530=7"), (Lines{"j 45=2 58=message type not served 372=q 379=A 380=3"}));
    EXPECT_EQ(say(kAlice, "AF", "584=A|585=7"), (Lines{"j 45=2 58=message type not served 372=AF 380=3"}));
}

TEST_F(DialogOrders, OrdersOfALostSessionStayUnlessTheProfileCancels) {
    order({.id = "A"});
    actions_.clear();
    venue_->on_logout(kAlice, now_, actions_);
    EXPECT_TRUE(actions_.empty());
    EXPECT_EQ(status("A"), (Lines{"8 A I/0 qty 100 cum 0 leaves 100"}));
    profile_.on_disconnect = OnDisconnect::CancelAndReport;
    make();
    order({.id = "A"});
    actions_.clear();
    venue_->on_logout(kAlice, now_, actions_);
    EXPECT_EQ(lines(), (Lines{"8 A 4/4 qty 100 cum 0 leaves 0"}));
}

TEST_F(DialogOrders, BackgroundTradesWithClientsAndIsTheSameForTheSameSeed) {
    profile_.instruments = {{xyz(), BackgroundSettings{}}};
    make();
    const Lines first = order({.id = "A", .limit = "11"});
    ASSERT_GE(first.size(), 2U);
    EXPECT_EQ(first[1].substr(0, 5), "8 A F");
    make();
    EXPECT_EQ(order({.id = "A", .limit = "11"}), first);
    EXPECT_EQ(venue_->next_due(), kNine + BackgroundSettings{}.interval);
}

}  // namespace
}  // namespace penstock::sim
