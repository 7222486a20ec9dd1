#include <gtest/gtest.h>

#include "tests/oms/engine/desk.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;
using tests::px;
using tests::qty;

ListGroup group(std::uint32_t number) {
    ListGroup made;
    made.session = {1};
    made.group = number;
    made.parent = number - 1;
    made.contingency = number == 1 ? Contingency::None : Contingency::OneCancelsOther;
    return made;
}

ListLeg leg(std::uint32_t number, const std::string& cl_ord_id) {
    ListLeg made;
    made.session = {1};
    made.leg = number;
    made.group = 1;
    made.order = order_named(cl_ord_id, "1");
    return made;
}

NewList head(const std::string& name, std::uint32_t legs, std::uint32_t groups) {
    NewList list;
    list.session = {1};
    list.list_id = id<ClOrdId>(name);
    list.legs = legs;
    list.groups = groups;
    return list;
}

/// What is said of it as a whole.
ListStatus enter_one(Desk& desk, const std::string& name) {
    desk.step(head(name, 1, 1));
    desk.step(group(1));
    desk.step(leg(1, name));
    desk.step(EnterList{{1}, id<ClOrdId>(name)});
    return *desk.said<ListStatus>();
}

NewOrder linked(const std::string& cl_ord_id) {
    NewOrder order = order_named(cl_ord_id, "1");
    order.conditions.emplace().link_id = id<ClOrdId>("K");
    return order;
}

// The bounds are inputs: what is done and no longer has a place is forgotten when the next list comes.
TEST(GroupCapacity, UnderALowerBoundDoneListsMakeWay) {
    Desk desk({.orders = 10, .requests = 4, .fills = 4});
    for (std::uint64_t child = 1; child <= 10; ++child) {
        EXPECT_EQ(enter_one(desk, "L" + std::to_string(child)).status, ListOrderStatus::Executing);
        desk.step(VenueRefused{report_on(child, 0), 0, {}});
        EXPECT_EQ(desk.said<ListStatus>()->status, ListOrderStatus::AllDone);
    }
    desk.step(SetCapacity{.orders = 2, .requests = 4, .fills = 4});
    EXPECT_EQ(enter_one(desk, "M").status, ListOrderStatus::Executing);
    desk.step(ListStatusQuery{{1}, id<ClOrdId>("L9")});
    EXPECT_EQ(desk.said<ListStatus>()->denial.reason, Reason::UnknownList);
    desk.step(ListStatusQuery{{1}, id<ClOrdId>("L10")});
    EXPECT_EQ(desk.said<ListStatus>()->status, ListOrderStatus::AllDone);
}

TEST(GroupCapacity, ALinkTakesNoMoreOrdersThanAList) {
    Desk desk({.orders = 200, .requests = 4, .fills = 4});
    for (std::uint32_t i = 1; i <= kMaxListLegs; ++i) {
        desk.step(linked("a" + std::to_string(i)));
        ASSERT_NE(desk.said<VenueNewOrder>(), nullptr) << i;
    }
    desk.step(linked("b"));
    ASSERT_NE(desk.said<ExecutionReport>(), nullptr);
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.reason, Reason::TooManyLegs);
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.measured, Notional::of(tests::dec("129")));
    EXPECT_EQ(desk.said<VenueNewOrder>(), nullptr);
}

TEST(GroupCapacity, AListThatGoesOnBeyondItsBoundIsRefusedWhole) {
    Desk desk({.orders = 200, .requests = 4, .fills = 4});
    desk.step(head("L", kMaxListLegs, 1));
    desk.step(group(1));
    for (std::uint32_t i = 1; i <= kMaxListLegs + 1; ++i) desk.step(leg(i, "a" + std::to_string(i)));
    desk.step(EnterList{{1}, id<ClOrdId>("L")});
    EXPECT_EQ(desk.count<VenueNewOrder>(), 0);
    EXPECT_EQ(desk.said<ListStatus>()->denial.reason, Reason::TooManyLegs);

    desk.step(head("M", 1, kMaxListLegs));
    for (std::uint32_t i = 1; i <= kMaxListLegs + 1; ++i) desk.step(group(i));
    desk.step(leg(1, "b"));
    desk.step(EnterList{{1}, id<ClOrdId>("M")});
    EXPECT_EQ(desk.count<VenueNewOrder>(), 0);
    EXPECT_EQ(desk.said<ListStatus>()->denial.reason, Reason::TooManyLegs);
}

/// Whether the group's cancel of child 1 is out, and as which request.
const VenueCancelOrder* cancel_of_twin(const Desk& desk) {
    const auto* cancel = desk.said<VenueCancelOrder>();
    return cancel != nullptr && cancel->child == ChildId{1} ? cancel : nullptr;
}

// A twin's venue refuses its cancels until its revisions are used up; the last one is lost with the
// connection.
TEST(GroupCapacity, ALostCancelIsNotRepeatedWithoutARevisionForIt) {
    Desk desk({.orders = 4, .requests = 16, .fills = 4});
    desk.step(linked("a"));
    desk.step(linked("b"));
    desk.step(VenueAccepted{report_on(1, 0)});
    VenueFilled fill{report_on(2, 0), qty("1"), px("10")};
    fill.report.exec_id = id<VenueExecId>("e1");
    desk.step(fill);
    const SessionId venue = desk.core().world().directory[VenueId{1}].session;
    const auto reconnect = [&] {
        desk.step(SessionChanged{venue, false});
        desk.step(SessionChanged{venue, true});
    };
    std::uint32_t last = 1;
    while (last + kMaxRequestsPerOrder < kMaxRevisionsPerChild) {
        if (cancel_of_twin(desk) == nullptr) reconnect();
        ASSERT_NE(cancel_of_twin(desk), nullptr) << last;
        last = cancel_of_twin(desk)->revision;
        if (last + kMaxRequestsPerOrder == kMaxRevisionsPerChild) break;
        VenueRequestRefused refused;
        refused.report = report_on(1, last);
        desk.step(refused);
    }
    reconnect();
    EXPECT_EQ(desk.said<VenueCancelOrder>(), nullptr);
    EXPECT_EQ(desk.said<VenueStatusRequest>()->revision, last);
}

/// An amend of order "b", the `number`th, to this limit.
AmendOrder amend_of_b(int number, std::string_view limit) {
    AmendOrder made;
    made.session = {1};
    made.cl_ord_id = id<ClOrdId>("b" + std::to_string(number));
    made.orig_cl_ord_id = id<ClOrdId>(number == 1 ? "b" : "b" + std::to_string(number - 1));
    made.symbol = id<Symbol>("XYZ");
    made.side = Side::Buy;
    made.type = OrderType::Limit;
    made.quantity = qty("4");
    made.limit = px(limit);
    return made;
}

/// Leaves child 2 nothing that its venue could be asked by.
void use_up_b(Desk& desk) {
    int number = 1;
    for (;; ++number) {
        const std::string_view limit = number % 2 == 0 ? "10" : "10.1";
        desk.step(amend_of_b(number, limit));
        const auto* sent = desk.said<VenueAmendOrder>();
        if (sent == nullptr) break;
        desk.step(VenueAmended{report_on(2, sent->revision), qty("4"), px(limit)});
    }
    for (int cancel = 1;; ++cancel) {
        CancelOrder body{
            {1}, id<ClOrdId>("c" + std::to_string(cancel)), {}, id<Symbol>("XYZ"), Side::Buy, {}};
        body.orig_cl_ord_id = id<ClOrdId>("b" + std::to_string(number - 1));
        desk.step(body);
        const auto* sent = desk.said<VenueCancelOrder>();
        if (sent == nullptr) return;
        VenueRequestRefused refused;
        refused.report = report_on(2, sent->revision);
        desk.step(refused);
    }
}

// Its ids are used up, so that its group can neither make it smaller nor cancel it: the desk is told, once.
TEST(GroupCapacity, ALegThatCannotBeAskedAnyMoreIsForTheDesk) {
    Desk desk({.orders = 100'000, .requests = 16, .fills = 4});
    NewOrder order = linked("a");
    order.quantity = qty("4");
    desk.step(order);
    order.cl_ord_id = id<ClOrdId>("b");
    desk.step(order);
    desk.step(VenueAccepted{report_on(1, 0)});
    desk.step(VenueAccepted{report_on(2, 0)});
    use_up_b(desk);
    ASSERT_NE(desk.said<CancelReject>(), nullptr);
    EXPECT_EQ(desk.said<CancelReject>()->denial.reason, Reason::TooManyRequests);
    VenueFilled fill{report_on(1, 0), qty("1"), px("10")};
    fill.report.exec_id = id<VenueExecId>("e1");
    desk.step(fill);
    EXPECT_EQ(desk.count<Alarm>(), 1);
    EXPECT_EQ(desk.said<Alarm>()->kind, AlarmKind::OrderBlocked);
    fill.report.exec_id = id<VenueExecId>("e2");
    fill.quantity = qty("3");
    desk.step(fill);
    EXPECT_EQ(desk.said<VenueCancelOrder>(), nullptr);
    EXPECT_EQ(desk.count<Alarm>(), 0);
}

}  // namespace
}  // namespace penstock::oms
