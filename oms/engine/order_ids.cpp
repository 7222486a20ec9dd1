#include "oms/engine/order_store.hpp"

// The places of ClOrdIDs: who may take one, and which id is forgotten for it.

namespace penstock::oms {

/// A free place, beyond those kept for the cancels of orders that had none yet. Forgets finished orders to
/// make one; false when that does not help.
bool OrderStore::make_id_place() {
    const auto has_place = [this] {
        const std::uint32_t kept = orders_.live() - used_cancel_places_;
        return cl_ord_ids_.capacity() - cl_ord_ids_.live() > kept;
    };
    while (!has_place())
        if (!retire_oldest()) return false;
    return true;
}

/// The first cancel of an order has its place. Those after it share, and in need take that of an id of the
/// order's that is history.
bool OrderStore::make_id_place_for_cancel(Slot<Order> slot) {
    Order& order = orders_[slot];
    if (!order.has_cancel_id) {
        order.has_cancel_id = true;
        ++used_cancel_places_;
        return true;
    }
    return make_id_place() || forget_answered_id(slot);
}

/// Forgets the oldest id of an order, but for its first, that is neither accepted nor in flight.
bool OrderStore::forget_answered_id(Slot<Order> slot) {
    Order& order = orders_[slot];
    Slot<ClOrdIdEntry>* oldest = nullptr;
    for (Slot<ClOrdIdEntry>* link = &order.last_cl_ord_id; !link->is_none();
         link = &cl_ord_ids_[*link].older_of_order)
        if (!cl_ord_ids_[*link].older_of_order.is_none() && !is_in_use(order, *link)) oldest = link;
    if (oldest == nullptr) return false;
    const Slot<ClOrdIdEntry> entry = *oldest;
    *oldest = cl_ord_ids_[entry].older_of_order;
    forget_id(entry);
    return true;
}

bool OrderStore::is_in_use(const Order& order, Slot<ClOrdIdEntry> id) const {
    if (order.cl_ord_id == id) return true;
    for (Slot<Request> at = order.first_request; !at.is_none(); at = requests_[at].next)
        if (requests_[at].cl_ord_id == id) return true;
    return false;
}

void OrderStore::forget_id(Slot<ClOrdIdEntry> id) {
    by_cl_ord_id_.erase(hash(cl_ord_ids_[id]), id.value);
    cl_ord_ids_.release(id);
}

Slot<ClOrdIdEntry> OrderStore::remember_cl_ord_id(Slot<Order> order, const ClOrdId& text) {
    const Slot<ClOrdIdEntry> slot = cl_ord_ids_.acquire();
    if (slot.is_none()) return {};
    ClOrdIdEntry& entry = cl_ord_ids_[slot];
    entry.text = text;
    entry.session = orders_[order].session;
    entry.order = order;
    entry.older_of_order = orders_[order].last_cl_ord_id;
    orders_[order].last_cl_ord_id = slot;
    by_cl_ord_id_.insert(hash(entry), slot.value);
    return slot;
}

}  // namespace penstock::oms
