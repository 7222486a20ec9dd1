#include <gtest/gtest.h>

#include "tests/oms/domain/order_events.hpp"

namespace penstock::oms {
namespace {

// OrdStatus(39) by the standard's precedence: pending cancel 12, pending replace 11, done for day 10,
// filled 8, canceled and expired 5, partially filled 4, new, rejected and pending new 2.

OrdStatus status_after(const OrderState& from, std::initializer_list<OrderEvent> events) {
    return ord_status(after(from, events));
}

TEST(OrdStatus, TellsTheLifeOfAnOrder) {
    EXPECT_EQ(ord_status(pending("100")), OrdStatus::PendingNew);
    EXPECT_EQ(ord_status(working("100")), OrdStatus::New);
    EXPECT_EQ(status_after(working("100"), {fill("40", "10")}), OrdStatus::PartiallyFilled);
    EXPECT_EQ(status_after(working("100"), {fill("100", "10")}), OrdStatus::Filled);
    EXPECT_EQ(status_after(working("100"), {Cancelled{}}), OrdStatus::Canceled);
    EXPECT_EQ(status_after(working("100"), {Expired{}}), OrdStatus::Expired);
    EXPECT_EQ(status_after(working("100"), {DayEnded{}}), OrdStatus::DoneForDay);
    EXPECT_EQ(status_after(pending("100"), {Refused{}}), OrdStatus::Rejected);
}

TEST(OrdStatus, PendingCancelOutranksEverything) {
    EXPECT_EQ(status_after(pending("100"), {CancelSent{}}), OrdStatus::PendingCancel);
    EXPECT_EQ(status_after(pending("100"), {CancelSent{}, Accepted{}}), OrdStatus::PendingCancel);
    EXPECT_EQ(status_after(working("100"), {AmendSent{}, CancelSent{}}), OrdStatus::PendingCancel);
    EXPECT_EQ(status_after(working("100"), {CancelSent{}, AmendSent{}}), OrdStatus::PendingCancel);
    EXPECT_EQ(status_after(working("100"), {DayEnded{}, CancelSent{}}), OrdStatus::PendingCancel);
    EXPECT_EQ(status_after(working("100"), {CancelSent{}, fill("100", "10")}), OrdStatus::PendingCancel);
}

TEST(OrdStatus, PendingReplaceOutranksDoneForDayAndFills) {
    EXPECT_EQ(status_after(working("100"), {AmendSent{}, fill("40", "10")}), OrdStatus::PendingReplace);
    EXPECT_EQ(status_after(working("100"), {AmendSent{}, fill("100", "10")}), OrdStatus::PendingReplace);
    EXPECT_EQ(status_after(working("100"), {DayEnded{}, AmendSent{}}), OrdStatus::PendingReplace);
}

TEST(OrdStatus, StaysPendingWhileAnyRequestIsInFlight) {
    EXPECT_EQ(status_after(working("100"), {AmendSent{}, AmendSent{}, Amended{tests::qty("80")}}),
              OrdStatus::PendingReplace);
    EXPECT_EQ(status_after(working("100"), {AmendSent{}, Amended{tests::qty("80")}}), OrdStatus::New);
}

TEST(OrdStatus, DoneForDayOutranksPartiallyFilled) {
    EXPECT_EQ(status_after(working("100"), {fill("40", "10"), DayEnded{}}), OrdStatus::DoneForDay);
}

TEST(OrdStatus, StoppedAndSuspendedOutrankPartiallyFilledOnly) {
    const Fill part = fill("40", "10");
    EXPECT_EQ(status_after(working("100"), {part, Suspended{}}), OrdStatus::Suspended);
    EXPECT_EQ(status_after(working("100"), {Suspended{}, Stopped{}, part}), OrdStatus::Stopped);
    EXPECT_EQ(status_after(working("100"), {Stopped{}, fill("100", "10")}), OrdStatus::Filled);
    EXPECT_EQ(status_after(working("100"), {Stopped{}, CancelSent{}}), OrdStatus::PendingCancel);
    EXPECT_EQ(status_after(working("100"), {Suspended{}, Cancelled{}}), OrdStatus::Canceled);
    EXPECT_EQ(status_after(working("100"), {part, Suspended{}, Restated{tests::qty("100")}}),
              OrdStatus::PartiallyFilled);
}

TEST(OrdStatus, AHaltSurvivesTheOmssOwnResize) {
    EXPECT_EQ(status_after(working("100"), {Suspended{}, Resized{tests::qty("60")}}), OrdStatus::Suspended);
    EXPECT_EQ(after(working("100"), {Resized{tests::qty("60")}}).quantity, tests::qty("60"));
}

TEST(OrdStatus, AnEndedOrderIsNotPendingAnyMore) {
    EXPECT_EQ(status_after(working("100"), {AmendSent{}, CancelSent{}, CancelSent{}, Cancelled{}}),
              OrdStatus::Canceled);
    EXPECT_EQ(status_after(working("100"), {CancelSent{}, Expired{}}), OrdStatus::Expired);
}

TEST(OrdStatus, ABustAfterTheEndDoesNotChangeIt) {
    const Fill booked = fill("50", "10");
    EXPECT_EQ(status_after(working("100"), {booked, Cancelled{}, bust(booked)}), OrdStatus::Canceled);
    EXPECT_EQ(status_after(working("100"), {booked, DayEnded{}, bust(booked)}), OrdStatus::DoneForDay);
}

TEST(OrdStatus, ABustOfTheOnlyFillIsNewAgain) {
    const Fill booked = fill("50", "10");
    EXPECT_EQ(status_after(working("100"), {booked, bust(booked)}), OrdStatus::New);
}

}  // namespace
}  // namespace penstock::oms
