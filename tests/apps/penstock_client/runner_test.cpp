#include "apps/penstock_client/runner.hpp"

#include <gtest/gtest.h>

#include "tests/apps/penstock_client/fix_text.hpp"

namespace penstock::client {
namespace {

/// A session that takes everything, and a timer that rings when the test says so.
class FakePort final : public RunnerPort {
  public:
    bool is_logged_on() const override { return logged_on; }
    void send(const Outgoing& message) override { sent.push_back(message.msg_type); }
    Timestamp now() override { return Timestamp{1}; }
    void say(const std::string& line) override { said.push_back(line); }
    void complain(const std::string& line) override { complaints.push_back(line); }
    void start_timer(Duration after) override { timer = after; }
    void stop_timer() override { timer.reset(); }
    void finish(int code) override { exit_code = code; }

    bool logged_on = true;
    std::vector<std::string> sent;
    std::vector<std::string> said;
    std::vector<std::string> complaints;
    std::optional<Duration> timer;
    std::optional<int> exit_code;
};

class RunnerTest : public testing::Test {
  protected:
    void receive(const std::string& fields) {
        const std::string message = fix_text(fields);
        fix::MessageIndex index;
        ASSERT_TRUE(index.parse(message));
        runner.on_message(index);
    }
    void accept(const std::string& id) {
        receive("35=8|6=0|11=" + id +
                "|14=0|17=1|37=9|38=100|39=0|40=2|44=11|54=1|55=XYZ|59=0|150=0|151=100");
    }

    FakePort port;
    Runner runner{{fix::Version::Fix44, "t", true, "orders.txt", false}, port};
};

TEST_F(RunnerTest, ExpectWaitsForALineWithItsWords) {
    runner.on_line("buy 100 XYZ @ 11 as a1");
    runner.on_line("expect New a1 leaves 100");
    EXPECT_FALSE(runner.is_ready());
    EXPECT_EQ(port.timer, Duration::seconds(5));

    accept("a1");
    EXPECT_TRUE(runner.is_ready());
    EXPECT_FALSE(port.timer);
}

TEST_F(RunnerTest, EachReportMeetsOneExpectation) {
    accept("a1");
    runner.on_line("expect New a1");
    EXPECT_TRUE(runner.is_ready());
    runner.on_line("expect New a1");
    EXPECT_FALSE(runner.is_ready());
}

TEST_F(RunnerTest, AnExpectationNotMetEndsTheScriptWithWhatWasSeen) {
    runner.on_line("timeout 0.5");
    runner.on_line("expect Filled a1");
    accept("a1");
    runner.on_timeout();

    EXPECT_EQ(port.exit_code, kExitFailed);
    ASSERT_EQ(port.complaints.size(), 1U);
    EXPECT_EQ(port.complaints[0],
              "orders.txt:2: not seen in 0.5 s: expect Filled a1\n  seen and not expected:\n"
              "    < New            a1  BUY 100 XYZ @ 11 DAY  cum 0 leaves 100 avg 0  order 9 exec 1");
}

TEST_F(RunnerTest, ALineNobodyUnderstandsEndsTheScriptAsUsage) {
    runner.on_line("# fine");
    runner.on_line("bye 100 XYZ");
    EXPECT_EQ(port.exit_code, kExitUsage);
    EXPECT_TRUE(port.complaints.at(0).starts_with("orders.txt:2: "));
}

TEST_F(RunnerTest, NothingIsSentWhileLoggedOff) {
    port.logged_on = false;
    runner.on_line("buy 100 XYZ market");
    EXPECT_TRUE(port.sent.empty());
    EXPECT_EQ(port.exit_code, kExitFailed);
}

TEST_F(RunnerTest, RequestsFollowTheChainOfIds) {
    runner.on_line("buy 100 XYZ @ 11 as a1");
    accept("a1");
    runner.on_line("amend a1 qty 200");
    receive("35=8|6=0|11=a1.1|14=0|17=2|37=9|38=200|39=0|40=2|41=a1|44=11|54=1|55=XYZ|59=0|150=5|151=200");
    runner.on_line("cancel a1");
    runner.on_line("orders");

    EXPECT_EQ(port.sent, (std::vector<std::string>{"D", "G", "F"}));
    EXPECT_EQ(port.said.back(), "  a1  BUY 200 XYZ @ 11 DAY  New  cum 0 leaves 200 avg 0  order 9");
}

TEST_F(RunnerTest, WaitDoneEndsWithTheOrder) {
    runner.on_line("buy 100 XYZ @ 11 as a1");
    runner.on_line("wait done a1");
    accept("a1");
    EXPECT_FALSE(runner.is_ready());
    receive("35=8|6=0|11=a1.1|14=0|17=2|37=9|38=100|39=4|41=a1|54=1|55=XYZ|150=4|151=0");
    EXPECT_TRUE(runner.is_ready());
}

TEST_F(RunnerTest, TheEndOfTheScriptIsGood) {
    runner.on_end();
    EXPECT_EQ(port.exit_code, kExitOk);
}

TEST_F(RunnerTest, CtrlCEndsAWatchWellAndAScriptBadly) {
    runner.on_line("watch");
    runner.on_interrupt();
    EXPECT_EQ(port.exit_code, kExitOk);

    FakePort other;
    Runner waiting({fix::Version::Fix44, "t", true, "orders.txt", false}, other);
    waiting.on_line("expect New a1");
    waiting.on_interrupt();
    EXPECT_EQ(other.exit_code, kExitFailed);
}

TEST(Runner, APersonMayTryAgain) {
    FakePort port;
    Runner runner({fix::Version::Fix42, "t", false, "", false}, port);
    runner.on_line("bye");
    runner.on_line("cancel nobody");
    runner.on_line("status all");
    EXPECT_EQ(port.complaints.size(), 3U);
    EXPECT_FALSE(port.exit_code);
}

TEST(Runner, CancelAllOf42IsOneCancelAnOrder) {
    FakePort port;
    Runner runner({fix::Version::Fix42, "t", true, "orders.txt", false}, port);
    runner.on_line("buy 1 XYZ market");
    runner.on_line("buy 1 ABC market");
    runner.on_line("cancel-all XYZ");
    EXPECT_EQ(port.sent, (std::vector<std::string>{"D", "D", "F"}));
}

TEST(HasWords, OthersMayStandBetweenButTheOrderCounts) {
    EXPECT_TRUE(has_words("< New  a1 BUY 100 XYZ", {"New", "BUY", "XYZ"}));
    EXPECT_FALSE(has_words("< New  a1 BUY 100 XYZ", {"BUY", "New"}));
    EXPECT_FALSE(has_words("< New  a1 BUY 100 XYZ", {"10"}));
}

}  // namespace
}  // namespace penstock::client
