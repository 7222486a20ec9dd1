#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "gateways/sim/engine_types.hpp"
#include "gateways/sim/order_book.hpp"
#include "oms/domain/result.hpp"

namespace penstock::sim {

/// What a replace asks for; both are the new values in full, as in OrderCancelReplaceRequest(G).
struct ReplaceTerms {
    Quantity quantity;
    std::optional<Price> limit;
};

/// Continuous trading by price, then time, in exact decimals. Pure and deterministic: same calls, same
/// events. There is no self-trade prevention: orders of one session trade with each other as with
/// anybody's. One thread.
///
/// Rules: DAY and GTC limit orders wait in the book; the rest of a market, IOC or FOK order is
/// cancelled; FOK trades in full at once or not at all. A replace that only lowers the quantity keeps
/// its place; one that changes the price or raises the quantity goes to the back and may trade at once.
class MatchingEngine {
  public:
    /// Malformed: tick, lot or start price cannot carry a grid (see grid.hpp), or the symbol is taken.
    Status add_instrument(const Instrument& instrument);
    const Instrument* instrument(const Symbol& symbol) const;

    /// Accepted and what follows, or Rejected. Returns none when rejected. A house order that is done
    /// is forgotten at once; everybody else's stay until `forget`.
    OrderNumber submit(const OrderRequest& request, Events& out);
    /// Cancelled, or CancelRefused with TooLate. An unknown number is ignored.
    void cancel(OrderNumber number, Events& out);
    /// Replaced and what follows, or ReplaceRefused. A quantity at or below what is filled ends the
    /// order as Filled with OrderQty = CumQty; more than a filled order's quantity re-opens it.
    /// Source: FIX order state matrices C.1.c, C.2.a, C.3.b, C.3.c.
    void replace(OrderNumber number, const ReplaceTerms& terms, Events& out);
    /// Expires every DAY order that waits, oldest first.
    void end_day(Events& out);

    /// The house trades with an order outside the book, whatever its phase: a late fill of a cancelled
    /// order is what some scripts are about. Never more than what is unfilled.
    void house_fill(OrderNumber number, const Execution& execution, Events& out);
    /// Takes `before` out of an order's fills and puts `after` in (zero for a bust). An order that was
    /// filled works again, off the book, when something is missing.
    void revise_fill(OrderNumber number, const Execution& before, const Execution& after);
    void forget(OrderNumber number);

    /// Valid until the next call that changes the engine.
    const EngineOrder* find(OrderNumber number) const;
    TopOfBook top(const Symbol& symbol) const;
    std::optional<Execution> last_trade(const Symbol& symbol) const;
    /// A price somebody would believe: the last trade, else the best bid or ask, else the start price.
    Price reference_price(const Symbol& symbol) const;

  private:
    struct Market {
        Instrument instrument;
        OrderBook book;
        std::optional<Execution> last;
    };

    Market& market_of(const EngineOrder& order);
    Refusal replace_refusal(const EngineOrder& order, const ReplaceTerms& terms) const;
    void enter(EngineOrder& order, Events& out);
    void match(Market& market, EngineOrder& taker, Events& out);
    void take_off_book(EngineOrder& order);
    void end(EngineOrder& order, OrderPhase phase, Events& out);
    void drop_if_done_and_house(OrderNumber number);

    std::map<Symbol, Market> markets_;
    std::map<OrderNumber, EngineOrder> orders_;
    std::uint64_t last_number_ = 0;
    std::uint64_t last_priority_ = 0;
};

}  // namespace penstock::sim
