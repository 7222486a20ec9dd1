// What a session owes the journal and its owner: numbers nobody unknown may reset, bytes that wait for
// their record, messages that are never swallowed.

#include <gtest/gtest.h>

#include <ctime>

#include "fix/session/password.hpp"
#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"

namespace penstock::fix::test {
namespace {

OurAcceptor acceptor(const OurAcceptor::Change& change = {}) {
    return OurAcceptor(Version::Fix44, OurAcceptor::Lanes::Both, [&](SessionSettings& settings) {
        settings.reset_on_logon = false;
        if (change) change(settings);
    });
}

void log_on(OurAcceptor& one, int number) {
    one.connect();
    one.exchange(bytes("35=A|34=" + std::to_string(number) + "|98=0|108=30|"));
    ASSERT_TRUE(one.session().is_logged_on());
}

TEST(SessionJournal, AStrangersLogonDoesNotResetTheNumbers) {
    ASSERT_TRUE(prepare_passwords());
    OurAcceptor one = acceptor([](SessionSettings& settings) {
        settings.username = "DESK";
        settings.password_hash = hash_password("right");
    });
    const auto log_on_with = [&](const std::string& number, const std::string& rest) {
        one.connect();
        one.exchange(bytes("35=A|34=" + number + "|98=0|108=30|" + rest));
        return comparable(one.wait_for_output(10));
    };
    ASSERT_TRUE(contains_in_order(log_on_with("1", "553=DESK|554=right|").at(0), "35=A"));
    one.exchange(bytes("35=1|34=2|112=T|"));
    one.exchange(bytes("35=5|34=3|"));
    ASSERT_FALSE(one.is_connected());
    const auto next_out = one.session().next_number_out();

    EXPECT_TRUE(contains_in_order(log_on_with("1", "141=Y|553=DESK|554=wrong|").at(0), "35=5"));
    EXPECT_FALSE(one.is_connected());
    EXPECT_EQ(one.session().next_number_in(), 4U);
    EXPECT_GE(one.session().next_number_out(), next_out);

    EXPECT_TRUE(contains_in_order(log_on_with("4", "553=DESK|554=right|").at(0), "35=A"));
    EXPECT_EQ(one.session().next_number_in(), 5U);
}

TEST(SessionJournal, ARejectOfThePeersIsToldAndTakesItsNumber) {
    OurAcceptor one = acceptor();
    log_on(one, 1);
    one.exchange(bytes("35=3|34=2|45=7|58=no|372=8|373=5|"));
    EXPECT_EQ(one.rejected, "7 ");
    EXPECT_EQ(one.session().next_number_in(), 3U);
    EXPECT_TRUE(one.session().is_logged_on());
}

// Its owner makes a record of it, bytes and all, or the record that moves the number has them: never both.
TEST(SessionJournal, ARejectOfThePeersIsOnRecordOnce) {
    for (const bool is_kept : {true, false}) {
        OurAcceptor one = acceptor();
        one.session().keep_sent_messages(true);
        one.keeps_rejects = is_kept;
        log_on(one, 1);
        one.session_received.clear();
        const std::string reject = bytes("35=3|34=2|45=1|372=A|373=5|");
        one.exchange(reject);
        EXPECT_EQ(one.rejected, "1 ");
        EXPECT_EQ(one.session_received, is_kept ? "" : reject);

        one.session_received.clear();
        const std::string ahead = bytes("35=3|34=4|45=1|372=A|373=5|");
        one.exchange(ahead);
        EXPECT_EQ(one.rejected, "1 1 ");
        EXPECT_EQ(one.session_received, is_kept ? "" : ahead);
    }
}

/// What the session asks for again, BeginSeqNo(7) to EndSeqNo(16), when it is sent this.
std::string asks_for(OurAcceptor& one, const std::string& frame) {
    for (const std::string& answer : comparable(one.exchange(frame)))
        if (contains_in_order(answer, "35=2")) {
            const std::size_t begin = answer.find("7=");
            return readable(answer.substr(begin, answer.find("10=~") - begin));
        }
    return "nothing";
}

// QuickFIX 1.15.1 takes the number it waits for when one of these comes with another, and what had that
// number is never asked for.
TEST(SessionJournal, ARejectAheadOfItsTurnIsToldAndTakesNoNumber) {
    OurAcceptor one = acceptor();
    log_on(one, 1);
    one.exchange(bytes("35=3|34=3|45=1|372=A|373=5|"));
    EXPECT_EQ(one.rejected, "1 ");
    EXPECT_EQ(one.session().next_number_in(), 2U);
    EXPECT_EQ(asks_for(one, bytes("35=D|34=4|" + std::string(kOrder))), "7=2|16=0|");
    one.exchange(
        bytes("35=D|34=2|43=Y|122=now|" + std::string(kOrder)) + bytes("35=4|34=3|43=Y|122=now|123=Y|36=4|"));
    EXPECT_EQ(one.delivered, "D2dup D4 ");
    EXPECT_EQ(one.session().next_number_in(), 5U);
}

TEST(SessionJournal, ALogoutThatIsNotTheNextMessageTakesNoNumber) {
    for (const std::string number : {"4", "1"}) {
        OurAcceptor one = acceptor();
        log_on(one, 1);
        one.exchange(bytes("35=5|34=" + number + "|"));
        EXPECT_FALSE(one.is_connected());
        EXPECT_EQ(one.session().next_number_in(), 2U) << number;
        one.connect();
        EXPECT_EQ(asks_for(one, bytes("35=A|34=5|98=0|108=30|")), "7=2|16=0|") << number;
    }
}

// What is missing is asked for once. What comes after that, ahead of its turn, is answered by nothing.
TEST(SessionJournal, EveryMessageThatWaitsForAGapIsOnRecordAsItCame) {
    OurAcceptor one = acceptor();
    one.session().keep_sent_messages(true);
    log_on(one, 1);
    const std::vector<std::string> ahead = {bytes("35=1|34=4|112=A|"), bytes("35=1|34=5|112=B|"),
                                            bytes("35=0|34=6|"), bytes("35=D|34=7|" + std::string(kOrder))};
    for (const std::string& frame : ahead) {
        one.session_received.clear();
        one.exchange(frame);
        EXPECT_EQ(one.session_received, frame);
    }
    EXPECT_EQ(one.session().next_number_in(), 2U);
    one.session_received.clear();
    const std::string fill = bytes("35=4|34=2|43=Y|122=now|123=Y|36=4|");
    one.exchange(fill);
    EXPECT_EQ(one.session_received, fill);
    EXPECT_EQ(one.session().next_number_in(), 8U);
    EXPECT_EQ(one.delivered, "D7 ");
}

TEST(SessionJournal, AHeartbeatBeforeAReportWaitsForItsOwnRecord) {
    OurAcceptor one = acceptor();
    log_on(one, 1);
    one.on_app = [](FixSession& session, const AppMessage&) {
        const std::string report = soh("6=0|11=o1|14=0|17=3|37=7|38=100|39=0|54=1|55=XYZ|150=0|151=100|");
        session.send("8", report, Seq{8}, session.now());
    };
    one.record_of_numbers = Seq{7};
    one.exchange(bytes("35=1|34=3|112=T|"));
    one.exchange(bytes("35=D|34=4|" + std::string(kOrder)));
    one.durable = Seq{6};
    // Closes the gap: what had waited is played, a TestRequest(1) and then the order.
    EXPECT_EQ(readable(one.exchange(bytes("35=4|34=2|123=Y|36=3|"))), "");
    one.durable = Seq{7};
    const auto heartbeat = comparable(one.exchange(""));
    ASSERT_EQ(heartbeat.size(), 1U);
    EXPECT_TRUE(contains_in_order(heartbeat[0], "35=0")) << heartbeat[0];
    one.durable = Seq{8};
    const auto report = comparable(one.exchange(""));
    ASSERT_EQ(report.size(), 1U);
    EXPECT_TRUE(contains_in_order(report[0], "35=8")) << report[0];
}

TEST(SessionJournal, AMessageOurCodecCannotReadIsRefusedNotSwallowed) {
    OurAcceptor one =
        acceptor([](SessionSettings& settings) { settings.validate_fields_have_values = false; });
    log_on(one, 1);
    const auto answers = comparable(one.exchange(bytes("35=D|34=2|" + std::string(kOrder) + "58=|")));
    EXPECT_EQ(one.delivered, "");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(contains_in_order(answers[0], "35=j")) << readable(answers[0]);
    EXPECT_EQ(one.session().next_number_in(), 3U);
}

TEST(SessionJournal, OutsideItsHoursNobodyLogsOnFromTheFirstMomentOn) {
    OurAcceptor one = acceptor([](SessionSettings& settings) {
        const auto second_of_day = static_cast<int>(std::time(nullptr) % 86'400);
        settings.schedule.non_stop = false;
        settings.schedule.start_second = (second_of_day + 7'200) % 86'400;
        settings.schedule.end_second = (second_of_day + 10'800) % 86'400;
    });
    one.connect();
    one.exchange(bytes("35=A|34=1|98=0|108=30|"));
    EXPECT_FALSE(one.is_connected());
}

}  // namespace
}  // namespace penstock::fix::test
