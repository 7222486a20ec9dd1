#pragma once

#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "oms/domain/fields/venue_facts.hpp"
#include "oms/domain/output.hpp"

namespace penstock::oms {

/// An order at a venue that did not come from here: placed by hand, or by another system. Nobody owns it
/// until it is adopted.
struct VenueOrder {
    std::uint32_t number = 0;  // in order of first sight, from one
    VenueId venue;
    VenueOrderId id;  // OrderID(37)
    VenueTerms terms;
    bool has_ended = false;
    ChildId child;               // once it is adopted
    OrderId order_id;            // the same
    Quantity filled_before;      // what had filled when it was adopted; its executions may be told again
    Quantity filled_in_opening;  // what had filled when its venue first told the position it is part of

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        auto& [its_number, at, by_venue, told, ended, its_child, its_order, filled, opened] = self;
        visit(its_number);
        visit(at);
        visit(by_venue);
        describe(told, [&](std::uint32_t, const char*, auto& member) { visit(member); });
        visit(ended);
        visit(its_child);
        visit(its_order);
        visit(filled);
        visit(opened);
    }
};

/// What a venue calls an adopted order of ours whose record is another's by now.
struct ForeignId {
    ChildId child;
    ClOrdId cl_ord_id;
};

/// Those that are kept: at most kMaxVenueOrders. References last until the next `add`.
class VenueOrders {
  public:
    VenueOrder* find(VenueId venue, const VenueOrderId& id);
    /// What its venue calls an adopted order, also when its record is another's. Of those kMaxVenueOrders are
    /// kept; one more, and the first is forgotten.
    ClOrdId cl_ord_id_of(ChildId child) const;
    /// An order of ours has its OrderID(37) now: the record is that one's.
    void pass_on(VenueOrder& order, ChildId child, OrderId order_id);
    const std::vector<ForeignId>& former() const { return former_; }
    /// A new one, with a new number. It takes the place of the one that had its OrderID(37) before; else, at
    /// the bound, that of the oldest that has ended; null when none has.
    VenueOrder* add(VenueId venue, const VenueOrderId& id);
    /// More numbers than are given out between two copies of a journal; see OrderStore::leave_out_ids.
    static constexpr std::uint32_t kLeftOut = 1'000'000;
    void leave_out_numbers() { last_number_ += kLeftOut; }
    /// Open, and not adopted.
    std::uint32_t orphans_of(VenueId venue) const;
    const std::vector<VenueOrder>& all() const { return orders_; }
    /// Neither its venue nor its id may be changed.
    template <class Visit>
    void for_each(Visit&& visit) {
        for (VenueOrder& order : orders_) visit(order);
    }

    /// OrderIDs(37) that were looked for among all orders of ours, and none has: kMaxStrangers at most, then
    /// the one noted first is looked for again. Only spares looking, so that no snapshot holds it.
    bool is_stranger(VenueId venue, const VenueOrderId& id) const { return strangers_.contains({venue, id}); }
    void note_stranger(VenueId venue, const VenueOrderId& id);
    /// An order of ours has it now.
    void is_ours(VenueId venue, const VenueOrderId& id) { strangers_.erase({venue, id}); }

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.orders_);
        visit(self.former_);
        visit(self.last_number_);
        if constexpr (!std::is_const_v<Self>) self.find_places();
    }

  private:
    /// Fills the index from what it names.
    void find_places();
    void keep_id(const VenueOrder& order);

    std::vector<VenueOrder> orders_;
    std::vector<ForeignId> former_;  // the one that lost its record first stands first
    std::map<std::pair<VenueId, VenueOrderId>, std::size_t> places_;
    std::uint32_t last_number_ = 0;
    std::set<std::pair<VenueId, VenueOrderId>> strangers_;
    std::deque<std::pair<VenueId, VenueOrderId>> noted_;  // oldest first; may hold some that are ours by now
};

}  // namespace penstock::oms
