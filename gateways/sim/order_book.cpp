#include "gateways/sim/order_book.hpp"

#include "gateways/sim/grid.hpp"
#include "oms/domain/assert.hpp"

namespace penstock::sim {

BookSide book_side(Side side) { return side == Side::Buy ? BookSide::Bid : BookSide::Ask; }

BookSide opposite(BookSide side) { return side == BookSide::Bid ? BookSide::Ask : BookSide::Bid; }

bool reaches(BookSide resting, Price price, std::optional<Price> limit) {
    if (!limit) return true;
    return resting == BookSide::Ask ? price <= *limit : price >= *limit;
}

void OrderBook::add(const Place& place, OrderNumber number, Quantity size) {
    const bool added = levels(place.side)[place.price].emplace(place.priority, Resting{number, size}).second;
    PENSTOCK_ASSERT(added, "two orders never share a priority");
}

void OrderBook::remove(const Place& place) {
    const auto level = levels(place.side).find(place.price);
    PENSTOCK_ASSERT(level != levels(place.side).end(), "only orders in the book are taken off it");
    level->second.erase(place.priority);
    if (level->second.empty()) levels(place.side).erase(level);
}

void OrderBook::resize(const Place& place, Quantity size) {
    levels(place.side).at(place.price).at(place.priority).size = size;
}

const OrderBook::Levels::value_type* OrderBook::best_level(BookSide side) const {
    const Levels& all = levels(side);
    if (all.empty()) return nullptr;
    return side == BookSide::Bid ? &*all.rbegin() : &*all.begin();
}

std::optional<OrderBook::Front> OrderBook::front(BookSide side) const {
    const auto* level = best_level(side);
    if (level == nullptr) return std::nullopt;
    return Front{level->first, level->second.begin()->second.number};
}

std::optional<Level> OrderBook::best(BookSide side) const {
    const auto* level = best_level(side);
    if (level == nullptr) return std::nullopt;
    Level shown{level->first, {}};
    for (const auto& [priority, resting] : level->second)
        if (const auto sum = penstock::add(shown.size, resting.size)) shown.size = *sum;
    return shown;
}

bool OrderBook::holds(BookSide side, Quantity wanted, std::optional<Price> limit) const {
    Quantity found;
    const auto count = [&](const Levels::value_type& level) {
        if (!reaches(side, level.first, limit)) return;
        for (const auto& [priority, resting] : level.second) {
            // Stopping here also keeps the sum small enough to be exact.
            if (found >= wanted) return;
            found = plus(found, resting.size);
        }
    };
    for (const auto& level : levels(side)) count(level);
    return found >= wanted;
}

}  // namespace penstock::sim
