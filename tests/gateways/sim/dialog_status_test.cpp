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

TEST_F(DialogStatus, PositionsAreWhatIsFilledBustedAndTradedByHandInTheAccount) {
    const auto ask = [&](std::string_view account) {
        return say(kAlice, "AN",
                   "1=" + std::string(account) + "|60=20250101-09:00:00|453=1|448=" + std::string(account) +
                       "|447=D|452=24|581=1|710=P1|715=20250101|724=0");
    };
    ASSERT_EQ(ask("ACC").size(), 1U);
    EXPECT_EQ(sent(0).type, "AO");
    EXPECT_EQ(sent(0)[728], "2");
    say(kAlice, "D", "1=ACC|11=A|21=1|38=100|40=2|44=10|54=1|55=XYZ|59=0|60=20250101-09:00:00");
    bob_sells("40");
    ASSERT_EQ(ask("ACC").size(), 2U);
    EXPECT_EQ(sent(0)[727], "1");
    EXPECT_EQ(sent(1).type, "AP");
    EXPECT_EQ(sent(1)[55], "XYZ");
    EXPECT_EQ(sent(1)[704], "40");
    EXPECT_EQ(sent(1)[710], "P1");
    EXPECT_EQ(sent(1)[715], "20250101");
    EXPECT_EQ(ask("OTHER").size(), 1U);
    // All of it is filled, and busted.
    say(kAlice, "D", "1=ACC|11=B|21=1|38=1010|40=2|44=9|54=2|55=XYZ|59=0|60=20250101-09:00:00");
    ask("ACC");
    EXPECT_EQ(sent(1)[705], "970");
    wait_ms(100);
    ask("ACC");
    EXPECT_EQ(sent(1)[704], "40");
    say(kAlice, "D", "1=ACC|11=C|21=1|38=1023|40=2|44=9|54=1|55=XYZ|59=0|60=20250101-09:00:00");
    ask("ACC");
    EXPECT_EQ(sent(1)[704], "1063");
}

TEST_F(DialogStatus, OnlyPositionsAreToldAndNotIn42) {
    const std::string rest =
        "1=ACC|60=20250101-09:00:00|453=1|448=ACC|447=D|452=24|581=1|710=P1|715=20250101";
    ASSERT_EQ(say(kAlice, "AN", rest + "|724=1").size(), 1U);
    EXPECT_EQ(sent(0)[728], "4");
    EXPECT_EQ(sent(0)[729], "2");
    use(fix::Version::Fix42);
    EXPECT_EQ(say(kAlice, "AN", "710=P1").front().substr(0, 1), "j");
}

}  // namespace
}  // namespace penstock::sim
