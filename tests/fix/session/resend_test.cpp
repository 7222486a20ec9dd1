// A long ResendRequest(2), answered in slices: the same messages as QuickFIX sends at once, each exactly
// once, with everything else that happens on a session while it lasts.

#include <gtest/gtest.h>

#include <algorithm>

#include "fix/codec/body_writer.hpp"
#include "fix/session/resender.hpp"
#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"
#include "tests/fix/session/stock_oracle.hpp"

namespace penstock::fix::test {
namespace {

constexpr int kMany = 3 * static_cast<int>(Resender::kSlice) + 40;

std::string soh(std::string text) {
    std::replace(text.begin(), text.end(), '|', kSoh);
    return text;
}

class LongResend : public testing::TestWithParam<Version> {
  protected:
    std::string bytes(const std::string& text) {
        return complete(soh(text), std::string(begin_string(GetParam())));
    }
    std::string logon() {
        return bytes(
            std::string("35=A|34=1|98=0|108=30|") + (GetParam() == Version::Fix50Sp2 ? "1137=9|" : ""));
    }
    std::string request(int number, int begin, int end) {
        return bytes("35=2|34=" + std::to_string(number) + "|7=" + std::to_string(begin) +
                     "|16=" + std::to_string(end) + "|");
    }
    void send_report(int id, const std::string& more = {}) {
        const std::string kind = GetParam() == Version::Fix42 ? "20=0|" : "";
        ours_.session().send("8",
                             soh("6=0|11=a" + std::to_string(id) + "|14=0|17=3|" + kind +
                                 "37=7|38=100|39=0|54=1|55=XYZ|" + more + "150=0|151=100|"),
                             {}, ours_.session().now());
    }
    /// Reports 1..kMany-1, of which each tenth number is a session message's; the Logon(A) has kMany.
    void make_history() {
        for (int number = 1; number < kMany; ++number) {
            if (number % 10 == 0)
                ours_.session().send("0", "", {}, ours_.session().now());
            else
                send_report(number);
        }
        ours_.connect();
        ours_.exchange(logon());
        ASSERT_EQ(ours_.session().next_number_out(), static_cast<std::uint32_t>(kMany) + 1);
    }

    OurAcceptor ours_{GetParam(), OurAcceptor::Lanes::Both,
                      [](SessionSettings& settings) { settings.reset_on_logon = false; }};
};

std::vector<std::string> fields_of(const std::vector<std::string>& messages, const std::string& tag) {
    std::vector<std::string> values;
    for (const std::string& message : messages) {
        const std::size_t at = message.find(kSoh + tag + "=") + tag.size() + 2;
        values.push_back(message.substr(at, message.find(kSoh, at) - at));
    }
    return values;
}

TEST_P(LongResend, OfSessionMessagesIsOneGapFillAsInAStockAcceptor) {
    const bool is_fixt = GetParam() == Version::Fix50Sp2;
    const Dialect dialect = is_fixt                        ? Dialect::Fixt11
                            : GetParam() == Version::Fix42 ? Dialect::Fix42
                                                           : Dialect::Fix44;
    const auto stock =
        StockOracle::make(std::string(begin_string(GetParam())), std::string(quickfix_xml(dialect)),
                          is_fixt ? std::string(quickfix_xml(Dialect::Fix50Sp2)) : std::string());
    OurAcceptor ours(GetParam(), OurAcceptor::Lanes::Both);
    stock->connect();
    ours.connect();
    const auto compare = [&](const std::string& text) {
        std::string said;
        stock->receive(text, said);
        EXPECT_EQ(comparable(ours.exchange(text)), comparable(said)) << readable(text);
    };
    compare(logon());
    int number = 1;
    while (++number < kMany) compare(bytes("35=1|34=" + std::to_string(number) + "|112=T|"));
    compare(request(number++, 1, 0));
    compare(request(number++, 5, kMany - 3));
    compare(request(number++, 2, kMany * 10));
    compare(request(number++, 2, 999'999));
    compare(request(number + 7, 2, 0));  // ahead of its turn: answered, and asked for
    compare(bytes("35=1|34=" + std::to_string(number) + "|112=T|"));
}

TEST_P(LongResend, SaysWhatPagesOfItSay) {
    make_history();
    const auto at_once = comparable(ours_.exchange(request(2, 1, 0)));
    std::vector<std::string> paged;
    int number = 3;
    for (int begin = 1; begin <= kMany; begin += 201)  // so that no page ends inside a gap
        for (std::string& one :
             comparable(ours_.exchange(request(number++, begin, std::min(begin + 200, kMany)))))
            paged.push_back(std::move(one));
    EXPECT_GT(at_once.size(), static_cast<std::size_t>(kMany) * 9 / 10);
    EXPECT_EQ(at_once, paged);
}

// It leaves only when it is asked for, and then a range of numbers stands for it: its bytes must be known.
TEST_P(LongResend, WhatIsNumberedWhileNobodyIsLoggedOnIsOnRecord) {
    ours_.session().keep_sent_messages(true);
    send_report(1);
    const std::string kept(ours_.session().last_sent());
    ours_.connect();
    const std::string said = ours_.exchange(logon() + request(2, 1, 1));
    ASSERT_NE(kept.find(soh("|11=a1|")), std::string::npos);
    EXPECT_NE(said.find(kept.substr(kept.find(soh("|11=a1|")), 60)), std::string::npos);
}

// A peer that asks for everything again and again must not fill the disk with what is on record already.
TEST_P(LongResend, IsOnRecordAsRangesOfNumbers) {
    make_history();
    ours_.session().keep_sent_messages(true);
    const std::size_t bytes =
        ours_.exchange(request(2, 1, 0)).size() + ours_.exchange(request(3, 5, 9)).size();
    ASSERT_GT(ours_.sent_again.size(), 2U);
    EXPECT_EQ(ours_.sent_again.back().from, 5U);
    EXPECT_EQ(ours_.sent_again.back().to, 9U);
    ours_.sent_again.pop_back();
    std::uint32_t next = 1;
    for (const NumberRange& range : ours_.sent_again) {
        EXPECT_EQ(range.from, next);
        next = range.to + 1;
    }
    EXPECT_EQ(next, static_cast<std::uint32_t>(kMany) + 1);
    EXPECT_LT(ours_.session_sent.size(), bytes / 4);
    EXPECT_EQ(ours_.session_sent.find(soh("|35=8|")), std::string::npos);
}

TEST_P(LongResend, LetsAnswersAndReportsPass) {
    make_history();
    ours_.on_app = [&](FixSession&, const AppMessage&) { send_report(0); };
    const auto said = fields_of(
        comparable(ours_.exchange(request(2, 1, 0) + bytes("35=1|34=3|112=T|") +
                                  bytes("35=D|34=4|11=o1|21=1|38=100|40=2|44=10.25|54=1|55=XYZ|60=now|"))),
        "34");
    ASSERT_GT(said.size(), 3U);
    EXPECT_EQ(said[0], std::to_string(kMany + 1));
    EXPECT_EQ(said[1], std::to_string(kMany + 2));
    EXPECT_EQ(said[2], "1");
    EXPECT_EQ(said.back(), std::to_string(kMany));  // the Logon: a gap fill
}

TEST_P(LongResend, AskedForTwiceIsSentAsOne) {
    make_history();
    const auto once = fields_of(comparable(ours_.exchange(request(2, 1, 0))), "34");
    EXPECT_EQ(once, fields_of(comparable(ours_.exchange(request(3, 1, 0) + request(4, 1, 0))), "34"));
    EXPECT_EQ(once, fields_of(comparable(ours_.exchange(request(5, 201, 0) + request(6, 1, 300))), "34"));
}

TEST_P(LongResend, EndsWithTheConnection) {
    const std::string text = "58=" + std::string(2000, 'x') + "|";
    constexpr int kMoreThanSocketsHold = 20'000;
    for (int i = 0; i < kMoreThanSocketsHold; ++i) send_report(i, text);
    ours_.connect();
    ours_.exchange(logon());
    ours_.exchange(request(2, 1, 0));
    EXPECT_TRUE(ours_.session().is_resending());
    ours_.exchange(bytes("35=5|34=3|"));
    EXPECT_FALSE(ours_.session().is_resending());

    ours_.connect();
    const auto said = comparable(ours_.exchange(
        bytes(std::string("35=A|34=4|98=0|108=30|") + (GetParam() == Version::Fix50Sp2 ? "1137=9|" : ""))));
    ASSERT_EQ(said.size(), 1U);
    EXPECT_TRUE(contains_in_order(said[0], "35=A"));
}

INSTANTIATE_TEST_SUITE_P(Versions, LongResend,
                         testing::Values(Version::Fix42, Version::Fix44, Version::Fix50Sp2));

}  // namespace
}  // namespace penstock::fix::test
