#include "oms/engine/positions.hpp"

#include <gtest/gtest.h>

#include "tests/oms/engine/desk.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;
using tests::px;
using tests::qty;

constexpr Capacity kSmall{.orders = 8, .requests = 8, .fills = 8};

VenuePositionTold told(std::uint32_t request, std::string_view symbol, std::string_view net) {
    VenuePositionTold body;
    body.venue = VenueId{1};
    body.request = request;
    body.account = id<AccountName>("ACC");
    body.symbol = id<Symbol>(symbol);
    body.net = qty(net);
    return body;
}

/// Its venue is asked for positions each second, and is there.
Desk asking_desk() {
    Desk desk(kSmall);
    DefineVenue sheet;
    sheet.name = id<VenueName>("X");
    sheet.session = id<SessionName>("X");
    sheet.check_positions = Duration::seconds(1);
    desk.step(sheet);
    const SessionId venue = desk.core().world().directory[VenueId{1}].session;
    desk.step(SessionChanged{venue, false});
    desk.step(SessionChanged{venue, true});
    return desk;
}

std::string symbol_of(std::size_t number) { return "S" + std::to_string(number); }

void define_instruments(Desk& desk, std::size_t count) {
    for (std::size_t at = 1; at <= count; ++at) {
        DefineInstrument instrument;
        instrument.symbol = id<Symbol>(symbol_of(at));
        instrument.default_venue = id<VenueName>("X");
        desk.step(instrument);
    }
}

/// Sells or buys as many as `quantity` says, by an order of its own.
void trade(Desk& desk, std::uint64_t order, Side side, std::string_view quantity) {
    NewOrder body = order_named("t" + std::to_string(order), "1");
    body.side = side;
    desk.step(body);
    desk.step(VenueAccepted{report_on(order, 0)});
    VenueFilled fill{report_on(order, 0), qty(quantity), px("0.000000000001")};
    fill.report.exec_id = id<VenueExecId>("e" + std::to_string(order));
    desk.step(fill);
}

void ask_again(Desk& desk) {
    desk.now = desk.now + Duration::seconds(2);
    desk.step(TimePassed{});
}

bool has_alarm(const Desk& desk, AlarmKind kind, std::string_view text) {
    for (int at = 0; desk.said<Alarm>(at) != nullptr; ++at)
        if (desk.said<Alarm>(at)->kind == kind && desk.said<Alarm>(at)->text.view() == text) return true;
    return false;
}

constexpr std::string_view kLost = "a position has no number any more; it is not compared";

TEST(Positions, OneMoreThanIsKeptIsNotComparedAndTheDeskIsToldOnce) {
    Desk desk = asking_desk();
    define_instruments(desk, kMaxPositions + 2);
    for (std::size_t at = 1; at <= kMaxPositions; ++at) desk.step(told(1, symbol_of(at), "5"));
    ASSERT_NE(desk.said<PositionCompared>(), nullptr);
    desk.step(told(1, symbol_of(kMaxPositions + 1), "5"));
    EXPECT_EQ(desk.said<PositionCompared>(), nullptr);
    EXPECT_TRUE(has_alarm(
        desk, AlarmKind::CapacityReached, "one more position than is kept; it and others are not compared"));
    desk.step(told(1, symbol_of(kMaxPositions + 2), "5"));
    EXPECT_EQ(desk.count<Alarm>(), 0);
    // An order for it goes all the same, and its fill is booked.
    trade(desk, 1, Side::Buy, "1");
    EXPECT_EQ(desk.count<ExecutionReport>(), 1);
    EXPECT_EQ(desk.core().world().positions.all().size(), kMaxPositions);
}

TEST(Positions, AnAnswerThatDoesNotEndIsNone) {
    Desk desk = asking_desk();
    for (std::uint32_t at = 1; at < kMaxPositionLines; ++at) desk.step(told(1, "XYZ", "5"));
    EXPECT_EQ(desk.count<Alarm>(), 0);
    desk.step(told(1, "XYZ", "5"));
    EXPECT_TRUE(has_alarm(desk, AlarmKind::PositionsNotTold, "its list of positions does not end"));
}

constexpr std::size_t kMany = kMaxPositionOutputsPerStep + 10;

VenuePositionTold none_of(std::uint32_t request) {
    VenuePositionTold body = told(request, "", "0");
    body.answer = PositionAnswer::Nothing;
    return body;
}

/// Of many positions, XYZ the last, its venue has told 5 each, and then once that there is none. It is asked
/// again.
Desk desk_with_many_doubted() {
    Desk desk = asking_desk();
    define_instruments(desk, kMany);
    for (std::size_t at = 1; at < kMany; ++at) desk.step(told(1, symbol_of(at), "5"));
    desk.step(told(1, "XYZ", "5"));
    desk.now = desk.now + Duration::seconds(6);
    desk.step(TimePassed{});  // the answer that is not whole is given up
    desk.step(none_of(2));
    EXPECT_FALSE(desk.core().has_work());  // nothing is told of what differs once
    ask_again(desk);
    return desk;
}

TEST(Positions, AWholeAnswerThatNamesNoneOfManyTellsOfThemInSeveralSteps) {
    Desk desk = desk_with_many_doubted();
    desk.step(none_of(3));
    const int first = desk.count<PositionCompared>();
    EXPECT_EQ(first, static_cast<int>(kMaxPositionOutputsPerStep / 2));
    EXPECT_EQ(desk.count<Alarm>(), first);
    EXPECT_EQ(desk.count<VenuePositionsRequest>(), 0);
    ASSERT_TRUE(desk.core().has_work());
    // The answer has come: it is not late, nobody else is asked about, and what comes after it is no part of
    // it.
    desk.now = desk.now + Duration::seconds(9);
    desk.step(TimePassed{});
    EXPECT_EQ(desk.count<Alarm>() + desk.count<VenuePositionsRequest>(), 0);
    EXPECT_TRUE(desk.step(told(3, "XYZ", "5")).empty());
    int all = first;
    while (desk.core().has_work()) {
        desk.step(ContinueWork{});
        EXPECT_LE(desk.count<PositionCompared>() + desk.count<Alarm>(),
                  static_cast<int>(kMaxPositionOutputsPerStep) + 1);
        all += desk.count<PositionCompared>();
    }
    EXPECT_EQ(all, static_cast<int>(kMany));
    EXPECT_EQ(desk.count<VenuePositionsRequest>(), 1);  // its next turn had come
}

TEST(Positions, AnExecutionBookedBeforeAPositionIsLookedAtIsNoPartOfTheAnswer) {
    Desk desk = desk_with_many_doubted();
    desk.step(none_of(3));
    trade(desk, 1, Side::Buy, "1");
    ASSERT_EQ(desk.count<ExecutionReport>(), 1);
    while (desk.core().has_work()) desk.step(ContinueWork{});
    const Positions& positions = desk.core().world().positions;
    EXPECT_FALSE(positions.all().back().differs);
    EXPECT_FALSE(positions.all().back().is_doubted);
    EXPECT_EQ(positions.differing_at(VenueId{1}), kMany - 1);
}

TEST(Positions, AVenueThatIsGoneIsNotLookedAtFurther) {
    Desk desk = desk_with_many_doubted();
    desk.step(none_of(3));
    ASSERT_TRUE(desk.core().has_work());
    desk.step(SessionChanged{desk.core().world().directory[VenueId{1}].session, false});
    EXPECT_FALSE(desk.core().has_work());
    EXPECT_EQ(desk.core().world().positions.differing_at(VenueId{1}), kMaxPositionOutputsPerStep / 2);
}

TEST(Positions, AVenueThatIsNotDefinedTellsNothing) {
    Desk desk(kSmall);
    VenuePositionTold body = told(1, "XYZ", "5");
    body.venue = VenueId{9};
    EXPECT_TRUE(desk.step(body).empty());
}

TEST(Positions, OneThatIsBeyondNumbersIsComparedNoMore) {
    Desk desk = asking_desk();
    VenuePositionTold none = told(1, "XYZ", "0");
    none.answer = PositionAnswer::Nothing;
    desk.step(none);
    trade(desk, 1, Side::Buy, "9000000000000000000");
    EXPECT_FALSE(has_alarm(desk, AlarmKind::CapacityReached, kLost));
    trade(desk, 2, Side::Buy, "9000000000000000000");
    EXPECT_TRUE(has_alarm(desk, AlarmKind::CapacityReached, kLost));
    trade(desk, 3, Side::Buy, "9000000000000000000");
    EXPECT_FALSE(has_alarm(desk, AlarmKind::CapacityReached, kLost));
    for (std::uint32_t request = 2; request <= 4; ++request) {
        ask_again(desk);
        VenuePositionTold line = told(request, "XYZ", "5");
        line.total = 1;
        desk.step(line);
        EXPECT_EQ(desk.count<PositionCompared>(), 0);
        EXPECT_EQ(desk.count<Alarm>(), 0);
    }
}

TEST(Positions, AnOpeningThatHasNoNumberIsNone) {
    Desk desk = asking_desk();
    trade(desk, 1, Side::Sell, "9000000000000000000");
    desk.now = desk.now + Duration::seconds(6);
    desk.step(TimePassed{});  // the first question is given up, the next one asked
    ASSERT_NE(desk.said<VenuePositionsRequest>(), nullptr);
    desk.step(told(desk.said<VenuePositionsRequest>()->request, "XYZ", "9000000000000000000"));
    EXPECT_TRUE(has_alarm(desk, AlarmKind::CapacityReached, kLost));
}

TEST(Positions, ADifferenceThatHasNoNumberIsTold) {
    for (const auto& [opening, bought, now] :
         {std::array<std::string_view, 3>{"9000000000000000000", "9000000000000000000", "1"},
          {"0.000000000001", "1", "9000000000000000000"}}) {
        Desk desk = asking_desk();
        VenuePositionTold line = told(1, "XYZ", opening);
        line.total = 1;
        desk.step(line);
        ASSERT_EQ(desk.count<PositionCompared>(), 1);
        trade(desk, 1, Side::Buy, bought);
        ask_again(desk);
        line = told(2, "XYZ", now);
        line.total = 1;
        desk.step(line);
        EXPECT_TRUE(has_alarm(desk, AlarmKind::CapacityReached, kLost));
    }
}

}  // namespace
}  // namespace penstock::oms
