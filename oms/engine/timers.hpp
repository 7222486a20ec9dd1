#pragma once

#include "oms/engine/order_store.hpp"

namespace penstock::oms {

/// Orders to which something happens at a moment, soonest first: `special.due`.
class Timers {
  public:
    void set(OrderStore& orders, Slot<Special> slot, Timestamp due) {
        stop(orders, slot);
        orders[slot].due = due;
        heap_.add(ByDue{orders}, slot);
    }
    /// Fine when it has no timer.
    void stop(OrderStore& orders, Slot<Special> slot) {
        if (!orders[slot].timer_links.is_linked) return;
        heap_.remove(ByDue{orders}, slot);
        orders[slot].due = {};
    }
    /// None when nothing waits. The next may be due already.
    Slot<Special> next() const { return heap_.first(); }

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.heap_);
    }

  private:
    struct ByDue {
        OrderStore& orders;

        HeapLinks<Special>& links(Slot<Special> slot) const { return orders[slot].timer_links; }
        bool comes_before(Slot<Special> a, Slot<Special> b) const {
            const Special& left = orders[a];
            const Special& right = orders[b];
            if (left.due != right.due) return left.due < right.due;
            return orders[left.order].id < orders[right.order].id;
        }
    };

    PairingHeap<Special> heap_;
};

}  // namespace penstock::oms
