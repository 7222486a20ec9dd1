#include <gtest/gtest.h>

#include <map>
#include <string>

#include "oms/engine/groups.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;

struct Name {
    SessionId session;
    ClOrdId list_id;
    bool is_link = false;
};

std::uint32_t hash(const Name& name) { return GroupStore::hash(name.session, name.list_id, name.is_link); }
Slot<OrderList> find(const GroupStore& groups, const Name& name) {
    return groups.find(name.session, name.list_id, name.is_link);
}

Name numbered(int number, SessionId session, bool is_link) {
    return {session, id<ClOrdId>("L" + std::to_string(number)), is_link};
}

/// A list of session 1 and another name with the same hash: among some hundred thousand names there are such.
std::pair<Name, Name> with_one_hash(SessionId session, bool is_link) {
    std::map<std::uint32_t, Name> known;
    for (int number = 0; number < 60'000; ++number) {
        const Name name = numbered(number, {1}, false);
        known.try_emplace(hash(name), name);
    }
    for (int number = 60'000; number < 2'000'000; ++number) {
        const Name other = numbered(number, session, is_link);
        const auto found = known.find(hash(other));
        if (found != known.end()) return {found->second, other};
    }
    return {};
}

void told_apart(SessionId session, bool is_link) {
    const auto [name, other] = with_one_hash(session, is_link);
    ASSERT_FALSE(name.list_id.empty());
    GroupStore groups(Capacity{.orders = 4, .requests = 1, .fills = 1});
    const Slot<OrderList> list = groups.create_list(name.session, name.list_id, name.is_link);
    EXPECT_TRUE(find(groups, other).is_none());
    const Slot<OrderList> second = groups.create_list(other.session, other.list_id, other.is_link);
    EXPECT_EQ(find(groups, name), list);
    EXPECT_EQ(find(groups, other), second);
}

TEST(GroupStore, TwoListIdsWithTheSameHashAreTwoLists) { told_apart({1}, false); }
TEST(GroupStore, TwoSessionsListsWithTheSameHashAreTwoLists) { told_apart({2}, false); }
TEST(GroupStore, AListAndALinkWithTheSameHashAreTwo) { told_apart({1}, true); }

TEST(GroupStore, ListsWaitForAPlaceInTurnAndAForgottenOneWaitsNoMore) {
    GroupStore groups(Capacity{.orders = 3, .requests = 1, .fills = 1});
    Slot<OrderList> lists[3];
    for (int i = 0; i < 3; ++i) lists[i] = groups.create_list({1}, numbered(i, {1}, false).list_id, false);
    for (const int i : {1, 2, 0, 1}) groups.wait_for_place(lists[i]);
    groups.finish(lists[2]);
    ASSERT_TRUE(groups.make_room(0, 0, [](const Leg&) {}));
    EXPECT_TRUE(groups.find({1}, numbered(2, {1}, false).list_id, false).is_none());
    EXPECT_EQ(groups.take_waiting(), lists[1]);
    EXPECT_EQ(groups.take_waiting(), lists[0]);
    EXPECT_FALSE(groups.has_waiting());
}

}  // namespace
}  // namespace penstock::oms
