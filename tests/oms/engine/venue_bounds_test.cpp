#include <gtest/gtest.h>

#include "oms/engine/settings.hpp"
#include "tests/oms/engine/desk.hpp"
#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;
using tests::px;
using tests::qty;

/// What a venue tells of an order that is nobody's.
VenueOrderTold told(std::size_t number, OrdStatus status) {
    VenueOrderTold body;
    body.report.venue = VenueId{1};
    body.report.venue_order_id = id<VenueOrderId>("H" + std::to_string(number));
    body.terms.symbol = id<Symbol>("XYZ");
    body.terms.quantity = qty("100");
    body.terms.limit = px("10");
    body.terms.cl_ord_id = id<ClOrdId>("w" + std::to_string(number));
    body.terms.status = status;
    return body;
}

AdoptVenueOrder adopt(const VenueOrderId& order) {
    AdoptVenueOrder body;
    body.venue = id<VenueName>("X");
    body.venue_order_id = order;
    body.owner = id<SessionName>("A");
    body.account = id<AccountName>("ACC");
    return body;
}

TEST(VenueBounds, OneMoreOrderOfNobodyIsNotKeptAndTheDeskIsTold) {
    Desk desk({.orders = 4, .requests = 4, .fills = 4});
    for (std::size_t at = 1; at <= kMaxVenueOrders; ++at) desk.step(told(at, OrdStatus::New));
    ASSERT_NE(desk.said<VenueOrderKept>(), nullptr);
    desk.step(told(kMaxVenueOrders + 1, OrdStatus::New));
    EXPECT_EQ(desk.said<VenueOrderKept>(), nullptr);
    ASSERT_NE(desk.said<Alarm>(), nullptr);
    EXPECT_EQ(desk.said<Alarm>()->kind, AlarmKind::CapacityReached);
}

// Its fills were told, but not one by one, so that it is open here when its record makes room for another.
TEST(VenueBounds, AnAdoptedOrderWhoseRecordIsForgottenIsCancelledByWhatItsVenueCallsIt) {
    Desk desk({.orders = 4, .requests = 4, .fills = 4});
    desk.step(told(1, OrdStatus::New));
    desk.step(adopt(id<VenueOrderId>("H1")));
    ASSERT_NE(desk.said<ExecutionReport>(), nullptr);
    const ClOrdId adopted = desk.said<ExecutionReport>()->cl_ord_id;
    CancelOrder cancel;
    cancel.session = {1};
    cancel.cl_ord_id = id<ClOrdId>("c1");
    cancel.orig_cl_ord_id = adopted;
    cancel.symbol = id<Symbol>("XYZ");
    VenueOrderTold filled = told(1, OrdStatus::Filled);
    filled.terms.filled = qty("100");
    desk.step(filled);
    for (std::size_t at = 2; at <= kMaxVenueOrders + 1; ++at) desk.step(told(at, OrdStatus::New));
    ASSERT_NE(desk.said<VenueOrderKept>(), nullptr);
    desk.step(cancel);
    const auto* const sent = desk.said<VenueCancelOrder>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->foreign_id, id<ClOrdId>("w1"));
    EXPECT_EQ(sent->venue_order_id, id<VenueOrderId>("H1"));
}

TEST(VenueBounds, AVenueThatIsNotDefinedTellsNothing) {
    Desk desk({.orders = 4, .requests = 4, .fills = 4});
    VenueOrderTold order = told(1, OrdStatus::New);
    order.report.venue = VenueId{9};
    EXPECT_TRUE(desk.step(order).empty());
    VenueBookTold book;
    book.venue = VenueId{9};
    EXPECT_TRUE(desk.step(book).empty());
}

// A stop waits inside: its venue cannot have it, whatever id it tells of.
TEST(VenueBounds, AnOrderThatWasNeverSentIsNotTheOneThatAVenueTellsOf) {
    Desk desk({.orders = 4, .requests = 4, .fills = 4});
    NewOrder stop = order_named("a1", "100");
    stop.type = OrderType::StopLimit;
    stop.conditions.emplace().stop = px("10.5");
    desk.step(stop);
    EXPECT_EQ(desk.count<VenueNewOrder>(), 0);
    VenueOrderTold filled = told(1, OrdStatus::Filled);
    filled.report.child = ChildId{1};
    filled.terms.filled = qty("100");
    desk.step(filled);
    ASSERT_NE(desk.said<Alarm>(), nullptr);
    EXPECT_EQ(desk.said<Alarm>()->kind, AlarmKind::OrphanOrder);
    EXPECT_EQ(desk.said<ExecutionReport>(), nullptr);
}

// A check each second asks about ten orders a second.
TEST(VenueBounds, ACheckIsNotBegunBeforeTheOneBeforeHasAskedAboutEveryOrder) {
    constexpr int kOrders = 2 * kMaxSingleQuestionsPerTick + 1;
    Desk desk({.orders = 100, .requests = 4, .fills = 4});
    DefineVenue sheet;
    sheet.name = id<VenueName>("X");
    sheet.session = id<SessionName>("X");
    sheet.asks_on_logon = true;
    sheet.check_every = Duration::seconds(1);
    desk.step(sheet);
    const SessionId venue = desk.core().world().directory[VenueId{1}].session;
    desk.step(SessionChanged{venue, false});
    desk.step(SessionChanged{venue, true});
    for (std::uint64_t order = 1; order <= kOrders; ++order) {
        desk.step(order_named("b" + std::to_string(order), "1"));
        desk.step(VenueAccepted{report_on(order, 0)});
    }
    const auto asked_in_next_second = [&] {
        desk.now = desk.now + Duration::seconds(1);
        desk.step(TimePassed{});
        return desk.count<VenueStatusRequest>();
    };
    EXPECT_EQ(asked_in_next_second(), kMaxSingleQuestionsPerTick);
    EXPECT_EQ(asked_in_next_second(), kMaxSingleQuestionsPerTick);
    EXPECT_EQ(asked_in_next_second(), 1);
}

TEST(VenueBounds, AListThatDoesNotEndIsNoListAndTheVenueIsAskedAboutTheOrdersOneByOne) {
    Desk desk({.orders = 4, .requests = 4, .fills = 4});
    DefineVenue sheet;
    sheet.name = id<VenueName>("X");
    sheet.session = id<SessionName>("X");
    sheet.asks_on_logon = true;
    sheet.mass_status = true;
    desk.step(sheet);
    for (std::uint64_t order = 1; order <= 2; ++order) {
        desk.step(order_named("b" + std::to_string(order), "100"));
        desk.step(VenueAccepted{report_on(order, 0)});
    }
    const SessionId venue = desk.core().world().directory[VenueId{1}].session;
    desk.step(SessionChanged{venue, false});
    desk.step(SessionChanged{venue, true});
    ASSERT_EQ(desk.count<VenueMassStatusRequest>(), 1);
    VenueOrderTold line = told(1, OrdStatus::New);
    line.report.child = ChildId{1};
    line.place.request = 1;
    for (std::uint32_t at = 1; at <= kMaxBookLines; ++at) desk.step(line);
    EXPECT_EQ(desk.said<Alarm>(), nullptr);
    desk.step(line);
    ASSERT_NE(desk.said<Alarm>(), nullptr);
    EXPECT_EQ(desk.said<Alarm>()->kind, AlarmKind::NotReconciled);
    EXPECT_EQ(desk.said<Alarm>()->text.view(), "its list of open orders does not end");
    // The other one stood in what came of the list.
    ASSERT_EQ(desk.count<VenueStatusRequest>(), 1);
    EXPECT_EQ(desk.said<VenueStatusRequest>()->child, ChildId{2});
}

// Told apart are fifteen; what is answered to one more counts for the newest question.
TEST(VenueBounds, ManyUnansweredQuestionsByOtherIdsAreToldApartUpToABound) {
    Desk desk({.orders = 4, .requests = 4, .fills = 4});
    desk.step(order_named("a0", "100"));
    desk.step(VenueAccepted{report_on(1, 0)});
    const OutcomeUnknown unknown{VenueId{1}, ChildId{1}};
    for (int round = 1; round <= 10; ++round) {
        CancelOrder cancel;
        cancel.session = {1};
        cancel.cl_ord_id = id<ClOrdId>("c" + std::to_string(round));
        cancel.orig_cl_ord_id = id<ClOrdId>("a0");
        cancel.symbol = id<Symbol>("XYZ");
        desk.step(cancel);
        const auto* const sent = desk.said<VenueCancelOrder>();
        ASSERT_NE(sent, nullptr) << round;
        const std::uint32_t revision = sent->revision;
        desk.step(unknown);
        EXPECT_EQ(desk.count<VenueStatusRequest>(), 1);
        VenueRequestRefused refused;
        refused.report = report_on(1, revision);
        desk.step(refused);
        desk.step(unknown);
        EXPECT_EQ(desk.count<VenueStatusRequest>(), 1);
    }
    const auto& orders = desk.core().world().orders;
    const Child& child = orders[orders.find_child(ChildId{1})];
    EXPECT_EQ(child.older_questions, 15);
    EXPECT_EQ(child.asked_by, 0);
}

}  // namespace
}  // namespace penstock::oms
