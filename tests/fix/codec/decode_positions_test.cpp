#include <gtest/gtest.h>

#include "fix/codec/decode_venue.hpp"
#include "fix/codec/venue_rejection.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

using oms::PositionAnswer;

const oms::IdSpace kIds{id<FixedText<2>>("P1"), 1};
const std::string kSeventh = "710=" + std::string(oms::position_request_id(kIds, 7).view());

std::optional<oms::InputBody> decode(const std::string& type, const std::string& body, Text* problem) {
    return decode_venue(
        parsed(message(Version::Fix44, type, body)), {VenueId{5}, Version::Fix44, kIds}, problem);
}

oms::VenuePositionTold told(const std::string& type, const std::string& body) {
    Text problem;
    const auto decoded = decode(type, body, &problem);
    EXPECT_TRUE(decoded && std::holds_alternative<oms::VenuePositionTold>(*decoded))
        << body << " " << problem.view();
    return decoded ? std::get<oms::VenuePositionTold>(*decoded) : oms::VenuePositionTold{};
}

std::string problem_of(const std::string& body) {
    Text problem;
    EXPECT_FALSE(decode("AP", body, &problem)) << body;
    return std::string(problem.view());
}

const std::string kLine = "1=ACC|55=XYZ|721=R1|727=2|728=0|" + kSeventh + "|";

TEST(DecodePositions, AReportIsTheNetOfWhatWasTransacted) {
    const auto line = told("AP", kLine + "702=1|703=TQ|704=100|705=40.5");
    EXPECT_EQ(line.venue, VenueId{5});
    EXPECT_EQ(line.request, 7U);
    EXPECT_EQ(line.answer, PositionAnswer::Line);
    EXPECT_EQ(line.total, 2U);
    EXPECT_EQ(line.account.view(), "ACC");
    EXPECT_EQ(line.symbol.view(), "XYZ");
    EXPECT_EQ(line.net, qty("59.5"));
}

TEST(DecodePositions, ShortOnlyIsNegativeAndNoneIsFlat) {
    EXPECT_EQ(told("AP", kLine + "702=1|703=TQ|705=40").net, qty("-40"));
    EXPECT_EQ(told("AP", kLine + "702=0").net, qty("0"));
}

TEST(DecodePositions, OfSeveralTypesTheTotalCounts) {
    const std::string parts = "702=3|703=SOD|704=7|703=TQ|704=5|703=TOT|704=12";
    EXPECT_EQ(told("AP", kLine + parts).net, qty("12"));
}

TEST(DecodePositions, OneThatIsNotWholeOrNotOursSaysSo) {
    EXPECT_EQ(told("AP", "1=ACC|55=XYZ|721=R1|710=POS-7|702=0").request, 0U);
    EXPECT_EQ(told("AP", "55=XYZ|721=R1|702=0").account.view(), "");
    EXPECT_EQ(problem_of(kLine + "702=1|703=SOD|704=7"), "PosType(703)= must be TOT or TQ of one position");
    EXPECT_EQ(problem_of("1=ACC|721=R1|702=0"), "Symbol(55) is missing");
    EXPECT_EQ(problem_of("1=ACC|55=XYZ|721=R1"), "NoPositions(702) is missing");
    EXPECT_EQ(problem_of(kLine + "702=1|703=TQ|704=9000000000000000000|705=-9000000000000000000"),
              "LongQty(704)= less ShortQty(705) has no number");
}

TEST(DecodePositions, AnAcknowledgementTellsHowManyFollowOrThatThereAreNone) {
    const auto begun = told("AO", "1=ACC|721=R1|727=3|728=0|729=0|" + kSeventh);
    EXPECT_EQ(begun.answer, PositionAnswer::Begun);
    EXPECT_EQ(begun.total, 3U);
    EXPECT_EQ(told("AO", "721=R1|727=0|728=0|729=0|" + kSeventh).answer, PositionAnswer::Nothing);
    EXPECT_EQ(told("AO", "721=R1|728=2|729=0|" + kSeventh).answer, PositionAnswer::Nothing);
    EXPECT_EQ(told("AP", "55=XYZ|721=R1|728=2|" + kSeventh).answer, PositionAnswer::Nothing);
}

TEST(DecodePositions, ARefusalIsOneHoweverItIsSaid) {
    const auto refused = told("AO", "721=R1|728=3|729=2|58=not yours|" + kSeventh);
    EXPECT_EQ(refused.answer, PositionAnswer::Refused);
    EXPECT_EQ(refused.text.view(), "not yours");
    EXPECT_EQ(told("AO", "721=R1|728=0|729=2|" + kSeventh).answer, PositionAnswer::Refused);
    const auto unserved = told("j", "372=AN|380=3|58=not served|379=" + kSeventh.substr(4));
    EXPECT_EQ(unserved.answer, PositionAnswer::Refused);
    EXPECT_EQ(unserved.request, 7U);
}

TEST(DecodePositions, ARejectThatNamesItsNumberRefusesTheRequest) {
    oms::VenuePositionsRequest sent;
    sent.request = 7;
    Rejection said;
    said.ref_msg_type = "AN";
    said.text = "no";
    const auto refused = refusal_of(said, VenueId{5}, sent);
    ASSERT_TRUE(refused);
    EXPECT_EQ(std::get<oms::VenuePositionTold>(*refused).answer, PositionAnswer::Refused);
    EXPECT_EQ(std::get<oms::VenuePositionTold>(*refused).request, 7U);
    said.ref_msg_type = "AF";
    EXPECT_FALSE(refusal_of(said, VenueId{5}, sent));
}

}  // namespace
}  // namespace penstock::fix::test
