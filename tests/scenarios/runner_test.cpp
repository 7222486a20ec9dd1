#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/scenarios/scenario.hpp"

namespace penstock::scenarios {
namespace {

const std::vector<Line>& world() {
    static const std::vector<Line> kWorld =
        parse_file(tests::source_dir() + "/tests/scenarios/standard.world");
    return kWorld;
}

/// What the runner says of this scenario; empty when it holds.
std::string said(std::string_view text) {
    try {
        return play(world(), parse("x.scn", text)).value_or("");
    } catch (const Failure& failure) {
        return failure.what();
    }
}

void expect_begins(const std::string& text, const std::string& beginning) {
    EXPECT_EQ(text.substr(0, beginning.size()), beginning);
}
void expect_contains(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

constexpr const char* kAccepted =
    "client A > new a1 BUY 100 XYZ @ 10\n"
    "venue X < new a1 100 @ 10\n"
    "venue X > accept a1\n";

TEST(ScenarioRunner, AScenarioThatHoldsSaysNothing) {
    EXPECT_EQ(said(std::string(kAccepted) + "client A < new a1 leaves 100"), "");
}

TEST(ScenarioRunner, ADifferenceNamesTheLineAndShowsBothSides) {
    expect_begins(said(std::string(kAccepted) + "client A < new a1 leaves 90"),
                  "x.scn:4: leaves: expected 90, got 100\n"
                  "  expected  client A < new a1 leaves 90\n"
                  "  got       client A < new a1 100 @ 10 cum 0 leaves 100 status New");
}

TEST(ScenarioRunner, ADifferenceEndsWithTheTranscript) {
    const std::string text = said(std::string(kAccepted) + "client A < trade a1");
    expect_begins(text, "x.scn:4: expected trade, got new\n");
    expect_contains(text,
                    "\n  client A > new a1 BUY 100 XYZ @ 10\n"
                    "      route a1 X 100 reference 10\n"
                    "      venue X < new a1 100 @ 10 side BUY");
}

TEST(ScenarioRunner, AnotherOrderIsADifference) {
    expect_begins(said(std::string(kAccepted) + "client A < new a7"), "x.scn:4: expected it of a7, got a1\n");
}

TEST(ScenarioRunner, AnOutputNobodyExpectedFails) {
    const std::string text = said(kAccepted);
    expect_begins(text, "x.scn: an output nobody expected\n  got       client A < new a1 100 @ 10");
    expect_contains(text, "transcript");
}

TEST(ScenarioRunner, AnExpectationWithoutOutputFails) {
    expect_begins(said("client A < new a1"),
                  "x.scn:1: nothing was sent\n  expected  client A < new a1\n  got       nothing\n");
}

TEST(ScenarioRunner, NothingMeansNothing) {
    EXPECT_EQ(said(std::string(kAccepted) + "client A < new a1\nclient A < nothing"), "");
    expect_begins(said(std::string(kAccepted) + "client A < nothing"), "x.scn:4: something was sent\n");
}

TEST(ScenarioRunner, NoneMeansTheFieldIsAbsent) {
    EXPECT_EQ(said(std::string(kAccepted) + "client A < new a1 of none"), "");
    expect_begins(
        said(std::string(kAccepted) + "client A < new a1 of a0"), "x.scn:4: of: expected a0, got none\n");
}

TEST(ScenarioRunner, NumbersCompareAsNumbers) {
    EXPECT_EQ(said(std::string(kAccepted) + "client A < new a1 100.0 @ 10.00"), "");
}

TEST(ScenarioRunner, OnlyTheNextOutputToAPartyCounts) {
    expect_begins(said("client A > new a1 BUY 100 XYZ @ 10\n"
                       "client A > new a2 BUY 50 XYZ @ 10\n"
                       "venue X < new a2 50"),
                  "x.scn:3: expected it of a2, got a1\n");
}

TEST(ScenarioRunner, LinesThatCannotBeReadAreNamed) {
    expect_begins(
        said("client A"), "x.scn:1: expected 'client NAME > ...' or 'client NAME < ...', got 'client A'");
    expect_begins(said("\n# a comment\nwhat now"), "x.scn:3: no line begins with 'what'");
    expect_begins(said("client A > dance a1"), "x.scn:1: a client cannot 'dance'\n  in  client A > dance a1");
    expect_begins(said("venue X > dance a1"), "x.scn:1: a venue cannot 'dance'");
    expect_begins(said("client A > new a1 BUY many XYZ"), "x.scn:1: expected a quantity, got 'many'");
    expect_begins(said("client A > new a1 HOLD 1 XYZ"), "x.scn:1: expected BUY or SELL, got 'HOLD'");
    expect_begins(said("client A > new a1 BUY 100 XYZ sideways"), "x.scn:1: did not expect 'sideways'");
    expect_begins(said("client A > new a1"), "x.scn:1: expected BUY or SELL, got the end of the line");
    expect_begins(said("venue X > accept a9"), "x.scn:1: nothing named 'a9' was sent to a venue");
    expect_begins(said("client Z > status a1"), "x.scn:1: no client Z is defined");
    expect_begins(said("time 5s"), "x.scn:1: expected a time like +5s, got '5s'");
    expect_begins(said("time +5h"), "x.scn:1: expected a time like 5s, 250ms or 2m, got '5h'");
    expect_begins(said("undecodable \"no end"), "x.scn:1: a quote is not closed");
    expect_begins(
        said(std::string(kAccepted) + "client A < new a1 leaves"), "x.scn:4: 'leaves' has no value");
}

TEST(ScenarioRunner, AFileThatIsMissingIsNamed) { EXPECT_THROW(parse_file("no/such.scn"), Failure); }

TEST(ScenarioRunner, CapacityIsTheFirstLine) {
    expect_begins(said("capacity few"), "x.scn:1: expected a number of orders, got 'few'");
    expect_begins(said("time +1s\ncapacity 2"), "x.scn:2: no line begins with 'capacity'");
}

}  // namespace
}  // namespace penstock::scenarios
