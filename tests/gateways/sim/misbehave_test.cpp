#include "gateways/sim/misbehave.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace penstock::sim {
namespace {

Planned said(Says says, std::string body) { return {says, {}, {SessionKey{1}, Send{"8", std::move(body)}}}; }

std::vector<Planned> plan() {
    return {said(Says::Accepted, "ack"), said(Says::Filled, "fill1"), said(Says::Other, "replaced"),
            said(Says::Filled, "fill2")};
}

std::vector<std::string> after(const Misbehaviour& misbehaviour, std::vector<Planned> planned = plan()) {
    misbehave(misbehaviour, planned);
    std::vector<std::string> bodies;
    for (const Planned& each : planned) {
        if (const auto* send = std::get_if<Send>(&each.action.what)) bodies.push_back(send->body);
        if (std::holds_alternative<CutAtByte>(each.action.what)) bodies.emplace_back("cut");
        if (std::holds_alternative<ResetSequence>(each.action.what)) bodies.emplace_back("reset");
    }
    return bodies;
}
using Bodies = std::vector<std::string>;

TEST(Misbehave, NoneChangesNothing) { EXPECT_EQ(after({}), (Bodies{"ack", "fill1", "replaced", "fill2"})); }

TEST(Misbehave, FillBeforeAckPutsTheAckBehindTheFirstFill) {
    EXPECT_EQ(after({Behaviour::FillBeforeAck, 0}), (Bodies{"fill1", "ack", "replaced", "fill2"}));
}

TEST(Misbehave, FillBeforeAckWithoutAFillChangesNothing) {
    EXPECT_EQ(after({Behaviour::FillBeforeAck, 0}, {said(Says::Accepted, "ack")}), (Bodies{"ack"}));
}

TEST(Misbehave, OutOfOrderTurnsTheFillsRound) {
    EXPECT_EQ(after({Behaviour::OutOfOrder, 0}), (Bodies{"ack", "fill2", "replaced", "fill1"}));
}

TEST(Misbehave, DuplicateReportSendsEachAnswerTwice) {
    EXPECT_EQ(after({Behaviour::DuplicateReport, 0}, {said(Says::Accepted, "a"), said(Says::Filled, "f")}),
              (Bodies{"a", "a", "f", "f"}));
}

TEST(Misbehave, SilenceSendsNothing) {
    EXPECT_TRUE(after({Behaviour::NoAnswer, 0}).empty());
    EXPECT_TRUE(after({Behaviour::SilentAccept, 0}).empty());
}

TEST(Misbehave, LateAckPutsEveryAnswerOffByTheSameTime) {
    std::vector<Planned> planned = plan();
    misbehave({Behaviour::LateAck, 250}, planned);
    for (const Planned& each : planned) EXPECT_EQ(each.after, Duration::milliseconds(250));
}

TEST(Misbehave, CutAndResetComeBeforeTheFirstAnswer) {
    EXPECT_EQ(after({Behaviour::DisconnectAtByte, 40}).front(), "cut");
    EXPECT_EQ(after({Behaviour::SequenceReset, 10}).front(), "reset");
    EXPECT_TRUE(after({Behaviour::DisconnectAtByte, 40}, {}).empty());
}

TEST(BehaviourTable, NamesAndQuantitiesAreUnique) {
    std::set<std::string_view> names;
    std::set<std::int64_t> quantities;
    for (const BehaviourRow& row : behaviour_table()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_TRUE(quantities.insert(row.default_quantity).second) << row.name;
    }
}

TEST(BehaviourTable, ParsesANameWithItsNumber) {
    EXPECT_EQ(parse_misbehaviour("late_ack"), (Misbehaviour{Behaviour::LateAck, 500}));
    EXPECT_EQ(parse_misbehaviour("late_ack 250"), (Misbehaviour{Behaviour::LateAck, 250}));
    EXPECT_EQ(parse_misbehaviour("disconnect_at_byte:7"), (Misbehaviour{Behaviour::DisconnectAtByte, 7}));
    EXPECT_EQ(parse_misbehaviour("none"), Misbehaviour{});
}

TEST(BehaviourTable, RefusesWhatIsNoBehaviour) {
    for (const std::string_view text :
         {"", "late", "late_ack x", "late_ack -1", "late_ack 1 2", "reject 5", "late_ack 86400001"})
        EXPECT_EQ(parse_misbehaviour(text), std::nullopt) << text;
}

}  // namespace
}  // namespace penstock::sim
