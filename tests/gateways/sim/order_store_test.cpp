#include "gateways/sim/order_store.hpp"

#include <gtest/gtest.h>

#include <string>

namespace penstock::sim {
namespace {

ClOrdId id(std::string_view text) { return *ClOrdId::from(text); }

VenueOrder order(std::uint64_t number, std::string_view cl_ord_id) {
    VenueOrder made;
    made.number = OrderNumber{number};
    made.session = SessionKey{1};
    made.current = id(cl_ord_id);
    return made;
}

TEST(OrderStore, FindsAnOrderByEveryIdItEverHadInItsOwnSessionOnly) {
    OrderStore store;
    VenueOrder& added = store.add(order(1, "A"));
    store.name(added, id("B"));
    EXPECT_EQ(store.find(SessionKey{1}, id("A")), &added);
    EXPECT_EQ(store.find(SessionKey{1}, id("B")), &added);
    EXPECT_EQ(store.find(SessionKey{2}, id("A")), nullptr);
}

TEST(OrderStore, ForgetsTheOldestDoneOrderAtItsBound) {
    OrderStore store;
    const auto nothing_works = [](OrderNumber) { return false; };
    for (std::uint64_t i = 1; i <= OrderStore::kMaxDone; ++i)
        EXPECT_TRUE(store.mark_done(store.add(order(i, "ID" + std::to_string(i))), nothing_works).empty());
    VenueOrder& last = store.add(order(OrderStore::kMaxDone + 1, "LAST"));
    EXPECT_EQ(store.mark_done(last, nothing_works), std::vector{OrderNumber{1}});
    EXPECT_EQ(store.find(SessionKey{1}, id("ID1")), nullptr);
    EXPECT_NE(store.find(SessionKey{1}, id("ID2")), nullptr);
}

TEST(OrderStore, PendingRequestsDecideTheStatus) {
    VenueOrder made = order(1, "A");
    EngineOrder state;
    state.filled = Quantity::whole(5);
    EXPECT_EQ(status_of(made, state), oms::OrdStatus::PartiallyFilled);
    made.pending.push_back({RequestKind::Replace, id("B"), {}, {}, {}});
    EXPECT_EQ(status_of(made, state), oms::OrdStatus::PendingReplace);
    made.pending.push_back({RequestKind::Cancel, id("C"), {}, {}, {}});
    EXPECT_EQ(status_of(made, state), oms::OrdStatus::PendingCancel);
}

}  // namespace
}  // namespace penstock::sim
