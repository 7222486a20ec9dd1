#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "oms/ports/journal.hpp"
#include "persistence/history/names.hpp"

namespace penstock::history {

/// What is known of a piece of an order at a venue.
struct ChildSeen {
    OrderId order;
    VenueName venue;
    VenueOrderId venue_order_id;
    Decimal quantity;
    Decimal filled;
    bool is_slice = false;          // one of several pieces of its order
    std::uint32_t cancels_out = 0;  // asked for and not answered
};

/// An execution as it was last reported.
struct TradeSeen {
    ChildId child;
    Decimal quantity;
    Decimal price;
};

/// Orders as their clients were told of them, and who belongs to whom. It grows with the orders of the
/// journal, about 700 bytes for each, because anything may be said of an order years later.
class Book {
  public:
    explicit Book(const Names& names) : names_(names) {}

    /// Takes one record: afterwards all of this is as after it.
    void take(const oms::Record& record);

    /// The orders the last record changed, each once, in the order they were changed.
    const std::vector<OrderId>& changed() const { return changed_; }
    /// The orders of the legs of the list that the last record entered, in the order of the legs.
    struct Leg {
        oms::NewOrder order;
        OrderId id;
    };
    const std::vector<Leg>& entered_legs() const { return entered_; }

    const OrderRow* order(OrderId id) const;
    const ChildSeen* child(ChildId id) const;
    const TradeSeen* trade(ExecId id) const;
    OrderId find(SessionId session, const ClOrdId& cl_ord_id) const;
    /// Calls visit(row) for every order, in order of id.
    template <class Visit>
    void for_each_order(Visit&& visit) const {
        for (const auto& [id, row] : orders_) visit(row);
    }
    /// Everything that is to be known again when records are folded on from here (memory.hpp).
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit&& visit) {
        visit(self.orders_);
        visit(self.children_);
        visit(self.trades_);
        visit(self.by_cl_ord_id_);
        visit(self.legs_);
    }

  private:
    struct Key {
        SessionId session;
        ClOrdId cl_ord_id;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const {
            return std::hash<std::string_view>{}(key.cl_ord_id.view()) * 31 + key.session.value;
        }
    };

    void take_input(const oms::Record& record);
    void take_output(const oms::Record& record, const oms::Output& output);
    void enter_new(const oms::Record& record, const oms::NewOrder& body, OrderId id);
    void enter_legs(const oms::Record& record, SessionId session);
    void report(const oms::Record& record, const oms::ExecutionReport& body);
    void change(const oms::Record& record, OrderRow& row);
    void fill(const oms::Record& record, const oms::ExecutionReport& body);

    const Names& names_;
    std::map<OrderId, OrderRow> orders_;  // in order of id, and of coming
    std::unordered_map<std::uint64_t, ChildSeen> children_;
    std::unordered_map<std::uint64_t, TradeSeen> trades_;
    std::unordered_map<Key, OrderId, KeyHash> by_cl_ord_id_;
    std::unordered_map<std::uint32_t, std::vector<oms::ListLeg>>
        legs_;  // by session: of the list that comes in
    std::vector<OrderId> changed_;
    std::vector<Leg> entered_;
};

}  // namespace penstock::history
