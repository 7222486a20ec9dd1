#pragma once

#include <array>
#include <vector>

#include "marketdata/reference_prices.hpp"
#include "oms/engine/order_store.hpp"

namespace penstock::oms {

/// The emulated triggers: for each instrument, watched venue, price and direction a heap whose first is the
/// one that is met next. A price that meets none costs a look at the first, however many there are. Those
/// that are met leave for one queue, in the order they are met (nearest first, then oldest), and are sent
/// from there in slices.
///
/// A trailing stop is also in a heap by the best price it has seen. A new best price moves those that have
/// not seen it, so it costs a step for each; other prices cost nothing.
class Watches {
  public:
    /// `special.watched`, `stop`, `watermark` and its conditions say where it belongs.
    void arm(OrderStore& orders, Slot<Special> special);
    /// Takes it out of its heap or of the queue. Fine when it is in neither.
    void disarm(OrderStore& orders, Slot<Special> special);

    /// What the quote meets goes into the queue; trailing stops follow it first, in steps of `increment`.
    void see(OrderStore& orders, InstrumentId instrument, VenueId venue, const marketdata::Quote& quote,
             const std::optional<Price>& increment);

    /// The same for one that is armed just now: the quote is older than it, and may meet it all the same.
    void look(OrderStore& orders, Slot<Special> special, const marketdata::Quote& quote,
              const std::optional<Price>& increment);

    bool has_met() const { return !met_first_.is_none(); }
    Slot<Special> first_met() const { return met_first_; }
    std::uint32_t armed() const { return armed_; }

    /// The price of a quote that a trigger looks at; nothing when the quote has none, or its book is crossed.
    static std::optional<Price> price_of(const marketdata::Quote& quote, TriggerOn on);
    /// Does it wait for a rise?
    static bool waits_for_rise(const Order& order, const Special& special);

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.by_instrument_);
        visit(self.met_first_);
        visit(self.met_last_);
        visit(self.armed_);
    }

  private:
    using Heap = PairingHeap<Special>;
    static constexpr std::size_t kPrices = 5;  // the served values of TriggerOn
    struct Directions {
        Heap up;
        Heap down;
        Heap trailing_up;    // of `up`: buy stops that follow a falling price
        Heap trailing_down;  // of `down`
    };
    struct Bucket {
        VenueId venue;  // none: any
        std::array<Directions, kPrices> by_price;
    };

    static std::size_t index_of(TriggerOn on);
    Directions& directions_of(const Order& order, const Special& special);
    void see(OrderStore& orders, Directions& directions, Price price, const std::optional<Price>& increment);
    void follow(OrderStore& orders, Directions& directions, bool upward, Price price,
                const std::optional<Price>& increment);
    void move_stop(OrderStore& orders, Heap& heap, bool rise, Slot<Special> slot, Price price,
                   const std::optional<Price>& increment);
    void meet(OrderStore& orders, Slot<Special> special);

    std::vector<std::vector<Bucket>> by_instrument_;
    Slot<Special> met_first_;
    Slot<Special> met_last_;
    std::uint32_t armed_ = 0;
};

/// Which way the price has to go: a buy stop waits for a rise, a buy order if touched for a fall.
TriggerDirection implied_direction(OrderType type, Side side);

/// What an offset is worth at a price: an amount of money. Nothing when it is in ticks and the instrument has
/// none, or the numbers cannot hold it.
std::optional<Decimal> offset_at(Price base, Decimal offset, OffsetUnit unit,
                                 const std::optional<Price>& increment);

/// The stop of a trailing order that has seen `best`: below it when it waits for a fall, above it when for a
/// rise. Nothing when the offset makes no price. Rounded to the increment, away from the price.
std::optional<Price> trailing_stop(const OrderConditions& conditions, Price best, bool waits_for_rise,
                                   const std::optional<Price>& increment);

/// A trailing stop-limit whose stop has not been met.
bool trails_limit(const Order& order, const Special& special);
/// Where the limit of one was when its stop was where it began, if it stands at `limit` now. Nothing when no
/// number tells that.
std::optional<Price> untrailed_limit(const Special& special, Price limit);
/// The limit of an order that has one, as it stands: that of a trailing stop-limit keeps its distance to the
/// stop until the stop is met. Nothing when it would not be positive.
std::optional<Price> trailed_limit(const Order& order, const Special& special);

}  // namespace penstock::oms
