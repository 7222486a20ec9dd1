#include <gtest/gtest.h>

#include <algorithm>

#include "persistence/history/columns.hpp"
#include "tests/persistence/history/kept_rows.hpp"
#include "tests/scenarios/all_scenarios.hpp"
#include "tests/scenarios/scenario.hpp"

namespace penstock::history {
namespace {

KeptRows rows_of(const std::string& text) {
    const auto lines = scenarios::parse("rows", text);
    scenarios::PlainSystem system(scenarios::capacity_of(lines));
    const auto failure = scenarios::play(scenarios::standard_world(), lines, system);
    EXPECT_FALSE(failure) << *failure;
    KeptRows rows;
    OrderEvents events(oms::IdSpace{*FixedText<2>::from("P1"), 1});
    for (const oms::Record& record : system.records()) events.fold(record, rows);
    return rows;
}

/// "kind/exec type status" of each event of an order.
std::vector<std::string> story(const KeptRows& rows, OrderId order) {
    std::vector<std::string> words;
    for (const OrderEvent& row : rows.events) {
        if (row.order_id != order) continue;
        words.emplace_back(row.kind);
        if (row.exec_type != '\0') words.back() += std::string("/") + row.exec_type;
    }
    return words;
}

std::string text_of(const std::optional<Decimal>& value) {
    std::string text;
    if (value) append(text, *value);
    return text;
}

constexpr const char* kCorrected = R"(
client A > new a1 BUY 100 XYZ @ 10
venue  X < new a1
venue  X > accept a1
client A < new a1
venue  X > fill a1 60 @ 10 exec e1
client A < trade a1
venue  X > correct e1 exec e2 50 @ 9.5
client A < correct a1
venue  X > bust e2
client A < bust a1
)";

TEST(History, TellsTheStoryOfAnOrderInBothDirections) {
    const std::vector<std::string> expected{
        "NewOrder",          "RoutingDecision", "VenueNewOrder",     "VenueAccepted",
        "ExecutionReport/0", "VenueFilled",     "ExecutionReport/F", "FillCorrected",
        "ExecutionReport/G", "FillBusted",      "ExecutionReport/H"};
    EXPECT_EQ(story(rows_of(kCorrected), OrderId{1}), expected);
}

TEST(History, ACorrectionTakesBackAndPutsInItsPlaceAndABustTakesBack) {
    const KeptRows rows = rows_of(kCorrected);
    std::vector<std::string> told;
    for (const Execution& one : rows.executions)
        told.push_back(
            std::string(to_text(one.kind)) + " " + text_of(one.net_quantity) + " @ " + text_of(one.price) +
            " " + std::string(one.venue_exec_id.view()) + " of " + std::string(one.venue_exec_ref_id.view()));
    const std::vector<std::string> expected{"Trade 60 @ 10 e1 of ", "Reversal -60 @ 10 e2 of e1",
                                            "Correction 50 @ 9.5 e2 of e1", "Bust -50 @ 9.5 bust-e2 of e2"};
    EXPECT_EQ(told, expected);
}

TEST(History, WhatPeopleDecideAboutAnOrderIsInItsLife) {
    const KeptRows rows = rows_of(R"(
venue  X > tells nobody New SELL 50 XYZ @ 11 id H1
alarm OrphanOrder
adopt H1 on X for A account ACC by Ann reason "by telephone"
client A < new ADOPTED-1
adopt H1 on X for A account ACC by Ann reason again
alarm OrphanOrder
client A > new a1 BUY 100 XYZ @ 10
venue  X < new a1
venue  X > down
alarm OutcomeUnknown order a1
settle a1 by Bob reason "it never came"
client A < cancelled a1
)");
    EXPECT_EQ(story(rows, OrderId{1}).front(), "AdoptVenueOrder");
    std::vector<std::string> told;
    for (const OrderEvent& row : rows.events)
        if (row.kind == "AdoptVenueOrder" || row.kind == "SettleUnknown")
            told.push_back(std::to_string(row.order_id.value) + " " + std::string(row.actor.view()) + ": " +
                           std::string(row.text.view()) + " " + std::string(row.venue.view()));
    const std::vector<std::string> expected{
        "1 Ann: by telephone X", "0 Ann: again X", "2 Bob: it never came X"};
    EXPECT_EQ(told, expected);
}

TEST(History, ARefusalSaysRuleMeasuredLimitAndTheLimitsInForce) {
    const KeptRows rows = rows_of("client A > new a1 BUY 200000 XYZ @ 10\nclient A < rejected a1\n");
    const auto refusal =
        std::ranges::find(rows.events, std::string_view("ExecutionReport"), &OrderEvent::kind);
    const auto request = std::ranges::find(rows.events, std::string_view("NewOrder"), &OrderEvent::kind);
    ASSERT_NE(refusal, rows.events.end());
    EXPECT_EQ(refusal->rule, oms::Reason::MaxQuantity);
    EXPECT_EQ(*refusal->measured, Notional::of(Decimal::whole(200'000)));
    EXPECT_EQ(*refusal->limit, Notional::of(Decimal::whole(100'000)));
    EXPECT_EQ(text_of(request->max_quantity), "100000");
    EXPECT_EQ(text_of(request->bid) + "/" + text_of(request->ask), "9.99/10.01");
}

TEST(History, LegsOfAListAreOrdersOnceItIsEntered) {
    const KeptRows rows = rows_of(R"(
client A > list L1 2 legs 1 groups
client A > group 1 oco
client A > leg 1 in 1 a1 SELL 100 XYZ @ 11
client A > leg 2 in 1 a2 SELL 100 XYZ stop 9
client A > enter L1
venue  X < new a1
client A < new a2
client A < list L1
)");
    std::vector<std::string> legs;
    for (const OrderEvent& row : rows.events)
        if (row.kind == "ListOrder")
            legs.push_back(std::to_string(row.order_id.value) + " " + std::string(row.cl_ord_id.view()) +
                           " " + std::string(row.list_id.view()));
    EXPECT_EQ(legs, (std::vector<std::string>{"1 a1 L1", "2 a2 L1"}));
}

TEST(History, AWritersColumnsAreThoseOfTheList) {
    const KeptRows rows = rows_of(kCorrected);
    const auto& columns = columns_of<OrderEvent>();
    EXPECT_EQ(columns.front().name, "seq");
    EXPECT_EQ(columns.back().name, "raw");
    std::string side;
    column_of<OrderEvent>("side")->write(side, rows.events.front());
    EXPECT_EQ(side, "1");
    EXPECT_EQ(column_of<OrderEvent>("colour"), nullptr);
}

TEST(History, TimesAreWrittenToTheNanosecond) {
    std::string text;
    append(text, Timestamp{1'795'788'187'123'456'789});
    append(text, Timestamp{-1});
    EXPECT_EQ(text, "2026-11-27T14:03:07.123456789Z1969-12-31T23:59:59.999999999Z");
}

TEST(History, WhatWasSetIsTheChangeOfIt) {
    const KeptRows rows = rows_of("limits ACC quantity 5\nlimits ACC quantity 5\n");
    std::vector<const ActionRow*> limits;
    for (const ActionRow& row : rows.actions)
        if (row.kind == "SetLimits") limits.push_back(&row);
    ASSERT_EQ(limits.size(), 2U);  // of the world, and the first of the two alike
    EXPECT_EQ(limits[1]->before, limits[0]->after);
    EXPECT_NE(limits[1]->after.find("max_quantity=5"), std::string::npos);
}

TEST(History, WhatPeopleDecideIsTheirActionEachTime) {
    const KeptRows rows = rows_of(R"(
accept-position X ACC XYZ -10 by Ann reason "a transfer"
alarm PositionDiffers
accept-position X ACC XYZ -10 by Ann reason "a transfer"
alarm PositionDiffers
adopt H1 on X for A account ACC by Bob reason "by telephone"
alarm OrphanOrder
)");
    std::vector<std::string> told;
    for (const ActionRow& row : rows.actions)
        if (row.kind == "AcceptPosition" || row.kind == "AdoptVenueOrder")
            told.push_back(std::string(row.actor.view()) + ": " + std::string(row.object.view()));
    const std::vector<std::string> expected{"Ann: X ACC XYZ", "Ann: X ACC XYZ", "Bob: X H1"};
    EXPECT_EQ(told, expected);
    const auto decided =
        std::ranges::find(rows.events, std::string_view("AcceptPosition"), &OrderEvent::kind);
    ASSERT_NE(decided, rows.events.end());
    EXPECT_EQ(decided->actor.view(), "Ann");
    EXPECT_EQ(decided->text.view(), "a transfer");
    EXPECT_EQ(decided->symbol.view(), "XYZ");
}

}  // namespace
}  // namespace penstock::history
