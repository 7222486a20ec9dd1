// What is said before the logon, out of its turn or under a number beyond all numbers, where we are the one
// who connects.

#include <gtest/gtest.h>

#include "tests/fix/session/our_initiator.hpp"
#include "tests/fix/session/script.hpp"

namespace penstock::fix::test {
namespace {

constexpr std::string_view kReport = "6=0|11=o1|14=0|17=3|37=7|38=100|39=0|54=1|55=XYZ|150=0|151=100|";

std::string logon(int number, const std::string& more = {}) {
    return bytes("35=A|34=" + std::to_string(number) + "|98=0|108=30|" + more);
}

std::string report(int number, const std::string& header = {}) {
    return bytes("35=8|34=" + std::to_string(number) + "|" + header + std::string(kReport));
}

class VenueSide : public testing::Test {
  protected:
    void log_on(int number, const std::string& more = {}) {
        one.take_connection();
        send(logon(number, more));
        ASSERT_TRUE(one.session().is_logged_on());
    }
    void send(const std::string& message) { answers = comparable(one.exchange(message)); }
    /// What is asked for again, BeginSeqNo(7) to EndSeqNo(16), by what was answered.
    std::string asked_for() const {
        for (const std::string& answer : answers)
            if (contains_in_order(answer, "35=2"))
                return readable(answer.substr(answer.find("7="), answer.find("10=~") - answer.find("7=")));
        return "nothing";
    }

    OurInitiator one;
    std::vector<std::string> answers;
};

// A venue is one that answers first; then it is heard.
TEST_F(VenueSide, BeforeItsLogonAVenueMovesNothing) {
    for (const std::string& message :
         {report(1), bytes("35=4|34=1|36=1000|"), bytes("35=4|34=1|123=Y|36=1000|"),
          bytes("35=2|34=1|7=1|16=0|"), bytes("8=FIX.4.2|35=0|34=1|")}) {
        SCOPED_TRACE(readable(message));
        one.take_connection();
        one.exchange(message);
        EXPECT_EQ(one.session().next_number_in(), 1U);
        EXPECT_EQ(one.delivered, "");
        EXPECT_FALSE(one.is_connected());
    }
    log_on(1);
    send(report(2));
    EXPECT_EQ(one.delivered, "82 ");
}

// The ways to say no to a Logon(A): the numbers they come with count.
TEST_F(VenueSide, ARefusalOfOurLogonTakesItsNumber) {
    one.take_connection();
    one.exchange(bytes("35=3|34=1|45=1|372=A|373=5|"));
    EXPECT_EQ(one.session().next_number_in(), 2U);
    EXPECT_EQ(one.rejected, "1 ");
    one.exchange(bytes("35=5|34=2|58=not now|"));
    EXPECT_EQ(one.session().next_number_in(), 3U);
    EXPECT_FALSE(one.is_connected());
    log_on(3);
}

TEST_F(VenueSide, ALogonAheadOfItsTurnIsTakenAndWhatWasMissedAskedFor) {
    log_on(4);
    EXPECT_EQ(asked_for(), "7=1|16=0|");
    send(report(5));
    EXPECT_EQ(asked_for(), "nothing");
    send(bytes("35=4|34=1|43=Y|122=now|123=Y|36=2|") + report(2, "43=Y|122=now|") +
         report(3, "43=Y|122=now|"));
    EXPECT_EQ(one.delivered, "82dup 83dup 85 ");
    EXPECT_EQ(one.session().next_number_in(), 6U);
}

TEST_F(VenueSide, WhatIsAheadOfItsTurnTakesNoNumber) {
    for (const std::string& ahead : {bytes("35=3|34=3|45=1|372=A|373=5|"), bytes("35=5|34=3|"),
                                     bytes("8=FIX.4.2|35=0|34=3|"), report(3, "49=!|")}) {
        SCOPED_TRACE(readable(ahead));
        OurInitiator another;
        another.take_connection();
        another.exchange(logon(1));
        another.exchange(ahead);
        EXPECT_EQ(another.session().next_number_in(), 2U);
        if (another.is_connected()) another.exchange(bytes("35=5|34=4|"));
        another.take_connection();
        answers = comparable(another.exchange(logon(5)));
        EXPECT_EQ(asked_for(), "7=2|16=0|");
    }
}

TEST_F(VenueSide, ANumberBeyondAllNumbersIsNoSmallOne) {
    log_on(1);
    send(bytes("35=8|34=4294967298|" + std::string(kReport)));
    EXPECT_EQ(one.delivered, "");
    send(report(2));
    EXPECT_EQ(one.delivered, "82 ");
}

// Nothing is sent to a venue twice: a gap fill stands for what it missed, and for our own Logon(A) then.
TEST_F(VenueSide, ALogonWithNextExpectedMsgSeqNumGetsAGapFill) {
    for (int i = 0; i < 3; ++i) one.session().send("D", soh("11=o1|"), {}, one.session().now());
    one.take_connection();
    send(logon(1, "789=2|"));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(contains_in_order(answers[0], soh("35=4|34=2|43=Y|36=5|123=Y"))) << readable(answers[0]);
}

TEST_F(VenueSide, AVenueThatStartsAgainAtOneIsFollowed) {
    log_on(1);
    send(report(4));
    send(logon(1, "141=Y|"));
    ASSERT_TRUE(one.session().is_logged_on());
    EXPECT_EQ(one.session().next_number_in(), 2U);
    EXPECT_EQ(one.session().next_number_out(), 2U);
    send(report(2) + report(3) + report(4));
    EXPECT_EQ(one.delivered, "82 83 84 ");
}

// It has happened, however the venue says so: a Reject(3) would only lose it.
TEST_F(VenueSide, AReportThatIsAPossibleDuplicateCountsWithoutOrigSendingTime) {
    log_on(1);
    send(report(2, "43=Y|"));
    EXPECT_TRUE(answers.empty());
    EXPECT_EQ(one.delivered, "82dup ");
}

TEST_F(VenueSide, WhatStaysMissingIsAskedForAgain) {
    log_on(1);
    send(report(4));
    EXPECT_EQ(asked_for(), "7=2|16=0|");
    one.session().tick();
    one.ahead.ns += Duration::seconds(30).ns;
    one.session().tick();
    send(report(5));
    EXPECT_EQ(asked_for(), "7=2|16=0|");
}

}  // namespace
}  // namespace penstock::fix::test
