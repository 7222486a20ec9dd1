#include "tests/gateways/sim/dialog_fixture.hpp"

namespace penstock::sim {
namespace {

class DialogRequests : public DialogTest {
  protected:
    /// Requests are acknowledged as pending and carried out 20 ms later.
    void be_slow() {
        profile_.pending_acks = PendingAcks::Sent;
        profile_.request_delay = Duration::milliseconds(20);
        make();
    }
};

TEST_F(DialogRequests, CancelAnswersUnderTheNewIdAndNamesTheOld) {
    order({.id = "X"});
    EXPECT_EQ(cancel("Y", "X"), (Lines{"8 Y<X 4/4 qty 100 cum 0 leaves 0"}));
}

TEST_F(DialogRequests, ReplaceMakesTheNewIdCurrent) {
    order({.id = "X"});
    EXPECT_EQ(replace("Y", "X", "120"), (Lines{"8 Y<X 5/0 qty 120 cum 0 leaves 120"}));
    EXPECT_EQ(alices(bob_sells("20")), (Lines{"8 Y F/1 qty 120 cum 20 leaves 100 last 20@10"}));
    EXPECT_EQ(cancel("Z", "Y"), (Lines{"8 Z<Y 4/4 qty 120 cum 20 leaves 0"}));
}

TEST_F(DialogRequests, UnknownOrderIsRefusedWithoutUsingUpTheId) {
    EXPECT_EQ(cancel("Y", "X"), (Lines{"9 Y orig X status 8 to 1 reason 1"}));
    EXPECT_EQ(sent(0)[37], "NONE");
    EXPECT_EQ(replace("Y", "X", "50"), (Lines{"9 Y orig X status 8 to 2 reason 1"}));
    EXPECT_EQ(order({.id = "Y"}), (Lines{"8 Y 0/0 qty 100 cum 0 leaves 100"}));
}

TEST_F(DialogRequests, OrderOfAnotherSessionIsUnknown) {
    order({.id = "X", .session = kBob});
    EXPECT_EQ(cancel("Y", "X"), (Lines{"9 Y orig X status 8 to 1 reason 1"}));
}

TEST_F(DialogRequests, SupersededIdIsRefused) {
    order({.id = "X"});
    replace("Y", "X", "120");
    EXPECT_EQ(cancel("Z", "X"), (Lines{"9 Z orig Y status 0 to 1 reason 99"}));
    use(fix::Version::Fix42);
    order({.id = "X"});
    replace("Y", "X", "120");
    EXPECT_EQ(cancel("Z", "X"), (Lines{"9 Z orig Y status 0 to 1 reason 2"}));
}

TEST_F(DialogRequests, DuplicateRequestIdIsRefused) {
    order({.id = "X"});
    EXPECT_EQ(cancel("X", "X"), (Lines{"9 X orig X status 0 to 1 reason 6"}));
    use(fix::Version::Fix42);
    order({.id = "X"});
    EXPECT_EQ(cancel("X", "X"), (Lines{"9 X orig X status 0 to 1 reason 2"}));
}

TEST_F(DialogRequests, DoneOrderIsTooLate) {
    order({.id = "X"});
    bob_sells("100");
    EXPECT_EQ(cancel("Y", "X"), (Lines{"9 Y orig X status 2 to 1 reason 0"}));
    EXPECT_EQ(replace("Z", "X", "100", "10.01"), (Lines{"9 Z orig X status 2 to 2 reason 0"}));
}

TEST_F(DialogRequests, TermsOfARequestMustBeTheOrders) {
    order({.id = "X", .side = '2'});
    EXPECT_EQ(cancel("Y", "X"), (Lines{"9 Y orig X status 0 to 1 reason 99"}));
}

TEST_F(DialogRequests, BadNewTermsAreRefusedAndTheOrderStays) {
    order({.id = "X"});
    EXPECT_EQ(replace("Y", "X", "1.5"), (Lines{"9 Y orig X status 0 to 2 reason 99"}));
    EXPECT_EQ(replace("Z", "X", "50", "10.001"), (Lines{"9 Z orig X status 0 to 2 reason 99"}));
    EXPECT_EQ(status("X"), (Lines{"8 X I/0 qty 100 cum 0 leaves 100"}));
}

TEST_F(DialogRequests, ReplaceBelowWhatIsFilledEndsAtCumQty) {
    order({.id = "X"});
    bob_sells("80");
    EXPECT_EQ(replace("Y", "X", "70"), (Lines{"8 Y<X 5/2 qty 80 cum 80 leaves 0"}));
}

TEST_F(DialogRequests, ReplaceUpwardReopensAFilledOrder) {
    order({.id = "X"});
    bob_sells("100");
    EXPECT_EQ(replace("Y", "X", "120"), (Lines{"8 Y<X 5/1 qty 120 cum 100 leaves 20"}));
}

TEST_F(DialogRequests, ReplaceThatCrossesReportsTheReplaceThenTheFill) {
    order({.id = "X"});
    bob_sells("30", "10.05");
    EXPECT_EQ(
        alices(replace("Y", "X", "100", "10.05")),
        (Lines{"8 Y<X 5/0 qty 100 cum 0 leaves 100", "8 Y F/1 qty 100 cum 30 leaves 70 last 30@10.05"}));
}

TEST_F(DialogRequests, RemainingDialectAddsWhatIsFilled) {
    profile_.amend_quantity = AmendQuantity::Remaining;
    make();
    order({.id = "X"});
    bob_sells("40");
    EXPECT_EQ(replace("Y", "X", "100"), (Lines{"8 Y<X 5/1 qty 140 cum 40 leaves 100"}));
}

// Matrix C.1.b.
TEST_F(DialogRequests, FillWhilePendingReplaceKeepsOldIdAndOldQuantity) {
    be_slow();
    order({.id = "X"});
    EXPECT_EQ(replace("Y", "X", "120"), (Lines{"8 Y<X E/E qty 100 cum 0 leaves 100"}));
    EXPECT_EQ(alices(bob_sells("10")), (Lines{"8 X F/E qty 100 cum 10 leaves 90 last 10@10"}));
    EXPECT_EQ(wait_ms(19), Lines{});
    EXPECT_EQ(wait_ms(1), (Lines{"8 Y<X 5/1 qty 120 cum 10 leaves 110"}));
}

// Matrix B.1.c.
TEST_F(DialogRequests, OrderThatFillsWhilePendingCancelRefusesTheCancel) {
    be_slow();
    order({.id = "X"});
    EXPECT_EQ(cancel("Y", "X"), (Lines{"8 Y<X 6/6 qty 100 cum 0 leaves 100"}));
    EXPECT_EQ(alices(bob_sells("100")), (Lines{"8 X F/6 qty 100 cum 100 leaves 0 last 100@10"}));
    EXPECT_EQ(wait_ms(20), (Lines{"9 Y orig X status 2 to 1 reason 0"}));
}

// Matrix D.2.b.
TEST_F(DialogRequests, ChainedReplacesMayNameThePendingId) {
    be_slow();
    order({.id = "X"});
    replace("Y", "X", "80");
    EXPECT_EQ(replace("Z", "Y", "70"), (Lines{"8 Z<X E/E qty 100 cum 0 leaves 100"}));
    EXPECT_EQ(wait_ms(20), (Lines{"8 Y<X 5/E qty 80 cum 0 leaves 80", "8 Z<Y 5/0 qty 70 cum 0 leaves 70"}));
}

// Matrix D.2.d.
TEST_F(DialogRequests, ChainedReplaceIsRefusedWhereTheProfileTakesOneAtATime) {
    be_slow();
    profile_.chained_requests = ChainedRequests::Refused;
    make();
    order({.id = "X"});
    replace("Y", "X", "80");
    EXPECT_EQ(replace("Z", "Y", "70"), (Lines{"9 Z orig X status E to 2 reason 3"}));
}

TEST_F(DialogRequests, CancelThenPendingReplaceIsTooLate) {
    be_slow();
    order({.id = "X"});
    replace("Y", "X", "80");
    cancel("Z", "Y");
    bob_sells("100");
    EXPECT_EQ(wait_ms(20), (Lines{"9 Y orig X status 6 to 2 reason 0", "9 Z orig X status 2 to 1 reason 0"}));
}

TEST_F(DialogRequests, MassCancelReportsFirstThenEachOrder) {
    order({.id = "A"});
    order({.id = "B"});
    order({.id = "C", .session = kBob});
    EXPECT_EQ(say(kAlice, "q", "11=M|55=XYZ|60=20250101-09:00:00|530=1"),
              (Lines{"r 11=M 37=SIM-O4 55=XYZ 60=20250101-09:00:00.000 530=1 531=1 533=2",
                     "8 A 4/4 qty 100 cum 0 leaves 0", "8 B 4/4 qty 100 cum 0 leaves 0"}));
}

TEST_F(DialogRequests, MassCancelOfAnUnknownSymbolOrKindIsRefused) {
    EXPECT_EQ(
        say(kAlice, "q", "11=M|55=NOPE|60=20250101-09:00:00|530=1"),
        (Lines{"r 11=M 37=SIM-O1 55=NOPE 58=unknown symbol 60=20250101-09:00:00.000 530=1 531=0 532=1"}));
    EXPECT_EQ(say(kAlice, "q", "11=M|60=20250101-09:00:00|530=3").front().substr(0, 26),
              "r 11=M 37=SIM-O2 58=MassCa");
}

}  // namespace
}  // namespace penstock::sim
