#pragma once

#include <cstdint>

#include "oms/domain/input.hpp"
#include "oms/domain/output.hpp"
#include "oms/engine/hash_index.hpp"
#include "oms/engine/slab.hpp"

namespace penstock::oms {

/// A new order that was refused: as it came, and why.
struct RefusedOrder {
    OrderId id;
    NewOrder order;
    Denial denial;
    Slot<RefusedOrder> newer;
};

/// The newest refused orders, so that a copy of one (PossResend) is told the same and its ClOrdID is not
/// taken again. A ring of its own: a client whose orders are all refused cannot push out the orders of
/// others. At the bound the oldest is forgotten; a copy of that one is judged anew.
class RefusedOrders {
  public:
    explicit RefusedOrders(std::uint32_t capacity) : orders_(capacity), by_cl_ord_id_(capacity) {}
    /// Another bound. What is kept stays until its place is needed.
    void resize(std::uint32_t capacity);

    /// The ClOrdID must not be one that is kept.
    void remember(const NewOrder& order, OrderId id, const Denial& denial);
    /// Null when there is none. Valid until the next call that changes something.
    const RefusedOrder* find(SessionId session, const ClOrdId& cl_ord_id) const;

    /// Calls visit(refused) for each that is kept, oldest first.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (Slot<RefusedOrder> at = oldest_; !at.is_none(); at = orders_[at].newer) visit(orders_[at]);
    }

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.orders_);
        visit(self.by_cl_ord_id_);
        visit(self.oldest_);
        visit(self.newest_);
    }

  private:
    void forget_oldest();
    std::uint32_t hash_of(Slot<RefusedOrder> slot) const;

    Slab<RefusedOrder> orders_;
    HashIndex by_cl_ord_id_;
    Slot<RefusedOrder> oldest_;
    Slot<RefusedOrder> newest_;
};

}  // namespace penstock::oms
