#include "oms/engine/bulk.hpp"

#include <gtest/gtest.h>

#include "oms/engine/settings.hpp"
#include "tests/oms/engine/desk.hpp"
#include "tests/oms/words.hpp"

// Work on many orders, in slices: what happens to them, and to the work, while it is not done.

namespace penstock::oms {
namespace {

using tests::id;
using tests::px;
using tests::qty;

constexpr int kSlice = static_cast<int>(kMaxBulkOrdersPerStep);
constexpr SessionId kA{1};
constexpr SessionId kVenueX{2};
constexpr SessionId kVenueY{3};

std::string name(int number) { return "a" + std::to_string(number); }

/// A desk where client A has so many orders working at X. The place, id and child of each is its number.
class Bulk : public testing::Test {
  protected:
    void enter(int count) {
        for (int i = 1; i <= count; ++i) {
            desk.step(order_named(name(i), "100"));
            desk.step(VenueAccepted{report_on(static_cast<std::uint64_t>(i), 0)});
        }
    }
    void cancel_all() {
        MassCancel body;
        body.session = kA;
        body.cl_ord_id = id<ClOrdId>("m" + std::to_string(++requests_));
        desk.step(body);
    }
    void ask_all() {
        MassStatusQuery body;
        body.session = kA;
        body.request_id = id<RequestId>("r" + std::to_string(++requests_));
        desk.step(body);
    }
    void fill(int number) {
        VenueFilled body{report_on(static_cast<std::uint64_t>(number), 0), qty("100"), px("10")};
        body.report.exec_id = id<VenueExecId>("e" + std::to_string(number));
        desk.step(body);
    }
    void define_client(std::string_view client) {
        DefineSession body;
        body.name = id<SessionName>(client);
        body.default_account = id<AccountName>("ACC");
        body.cancel_on_disconnect = true;
        desk.step(body);
        desk.step(PermitAccount{body.name, body.default_account});
    }
    void go_on() { desk.step(ContinueWork{}); }
    int cancels() const { return desk.count<VenueCancelOrder>(); }
    const MassCancelReport& told() const { return *desk.said<MassCancelReport>(); }

    Desk desk{{.orders = 1'000, .requests = 50, .fills = 50}};

  private:
    int requests_ = 0;
};

TEST_F(Bulk, ALongMassCancelTakesStepsOfItsOwnAndIsToldWhenAllIsDone) {
    enter(2 * kSlice + 5);
    cancel_all();
    EXPECT_EQ(cancels(), kSlice);
    EXPECT_EQ(desk.said<MassCancelReport>(), nullptr);
    EXPECT_TRUE(desk.core().has_work());
    go_on();
    EXPECT_EQ(cancels(), kSlice);
    EXPECT_EQ(desk.said<MassCancelReport>(), nullptr);
    go_on();
    EXPECT_EQ(cancels(), 5);
    EXPECT_EQ(told().affected, 2U * kSlice + 5);
    EXPECT_FALSE(desk.core().has_work());
}

TEST_F(Bulk, AHaltLeavesALongMassCancelToItsEnd) {
    enter(2 * kSlice);
    cancel_all();
    OperatorActed halt;
    halt.effect = OperatorEffect::Halt;
    desk.step(halt);
    EXPECT_TRUE(desk.core().has_work());
    go_on();
    EXPECT_EQ(told().affected, 2U * kSlice);
    EXPECT_FALSE(desk.core().has_work());
}

TEST_F(Bulk, AStepThatDoesTheLastOfOneJobLeavesTheNextForLater) {
    enter(2 * kSlice);
    cancel_all();
    ask_all();
    EXPECT_EQ(desk.count<ExecutionReport>(), kSlice);
    // Cancels go before reports.
    go_on();
    EXPECT_EQ(cancels(), kSlice);
    EXPECT_EQ(told().affected, 2U * kSlice);
    go_on();
    EXPECT_EQ(desk.count<ExecutionReport>(), kSlice);
    EXPECT_TRUE(desk.said<ExecutionReport>()->total_reports == 2U * kSlice);
    EXPECT_FALSE(desk.core().has_work());
}

TEST_F(Bulk, WhatHasEndedIsCancelledOrForgottenMeanwhileIsLeftAlone) {
    desk.step(SetCapacity{.orders = kSlice + 6, .requests = 50, .fills = 50, .refusals = 8});
    enter(kSlice + 6);
    cancel_all();
    EXPECT_EQ(cancels(), kSlice);
    fill(kSlice + 1);  // has ended
    CancelOrder own;
    own.session = kA;
    own.cl_ord_id = id<ClOrdId>("c1");
    own.orig_cl_ord_id = id<ClOrdId>(name(kSlice + 2));
    own.symbol = id<Symbol>("XYZ");
    desk.step(own);
    EXPECT_EQ(cancels(), 1);
    fill(kSlice + 3);
    // The oldest that has ended makes room, and its place is another order's; that one is not meant.
    desk.step(order_named("new", "100"));
    ASSERT_NE(desk.said<VenueNewOrder>(), nullptr);
    // The other one makes room for a list that finds too little of it, so that its place is empty.
    NewList list;
    list.session = kA;
    list.list_id = id<ClOrdId>("L1");
    list.legs = 2;
    list.groups = 1;
    desk.step(list);
    ListGroup group;
    group.session = kA;
    group.group = 1;
    desk.step(group);
    for (std::uint32_t leg = 1; leg <= 2; ++leg)
        desk.step(ListLeg{kA, leg, 1, order_named("l" + std::to_string(leg), "10")});
    desk.step(EnterList{kA, list.list_id});
    EXPECT_EQ(desk.said<VenueNewOrder>(), nullptr);
    fill(kSlice + 6);  // has ended, and is still known

    go_on();
    EXPECT_EQ(cancels(), 2);  // the fourth and the fifth; the second is on its way
    EXPECT_EQ(told().affected, kSlice + 3U);
    EXPECT_EQ(told().missed, 0U);
}

TEST_F(Bulk, WhatHasEndedIsStillToldOf) {
    enter(kSlice + 2);
    ask_all();
    fill(kSlice + 1);
    go_on();
    ASSERT_EQ(desk.count<ExecutionReport>(), 2);
    EXPECT_EQ(desk.said<ExecutionReport>()->ord_status, OrdStatus::Filled);
}

TEST_F(Bulk, AForgottenOrderIsToldOfAsNoneSoThatTheCountIsTrueAndTheLastIsMarked) {
    desk.step(SetCapacity{.orders = kSlice + 2, .requests = 50, .fills = 50, .refusals = 8});
    enter(kSlice + 2);
    ask_all();
    EXPECT_EQ(desk.count<ExecutionReport>(), kSlice);
    EXPECT_EQ(desk.said<ExecutionReport>()->total_reports, kSlice + 2U);
    fill(kSlice + 2);
    // It makes room for this one, which is not meant.
    desk.step(order_named("new", "100"));
    ASSERT_NE(desk.said<VenueNewOrder>(), nullptr);
    go_on();
    EXPECT_FALSE(desk.core().has_work());
    ASSERT_EQ(desk.count<ExecutionReport>(), 2);
    const ExecutionReport& first = *desk.said<ExecutionReport>(0);
    EXPECT_EQ(first.cl_ord_id.view(), name(kSlice + 1));
    EXPECT_FALSE(first.last_report);
    const ExecutionReport& last = *desk.said<ExecutionReport>(1);
    EXPECT_TRUE(last.order_id.is_none());
    EXPECT_EQ(last.denial.reason, Reason::UnknownOrder);
    EXPECT_EQ(last.request_id.view(), "r1");
    EXPECT_EQ(last.total_reports, kSlice + 2U);
    EXPECT_TRUE(last.last_report);
}

TEST_F(Bulk, OrdersWhoseVenueWentAwayMeanwhileAreCancelledWhenItIsBack) {
    enter(kSlice + 2);
    cancel_all();
    desk.step(SessionChanged{kVenueX, false});
    go_on();
    EXPECT_EQ(cancels(), 0);
    EXPECT_EQ(told().affected, kSlice + 2U);
    EXPECT_EQ(desk.said<ExecutionReport>()->text.view(), "to be cancelled when the venue is back");
    desk.step(SessionChanged{kVenueX, true});
    EXPECT_EQ(cancels(), 2);
}

TEST_F(Bulk, SoManyMassRequestsMayBeAtWorkAndTheNextLongOneIsRefused) {
    define_client("A");
    enter(kSlice + 1);
    // Work of the OMS's own does not count.
    desk.step(SessionChanged{kA, true});
    desk.step(SessionChanged{kA, false});
    EXPECT_EQ(cancels(), kSlice);
    for (std::size_t i = 0; i < kMaxMassRequests; ++i) {
        if (i % 2 == 0)
            ask_all();
        else
            cancel_all();
        ASSERT_EQ(desk.said<MassCancelReport>(), nullptr) << i;
    }
    cancel_all();
    EXPECT_FALSE(told().accepted);
    EXPECT_EQ(told().denial.reason, Reason::TooManyRequests);
    ask_all();
    ASSERT_EQ(desk.count<ExecutionReport>(), 1);
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.reason, Reason::TooManyRequests);
    // A short one is done at once.
    MassStatusQuery few;
    few.session = kA;
    few.request_id = id<RequestId>("few");
    few.side = Side::Sell;
    desk.step(few);
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.reason, Reason::UnknownOrder);
}

TEST_F(Bulk, AClientThatIsGoneAgainIsDoneOnce) {
    define_client("A");
    define_client("B");
    const SessionId b = desk.core().world().directory.session_id(id<SessionName>("B"));
    enter(2 * kSlice + 1);
    NewOrder other = order_named("b1", "100");
    other.session = b;
    desk.step(other);
    ask_all();  // reports are no matter of who is gone
    for (const SessionId client : {kA, b}) desk.step(SessionChanged{client, true});
    desk.step(SessionChanged{kA, false});
    EXPECT_EQ(cancels(), kSlice);
    // Another client's loss is work of its own, behind that.
    desk.step(SessionChanged{b, false});
    EXPECT_EQ(cancels(), kSlice);
    desk.step(SessionChanged{kA, true});
    desk.step(SessionChanged{kA, false});
    EXPECT_EQ(cancels(), 2);
    go_on();
    EXPECT_FALSE(desk.core().has_work());
}

TEST_F(Bulk, TwoVenuesThatComeBackAreWorkEach) {
    define_client("A");
    enter(kSlice + 1);
    NewOrder other = order_named("y1", "100");
    other.symbol = id<Symbol>("ABC");
    desk.step(other);
    for (const SessionId venue : {kVenueX, kVenueY}) desk.step(SessionChanged{venue, false});
    desk.step(SessionChanged{kA, true});
    desk.step(SessionChanged{kA, false});
    go_on();
    EXPECT_EQ(cancels(), 0);
    desk.step(SessionChanged{kVenueX, true});
    EXPECT_EQ(cancels(), kSlice);
    desk.step(SessionChanged{kVenueY, true});
    EXPECT_EQ(cancels(), 2);
    EXPECT_FALSE(desk.core().has_work());
}

}  // namespace
}  // namespace penstock::oms
