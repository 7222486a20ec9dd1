#include "oms/domain/order_state.hpp"

#include <gtest/gtest.h>

#include "tests/oms/domain/order_events.hpp"

namespace penstock::oms {
namespace {

using tests::px;
using tests::qty;

TEST(OrderState, StartsPendingAndWorksOnceAccepted) {
    EXPECT_EQ(pending("100").phase, Phase::PendingNew);
    EXPECT_EQ(working("100").phase, Phase::Working);
    EXPECT_EQ(leaves(working("100")), qty("100"));
}

TEST(OrderState, AFillBeforeTheAckIsEvidenceThatTheOrderWorks) {
    const OrderState order = after(pending("100"), {fill("40", "10")});
    EXPECT_EQ(order.phase, Phase::Working);
    EXPECT_EQ(after(order, {Accepted{}}), order);
}

TEST(OrderState, TheLastFillFinishesTheOrder) {
    const OrderState order = after(working("100"), {fill("40", "10"), fill("60", "11")});
    EXPECT_EQ(order.phase, Phase::Filled);
    EXPECT_EQ(order.notional, px("1060") * qty("1"));
    EXPECT_TRUE(leaves(order).is_zero());
}

TEST(OrderState, AFillThatLostTheRaceWithACancelIsKept) {
    const OrderState order = after(working("100"), {CancelSent{}, Cancelled{}, fill("40", "10")});
    EXPECT_EQ(order.phase, Phase::Cancelled);
    EXPECT_EQ(order.filled, qty("40"));
    EXPECT_TRUE(leaves(order).is_zero());
}

TEST(OrderState, AnOverfillIsBookedAndLeavesNothing) {
    const OrderState order = after(working("100"), {fill("100", "10"), fill("5", "10")});
    EXPECT_EQ(order.phase, Phase::Filled);
    EXPECT_EQ(order.filled, qty("105"));
    EXPECT_TRUE(leaves(order).is_zero());
}

TEST(OrderState, AnAmendUpwardReopensAFilledOrder) {
    const OrderState order = after(working("100"), {fill("100", "10"), AmendSent{}, Amended{qty("120")}});
    EXPECT_EQ(order.phase, Phase::Working);
    EXPECT_EQ(leaves(order), qty("20"));
}

TEST(OrderState, AnAmendDownToWhatIsFilledFinishesTheOrder) {
    const OrderState order = after(working("100"), {fill("70", "10"), AmendSent{}, Amended{qty("70")}});
    EXPECT_EQ(order.phase, Phase::Filled);
    EXPECT_EQ(order.amends_in_flight, 0);
}

TEST(OrderState, ABustReopensAFilledOrder) {
    const Fill booked = fill("100", "10");
    const OrderState order = after(working("100"), {booked, bust(booked)});
    EXPECT_EQ(order, working("100"));
}

TEST(OrderState, ABustDoesNotReopenACancelledOrder) {
    const Fill booked = fill("50", "10");
    const OrderState order = after(working("100"), {booked, Cancelled{}, bust(booked)});
    EXPECT_EQ(order.phase, Phase::Cancelled);
    EXPECT_TRUE(order.filled.is_zero());
    EXPECT_TRUE(order.notional.is_zero());
}

TEST(OrderState, ACorrectionReplacesTheExecution) {
    const Fill booked = fill("40", "10");
    const OrderState order = after(working("100"), {booked, correct(booked, fill("30", "9"))});
    EXPECT_EQ(order, after(working("100"), {fill("30", "9")}));
}

TEST(OrderState, RequestsInFlightAreCountedBesideThePhase) {
    OrderState order = after(working("100"), {AmendSent{}, AmendSent{}, CancelSent{}});
    EXPECT_EQ(order.phase, Phase::Working);
    EXPECT_EQ(order.amends_in_flight, 2);
    EXPECT_EQ(order.cancels_in_flight, 1);
    order = after(order, {AmendRefused{}, AmendRefused{}, CancelRefused{}});
    EXPECT_EQ(order, working("100"));
}

TEST(OrderState, AnAnswerNobodyWaitsForCountsNothingBelowZero) {
    EXPECT_EQ(after(working("100"), {AmendRefused{}, CancelRefused{}}), working("100"));
}

TEST(OrderState, AnAmendThatComesAfterTheEndChangesNoTerms) {
    const OrderState order = after(working("100"), {AmendSent{}, Cancelled{}, Amended{qty("200")}});
    EXPECT_EQ(order.quantity, qty("100"));
    EXPECT_EQ(order.phase, Phase::Cancelled);
    EXPECT_EQ(order.amends_in_flight, 0);
}

TEST(OrderState, ADayEndsAndTheNextAckWakesTheOrder) {
    const OrderState asleep = after(working("100"), {fill("20", "10"), DayEnded{}});
    EXPECT_EQ(asleep.phase, Phase::DoneForDay);
    EXPECT_EQ(after(asleep, {Accepted{}}).phase, Phase::Working);
}

TEST(OrderState, AnUnknownOutcomeIsNotTerminalAndEndsWithEvidence) {
    const OrderState order = after(pending("100"), {BecameUnknown{}});
    EXPECT_FALSE(is_done(order.phase));
    EXPECT_EQ(leaves(order), qty("100"));
    EXPECT_FALSE(after(order, {BecameKnown{}}).outcome_unknown);
    EXPECT_FALSE(after(order, {Refused{}}).outcome_unknown);
}

TEST(OrderState, AFillTooLargeToBookIsAFaultAndLeavesTheOrderWhole) {
    const OrderState order = after(working("100"), {fill("9223372036854775807", "1")});
    const OrderState kept = order;
    EXPECT_EQ(fold(order, fill("1", "1")).error(), Fault::Overflow);
    EXPECT_EQ(order, kept);
}

TEST(OrderState, DoneMeansNoFurtherTradingIsExpected) {
    EXPECT_FALSE(is_done(Phase::PendingNew));
    EXPECT_FALSE(is_done(Phase::Working));
    EXPECT_FALSE(is_done(Phase::DoneForDay));
    EXPECT_TRUE(is_done(Phase::Filled));
    EXPECT_TRUE(is_done(Phase::Cancelled));
    EXPECT_TRUE(is_done(Phase::Expired));
    EXPECT_TRUE(is_done(Phase::Rejected));
}

TEST(OrderState, SumsThatNoNumberHoldsAreAFaultAndChangeNothing) {
    const OrderState tiny = after(working("100"), {fill("0.000000000001", "0.000000000001")});
    EXPECT_EQ(fold(tiny, fill("1", "9000000000000000000")).error(), Fault::Overflow);
    EXPECT_EQ(fold(tiny, fill("9223372036854775807", "1")).error(), Fault::Overflow);

    const OrderState large = after(working("100"), {fill("1", "9000000000000000000")});
    const auto revised = [](const OrderState& order, std::string_view quantity, std::string_view price) {
        return fold(order, FillRevised{qty(quantity), px(price), {}, {}});
    };
    EXPECT_EQ(revised(large, "0.000000000001", "0.000000000001").error(), Fault::Overflow);
    const OrderState many = after(working("100"), {fill("9000000000000000000", "1")});
    EXPECT_EQ(revised(many, "0.000000000001", "1").error(), Fault::Overflow);
}

TEST(OrderState, LeavesAreNoneWhenNothingIsLeftAndRoundedDownWhenNoNumberTellsThem) {
    OrderState order = working("100");
    order.filled = qty("100");
    EXPECT_TRUE(leaves(order).is_zero());
    order.filled = qty("0.000000000001");
    EXPECT_EQ(leaves(order), qty("99.999999999999"));
    order.quantity = qty("9000000000000000000");
    EXPECT_EQ(leaves(order), qty("8999999999999999999"));
    order.quantity = qty("20000000");
    EXPECT_EQ(leaves(order), qty("19999999.99999999999"));
}

}  // namespace
}  // namespace penstock::oms
