#include <gtest/gtest.h>

#include "tests/oms/engine/desk.hpp"
#include "tests/oms/words.hpp"

// Inputs that no scenario can say: what the door refuses, and what is of no use to the core.

namespace penstock::oms {
namespace {

using tests::id;
using tests::px;
using tests::qty;

constexpr Capacity kSmall{.orders = 20, .requests = 20, .fills = 20, .refusals = 20};

DoorRefusal found_at_the_door() {
    return {Reason::UnsupportedInstruction, Text::truncated("tag 9999 is not served")};
}

TEST(Door, AnOrderIsRefusedForWhatTheDoorFoundAndToldSo) {
    Desk desk(kSmall);
    NewOrder order = order_named("a1", "100");
    order.refusal = found_at_the_door();
    desk.step(order);
    ASSERT_NE(desk.said<ExecutionReport>(), nullptr);
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.reason, Reason::UnsupportedInstruction);
    EXPECT_EQ(desk.said<ExecutionReport>()->text.view(), "tag 9999 is not served");
    // What is older than the session allows is refused for that: the door's words belong to another reason.
    order.cl_ord_id = id<ClOrdId>("a2");
    order.stale = true;
    desk.step(order);
    EXPECT_EQ(desk.said<ExecutionReport>()->denial.reason, Reason::StaleRequest);
    EXPECT_TRUE(desk.said<ExecutionReport>()->text.empty());
}

TEST(Door, AReplaceIsRefusedForWhatTheDoorFoundAndToldSo) {
    Desk desk(kSmall);
    desk.step(order_named("a1", "100"));
    AmendOrder amend;
    amend.session = {1};
    amend.cl_ord_id = id<ClOrdId>("a2");
    amend.orig_cl_ord_id = id<ClOrdId>("a1");
    amend.symbol = id<Symbol>("XYZ");
    amend.quantity = qty("50");
    amend.limit = px("10");
    amend.refusal = found_at_the_door();
    desk.step(amend);
    ASSERT_NE(desk.said<CancelReject>(), nullptr);
    EXPECT_EQ(desk.said<CancelReject>()->denial.reason, Reason::UnsupportedInstruction);
    EXPECT_EQ(desk.said<CancelReject>()->text.view(), "tag 9999 is not served");
    amend.stale = true;
    desk.step(amend);
    EXPECT_EQ(desk.said<CancelReject>()->denial.reason, Reason::StaleRequest);
    EXPECT_TRUE(desk.said<CancelReject>()->text.empty());
}

TEST(Door, WhatIsOfNoUseToTheCoreChangesNothing) {
    Desk desk(kSmall);
    desk.step(order_named("a1", "100"));
    const std::uint64_t before = desk.core().state_hash();
    EXPECT_TRUE(desk.step(SessionAdvanced{{1}, 7, 9, false}).empty());
    EXPECT_TRUE(desk.step(SessionChanged{{99}, true}).empty());
    QuoteChanged quote;
    quote.venue = {99};
    quote.symbol = id<Symbol>("XYZ");
    quote.bid = px("1");
    EXPECT_TRUE(desk.step(quote).empty());
    EXPECT_EQ(desk.core().state_hash(), before);
}

}  // namespace
}  // namespace penstock::oms
