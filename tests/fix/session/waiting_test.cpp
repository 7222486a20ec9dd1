// What waits for a gap to close is bounded.

#include <gtest/gtest.h>

#include <malloc.h>

#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"

namespace penstock::fix::test {
namespace {

class Waiting : public testing::Test {
  protected:
    void SetUp() override {
        one.connect();
        one.exchange(bytes("35=A|34=1|98=0|108=30|"));
        ASSERT_TRUE(one.session().is_logged_on());
        one.on_app = [this](FixSession&, const AppMessage& message) {
            EXPECT_EQ(message.msg_seq_num, last_delivered + 1);
            last_delivered = message.msg_seq_num;
        };
    }
    /// Messages `from` to `to` of a type; the answers.
    std::string send(const std::string& msg_type, int from, int to, const std::string& fields) {
        std::string said;
        std::string some;
        for (int number = from; number <= to; ++number) {
            some += bytes("35=" + msg_type + "|34=" + std::to_string(number) + "|" + fields);
            if (number % 200 != 0 && number != to) continue;
            said += one.exchange(some);
            some.clear();
        }
        return said;
    }

    OurAcceptor one{Version::Fix44, OurAcceptor::Lanes::Both,
                    [](SessionSettings& settings) { settings.reset_on_logon = false; }};
    std::uint32_t last_delivered = 1;
};

// QuickFIX 1.15.1 plays each Heartbeat(0) that waited from inside of the one before: ten thousand of them
// used up the stack.
TEST_F(Waiting, ManyHeartbeatsBehindAGapEndNoProcess) {
    send("0", 3, 12'000, "");
    one.exchange(bytes("35=0|34=2|43=Y|122=now|"));
    EXPECT_EQ(one.session().next_number_in(), 3U + FixSession::kMaxWaiting);
    EXPECT_TRUE(one.is_connected());
}

TEST_F(Waiting, WhatIsMoreIsAskedForAgainWhenTheGapHasClosed) {
    const std::string order(kOrder);
    constexpr auto kWaited = static_cast<int>(2 + FixSession::kMaxWaiting);
    send("D", 3, kWaited + 300, order);
    send("D", 2, 2, "43=Y|122=now|" + order);
    EXPECT_EQ(last_delivered, static_cast<std::uint32_t>(kWaited));
    const auto asked = comparable(send("D", kWaited + 301, kWaited + 301, order));
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_TRUE(contains_in_order(asked[0], "7=" + std::to_string(kWaited + 1))) << readable(asked[0]);
    send("D", kWaited + 1, kWaited + 301, "43=Y|122=now|" + order);
    EXPECT_EQ(last_delivered, static_cast<std::uint32_t>(kWaited) + 301);
}

// QuickFIX 1.15.1 keeps what waited when a gap fill passes over it, as long as the connection lives.
TEST_F(Waiting, WhatAGapFillPassedOverIsForgotten) {
    const auto round = [this] {
        const int next = static_cast<int>(one.session().next_number_in());
        send("0", next + 1, next + 1'000, "");
        send("4", next, next, "43=Y|122=now|123=Y|36=" + std::to_string(next + 1'001) + "|");
        EXPECT_EQ(one.session().next_number_in(), static_cast<std::uint32_t>(next) + 1'001);
    };
    round();
    const std::size_t before = ::mallinfo2().uordblks;
    for (int i = 0; i < 20; ++i) round();
    EXPECT_LT(::mallinfo2().uordblks, before + 4'000'000);
}

// These are answered, or act, whatever their number is.
TEST_F(Waiting, WhatDoesNotWaitIsHeardAllTheSame) {
    send("0", 3, 3'000, "");
    EXPECT_TRUE(contains_in_order(send("2", 3'001, 3'001, "7=1|16=0|"), "35=4"));
    send("3", 3'002, 3'002, "45=1|372=A|373=5|");
    EXPECT_EQ(one.rejected, "1 ");
    send("4", 3'003, 3'003, "36=4000|");
    EXPECT_EQ(one.session().next_number_in(), 4'000U);
}

}  // namespace
}  // namespace penstock::fix::test
