#include "tests/gateways/sim/dialog_fixture.hpp"

namespace penstock::sim {
namespace {

using DialogStatus = DialogTest;

TEST_F(DialogStatus, KnownOrderIsReportedAsItStands) {
    order({.id = "A"});
    bob_sells("40");
    EXPECT_EQ(status("A"), (Lines{"8 A I/1 qty 100 cum 40 leaves 60"}));
    use(fix::Version::Fix42);
    order({.id = "A"});
    bob_sells("40");
    EXPECT_EQ(status("A"), (Lines{"8 A 1/1 trans 3 qty 100 cum 40 leaves 60"}));
}

TEST_F(DialogStatus, StatusRequestIdIsEchoed) {
    order({.id = "A"});
    say(kAlice, "H", "11=A|54=1|55=XYZ|790=S1");
    EXPECT_EQ(sent(0)[790], "S1");
}

TEST_F(DialogStatus, OrderIdWillDoWhereTheClOrdIdIsNotKnown) {
    order({.id = "A"});
    EXPECT_EQ(say(kAlice, "H", "11=ZZ|37=SIM-O1|54=1|55=XYZ"), (Lines{"8 A I/0 qty 100 cum 0 leaves 100"}));
}

TEST_F(DialogStatus, UnknownOrderIsAnsweredAsRejectedWithText) {
    EXPECT_EQ(status("A"), (Lines{"8 A I/8 qty  cum 0 leaves 0"}));
    EXPECT_EQ(sent(0)[37], "NONE");
    EXPECT_EQ(sent(0)[58], "unknown order");
    use(fix::Version::Fix42);
    EXPECT_EQ(status("A"), (Lines{"8 A 8/8 trans 3 qty  cum 0 leaves 0"}));
}

TEST_F(DialogStatus, MassStatusIsOneReportForEachWorkingOrder) {
    order({.id = "A"});
    order({.id = "B"});
    order({.id = "C"});
    cancel("D", "C");
    EXPECT_EQ(say(kAlice, "AF", "584=M1|585=7"),
              (Lines{"8 A I/0 qty 100 cum 0 leaves 100", "8 B I/0 qty 100 cum 0 leaves 100"}));
    EXPECT_EQ(sent(0)[584], "M1");
    EXPECT_EQ(sent(0)[911], "2");
    EXPECT_EQ(sent(0)[912], "N");
    EXPECT_EQ(sent(1)[912], "Y");
}

TEST_F(DialogStatus, MassStatusWithoutOrdersIsOneReportThatSaysSo) {
    EXPECT_EQ(say(kAlice, "AF", "584=M1|585=7"), (Lines{"8  I/8 qty  cum 0 leaves 0"}));
    EXPECT_EQ(sent(0)[911], "0");
    EXPECT_EQ(sent(0)[912], "Y");
    EXPECT_EQ(sent(0)[55], "[N/A]");
}

TEST_F(DialogStatus, MassStatusOfAKindNotOfferedIsABusinessReject) {
    EXPECT_EQ(say(kAlice, "AF", "584=M1|585=4").front().substr(0, 6), "j 45=2");
}

}  // namespace
}  // namespace penstock::sim
