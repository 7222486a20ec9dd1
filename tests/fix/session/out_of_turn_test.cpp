// What comes out of its turn is counted as nothing else, and what is missing is asked for.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"

namespace penstock::fix::test {
namespace {

std::string order(int number, const std::string& header = {}) {
    return bytes("35=D|34=" + std::to_string(number) + "|" + header + std::string(kOrder));
}

class OutOfTurn : public testing::TestWithParam<OurAcceptor::Lanes> {
  protected:
    void log_on(int number) {
        one.connect();
        answers = comparable(one.exchange(bytes("35=A|34=" + std::to_string(number) + "|98=0|108=30|")));
        ASSERT_TRUE(one.session().is_logged_on());
    }
    /// What is asked for again, BeginSeqNo(7) to EndSeqNo(16), by what was answered.
    std::string asked_for() const {
        for (const std::string& answer : answers)
            if (contains_in_order(answer, "35=2"))
                return readable(answer.substr(answer.find("7="), answer.find("10=~") - answer.find("7=")));
        return "nothing";
    }
    void send(const std::string& message) { answers = comparable(one.exchange(message)); }

    OurAcceptor one{
        Version::Fix44, GetParam(), [](SessionSettings& settings) { settings.reset_on_logon = false; }};
    std::vector<std::string> answers;
};

TEST_P(OutOfTurn, AMessageWithoutACompIdAheadOfItsTurnTakesNoNumber) {
    log_on(1);
    send(order(4, "49=!|"));
    EXPECT_EQ(one.session().next_number_in(), 2U);
    send(order(5));
    EXPECT_EQ(asked_for(), "7=2|16=0|");
    send(order(2, "43=Y|122=now|") + order(3, "43=Y|122=now|") + order(4, "43=Y|122=now|"));
    EXPECT_EQ(one.delivered, "D2dup D3dup D4dup D5 ");
}

TEST_P(OutOfTurn, AMessageOfAnotherVersionAheadOfItsTurnTakesNoNumber) {
    log_on(1);
    send(bytes("8=FIX.4.2|35=0|34=3|"));
    EXPECT_EQ(one.session().next_number_in(), 2U);
    send(bytes("35=5|34=4|"));
    log_on(5);
    EXPECT_EQ(asked_for(), "7=2|16=0|");
}

TEST_P(OutOfTurn, ANumberBeyondAllNumbersIsNoSmallOne) {
    log_on(1);
    send(bytes("35=D|34=4294967298|" + std::string(kOrder)));
    EXPECT_EQ(one.delivered, "");
    send(bytes("35=D|34=0000000002|" + std::string(kOrder)));
    EXPECT_EQ(one.delivered, "D2 ");
    EXPECT_TRUE(one.is_connected());
}

// What waits for a gap when the peer starts again at one is of the old numbers.
TEST_P(OutOfTurn, WhatWaitedForAGapIsNobodysAfterAReset) {
    log_on(1);
    send(order(4));
    EXPECT_EQ(asked_for(), "7=2|16=0|");
    send(bytes("35=A|34=1|98=0|108=30|141=Y|"));
    ASSERT_TRUE(one.session().is_logged_on());
    EXPECT_EQ(one.session().next_number_in(), 2U);
    send(order(2) + order(3));
    EXPECT_EQ(one.delivered, "D2 D3 ");
    EXPECT_EQ(one.session().next_number_in(), 4U);
    send(order(4));
    EXPECT_EQ(one.delivered, "D2 D3 D4 ");
    EXPECT_TRUE(one.is_connected());
}

TEST_P(OutOfTurn, AfterAResetAGapIsAskedForAlthoughOneWasOpen) {
    log_on(1);
    send(order(4));
    send(bytes("35=A|34=1|98=0|108=30|141=Y|"));
    send(order(3));
    EXPECT_EQ(asked_for(), "7=2|16=0|");
}

// A gap that is filled further than to what was ahead of it is closed; the next one is asked for at once.
TEST_P(OutOfTurn, AGapRightAfterAGapFillIsAskedFor) {
    for (const std::string mode : {"123=Y|", ""}) {
        OurAcceptor another(
            Version::Fix44, GetParam(), [](SessionSettings& settings) { settings.reset_on_logon = false; });
        another.connect();
        another.exchange(bytes("35=A|34=1|98=0|108=30|"));
        another.exchange(order(4));
        another.exchange(bytes("35=4|34=2|43=Y|122=now|" + mode + "36=9|"));
        EXPECT_EQ(another.session().next_number_in(), 9U);
        answers = comparable(another.exchange(order(10)));
        EXPECT_EQ(asked_for(), "7=9|16=0|") << mode;
    }
}

TEST_P(OutOfTurn, AResendRequestAheadOfItsTurnIsAnsweredAndItsNumberAskedFor) {
    log_on(1);
    send(bytes("35=2|34=3|7=1|16=0|"));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(contains_in_order(answers[0], "35=4")) << readable(answers[0]);
    EXPECT_EQ(one.session().next_number_in(), 2U);
    send(order(4));
    EXPECT_EQ(asked_for(), "7=2|16=0|");
    send(order(2, "43=Y|122=now|") + bytes("35=4|34=3|43=Y|122=now|123=Y|36=4|") + order(4, "43=Y|122=now|"));
    EXPECT_EQ(one.delivered, "D2dup D4 ");
    EXPECT_EQ(one.session().next_number_in(), 5U);
}

// Some answer a ResendRequest(2) with no more than so many messages, and then with nothing.
TEST_P(OutOfTurn, WhatStaysMissingIsAskedForAgain) {
    log_on(1);
    send(order(5));
    EXPECT_EQ(asked_for(), "7=2|16=0|");
    send(order(2, "43=Y|122=now|"));
    const auto wait = [&](int seconds) {
        one.session().tick();
        one.ahead.ns += Duration::seconds(seconds).ns;
        one.session().tick();
    };
    wait(29);
    send(order(6));
    EXPECT_EQ(asked_for(), "nothing");
    wait(1);
    send(order(7));
    EXPECT_EQ(asked_for(), "7=3|16=0|");
    wait(29);
    send(order(8));
    EXPECT_EQ(asked_for(), "nothing");
    send(order(3, "43=Y|122=now|") + order(4, "43=Y|122=now|"));
    wait(60);
    send(order(9) + order(10));
    EXPECT_EQ(asked_for(), "nothing");
    EXPECT_EQ(one.delivered, "D2dup D3dup D4dup D5 D6 D7 D8 D9 D10 ");
}

// The gap of this connection is new, however long ago the last one ended at the same number.
TEST_P(OutOfTurn, AGapFoundByALogonIsAskedForOnce) {
    log_on(1);
    one.session().tick();
    one.disconnect();
    one.ahead.ns += Duration::seconds(60).ns;
    log_on(4);
    EXPECT_EQ(asked_for(), "7=2|16=0|");
    one.session().tick();
    send(order(5));
    EXPECT_EQ(asked_for(), "nothing");
}

// A Reject(3) fills no gap.
TEST_P(OutOfTurn, ARejectAheadOfItsTurnLetsNothingBeAskedForAgain) {
    log_on(1);
    send(order(4));
    EXPECT_EQ(asked_for(), "7=2|16=0|");
    for (int number = 5; number < 9; number += 2) {
        send(bytes("35=3|34=" + std::to_string(number) + "|45=1|372=A|373=5|") + order(number + 1));
        EXPECT_EQ(asked_for(), "nothing") << number;
    }
    EXPECT_EQ(one.session().next_number_in(), 2U);
    send(bytes("35=5|34=9|"));
    log_on(11);
    EXPECT_EQ(asked_for(), "7=2|16=0|") << "a new connection asks anew";
    send(order(2, "43=Y|122=now|") + order(3, "43=Y|122=now|"));
    EXPECT_EQ(one.delivered, "D2dup D3dup ");
}

// Without it nobody can tell how old the message is. (FIX 4.4, Volume 2, test scenario 2, h.)
TEST_P(OutOfTurn, APossibleDuplicateInItsTurnNeedsOrigSendingTime) {
    log_on(1);
    send(order(2, "43=Y|"));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(contains_in_order(answers[0], soh("35=3|34=2|45=2|371=122|372=D|373=1")))
        << readable(answers[0]);
    EXPECT_EQ(one.session().next_number_in(), 3U);
    send(order(4, "43=Y|"));
    EXPECT_EQ(asked_for(), "7=3|16=0|");
    send(order(3, "43=Y|122=now|"));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(contains_in_order(answers[0], soh("35=3|34=4|45=4|371=122|372=D|373=1")))
        << readable(answers[0]);
    EXPECT_EQ(one.session().next_number_in(), 5U);
    EXPECT_EQ(one.delivered, "D3dup ");
}

// Such a peer asks for what it missed with its Logon(A) and never with a ResendRequest(2).
TEST_P(OutOfTurn, ALogonWithNextExpectedMsgSeqNumGetsWhatItMissed) {
    const std::string report = soh("6=0|11=o1|14=0|17=3|37=7|38=100|39=0|54=1|55=XYZ|150=0|151=100|");
    for (int i = 0; i < 3; ++i) one.session().send("8", report, {}, one.session().now());
    one.connect();
    send(bytes("35=A|34=1|98=0|108=30|789=2|"));
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_TRUE(contains_in_order(answers[0], soh("35=A|34=4"))) << readable(answers[0]);
    EXPECT_TRUE(contains_in_order(answers[1], soh("35=8|34=2|43=Y"))) << readable(answers[1]);
    EXPECT_TRUE(contains_in_order(answers[2], soh("35=8|34=3|43=Y"))) << readable(answers[2]);
    send(bytes("35=5|34=2|"));
    one.connect();
    send(bytes("35=A|34=3|98=0|108=30|789=6|"));
    EXPECT_EQ(answers.size(), 1U) << "nothing was missed";
    send(bytes("35=5|34=4|"));
    one.connect();
    send(bytes("35=A|34=1|98=0|108=30|141=Y|789=1|"));
    EXPECT_EQ(answers.size(), 1U) << "what was sent before a reset is gone";
}

// Twice is once too often, and no more than that.
TEST_P(OutOfTurn, ALogonWith789AndAResendRequestAreAnsweredAtMostOnceEach) {
    const std::string report = soh("6=0|11=o1|14=0|17=3|37=7|38=100|39=0|54=1|55=XYZ|150=0|151=100|");
    for (int i = 0; i < 600; ++i) one.session().send("8", report, {}, one.session().now());
    one.connect();
    std::string said = one.exchange(bytes("35=A|34=1|98=0|108=30|789=2|") + bytes("35=2|34=2|7=2|16=0|"));
    said += one.exchange(bytes("35=1|34=3|112=T|"));
    const auto all = comparable(said);
    const auto count = std::count_if(all.begin(), all.end(), [](const std::string& message) {
        return contains_in_order(message, soh("35=8|43=Y"));
    });
    EXPECT_GE(count, 599);
    EXPECT_LE(count, 2 * 599);
    EXPECT_FALSE(one.session().is_resending());
    EXPECT_TRUE(one.is_connected());
    EXPECT_EQ(one.session().next_number_in(), 4U);
    EXPECT_EQ(one.exchange(""), "");
}

INSTANTIATE_TEST_SUITE_P(
    Lanes, OutOfTurn, testing::Values(OurAcceptor::Lanes::Both, OurAcceptor::Lanes::SlowOnly),
    [](const auto& one) { return one.param == OurAcceptor::Lanes::Both ? "Both" : "SlowOnly"; });

}  // namespace
}  // namespace penstock::fix::test
