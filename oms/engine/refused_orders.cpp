#include "oms/engine/refused_orders.hpp"

namespace penstock::oms {
namespace {

std::uint32_t hash_text(SessionId session, std::string_view text) {
    return static_cast<std::uint32_t>(hash_bytes(text, 0x4EF05EDULL + session.value));
}

}  // namespace

void RefusedOrders::resize(std::uint32_t capacity) {
    orders_.resize(capacity);
    by_cl_ord_id_.grow(capacity);
}

void RefusedOrders::remember(const NewOrder& order, OrderId id, const Denial& denial) {
    Slot<RefusedOrder> slot = orders_.acquire();
    while (slot.is_none() && !oldest_.is_none()) {
        forget_oldest();
        slot = orders_.acquire();
    }
    if (slot.is_none()) return;
    orders_[slot] = {id, order, denial, {}};
    (newest_.is_none() ? oldest_ : orders_[newest_].newer) = slot;
    newest_ = slot;
    by_cl_ord_id_.insert(hash_of(slot), slot.value);
}

const RefusedOrder* RefusedOrders::find(SessionId session, const ClOrdId& cl_ord_id) const {
    if (oldest_.is_none()) return nullptr;
    const std::uint32_t found =
        by_cl_ord_id_.find(hash_text(session, cl_ord_id.view()), [&](std::uint32_t at) {
            const NewOrder& order = orders_[Slot<RefusedOrder>{at}].order;
            return order.session == session && order.cl_ord_id == cl_ord_id;
        });
    return found == 0 ? nullptr : &orders_[Slot<RefusedOrder>{found}];
}

void RefusedOrders::forget_oldest() {
    const Slot<RefusedOrder> slot = oldest_;
    by_cl_ord_id_.erase(hash_of(slot), slot.value);
    oldest_ = orders_[slot].newer;
    if (oldest_.is_none()) newest_ = {};
    orders_.release(slot);
}

std::uint32_t RefusedOrders::hash_of(Slot<RefusedOrder> slot) const {
    const NewOrder& order = orders_[slot].order;
    return hash_text(order.session, order.cl_ord_id.view());
}

}  // namespace penstock::oms
