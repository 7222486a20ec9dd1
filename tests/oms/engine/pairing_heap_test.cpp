#include "oms/engine/pairing_heap.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <utility>
#include <vector>

namespace penstock::oms {
namespace {

struct Node {
    int key = 0;
    HeapLinks<Node> links;
};

struct ByKey {
    std::vector<Node>& nodes;

    HeapLinks<Node>& links(Slot<Node> slot) const { return nodes[slot.value].links; }
    bool comes_before(Slot<Node> a, Slot<Node> b) const {
        const int left = nodes[a.value].key;
        const int right = nodes[b.value].key;
        return left != right ? left < right : a.value < b.value;
    }
};

using Model = std::set<std::pair<int, std::uint32_t>>;

RC_GTEST_PROP(PairingHeapProperty, GivesWhatASortedSetGives, ()) {
    constexpr std::uint32_t kNodes = 40;
    std::vector<Node> nodes(kNodes + 1);
    PairingHeap<Node> heap;
    Model model;
    const ByKey access{nodes};
    const int steps = *rc::gen::inRange(1, 300);
    for (int i = 0; i < steps; ++i) {
        const Slot<Node> slot{*rc::gen::inRange(1U, kNodes + 1)};
        Node& node = nodes[slot.value];
        if (!node.links.is_linked) {
            node.key = *rc::gen::inRange(0, 12);
            heap.add(access, slot);
            model.emplace(node.key, slot.value);
        } else if (*rc::gen::arbitrary<bool>()) {
            heap.remove(access, slot);
            model.erase({node.key, slot.value});
        } else {
            const Slot<Node> first = heap.first();
            heap.remove(access, first);
            model.erase(model.begin());
        }
        RC_ASSERT(heap.size() == model.size());
        RC_ASSERT(heap.empty() == model.empty());
        RC_ASSERT(heap.first().value == (model.empty() ? 0 : model.begin()->second));
    }
    while (!model.empty()) {
        RC_ASSERT(heap.first().value == model.begin()->second);
        heap.remove(access, heap.first());
        model.erase(model.begin());
    }
    RC_ASSERT(heap.empty());
}

TEST(PairingHeap, ANodeThatHasLeftMayComeBackWithAnotherKey) {
    std::vector<Node> nodes(3);
    const ByKey access{nodes};
    PairingHeap<Node> heap;
    nodes[1].key = 1;
    nodes[2].key = 2;
    heap.add(access, {1});
    heap.add(access, {2});
    heap.remove(access, {1});
    EXPECT_FALSE(nodes[1].links.is_linked);
    nodes[1].key = 3;
    heap.add(access, {1});
    EXPECT_EQ(heap.first().value, 2U);
}

}  // namespace
}  // namespace penstock::oms
