#include <gtest/gtest.h>

#include "tests/oms/engine/desk.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;
using tests::px;
using tests::qty;

NewOrder iceberg(std::string_view cl_ord_id) {
    NewOrder order = order_named(cl_ord_id, "100");
    order.conditions.emplace().display = qty("1");
    return order;
}

VenueReport named(std::uint64_t child, std::uint64_t exec) {
    VenueReport report = report_on(child, 0);
    report.exec_id = id<VenueExecId>("e" + std::to_string(exec));
    return report;
}

/// Fills a slice; the child that was sent then, none when none was.
std::optional<std::uint64_t> fill(Desk& desk, std::uint64_t child) {
    desk.step(VenueFilled{named(child, child), qty("1"), px("10")});
    const auto* next = desk.said<VenueNewOrder>();
    return next == nullptr ? std::nullopt : std::optional{next->child.value};
}

void bust(Desk& desk, std::uint64_t child) {
    FillBusted busted;
    busted.report = named(child, 1000 + child);
    busted.exec_ref_id = id<VenueExecId>("e" + std::to_string(child));
    desk.step(busted);
}

TEST(IcebergCapacity, WhileOldSlicesAreOpenTheNextOneWaitsForAPlaceOfTheirs) {
    Desk desk({.orders = 1, .requests = 4, .fills = 100});
    desk.step(iceberg("a"));
    std::uint64_t live = 1;
    for (auto next = fill(desk, live); next; next = fill(desk, live)) {
        bust(desk, live);
        live = *next;
        ASSERT_LT(live, 100U);
    }
    EXPECT_EQ(desk.said<ExecutionReport>()->exec_type, ExecType::Trade);
    EXPECT_NE(desk.said<ExecutionReport>()->leaves, Quantity{});

    desk.step(VenueCancelled{report_on(1, 1), {}});  // as it was asked when the bust came
    EXPECT_NE(desk.said<VenueNewOrder>(), nullptr);
}

TEST(IcebergCapacity, OneThatHasNoOldSliceEndsWhenOthersHaveAllPlaces) {
    Desk desk({.orders = 2, .requests = 4, .fills = 100});
    desk.step(iceberg("a"));
    desk.step(iceberg("b"));
    std::uint64_t live = 2;
    for (int slices = 0; slices < 20; ++slices) live = fill(desk, live).value();
    EXPECT_FALSE(fill(desk, 1));
    ASSERT_NE(desk.said<ExecutionReport>(), nullptr);
    EXPECT_EQ(desk.count<ExecutionReport>(), 2);  // the fill, and the end
    const Order& order =
        desk.core().world().orders[desk.core().world().orders.find_order({1}, id<ClOrdId>("a"))];
    EXPECT_EQ(order.state.phase, Phase::Cancelled);
    EXPECT_TRUE(fill(desk, live));
}

/// Icebergs whose next slices wait for their venue, more of them than one step sends, and of the last an old
/// slice that a bust has opened again.
constexpr int kMany = static_cast<int>(kMaxBulkOrdersPerStep) + 1;
void fill_while_venue_is_away(Desk& desk) {
    for (int i = 1; i <= kMany; ++i) desk.step(iceberg("a" + std::to_string(i)));
    for (std::uint64_t child = 1; child <= kMany; ++child) desk.step(VenueAccepted{report_on(child, 0)});
    desk.step(SessionChanged{{2}, false});
    for (std::uint64_t child = 1; child <= kMany; ++child) ASSERT_FALSE(fill(desk, child));
    bust(desk, kMany);
    desk.step(SessionChanged{{2}, true});
    ASSERT_EQ(desk.count<VenueNewOrder>(), kMany - 1);
}

TEST(IcebergCapacity, OneWhoseNextSliceWaitsForItsTurnIsCancelledWithItsOldSlice) {
    Desk desk({.orders = 64 * kMany, .requests = 4, .fills = 2 * kMany});
    fill_while_venue_is_away(desk);
    const std::string last = "a" + std::to_string(kMany);
    desk.step(CancelOrder{{1}, id<ClOrdId>("c"), id<ClOrdId>(last), id<Symbol>("XYZ"), Side::Buy, {}});
    EXPECT_EQ(desk.said<ExecutionReport>()->exec_type, ExecType::PendingCancel);
    ASSERT_NE(desk.said<VenueCancelOrder>(), nullptr);
    desk.step(ContinueWork{});
    EXPECT_EQ(desk.count<VenueNewOrder>(), 0);
    desk.step(VenueCancelled{report_on(kMany, 1), {}});
    EXPECT_EQ(desk.said<ExecutionReport>()->exec_type, ExecType::Canceled);
    EXPECT_EQ(desk.said<ExecutionReport>()->cl_ord_id.view(), "c");
}

/// An iceberg whose slices are child `first` and the next; that is live with all that is open: 40 of 100.
void open_with_forty(Desk& desk, std::string_view name = "a", std::uint64_t first = 1) {
    NewOrder order = iceberg(name);
    order.conditions->display = qty("60");
    desk.step(order);
    desk.step(VenueAccepted{report_on(first, 0)});
    desk.step(VenueFilled{named(first, first), qty("60"), px("10")});
    ASSERT_NE(desk.said<VenueNewOrder>(), nullptr);
    desk.step(VenueAccepted{report_on(first + 1, 0)});
}

/// The first slice has filled 70: the live one is too large by ten.
void correct_first(Desk& desk, std::uint64_t first = 1) {
    FillCorrected corrected;
    corrected.report = named(first, 1000 + first);
    corrected.exec_ref_id = id<VenueExecId>("e" + std::to_string(first));
    corrected.quantity = qty("70");
    corrected.price = px("10");
    desk.step(corrected);
}

AmendOrder amend_named(std::string_view cl_ord_id, std::string_view orig, std::string_view limit) {
    AmendOrder made;
    made.session = {1};
    made.cl_ord_id = id<ClOrdId>(std::string(cl_ord_id));
    made.orig_cl_ord_id = id<ClOrdId>(std::string(orig));
    made.symbol = id<Symbol>("XYZ");
    made.side = Side::Buy;
    made.type = OrderType::Limit;
    made.quantity = qty("100");
    made.limit = px(limit);
    return made;
}

TEST(IcebergCapacity, ASliceWhoseIdsAreUsedUpIsNotCutAndTheDeskIsToldWhatToDo) {
    Desk desk({.orders = 100'000, .requests = 16, .fills = 4});
    open_with_forty(desk);
    std::string orig = "a";
    for (int number = 1;; ++number) {
        const std::string name = "a" + std::to_string(number);
        const std::string_view limit = number % 2 == 0 ? "10" : "10.1";
        desk.step(amend_named(name, orig, limit));
        const auto* sent = desk.said<VenueAmendOrder>();
        if (sent == nullptr) break;
        desk.step(VenueAmended{report_on(2, sent->revision), qty("40"), px(limit)});
        orig = name;
    }
    correct_first(desk);
    EXPECT_EQ(desk.said<VenueAmendOrder>(), nullptr);
    ASSERT_NE(desk.said<Alarm>(), nullptr);
    EXPECT_NE(desk.said<Alarm>()->text.view().find("cancel it, enter it anew"), std::string_view::npos);
}

TEST(IcebergCapacity, OneThatWaitedToBeCutAndIsForgottenIsLeftAlone) {
    Desk desk({.orders = 3, .requests = 1, .fills = 8});
    open_with_forty(desk);
    desk.step(order_named("b", "100"));
    desk.step(VenueAccepted{report_on(3, 0)});
    desk.step(amend_named("b2", "b", "10.1"));
    ASSERT_NE(desk.said<VenueAmendOrder>(), nullptr);
    correct_first(desk);
    ASSERT_NE(desk.said<Alarm>(), nullptr);
    desk.step(VenueCancelled{report_on(2, 0), {}});
    for (std::uint64_t child = 4; child < 8; ++child) {
        desk.step(order_named("c" + std::to_string(child), "1"));
        desk.step(VenueRefused{report_on(child, 0), 0, {}});
    }
    ASSERT_TRUE(desk.core().world().orders.find_order({1}, id<ClOrdId>("a")).is_none());
    desk.step(VenueAmended{report_on(3, 1), qty("100"), px("10.1")});
    EXPECT_EQ(desk.said<VenueAmendOrder>(), nullptr);
    EXPECT_TRUE(desk.core().world().slices_to_cut.empty());
}

// It ended while it waited, and its place is another one's that waits as well.
TEST(IcebergCapacity, OneWhosePlaceIsAnothersByNowDoesNotStandInItsWay) {
    Desk desk({.orders = 2, .requests = 1, .fills = 8});
    open_with_forty(desk);
    desk.step(order_named("b", "100"));
    desk.step(VenueAccepted{report_on(3, 0)});
    desk.step(amend_named("b2", "b", "10.1"));
    correct_first(desk);
    desk.step(VenueCancelled{report_on(2, 0), {}});
    open_with_forty(desk, "d", 4);
    correct_first(desk, 4);
    ASSERT_NE(desk.said<Alarm>(), nullptr);
    desk.step(VenueAmended{report_on(3, 1), qty("100"), px("10.1")});
    ASSERT_NE(desk.said<VenueAmendOrder>(), nullptr);
    EXPECT_EQ(desk.said<VenueAmendOrder>()->child, ChildId{5});
}

}  // namespace
}  // namespace penstock::oms
