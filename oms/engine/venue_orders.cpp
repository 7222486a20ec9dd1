#include "oms/engine/venue_orders.hpp"

#include <algorithm>

#include "oms/engine/settings.hpp"

namespace penstock::oms {

VenueOrder* VenueOrders::find(VenueId venue, const VenueOrderId& id) {
    const auto found = places_.find({venue, id});
    return found == places_.end() ? nullptr : &orders_[found->second];
}

const VenueOrder* VenueOrders::of_child(ChildId child) const {
    const auto found = std::ranges::find(orders_, child, &VenueOrder::child);
    return found == orders_.end() ? nullptr : &*found;
}

VenueOrder* VenueOrders::add(VenueId venue, const VenueOrderId& id) {
    std::size_t place = orders_.size();
    if (const auto known = places_.find({venue, id}); known != places_.end()) {
        place = known->second;
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
