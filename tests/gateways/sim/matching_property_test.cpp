#include <algorithm>
#include <tuple>

#include "gateways/sim/grid.hpp"
#include "gateways/sim/random.hpp"
#include "tests/gateways/sim/engine_fixture.hpp"

namespace penstock::sim {
namespace {

/// Who took, who made, how much, at what price.
using Trade = std::tuple<std::uint64_t, std::uint64_t, std::int64_t, std::int64_t>;

/// The rules again, as plainly as they can be written: one list, searched from end to end each time, in
/// whole lots and ticks.
class NaiveBook {
  public:
    struct Order {
        std::uint64_t number = 0;
        bool buy = true;
        std::int64_t limit = 0;  // 0: market
        std::int64_t left = 0;
        std::int64_t total = 0;
        bool waits = false;
        std::uint64_t place = 0;
    };

    void submit(Order order, TimeInForce time_in_force) {
        order.total = order.left;
        if (time_in_force == TimeInForce::Fok && reachable(order) < order.left) order.left = 0;
        match(order);
        const bool immediate =
            order.limit == 0 || time_in_force == TimeInForce::Ioc || time_in_force == TimeInForce::Fok;
        order.waits = order.left > 0 && !immediate;
        order.place = ++places_;
        if (order.waits) orders_.push_back(order);
    }
    void cancel(std::uint64_t number) {
        std::erase_if(orders_, [&](const Order& order) { return order.number == number; });
    }
    void replace(std::uint64_t number, std::int64_t total, std::int64_t limit) {
        const auto found = std::find_if(
            orders_.begin(), orders_.end(), [&](const Order& order) { return order.number == number; });
        if (found == orders_.end()) return;
        Order order = *found;
        const std::int64_t filled = order.total - order.left;
        const bool keeps_place = limit == order.limit && total <= order.total;
        if (keeps_place && total > filled) {
            found->left = total - filled;
            found->total = total;
            return;
        }
        orders_.erase(found);
        if (total <= filled) return;
        order.limit = limit;
        order.left = total - filled;
        match(order);
        order.total = total;
        order.place = ++places_;
        if (order.left > 0) orders_.push_back(order);
    }

    std::vector<Trade> trades;
    std::vector<Order> orders_;

  private:
    static bool meets(const Order& taker, const Order& maker) {
        if (taker.buy == maker.buy || maker.left == 0) return false;
        if (taker.limit == 0) return true;
        return taker.buy ? maker.limit <= taker.limit : maker.limit >= taker.limit;
    }
    std::int64_t reachable(const Order& taker) const {
        std::int64_t sum = 0;
        for (const Order& maker : orders_)
            if (meets(taker, maker)) sum += maker.left;
        return sum;
    }
    Order* best_for(const Order& taker) {
        Order* best = nullptr;
        for (Order& maker : orders_) {
            if (!meets(taker, maker)) continue;
            if (best == nullptr) best = &maker;
            const bool better = taker.buy ? maker.limit < best->limit : maker.limit > best->limit;
            if (better || (maker.limit == best->limit && maker.place < best->place)) best = &maker;
        }
        return best;
    }
    void match(Order& taker) {
        while (taker.left > 0) {
            Order* maker = best_for(taker);
            if (maker == nullptr) return;
            const std::int64_t lots = std::min(taker.left, maker->left);
            trades.emplace_back(taker.number, maker->number, lots, maker->limit);
            taker.left -= lots;
            maker->left -= lots;
            std::erase_if(orders_, [](const Order& order) { return order.left == 0; });
        }
    }

    std::uint64_t places_ = 0;
};

class MatchingPropertyTest : public EngineTest {
  protected:
    /// Fills come in pairs, the taker's first.
    void collect(std::vector<Trade>& trades) const {
        const Event* taker = nullptr;
        for (const Event& event : events_) {
            if (event.kind != EventKind::Filled) continue;
            if (taker == nullptr) {
                taker = &event;
                continue;
            }
            trades.emplace_back(taker->order.number.value, event.order.number.value,
                                *steps_in(event.execution.quantity.value, qty("1").value),
                                *steps_in(event.execution.price.value, px("0.01").value));
            taker = nullptr;
        }
    }
    void one_request(Random& random, NaiveBook& naive) {
        events_.clear();
        const std::int64_t lots = 1 + random.below(50);
        const std::int64_t ticks = 990 + random.below(21);
        const std::int64_t choice = random.below(10);
        const auto any = static_cast<std::int64_t>(sent_ + 1);
        const OrderNumber named{static_cast<std::uint64_t>(1 + random.below(any))};
        if (choice == 0) {
            engine_.cancel(named, events_);
            naive.cancel(named.value);
            return;
        }
        if (choice <= 2) {
            // Re-opening a filled order is another test's; the naive book forgets orders that are done.
            const EngineOrder* known = engine_.find(named);
            if (known == nullptr || known->phase != OrderPhase::Working) return;
            engine_.replace(named, {Quantity::whole(lots), Price{on_grid(ticks, px("0.01").value)}}, events_);
            naive.replace(named.value, lots, ticks);
            return;
        }
        constexpr TimeInForce kTimes[] = {
            TimeInForce::Day, TimeInForce::Day, TimeInForce::Gtc, TimeInForce::Ioc, TimeInForce::Fok};
        const TimeInForce time_in_force = kTimes[random.below(5)];
        const bool market = random.below(10) == 0;
        const bool is_buy = random.below(2) == 0;
        OrderRequest request;
        request.owner = Participant{1 + static_cast<std::uint32_t>(random.below(3))};
        request.symbol = symbol("XYZ");
        request.side = is_buy ? Side::Buy : Side::Sell;
        request.type = market ? OrderType::Market : OrderType::Limit;
        request.time_in_force = time_in_force;
        request.quantity = Quantity::whole(lots);
        if (!market) request.limit = Price{on_grid(ticks, px("0.01").value)};
        const OrderNumber number = engine_.submit(request, events_);
        sent_ = number.value;
        naive.submit({.number = number.value, .buy = is_buy, .limit = market ? 0 : ticks, .left = lots},
                     time_in_force);
    }
    Quantity waiting_in(const NaiveBook& naive) const {
        std::int64_t lots = 0;
        for (const auto& order : naive.orders_) lots += order.left;
        return Quantity::whole(lots);
    }

    std::uint64_t sent_ = 0;
};

TEST_F(MatchingPropertyTest, RandomRequestsTradeAsInANaiveBook) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        engine_ = {};
        ASSERT_EQ(engine_.add_instrument(xyz()), Fault::None);
        sent_ = 0;
        Random random(seed);
        NaiveBook naive;
        std::vector<Trade> trades;
        for (int i = 0; i < 1000; ++i) {
            one_request(random, naive);
            collect(trades);
        }
        ASSERT_EQ(trades, naive.trades);
        ASSERT_GT(trades.size(), 100U);
        Quantity waiting;
        for (std::uint64_t number = 1; number <= sent_; ++number)
            waiting = plus(waiting, leaves(order(OrderNumber{number})));
        EXPECT_EQ(waiting, waiting_in(naive));
    }
}

TEST_F(MatchingPropertyTest, BookIsNeverCrossed) {
    Random random(7);
    NaiveBook naive;
    for (int i = 0; i < 2000; ++i) {
        one_request(random, naive);
        const TopOfBook shown = top();
        if (shown.bid && shown.ask) {
            ASSERT_LT(shown.bid->price, shown.ask->price);
        }
    }
}

}  // namespace
}  // namespace penstock::sim
