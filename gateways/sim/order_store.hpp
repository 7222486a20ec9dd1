#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "gateways/sim/action.hpp"
#include "gateways/sim/behaviour.hpp"
#include "gateways/sim/engine_types.hpp"
#include "oms/domain/enums.hpp"

namespace penstock::sim {

enum class RequestKind : std::uint8_t { Cancel, Replace };

/// A cancel or replace that was taken and is not answered yet.
struct PendingRequest {
    RequestKind kind = RequestKind::Cancel;
    ClOrdId cl_ord_id;
    Quantity quantity;  // Replace: as the client wrote it, total or remaining
    std::optional<Price> limit;
    Misbehaviour misbehaviour;
};

/// A fill as it was reported, so that it can be busted or corrected.
struct ReportedFill {
    VenueExecId exec_id;
    Execution execution;
};

/// What the dialog keeps about an order; quantities, price and phase are the engine's.
struct VenueOrder {
    OrderNumber number;
    SessionKey session;
    VenueOrderId order_id;  // what the client sees; may change by replace
    AccountName account;
    ClOrdId current;           // the last accepted id
    std::vector<ClOrdId> ids;  // every id that was ever of this order
    std::vector<PendingRequest> pending;
    Misbehaviour misbehaviour;
    std::optional<ReportedFill> last_fill;
    bool counted_done = false;
};

/// May a request name the order by this id: the last accepted one or one still pending.
bool is_nameable(const VenueOrder& order, const ClOrdId& id);

/// OrdStatus(39) by the standard's precedence. Not oms::ord_status: the venue must be able to disagree
/// with the OMS it tests.
oms::OrdStatus status_of(const VenueOrder& order, const EngineOrder& state);

/// The orders of all sessions by number and by (session, ClOrdID).
class OrderStore {
  public:
    /// At most so many done orders are remembered; the oldest is then forgotten, its ids with it.
    static constexpr std::size_t kMaxDone = 100'000;
    /// Beyond so many orders altogether new ones are to be refused.
    static constexpr std::size_t kMaxOrders = 2'000'000;

    bool is_full() const { return orders_.size() >= kMaxOrders; }
    VenueOrder& add(VenueOrder order);
    VenueOrder* find(OrderNumber number);
    VenueOrder* find(SessionKey session, const ClOrdId& id);
    VenueOrder* find_by_order_id(SessionKey session, const VenueOrderId& id);
    /// Makes `id` another name of the order.
    void name(VenueOrder& order, const ClOrdId& id);

    /// The order is done. Returns the orders that are thereby forgotten; `is_working` is asked first,
    /// because a bust or a replace may have brought an order back.
    std::vector<OrderNumber> mark_done(VenueOrder& order, const std::function<bool(OrderNumber)>& is_working);
    /// As if it had never come.
    void forget(OrderNumber number);
    /// In order of arrival.
    std::vector<OrderNumber> of_session(SessionKey session) const;

  private:
    std::map<OrderNumber, VenueOrder> orders_;
    std::map<std::pair<SessionKey, ClOrdId>, OrderNumber> by_cl_ord_id_;
    std::deque<OrderNumber> done_;
};

}  // namespace penstock::sim
