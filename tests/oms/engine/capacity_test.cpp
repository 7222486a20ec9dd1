#include "oms/engine/settings.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "oms/domain/venue_cl_ord_id.hpp"
#include "tests/oms/engine/desk.hpp"
#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;
using tests::px;
using tests::qty;

template <class Body>
Body request(int number) {
    Body body;
    body.session = {1};
    body.cl_ord_id = id<ClOrdId>("a" + std::to_string(number));
    body.orig_cl_ord_id = id<ClOrdId>("a" + std::to_string(number - 1));
    body.symbol = id<Symbol>("XYZ");
    return body;
}

AmendOrder amend(int number) {
    auto body = request<AmendOrder>(number);
    body.quantity = qty("100");
    body.limit = px("10");
    return body;
}

TEST(Capacity, EveryOpenOrderCanBeCancelledAtOnce) {
    constexpr int kOrders = 100;
    Desk desk({.orders = kOrders, .requests = 1, .fills = 4});
    for (int i = 0; i < kOrders; ++i) desk.step(order_named("a" + std::to_string(i), "100"));
    for (int i = 0; i < kOrders; ++i) {
        auto cancel = request<CancelOrder>(i + 1);
        cancel.cl_ord_id = id<ClOrdId>("c" + std::to_string(i));
        desk.step(cancel);
        ASSERT_NE(desk.said<VenueCancelOrder>(), nullptr) << i;
    }
}

TEST(Capacity, AfterALogonAVenueIsAskedAboutItsOrdersAFewAtATime) {
    Desk desk({.orders = 2'000, .requests = 16, .fills = 4});
    constexpr int kOrders = kMaxReconciledPerTick + 20;
    for (int i = 1; i <= kOrders; ++i) {
        desk.step(order_named("b" + std::to_string(i), "1"));
        desk.step(VenueAccepted{report_on(static_cast<std::uint64_t>(i), 0)});
    }
    const auto asked = [&](const InputBody& body) {
        std::visit([&](const auto& input) { desk.step(input); }, body);
        return desk.count<VenueStatusRequest>();
    };
    const SessionId venue = desk.core().world().directory[VenueId{1}].session;
    EXPECT_EQ(asked(SessionChanged{venue, false}), 0);
    EXPECT_EQ(asked(SessionChanged{venue, true}), kMaxReconciledPerTick);
    EXPECT_TRUE(desk.core().awaits_answers());
    EXPECT_EQ(asked(TimePassed{}), 20);
    EXPECT_EQ(asked(TimePassed{}), 0);
}

TEST(Capacity, AfterALogonOnlySoManyPlacesAreLookedAtInATick) {
    constexpr int kOthers = static_cast<int>(kMaxPlacesLookedAtPerTick) + 100;
    Desk desk({.orders = kOthers + 100, .requests = 16, .fills = 4});
    for (int i = 1; i <= kOthers; ++i) {
        NewOrder order = order_named("b" + std::to_string(i), "1");
        order.symbol = id<Symbol>("ABC");
        desk.step(order);
    }
    desk.step(order_named("a0", "1"));
    desk.step(VenueAccepted{report_on(kOthers + 1, 0)});
    const SessionId venue = desk.core().world().directory[VenueId{1}].session;
    desk.step(SessionChanged{venue, false});
    desk.step(SessionChanged{venue, true});
    EXPECT_EQ(desk.count<VenueStatusRequest>(), 0);
    Outbox out;
    Core& core = desk.core();
    core.step({{900'000}, desk.now, {}, TimePassed{}}, out);
    EXPECT_EQ(
        std::ranges::count_if(
            out.view(), [](const Output& said) { return std::holds_alternative<VenueStatusRequest>(said); }),
        1);
}

TEST(Capacity, AfterALogonAPlaceWithoutAnOrderIsPassedBy) {
    Desk desk({.orders = 3, .requests = 16, .fills = 4});
    for (int i = 0; i < 3; ++i) {
        desk.step(order_named("a" + std::to_string(i), "100"));
        desk.step(VenueAccepted{report_on(static_cast<std::uint64_t>(i) + 1, 0)});
    }
    VenueFilled fill{report_on(1, 0), qty("100"), px("10")};
    fill.report.exec_id = id<VenueExecId>("e1");
    desk.step(fill);
    // A list that finds too little room: what had ended is forgotten for it.
    NewList list;
    list.session = {1};
    list.list_id = id<ClOrdId>("L1");
    list.legs = 2;
    list.groups = 1;
    desk.step(list);
    ListGroup group;
    group.session = {1};
    group.group = 1;
    desk.step(group);
    for (std::uint32_t leg = 1; leg <= 2; ++leg)
        desk.step(ListLeg{{1}, leg, 1, order_named("l" + std::to_string(leg), "10")});
    desk.step(EnterList{{1}, list.list_id});
    EXPECT_EQ(desk.said<VenueNewOrder>(), nullptr);
    const SessionId venue = desk.core().world().directory[VenueId{1}].session;
    desk.step(SessionChanged{venue, false});
    desk.step(SessionChanged{venue, true});
    EXPECT_EQ(desk.count<VenueStatusRequest>(), 2);
}

TEST(Capacity, AFillPastTheBoundIsBookedAndTheDeskIsTold) {
    Desk desk({.orders = 4, .requests = 4, .fills = 1});
    desk.step(order_named("a0", "100"));
    for (const char* exec : {"e1", "e2"}) {
        VenueFilled fill{report_on(1, 0), qty("10"), px("10")};
        fill.report.exec_id = id<VenueExecId>(exec);
        desk.step(fill);
        EXPECT_NE(desk.said<ExecutionReport>(), nullptr);
    }
    ASSERT_NE(desk.said<Alarm>(), nullptr);
    EXPECT_EQ(desk.said<Alarm>()->kind, AlarmKind::CapacityReached);
    EXPECT_EQ(desk.said<ExecutionReport>()->filled, qty("20"));
}

// The bound is an input: an operator who raises it after CapacityReached can still replay the journal.
TEST(Capacity, MayGrowAndShrinkWithoutForgettingAnOpenOrder) {
    Desk desk({.orders = 1, .requests = 4, .fills = 4});
    desk.step(order_named("a0", "100"));
    desk.step(order_named("a1", "100"));
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.reason, Reason::CapacityReached);

    desk.step(SetCapacity{.orders = 5000, .requests = 8, .fills = 8});
    for (int i = 2; i <= 3000; ++i) {
        desk.step(order_named("a" + std::to_string(i), "100"));
        ASSERT_NE(desk.said<VenueNewOrder>(), nullptr) << i;
    }
    desk.step(SetCapacity{.orders = 10, .requests = 8, .fills = 8});
    desk.step(order_named("b0", "100"));
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.reason, Reason::CapacityReached);
    for (const int number : {2, 1500, 3000}) {
        auto cancel = request<CancelOrder>(number + 1);
        cancel.cl_ord_id = id<ClOrdId>("c" + std::to_string(number));
        desk.step(cancel);
        EXPECT_NE(desk.said<VenueCancelOrder>(), nullptr) << number;
    }
}

TEST(Capacity, MoreRequestsInFlightThanTheBoundAreRefused) {
    Desk desk({.orders = 100, .requests = 100, .fills = 4});
    desk.step(order_named("a0", "100"));
    for (int i = 1; i <= kMaxRequestsPerOrder; ++i) {
        desk.step(request<CancelOrder>(i));
        EXPECT_NE(desk.said<VenueCancelOrder>(), nullptr) << i;
    }
    desk.step(request<CancelOrder>(kMaxRequestsPerOrder + 1));
    ASSERT_NE(desk.said<CancelReject>(), nullptr);
    EXPECT_EQ(desk.said<CancelReject>()->denial.reason, Reason::TooManyRequests);
}

// A market maker may amend one order all day. The venue's ClOrdID must neither grow past its 20
// characters nor come round again, and the order must still be cancellable.
TEST(Capacity, AnOrderAmendedAllDayKeepsItsIdsUniqueAndCanBeCancelled) {
    Desk desk({.orders = 100'000, .requests = 16, .fills = 4});
    desk.step(order_named("a0", "100"));
    desk.step(VenueAccepted{report_on(1, 0)});
    std::uint32_t revision = 0;
    int number = 0;
    for (; number < 70'000; ++number) {
        desk.step(amend(number + 1));
        const auto* sent = desk.said<VenueAmendOrder>();
        if (sent == nullptr) break;
        ASSERT_EQ(sent->revision, ++revision);
        desk.step(VenueAmended{report_on(1, revision), qty("100"), px("10")});
    }
    ASSERT_NE(desk.said<CancelReject>(), nullptr);
    EXPECT_EQ(desk.said<CancelReject>()->denial.reason, Reason::TooManyRequests);
    EXPECT_GT(number, 40'000);

    desk.step(request<CancelOrder>(number + 1));
    const auto* cancel = desk.said<VenueCancelOrder>();
    ASSERT_NE(cancel, nullptr);
    const IdSpace space{id<FixedText<2>>("P1"), 1};
    EXPECT_LE(venue_cl_ord_id(space, {{36ULL * 36 * 36}, cancel->revision}).size(), 20U);
    EXPECT_LE(cancel->revision, kMaxRevisionsPerChild);

    // The last ones are for cancels; when those are used up too, nothing can be asked for any more.
    for (int again = 2; desk.said<VenueCancelOrder>() != nullptr; ++again) {
        VenueRequestRefused refused;
        refused.report = report_on(1, ++revision);
        desk.step(refused);
        auto body = request<CancelOrder>(number + again);
        body.orig_cl_ord_id = id<ClOrdId>("a" + std::to_string(number));
        desk.step(body);
    }
    ASSERT_NE(desk.said<CancelReject>(), nullptr);
    EXPECT_EQ(desk.said<CancelReject>()->denial.reason, Reason::TooManyRequests);
    EXPECT_GE(revision + kMaxRequestsPerOrder, kMaxRevisionsPerChild);
    MassCancel all;
    all.session = {1};
    all.cl_ord_id = id<ClOrdId>("m1");
    desk.step(all);
    ASSERT_NE(desk.said<MassCancelReport>(), nullptr);
    EXPECT_EQ(desk.said<MassCancelReport>()->denial.reason, Reason::TooManyRequests);
    // Its client is gone, and cannot be promised anything: it is told why the order stays.
    DefineSession leaves;
    leaves.name = id<SessionName>("A");
    leaves.default_account = id<AccountName>("ACC");
    leaves.cancel_on_disconnect = true;
    desk.step(leaves);
    desk.step(PermitAccount{leaves.name, leaves.default_account});
    desk.step(SessionChanged{{1}, true});
    desk.step(SessionChanged{{1}, false});
    EXPECT_EQ(desk.said<VenueCancelOrder>(), nullptr);
    ASSERT_NE(desk.said<ExecutionReport>(), nullptr);
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.reason, Reason::TooManyRequests);
    EXPECT_TRUE(desk.said<ExecutionReport>()->text.empty());
}

/// Amends, then cancels that the venue refuses, of order "a0", until nothing can be asked about it. Its venue
/// tells `told` as the quantity of this child.
void use_up(Desk& desk, std::uint64_t child, std::string_view told) {
    std::uint32_t revision = 0;
    int number = 1;
    for (;; ++number) {
        AmendOrder other = amend(number);
        other.limit = px(number % 2 == 0 ? "10" : "10.1");
        desk.step(other);
        if (desk.said<VenueAmendOrder>() == nullptr) break;
        desk.step(VenueAmended{report_on(child, ++revision), qty(told), other.limit});
    }
    for (;; ++number) {
        auto cancel = request<CancelOrder>(number);
        cancel.cl_ord_id = id<ClOrdId>("c" + std::to_string(number));
        cancel.orig_cl_ord_id = id<ClOrdId>("a" + std::to_string(revision));
        desk.step(cancel);
        if (desk.said<VenueCancelOrder>() == nullptr) return;
        desk.step(VenueRequestRefused{report_on(child, desk.said<VenueCancelOrder>()->revision), {}, 0, {}});
    }
}

// Nothing can be asked about the last of many that a mass cancel means, and its venue goes before its turn:
// the client's wish is remembered, and the desk is told when it cannot be done.
TEST(Capacity, AMassCancelThatCannotBeDoneForWantOfIdsIsForTheDesk) {
    constexpr int kMany = static_cast<int>(kMaxBulkOrdersPerStep);
    Desk desk({.orders = 100'000, .requests = 400, .fills = 4});
    for (int i = 0; i < kMany; ++i) desk.step(order_named("x" + std::to_string(i), "1"));
    const auto child = static_cast<std::uint64_t>(kMany) + 1;
    desk.step(order_named("a0", "100"));
    desk.step(VenueAccepted{report_on(child, 0)});
    use_up(desk, child, "100");
    MassCancel all;
    all.session = {1};
    all.cl_ord_id = id<ClOrdId>("m1");
    desk.step(all);
    EXPECT_EQ(desk.count<VenueCancelOrder>(), kMany);
    desk.step(SessionChanged{{2}, false});
    desk.step(ContinueWork{});
    ASSERT_NE(desk.said<MassCancelReport>(), nullptr);
    EXPECT_TRUE(desk.said<MassCancelReport>()->accepted);
    desk.step(SessionChanged{{2}, true});
    ASSERT_NE(desk.said<Alarm>(), nullptr);
    EXPECT_EQ(desk.said<Alarm>()->kind, AlarmKind::OrderBlocked);
}

// Its ids are used up by amends, and by cancels that the venue refused. A bust opens that slice again.
TEST(Capacity, ASliceWithoutIdsLeftIsNotAskedToBeCancelled) {
    Desk desk({.orders = 100'000, .requests = 16, .fills = 4});
    NewOrder iceberg = order_named("a0", "100");
    iceberg.conditions.emplace().display = qty("10");
    desk.step(iceberg);
    desk.step(VenueAccepted{report_on(1, 0)});
    use_up(desk, 1, "10");
    EXPECT_EQ(desk.said<CancelReject>()->denial.reason, Reason::TooManyRequests);
    VenueFilled fill{report_on(1, 0), qty("10"), px("10")};
    fill.report.exec_id = id<VenueExecId>("e1");
    desk.step(fill);
    ASSERT_NE(desk.said<VenueNewOrder>(), nullptr);
    FillBusted bust;
    bust.report = report_on(1, 0);
    bust.report.exec_id = id<VenueExecId>("e2");
    bust.exec_ref_id = id<VenueExecId>("e1");
    desk.step(bust);
    ASSERT_NE(desk.said<ExecutionReport>(), nullptr);
    EXPECT_EQ(desk.said<ExecutionReport>()->exec_type, ExecType::TradeCancel);
    EXPECT_EQ(desk.said<VenueCancelOrder>(), nullptr);
}

TEST(Capacity, StatusQuestionsAreAskedAFewAtATime) {
    Desk desk({.orders = 1'000, .requests = 16, .fills = 4});
    for (int i = 0; i < kMaxStatusQueriesPerTick + 20; ++i)
        desk.step(order_named("b" + std::to_string(i), "1"));
    const auto asked = [&](std::int64_t at) {
        Core& core = desk.core();
        Outbox out;
        core.step({{900}, {at}, {}, TimePassed{}}, out);
        int count = 0;
        for (const Output& output : out.view())
            count += std::holds_alternative<VenueStatusRequest>(output) ? 1 : 0;
        return count;
    };
    EXPECT_EQ(asked(1'006'000'000'000), kMaxStatusQueriesPerTick);
    EXPECT_EQ(asked(1'007'000'000'000), 20);
    EXPECT_EQ(asked(1'008'000'000'000), 0);
}

}  // namespace
}  // namespace penstock::oms
