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

TEST(Door, AMassCancelIsRefusedForWhatTheDoorFoundAndToldSo) {
    Desk desk(kSmall);
    desk.step(order_named("a1", "100"));
    MassCancel all;
    all.session = {1};
    all.cl_ord_id = id<ClOrdId>("m1");
    all.refusal = found_at_the_door();
    desk.step(all);
    EXPECT_EQ(desk.said<VenueCancelOrder>(), nullptr);
    ASSERT_NE(desk.said<MassCancelReport>(), nullptr);
    EXPECT_FALSE(desk.said<MassCancelReport>()->accepted);
    EXPECT_EQ(desk.said<MassCancelReport>()->denial.reason, Reason::UnsupportedInstruction);
    EXPECT_EQ(desk.said<MassCancelReport>()->text.view(), "tag 9999 is not served");
}

// The scope is All, and yet a symbol is given: less is meant than all.
TEST(Door, AMassCancelOfAllWithASymbolMeansThatInstrument) {
    Desk desk(kSmall);
    desk.step(order_named("a1", "100"));
    NewOrder other = order_named("a2", "100");
    other.symbol = id<Symbol>("ABC");
    desk.step(other);
    MassCancel all;
    all.session = {1};
    all.cl_ord_id = id<ClOrdId>("m1");
    all.scope = MassScope::All;
    all.symbol = id<Symbol>("ABC");
    desk.step(all);
    ASSERT_EQ(desk.count<VenueCancelOrder>(), 1);
    EXPECT_EQ(desk.said<VenueCancelOrder>()->symbol, id<Symbol>("ABC"));
    EXPECT_EQ(desk.said<MassCancelReport>()->affected, 1U);
    all.cl_ord_id = id<ClOrdId>("m2");
    all.symbol = id<Symbol>("NONE");
    desk.step(all);
    EXPECT_EQ(desk.said<VenueCancelOrder>(), nullptr);
    EXPECT_EQ(desk.said<MassCancelReport>()->denial.reason, Reason::UnknownInstrument);
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

// A gateway speaks of what it was given: nobody can have failed to send what waits inside.
TEST(Door, TheOutcomeOfWhatWaitsInsideIsNotUnknown) {
    Desk desk(kSmall);
    NewOrder held = order_named("a1", "100");
    held.conditions.emplace().held = true;
    desk.step(held);
    ASSERT_EQ(desk.said<VenueNewOrder>(), nullptr);
    const std::uint64_t before = desk.core().state_hash();
    EXPECT_TRUE(desk.step(OutcomeUnknown{{1}, {1}}).empty());
    EXPECT_EQ(desk.core().state_hash(), before);
}

// It is kept for who reads the audit.
TEST(Door, ANewKeyOfTheAuditCausesNothing) {
    Desk desk(kSmall);
    AuditKeyChanged change;
    change.new_key = *FixedText<127>::from("penstock+1+key");
    EXPECT_TRUE(desk.step(change).empty());
}

}  // namespace
}  // namespace penstock::oms
