// The proof that the fast lane is only faster: any stream, generated or broken by chance, gets the
// same answers with the fast lane on and off, and delivers the same messages.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "fix/codec/body_writer.hpp"
#include "tests/fix/session/our_acceptor.hpp"
#include "tests/fix/session/script.hpp"

namespace penstock::fix::test {
namespace {

/// Makes messages that are mostly right and breaks some of them in one of the ways peers do.
class Peer {
  public:
    Peer(Version version, unsigned seed) : version_(version), random_(seed) {}

    std::string logon() {
        number_ = 1;
        const std::string appl = version_ == Version::Fix50Sp2 ? "|1137=9" : "";
        return build("35=A|34=" + next() + "|98=0|108=30|141=Y" + appl);
    }
    std::string message() {
        switch (chance(13)) {
            case 10: return build("35=E|34=" + next() + "|" + list());
            case 11:
                return build(
                    "35=" + std::string(chance(2) == 0 ? "K" : "L") + "|34=" + next() + "|60=now|66=l1");
            case 12: return build("35=D|34=" + next() + "|" + conditional_order());
            case 0: return build("35=1|34=" + next() + "|112=T" + std::to_string(number_));
            case 1: return build("35=F|34=" + next() + "|11=c" + id() + "|41=o1|38=100|54=1|55=XYZ|60=now");
            case 2:
                return build("35=G|34=" + next() + "|11=g" + id() +
                             "|21=1|38=200|40=2|41=o1|44=9.5|54=1|55=XYZ|60=now");
            case 3: return broken();
            default: return build("35=D|34=" + next() + "|" + order());
        }
    }

  private:
    unsigned chance(unsigned n) { return std::uniform_int_distribution<unsigned>(0, n - 1)(random_); }
    std::string next() { return std::to_string(number_++); }
    std::string id() { return std::to_string(chance(1000)); }
    std::string order() {
        return "1=ACC|11=o" + id() + "|21=1|38=" + std::to_string(1 + chance(500)) +
               "|40=2|44=10.25|54=1|55=XYZ|59=0|60=now";
    }
    /// Terms that make sense, ones that contradict each other, and values no dictionary has.
    std::string conditional_order() {
        constexpr std::string_view kTerms[] = {
            "40=3|99=9.5",
            "40=4|44=9|99=9.5",
            "40=2|44=10|99=9",
            "40=J|99=11",
            "40=P|18=R|211=-0.1",
            "40=P|18=a|211=0.5",
            "40=3|1094=8|211=1",
            "40=2|44=10|111=5|1138=6",
            "40=2|44=10|18=6 E",
            "40=2|44=10|18=6 6",
            "40=2|44=10|18=!",
            "40=1|1100=4|1102=9|1109=D",
            "40=1|59=6",
            "40=1|59=6|432=20991",
            "40=1|59=7",
            "40=1|59=Q",
            "40=1|168=20991231-00:00:00",
            "40=Z",
            "40=1|1107=100|583=pair",
            "40=2|44=0.1234567890123"};
        const std::string quantity = chance(8) == 0 ? "152=1000" : "38=100";
        return "11=o" + id() + "|21=1|" + quantity + "|54=1|55=XYZ|60=now|" + std::string(kTerms[chance(20)]);
    }
    /// Two legs, and now and then a count that is wrong or a leg that does not begin as one must.
    std::string list() {
        constexpr std::string_view kSaid[] = {"69=OCO|", "1385=1|", "433=2|", "69=whatever|", "433=9|", ""};
        const std::string count = chance(6) == 0 ? "3" : "2";
        const std::string first = chance(8) == 0 ? "67=1|11=a" : "11=a" + id() + "|67=1";
        return "66=l" + id() + "|394=3|" + std::string(kSaid[chance(6)]) + "68=2|73=" + count + "|" + first +
               "|55=XYZ|54=2|38=100|40=2|44=11|11=b" + id() + "|67=2|55=XYZ|54=2|38=100|40=3|99=9";
    }
    std::string build(std::string text) {
        std::replace(text.begin(), text.end(), '|', kSoh);
        return complete(text + kSoh, std::string(begin_string(version_)));
    }
    /// One fault a message, of the kinds that reach a session.
    std::string broken() {
        const std::string head = "35=D|34=";
        switch (chance(14)) {
            case 0: return build(head + std::to_string(number_ + 1 + chance(3)) + "|" + order());  // ahead
            case 1: return build(head + next() + "|" + order() + "|10=bad");
            case 2: return build(head + next() + "|" + order() + "|54=2");     // twice
            case 3: return build(head + next() + "|43=Y|122=now|" + order());  // possible duplicate
            case 4: return build(head + next() + "|97=Y|" + order());          // possible resend
            case 5: return build(head + next() + "|" + order() + "|4999=x");
            case 6: return build(head + next() + "|" + order() + "|9001=mine");
            case 7: return build(head + next() + "|" + order() + "|58=");
            case 8: return build(head + next() + "|" + order() + "|453=1|448=P|447=D|452=1");  // a group
            case 9: return build("35=B|34=" + next() + "|148=headline|33=1|58=line");
            case 10: return build("35=ZZ|34=" + next());
            case 11: {
                const std::string here = next();
                number_ += 2;
                return build("35=4|34=" + here + "|123=Y|36=" + std::to_string(number_));
            }
            case 12: return flipped(build(head + next() + "|" + order()));
            default: return build("35=2|34=" + next() + "|7=1|16=0");
        }
    }
    /// A byte changed on the way, with a checksum that still fits or does not.
    std::string flipped(std::string bytes) {
        const std::size_t at = chance(static_cast<unsigned>(bytes.size()));
        bytes[at] = static_cast<char>(32 + chance(95));
        return bytes;
    }

    Version version_;
    std::mt19937 random_;
    unsigned number_ = 1;
};

class Lanes : public testing::TestWithParam<Version> {};

TEST_P(Lanes, GiveTheSameAnswers) {
    std::uint64_t fast = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
        OurAcceptor both(GetParam(), OurAcceptor::Lanes::Both);
        OurAcceptor slow(GetParam(), OurAcceptor::Lanes::SlowOnly);
        Peer peer(GetParam(), seed);
        for (int i = 0; i < 400; ++i) {
            const bool connected = slow.is_connected();
            if (!connected) {
                both.connect();
                slow.connect();
            }
            const std::string bytes = connected ? peer.message() : peer.logon();
            ASSERT_EQ(comparable(slow.exchange(bytes)), comparable(both.exchange(bytes)))
                << "seed " << seed << " message " << i << ": " << readable(bytes);
            ASSERT_EQ(slow.delivered, both.delivered) << "seed " << seed << ": " << readable(bytes);
            ASSERT_EQ(slow.is_connected(), both.is_connected());
            ASSERT_EQ(slow.session().next_number_in(), both.session().next_number_in());
            ASSERT_EQ(slow.session().next_number_out(), both.session().next_number_out());
        }
        fast += both.session().fast_in;
        EXPECT_EQ(slow.session().fast_in, 0U);
    }
    // A test of two slow lanes would prove nothing.
    EXPECT_GT(fast, 1000U);
}

TEST_P(Lanes, SendTheSameBytes) {
    OurAcceptor both(GetParam(), OurAcceptor::Lanes::Both);
    OurAcceptor slow(GetParam(), OurAcceptor::Lanes::SlowOnly);
    Peer peer(GetParam(), 1);
    const std::string logon = peer.logon();
    for (OurAcceptor* one : {&both, &slow}) {
        one->connect();
        one->exchange(logon);
    }
    std::string body = "6=0|11=a1|14=0|17=3|37=7|38=100|39=0|54=1|55=XYZ|150=0|151=100|";
    if (GetParam() == Version::Fix42) body.insert(body.find("37="), "20=0|");
    std::replace(body.begin(), body.end(), '|', kSoh);
    for (int i = 0; i < 5; ++i)
        for (OurAcceptor* one : {&both, &slow}) one->session().send("8", body, {}, one->session().now());
    const auto from_both = comparable(both.exchange(""));
    EXPECT_EQ(from_both.size(), 5U);
    EXPECT_EQ(from_both, comparable(slow.exchange("")));
    EXPECT_GE(both.session().fast_out, 3U);

    // And again, when they are asked for.
    std::string request = "35=2|34=2|7=2|16=0|";
    std::replace(request.begin(), request.end(), '|', kSoh);
    const std::string bytes = complete(request, std::string(begin_string(GetParam())));
    const auto again = comparable(both.exchange(bytes));
    EXPECT_EQ(again.size(), 5U);
    EXPECT_EQ(again, comparable(slow.exchange(bytes)));
}

INSTANTIATE_TEST_SUITE_P(Versions, Lanes, testing::Values(Version::Fix42, Version::Fix44, Version::Fix50Sp2));

}  // namespace
}  // namespace penstock::fix::test
