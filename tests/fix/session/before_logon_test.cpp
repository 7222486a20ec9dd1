// Before the logon: what is said moves no number and reaches nobody.

#include <gtest/gtest.h>

#include "fix/session/password.hpp"
#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"

namespace penstock::fix::test {
namespace {

/// Its client has been here and is gone: the next number in is 4.
std::unique_ptr<OurAcceptor> left_at_four(const std::string& hash = {}) {
    auto one = std::make_unique<OurAcceptor>(
        Version::Fix44, OurAcceptor::Lanes::Both, [&](SessionSettings& settings) {
            settings.reset_on_logon = false;
            if (!hash.empty()) settings.username = "DESK";
            settings.password_hash = hash;
        });
    one->connect();
    one->exchange(bytes("35=A|34=1|98=0|108=30|553=DESK|554=right|"));
    one->wait_for_output(hash.empty() ? 0 : 10);
    EXPECT_TRUE(one->session().is_logged_on());
    one->exchange(bytes("35=1|34=2|112=T|") + bytes("35=5|34=3|"));
    EXPECT_EQ(one->session().next_number_in(), 4U);
    return one;
}

// QuickFIX 1.15.1 remembers that such a Logon(A) asked for a reset, and then takes anything.
TEST(BeforeLogon, AnOrderAfterALogonThatWasNotTakenIsNobodys) {
    ASSERT_TRUE(prepare_passwords());
    const auto one = left_at_four(hash_password("right"));
    one->connect();
    one->exchange(bytes("35=A|34=1|43=Y|122=now|98=0|108=30|141=Y|553=DESK|554=wrong|"));
    one->wait_for_output(2);
    one->exchange(bytes("35=D|34=4|" + std::string(kOrder)));
    EXPECT_EQ(one->delivered, "");
    EXPECT_EQ(one->session().next_number_in(), 4U);
    EXPECT_FALSE(one->is_connected());
}

TEST(BeforeLogon, AStrangersLogonOfAnotherVersionTakesNoNumber) {
    ASSERT_TRUE(prepare_passwords());
    const auto one = left_at_four(hash_password("right"));
    one->connect();
    one->exchange(bytes("35=A|34=4|98=0|553=DESK|554=wrong|"));
    one->wait_for_output(2);
    one->exchange(bytes("8=FIX.4.2|35=A|34=4|98=0|108=30|553=DESK|554=wrong|"));
    one->wait_for_output(2);
    EXPECT_EQ(one->session().next_number_in(), 4U);
}

// Each of these was taken after a Logon(A) that was not, one without HeartBtInt(108) say.
TEST(BeforeLogon, NothingMovesTheNumbers) {
    const auto one = left_at_four();
    for (const std::string& message :
         {bytes("35=4|34=4|36=1000|"), bytes("35=4|34=4|123=Y|36=1000|"), bytes("35=3|34=4|45=1|"),
          bytes("8=FIX.4.2|35=0|34=4|"), bytes("35=5|34=4|"), bytes("35=2|34=4|7=1|16=0|"),
          bytes("35=D|34=4|" + std::string(kOrder)), bytes("35=3|34=4|")}) {
        SCOPED_TRACE(readable(message));
        one->connect();
        one->exchange(bytes("35=A|34=4|98=0|"));
        one->exchange(message);
        EXPECT_EQ(one->session().next_number_in(), 4U);
        EXPECT_EQ(one->delivered, "");
        EXPECT_EQ(one->rejected, "");
        EXPECT_FALSE(one->is_connected());
        one->disconnect();
    }
    one->connect();
    one->exchange(bytes("35=A|34=4|98=0|108=30|"));
    EXPECT_TRUE(one->session().is_logged_on());
}

// Nor does its going reset what was sent to the session's own client meanwhile.
TEST(BeforeLogon, WhoNeverLoggedOnResetsNothingByLeaving) {
    OurAcceptor one(Version::Fix44, OurAcceptor::Lanes::Both, [](SessionSettings& settings) {
        settings.reset_on_logon = false;
        settings.reset_on_disconnect = true;
    });
    const std::string report = soh("6=0|11=o1|14=0|17=3|37=7|38=100|39=0|54=1|55=XYZ|150=0|151=100|");
    one.session().send("8", report, {}, one.session().now());
    for (const std::string& more : {std::string(), bytes("35=4|34=4|36=1000|")}) {
        one.connect();
        one.exchange(bytes("35=A|34=1|98=0|"));
        one.exchange(more);
        one.disconnect();
        EXPECT_EQ(one.session().next_number_out(), 2U) << readable(more);
    }
}

TEST(BeforeLogon, WhoLoggedOnResetsByLeavingInEitherWay) {
    OurAcceptor one(Version::Fix44, OurAcceptor::Lanes::Both, [](SessionSettings& settings) {
        settings.reset_on_logon = false;
        settings.reset_on_disconnect = true;
    });
    for (const std::string& last : {std::string(), bytes("35=5|34=3|"), bytes("35=5|34=5|")}) {
        one.connect();
        one.exchange(bytes("35=A|34=1|98=0|108=30|"));
        one.exchange(bytes("35=1|34=2|112=T|"));
        EXPECT_EQ(one.session().next_number_in(), 3U);
        one.exchange(last);
        one.disconnect();
        EXPECT_EQ(one.session().next_number_in(), 1U) << readable(last);
        EXPECT_EQ(one.session().next_number_out(), 1U) << readable(last);
    }
}

// Its Logon(A) cannot be read by the rules, which would leave the connection as it is, and the session taken.
TEST(BeforeLogon, AWrongPasswordEndsTheConnectionWhateverTheLogon) {
    ASSERT_TRUE(prepare_passwords());
    const auto one = left_at_four(hash_password("right"));
    for (const std::string number : {"4", "4294967300"}) {
        one->connect();
        one->exchange(bytes("35=A|34=" + number + "|98=0|553=DESK|554=wrong|"));
        one->wait_for_output(3);
        EXPECT_FALSE(one->is_connected()) << number;
        EXPECT_FALSE(one->session().is_connected()) << number;
    }
}

}  // namespace
}  // namespace penstock::fix::test
