#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "gateways/sim/engine_types.hpp"

namespace penstock::sim {

enum class BookSide : std::uint8_t { Bid, Ask };

BookSide book_side(Side side);
BookSide opposite(BookSide side);

/// Where an order stands: which side, at what price, behind whom.
struct Place {
    BookSide side = BookSide::Bid;
    Price price;
    std::uint64_t priority = 0;
};

/// The orders of one instrument that wait, by price and then by priority. Knows nothing about orders
/// but their number and what is left of them; the engine keeps the rest.
class OrderBook {
  public:
    struct Front {
        Price price;
        OrderNumber number;
    };

    void add(const Place& place, OrderNumber number, Quantity size);
    void remove(const Place& place);
    void resize(const Place& place, Quantity size);

    /// The order that trades next.
    std::optional<Front> front(BookSide side) const;
    /// The best price and all that waits there, as far as the sum fits.
    std::optional<Level> best(BookSide side) const;
    /// Is this much to be had at `limit` or better; with no limit, at any price.
    bool holds(BookSide side, Quantity wanted, std::optional<Price> limit) const;

  private:
    struct Resting {
        OrderNumber number;
        Quantity size;
    };
    using Queue = std::map<std::uint64_t, Resting>;
    using Levels = std::map<Price, Queue>;  // ascending: the best bid is last, the best ask first

    Levels& levels(BookSide side) { return side == BookSide::Bid ? bids_ : asks_; }
    const Levels& levels(BookSide side) const { return side == BookSide::Bid ? bids_ : asks_; }
    const Levels::value_type* best_level(BookSide side) const;

    Levels bids_;
    Levels asks_;
};

/// Would an order with this limit trade at `price`? No limit trades at any price.
bool reaches(BookSide resting, Price price, std::optional<Price> limit);

}  // namespace penstock::sim
