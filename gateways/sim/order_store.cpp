#include "gateways/sim/order_store.hpp"

#include <algorithm>

namespace penstock::sim {

bool is_nameable(const VenueOrder& order, const ClOrdId& id) {
    if (id == order.current) return true;
    return std::any_of(order.pending.begin(), order.pending.end(),
                       [&](const PendingRequest& request) { return request.cl_ord_id == id; });
}

oms::OrdStatus status_of(const VenueOrder& order, const EngineOrder& state) {
    using oms::OrdStatus;
    const auto has_pending = [&](RequestKind kind) {
        return std::any_of(order.pending.begin(), order.pending.end(),
                           [&](const PendingRequest& request) { return request.kind == kind; });
    };
    if (has_pending(RequestKind::Cancel)) return OrdStatus::PendingCancel;
    if (has_pending(RequestKind::Replace)) return OrdStatus::PendingReplace;
    switch (state.phase) {
        case OrderPhase::Filled: return OrdStatus::Filled;
        case OrderPhase::Cancelled: return OrdStatus::Canceled;
        case OrderPhase::Expired: return OrdStatus::Expired;
        case OrderPhase::Working: break;
    }
    return state.filled.is_positive() ? OrdStatus::PartiallyFilled : OrdStatus::New;
}

VenueOrder& OrderStore::add(VenueOrder order) {
    const OrderNumber number = order.number;
    VenueOrder& added = orders_.emplace(number, std::move(order)).first->second;
    name(added, added.current);
    return added;
}

VenueOrder* OrderStore::find(OrderNumber number) {
    const auto found = orders_.find(number);
    return found == orders_.end() ? nullptr : &found->second;
}

VenueOrder* OrderStore::find(SessionKey session, const ClOrdId& id) {
    const auto found = by_cl_ord_id_.find({session, id});
    return found == by_cl_ord_id_.end() ? nullptr : find(found->second);
}

VenueOrder* OrderStore::find_by_order_id(SessionKey session, const VenueOrderId& id) {
    for (auto& [number, order] : orders_)
        if (order.session == session && order.order_id == id) return &order;
    return nullptr;
}

void OrderStore::name(VenueOrder& order, const ClOrdId& id) {
    order.ids.push_back(id);
    by_cl_ord_id_[{order.session, id}] = order.number;
}

std::vector<OrderNumber> OrderStore::mark_done(VenueOrder& order,
                                               const std::function<bool(OrderNumber)>& is_working) {
    std::vector<OrderNumber> forgotten;
    if (!order.counted_done) done_.push_back(order.number);
    order.counted_done = true;
    while (done_.size() > kMaxDone) {
        const OrderNumber oldest = done_.front();
        done_.pop_front();
        if (is_working(oldest)) {
            if (VenueOrder* back = find(oldest)) back->counted_done = false;
            continue;
        }
        forget(oldest);
        forgotten.push_back(oldest);
    }
    return forgotten;
}

std::vector<OrderNumber> OrderStore::of_session(SessionKey session) const {
    std::vector<OrderNumber> found;
    for (const auto& [number, order] : orders_)
        if (order.session == session) found.push_back(number);
    return found;
}

void OrderStore::forget(OrderNumber number) {
    const auto found = orders_.find(number);
    if (found == orders_.end()) return;
    for (const ClOrdId& id : found->second.ids) by_cl_ord_id_.erase({found->second.session, id});
    orders_.erase(found);
}

}  // namespace penstock::sim
