#pragma once

#include <cstdint>

#include "oms/engine/slab.hpp"

namespace penstock::oms {

/// A node's place in a PairingHeap. A node is in at most one heap by one set of links.
template <class T>
struct HeapLinks {
    Slot<T> child;     // first of the nodes below
    Slot<T> next;      // next of those with the same parent
    Slot<T> previous;  // the one before, or the parent of the first
    bool is_linked = false;
};

/// A priority queue threaded through values that live in a slab: it allocates nothing, and any node can be
/// taken out. The first is read in one step; `add` takes one step, `pop` and `remove` a logarithm of them on
/// average. Equal keys must not exist, so that every run pops in one order.
///
/// `Access` tells where the nodes are: links(slot) and comes_before(a, b).
template <class T>
class PairingHeap {
  public:
    Slot<T> first() const { return root_; }
    bool empty() const { return root_.is_none(); }
    std::uint32_t size() const { return size_; }

    template <class Access>
    void add(Access&& access, Slot<T> node) {
        access.links(node) = {};
        access.links(node).is_linked = true;
        root_ = meld(access, root_, node);
        ++size_;
    }
    template <class Access>
    void remove(Access&& access, Slot<T> node) {
        HeapLinks<T>& links = access.links(node);
        const Slot<T> below = merge_all(access, links.child);
        if (node == root_) {
            root_ = below;
        } else {
            HeapLinks<T>& before = access.links(links.previous);
            (before.child == node ? before.child : before.next) = links.next;
            if (!links.next.is_none()) access.links(links.next).previous = links.previous;
            root_ = meld(access, root_, below);
        }
        links = {};
        --size_;
    }

  private:
    /// Joins two heaps by their roots, which have no neighbours.
    template <class Access>
    static Slot<T> meld(Access&& access, Slot<T> a, Slot<T> b) {
        if (a.is_none()) return b;
        if (b.is_none()) return a;
        if (access.comes_before(b, a)) std::swap(a, b);
        HeapLinks<T>& over = access.links(a);
        HeapLinks<T>& under = access.links(b);
        under.next = over.child;
        under.previous = a;
        if (!over.child.is_none()) access.links(over.child).previous = b;
        over.child = b;
        return a;
    }
    /// The two passes: neighbours in pairs from the left, then the pairs from the right.
    template <class Access>
    static Slot<T> merge_all(Access&& access, Slot<T> node) {
        Slot<T> pairs;  // a list by `next`, last pair first
        while (!node.is_none()) {
            const Slot<T> left = node;
            const Slot<T> right = access.links(left).next;
            node = right.is_none() ? Slot<T>{} : access.links(right).next;
            detach(access, left);
            if (!right.is_none()) detach(access, right);
            const Slot<T> pair = meld(access, left, right);
            access.links(pair).next = pairs;
            pairs = pair;
        }
        Slot<T> root;
        while (!pairs.is_none()) {
            const Slot<T> pair = pairs;
            pairs = access.links(pair).next;
            detach(access, pair);
            root = meld(access, root, pair);
        }
        return root;
    }
    template <class Access>
    static void detach(Access&& access, Slot<T> node) {
        access.links(node).next = {};
        access.links(node).previous = {};
    }

    Slot<T> root_;
    std::uint32_t size_ = 0;
};

}  // namespace penstock::oms
