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

}  // namespace
}  // namespace penstock::oms
