#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string_view>
#include <vector>

#include "gateways/sim/matching_engine.hpp"

namespace penstock::sim {

inline Price px(std::string_view text) { return *Price::parse(text); }
inline Quantity qty(std::string_view text) { return *Quantity::parse(text); }
inline Symbol symbol(std::string_view text) { return *Symbol::from(text); }

/// Ticks of 0.01, lots of 1.
inline Instrument xyz() { return {symbol("XYZ"), px("0.01"), qty("1"), px("10")}; }

/// An engine with one instrument and short ways to say what is sent to it.
class EngineTest : public testing::Test {
  protected:
    EngineTest() { EXPECT_EQ(engine_.add_instrument(xyz()), Fault::None); }

    struct Sent {
        Side side = Side::Buy;
        std::string_view quantity;
        std::string_view limit = {};  // empty: a market order
        TimeInForce time_in_force = TimeInForce::Day;
        Participant owner{1};
        Placement placement = Placement::OnBook;
    };
    OrderNumber send(const Sent& sent) {
        events_.clear();
        OrderRequest request;
        request.owner = sent.owner;
        request.symbol = symbol("XYZ");
        request.side = sent.side;
        request.type = sent.limit.empty() ? OrderType::Market : OrderType::Limit;
        request.time_in_force = sent.time_in_force;
        request.quantity = qty(sent.quantity);
        if (!sent.limit.empty()) request.limit = px(sent.limit);
        request.placement = sent.placement;
        return engine_.submit(request, events_);
    }
    OrderNumber buy(std::string_view quantity, std::string_view limit) {
        return send({.side = Side::Buy, .quantity = quantity, .limit = limit});
    }
    OrderNumber sell(std::string_view quantity, std::string_view limit) {
        return send({.side = Side::Sell, .quantity = quantity, .limit = limit});
    }
    void cancel(OrderNumber number) {
        events_.clear();
        engine_.cancel(number, events_);
    }
    void replace(OrderNumber number, std::string_view quantity, std::string_view limit) {
        events_.clear();
        engine_.replace(number, {qty(quantity), px(limit)}, events_);
    }
    std::vector<EventKind> kinds() const {
        std::vector<EventKind> found;
        for (const Event& event : events_) found.push_back(event.kind);
        return found;
    }
    const EngineOrder& order(OrderNumber number) const { return *engine_.find(number); }
    TopOfBook top() const { return engine_.top(symbol("XYZ")); }

    using Kinds = std::vector<EventKind>;
    MatchingEngine engine_;
    Events events_;
};

}  // namespace penstock::sim
