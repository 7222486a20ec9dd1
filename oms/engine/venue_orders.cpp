#include "oms/engine/venue_orders.hpp"

#include <algorithm>

#include "oms/engine/settings.hpp"

namespace penstock::oms {

VenueOrder* VenueOrders::find(VenueId venue, const VenueOrderId& id) {
    const auto found = places_.find({venue, id});
    return found == places_.end() ? nullptr : &orders_[found->second];
}

ClOrdId VenueOrders::cl_ord_id_of(ChildId child) const {
    const auto found = std::ranges::find(orders_, child, &VenueOrder::child);
    if (found != orders_.end()) return found->terms.cl_ord_id;
    const auto former = std::ranges::find(former_, child, &ForeignId::child);
    return former == former_.end() ? ClOrdId{} : former->cl_ord_id;
}

void VenueOrders::keep_id(const VenueOrder& order) {
    if (order.child.is_none() || order.terms.cl_ord_id.empty()) return;
    if (former_.size() == kMaxVenueOrders) former_.erase(former_.begin());
    former_.push_back({order.child, order.terms.cl_ord_id});
}

void VenueOrders::pass_on(VenueOrder& order, ChildId child, OrderId order_id) {
    keep_id(order);
    order.child = child;
    order.filled_before = {};
    order.order_id = order_id;
}

VenueOrder* VenueOrders::add(VenueId venue, const VenueOrderId& id) {
    std::size_t place = orders_.size();
    if (const auto known = places_.find({venue, id}); known != places_.end()) {
        place = known->second;
        keep_id(orders_[place]);
        orders_[place] = {};
    } else if (place < kMaxVenueOrders) {
        orders_.emplace_back();
    } else {
        std::size_t oldest = place;
        for (std::size_t at = 0; at < orders_.size(); ++at)
            if (orders_[at].has_ended && (oldest == place || orders_[at].number < orders_[oldest].number))
                oldest = at;
        if (oldest == place) return nullptr;
        places_.erase({orders_[oldest].venue, orders_[oldest].id});
        keep_id(orders_[oldest]);
        orders_[oldest] = {};
        place = oldest;
    }
    places_[{venue, id}] = place;
    VenueOrder& made = orders_[place];
    made.number = ++last_number_;
    made.venue = venue;
    made.id = id;
    return &made;
}

std::uint32_t VenueOrders::orphans_of(VenueId venue) const {
    return static_cast<std::uint32_t>(std::ranges::count_if(orders_, [&](const VenueOrder& order) {
        return order.venue == venue && !order.has_ended && order.child.is_none();
    }));
}

void VenueOrders::note_stranger(VenueId venue, const VenueOrderId& id) {
    if (!strangers_.insert({venue, id}).second) return;
    noted_.emplace_back(venue, id);
    if (noted_.size() <= kMaxStrangers) return;
    strangers_.erase(noted_.front());
    noted_.pop_front();
}

void VenueOrders::find_places() {
    strangers_.clear();
    noted_.clear();
    places_.clear();
    for (std::size_t at = 0; at < orders_.size(); ++at)
        places_.try_emplace({orders_[at].venue, orders_[at].id}, at);
}

}  // namespace penstock::oms
