#include "oms/engine/order_store.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;

constexpr SessionId kClient{1};
constexpr VenueId kVenue{1};

ClOrdId name(std::string_view text) { return id<ClOrdId>(text); }
VenueExecId exec(std::string_view text) { return id<VenueExecId>(text); }

/// A store with room for so many orders.
OrderStore store_of(std::uint32_t orders) {
    return OrderStore({.orders = orders, .requests = 4, .fills = 4});
}

/// An order with a child and one fill, named after the order.
Slot<Order> filled_order(OrderStore& store, std::string_view text) {
    const Slot<Order> order = store.create_order(kClient, name(text));
    store.create_fill(store.create_child(order, kVenue), exec(text));
    return order;
}

TEST(OrderStore, FindsAnOrderByTheClientsId) {
    OrderStore store = store_of(4);
    const Slot<Order> order = store.create_order(kClient, name("a1"));
    EXPECT_EQ(store.find_order(kClient, name("a1")), order);
    EXPECT_TRUE(store.find_order(kClient, name("a2")).is_none());
    EXPECT_TRUE(store.find_order({2}, name("a1")).is_none());
}

TEST(OrderStore, FindsAnOrderByEveryIdItEverHad) {
    OrderStore store = store_of(4);
    const Slot<Order> order = store.create_order(kClient, name("a1"));
    store.remove_request(store.create_request(order, Request::Kind::Amend, name("a2")));
    store.create_request(order, Request::Kind::Cancel, name("a3"));
    for (const char* text : {"a1", "a2", "a3"})
        EXPECT_EQ(store.find_order(kClient, name(text)), order) << text;
}

TEST(OrderStore, FindsChildrenAndFills) {
    OrderStore store = store_of(4);
    const Slot<Order> order = store.create_order(kClient, name("a1"));
    const Slot<Child> child = store.create_child(order, kVenue);
    const Slot<FillRecord> fill = store.create_fill(child, exec("e1"));
    EXPECT_EQ(store.find_child(store[child].id), child);
    EXPECT_EQ(store.find_fill(kVenue, exec("e1")), fill);
    EXPECT_TRUE(store.find_fill({2}, exec("e1")).is_none());
    EXPECT_TRUE(store.find_child({99}).is_none());
}

TEST(OrderStore, ForgetsTheOldestFinishedOrderWhenItsPlaceIsNeeded) {
    OrderStore store = store_of(2);
    const Slot<Order> first = filled_order(store, "a1");
    const Slot<Order> second = filled_order(store, "a2");
    store.finish(second);
    store.finish(first);
    EXPECT_FALSE(filled_order(store, "a3").is_none());
    EXPECT_TRUE(store.find_order(kClient, name("a2")).is_none());
    EXPECT_TRUE(store.find_fill(kVenue, exec("a2")).is_none());
    EXPECT_TRUE(store.find_child({2}).is_none());
    EXPECT_EQ(store.find_order(kClient, name("a1")), first);
    EXPECT_EQ(store.kept_orders(), 2U);
}

TEST(OrderStore, KeepsAnOrderThatWasReopened) {
    OrderStore store = store_of(2);
    const Slot<Order> first = filled_order(store, "a1");
    const Slot<Order> second = filled_order(store, "a2");
    store.finish(first);
    store.finish(first);
    store.finish(second);
    store.reopen(first);
    EXPECT_FALSE(filled_order(store, "a3").is_none());
    EXPECT_EQ(store.find_order(kClient, name("a1")), first);
    EXPECT_TRUE(store.find_order(kClient, name("a2")).is_none());
}

TEST(OrderStore, RefusesWhenEveryPlaceHoldsAnOpenOrder) {
    OrderStore store = store_of(2);
    filled_order(store, "a1");
    filled_order(store, "a2");
    EXPECT_TRUE(store.create_order(kClient, name("a3")).is_none());
    EXPECT_TRUE(store.find_order(kClient, name("a3")).is_none());
    EXPECT_EQ(store.kept_orders(), 2U);
}

// Two orders have twenty places for ids, and an open order keeps one of them for its cancel.
TEST(OrderStore, RefusesWhenNoIdIsLeftAndLosesNoPlaceByIt) {
    OrderStore store = store_of(2);
    const Slot<Order> order = store.create_order(kClient, name("a0"));
    const auto amend = [&](int number) {
        const Slot<Request> made =
            store.create_request(order, Request::Kind::Amend, name("a" + std::to_string(number)));
        if (!made.is_none()) store.remove_request(made);
        return !made.is_none();
    };
    for (int i = 1; i <= 17; ++i) EXPECT_TRUE(amend(i)) << i;
    EXPECT_TRUE(store.create_order(kClient, name("b1")).is_none());
    EXPECT_TRUE(amend(18));
    EXPECT_FALSE(amend(19));
    EXPECT_EQ(store.kept_orders(), 1U);

    // The first cancel has its place; the next takes that of the oldest id which is history.
    for (const char* text : {"c1", "c2"}) {
        const Slot<Request> cancel = store.create_request(order, Request::Kind::Cancel, name(text));
        ASSERT_FALSE(cancel.is_none()) << text;
        store.remove_request(cancel);
    }
    EXPECT_TRUE(store.find_order(kClient, name("a1")).is_none());
    EXPECT_EQ(store.find_order(kClient, name("a0")), order);
    EXPECT_EQ(store.find_order(kClient, name("c1")), order);
}

TEST(OrderStore, BoundsTheRequestsInFlight) {
    OrderStore store({.orders = 40, .requests = 20, .fills = 4});
    const Slot<Order> busy = store.create_order(kClient, name("a"));
    for (int i = 0; i < kMaxRequestsPerOrder; ++i)
        EXPECT_FALSE(store.create_request(busy, Request::Kind::Cancel, {}).is_none());
    EXPECT_TRUE(store.create_request(busy, Request::Kind::Cancel, {}).is_none());
    const Slot<Order> other = store.create_order(kClient, name("b"));
    // The first cancel of each order does not count.
    for (int i = 0; i < 20 - kMaxRequestsPerOrder + 2; ++i)
        EXPECT_FALSE(store.create_request(other, Request::Kind::Cancel, {}).is_none());
    EXPECT_TRUE(store.create_request(other, Request::Kind::Cancel, {}).is_none());
    store.remove_request(store[store[busy].first_request].next);
    EXPECT_FALSE(store.create_request(other, Request::Kind::Cancel, {}).is_none());
}

TEST(OrderStore, TakesARequestOutOfTheMiddle) {
    OrderStore store = store_of(8);
    const Slot<Order> order = store.create_order(kClient, name("a1"));
    const Slot<Request> first = store.create_request(order, Request::Kind::Amend, name("a2"));
    const Slot<Request> second = store.create_request(order, Request::Kind::Amend, name("a3"));
    const Slot<Request> third = store.create_request(order, Request::Kind::Amend, name("a4"));
    store.remove_request(second);
    EXPECT_EQ(store[order].first_request, first);
    EXPECT_EQ(store[first].next, third);
    EXPECT_TRUE(store[third].next.is_none());
}

TEST(OrderStore, ListsWaitingChildrenLongestFirst) {
    OrderStore store = store_of(4);
    const Slot<Child> first = store.create_child(store.create_order(kClient, name("a1")), kVenue);
    const Slot<Child> second = store.create_child(store.create_order(kClient, name("a2")), kVenue);
    store.await_answer(first, {1});
    store.await_answer(second, {2});
    EXPECT_EQ(store.longest_waiting(), first);
    store.await_answer(first, {3});
    EXPECT_EQ(store.longest_waiting(), second);
    store.answered(second);
    store.answered(second);
    EXPECT_EQ(store.longest_waiting(), first);
    store.answered(first);
    EXPECT_TRUE(store.longest_waiting().is_none());
}

TEST(OrderStore, AForgottenChildWaitsNoMore) {
    OrderStore store = store_of(1);
    const Slot<Order> order = store.create_order(kClient, name("a1"));
    store.await_answer(store.create_child(order, kVenue), {1});
    store.finish(order);
    EXPECT_FALSE(store.create_order(kClient, name("a2")).is_none());
    EXPECT_TRUE(store.longest_waiting().is_none());
}

// Places, ids and indexes all come back: a small store serves any number of orders.
TEST(OrderStore, ServesManyTimesItsCapacity) {
    OrderStore store({.orders = 7, .requests = 7, .fills = 7});
    for (int i = 0; i < 5000; ++i) {
        const std::string text = "a" + std::to_string(i);
        const Slot<Order> order = filled_order(store, text);
        ASSERT_FALSE(order.is_none()) << i;
        ASSERT_EQ(store.find_order(kClient, name(text)), order);
        ASSERT_FALSE(store.find_fill(kVenue, exec(text)).is_none());
        store.finish(order);
        if (i < 7) continue;
        ASSERT_TRUE(store.find_order(kClient, name("a" + std::to_string(i - 7))).is_none());
        ASSERT_FALSE(store.find_order(kClient, name("a" + std::to_string(i - 6))).is_none());
    }
}

}  // namespace
}  // namespace penstock::oms
