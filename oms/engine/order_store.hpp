#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "oms/engine/hash_index.hpp"
#include "oms/engine/order.hpp"
#include "oms/engine/settings.hpp"
#include "oms/engine/slab.hpp"
#include "oms/engine/special.hpp"

namespace penstock::oms {

/// All orders, children, requests and fills, and every way to find one. Issues their ids. Keeps
/// finished orders until their place is needed.
class OrderStore {
  public:
    explicit OrderStore(const Capacity& capacity);
    /// Other bounds. What is kept stays kept; references are lost, slots are not.
    void resize(const Capacity& capacity);
    /// Takes all memory the bounds allow for, so that no order ever waits for a page; but for special
    /// orders, of which there are few. Bytes taken.
    std::size_t touch() const;

    /// A new order with its first ClOrdID, or none when every place holds an order still open.
    Slot<Order> create_order(SessionId session, const ClOrdId& cl_ord_id);
    /// Makes places for so many new orders, by forgetting finished ones. False when that is not enough; then
    /// some may have been forgotten.
    bool make_room(std::uint32_t orders);
    /// The first child of `order`. It always finds a place.
    Slot<Child> create_child(Slot<Order> order, VenueId venue);
    /// One more child. Beyond kMaxSlicesKept of an order, or when the places that no order needs for its
    /// first are used up, its oldest one that is done is forgotten; none when that does not help.
    Slot<Child> create_slice(Slot<Order> order, VenueId venue);
    /// What is asked about its order is asked about this child from now on.
    void make_newest(Slot<Child> child);
    /// A request at the end of the order's list; none at the bound. `cl_ord_id` may be empty. A cancel
    /// always finds a place while no other cancel of the order is in flight.
    Slot<Request> create_request(Slot<Order> order, Request::Kind kind, const ClOrdId& cl_ord_id);
    /// Is one of the places for requests free that all orders share?
    bool has_request_place() const { return shared_requests_ < shared_requests_bound_; }
    /// None at the bound: then duplicates of this fill cannot be recognised.
    Slot<FillRecord> create_fill(Slot<Child> child, const VenueExecId& exec_id);

    /// What a plain order has not. There is a place for each order.
    Slot<Special> create_special(Slot<Order> order);

    /// The conditions an amend asks for, kept with it. False at the bound.
    bool set_wish(Slot<Request> request, const OrderConditions& conditions);

    /// Takes an answered request out of its order's list.
    void remove_request(Slot<Request> request);
    /// Marks an order as finished: it may be forgotten when its place is needed. `reopen` takes it back.
    void finish(Slot<Order> order);
    void reopen(Slot<Order> order);

    /// Puts a child at the end of the list of those that wait for an answer, or moves it there.
    void await_answer(Slot<Child> child, Timestamp now);
    void answered(Slot<Child> child);
    Slot<Child> longest_waiting() const { return first_waiting_; }
    /// Its venue owes a status since its logon. An answer it no longer waits for takes that back.
    void set_asked(Slot<Child> child, bool is_asked);
    std::uint32_t asked_of(VenueId venue) const {
        return venue.value < asked_of_.size() ? asked_of_[venue.value] : 0;
    }

    Slot<Order> find_order(SessionId session, const ClOrdId& cl_ord_id) const;
    Slot<Child> find_child(ChildId id) const;
    /// `child` none: of any order of the venue's.
    Slot<FillRecord> find_fill(VenueId venue, const VenueExecId& exec_id, Slot<Child> child = {}) const;

    /// Asks for the memory that finding this will need, while there is other work to do.
    void expect_order(SessionId session, const ClOrdId& cl_ord_id) const;
    void expect_child(ChildId id) const;
    /// Of a child that will be made soon.
    void expect_new_child() const;
    void expect_fill(VenueId venue, const VenueExecId& exec_id) const;

    Order& operator[](Slot<Order> slot) { return orders_[slot]; }
    const Order& operator[](Slot<Order> slot) const { return orders_[slot]; }
    Child& operator[](Slot<Child> slot) { return children_[slot]; }
    const Child& operator[](Slot<Child> slot) const { return children_[slot]; }
    Request& operator[](Slot<Request> slot) { return requests_[slot]; }
    const Request& operator[](Slot<Request> slot) const { return requests_[slot]; }
    FillRecord& operator[](Slot<FillRecord> slot) { return fills_[slot]; }
    const FillRecord& operator[](Slot<FillRecord> slot) const { return fills_[slot]; }
    const OrderConditions& operator[](Slot<OrderConditions> slot) const { return wishes_[slot]; }
    Special& operator[](Slot<Special> slot) { return specials_[slot]; }
    const Special& operator[](Slot<Special> slot) const { return specials_[slot]; }
    const ClOrdId& text(Slot<ClOrdIdEntry> slot) const;

    ExecId next_exec_id() { return {++last_exec_id_}; }
    OrderId next_order_id() { return {++last_order_id_}; }
    /// More than are given out between two copies of a journal. Two hundred times that many fit into the six
    /// base-36 digits a venue sees of a child.
    static constexpr std::uint64_t kLeftOut = 10'000'000;
    void leave_out_ids() {
        last_order_id_ += kLeftOut;
        last_child_id_ += kLeftOut;
        last_exec_id_ += kLeftOut;
    }

    /// Calls visit(slot) for every order kept, in place order: the same on every run.
    template <class Visit>
    void for_each_order(Visit&& visit) const {
        for (std::uint32_t at = 1; at <= orders_.high_water(); ++at)
            if (!orders_[Slot<Order>{at}].id.is_none()) visit(Slot<Order>{at});
    }
    /// Calls visit(slot) for every child of an order kept, in place order.
    template <class Visit>
    void for_each_child(Visit&& visit) const {
        for (std::uint32_t at = 1; at <= children_.high_water(); ++at)
            if (!children_[Slot<Child>{at}].id.is_none()) visit(Slot<Child>{at});
    }
    /// Calls visit(slot) for every special of an order, in place order.
    template <class Visit>
    void for_each_special(Visit&& visit) const {
        for (std::uint32_t at = 1; at <= specials_.high_water(); ++at)
            if (!specials_[Slot<Special>{at}].order.is_none()) visit(Slot<Special>{at});
    }
    /// Calls visit(slot) for every order that may be open, in place order; of one session, or of all (none).
    template <class Visit>
    void for_each_open(SessionId session, Visit&& visit) const {
        const std::uint8_t mark = mark_of(session);
        for (std::uint32_t at = 1; at <= orders_.high_water(); ++at) {
            if (open_of_[at] == 0 || (mark != 0 && open_of_[at] != mark)) continue;
            if (mark == 0 || orders_[Slot<Order>{at}].session == session) visit(Slot<Order>{at});
        }
    }
    /// Its venue is not there to be asked to cancel it; `false` takes that back.
    void set_awaits_venue(Slot<Order> order, bool awaits);
    std::uint32_t awaiting_venue() const { return awaiting_venue_; }

    std::uint32_t kept_orders() const { return orders_.live(); }
    /// Places 1..places() may hold an order; none when this one does not.
    std::uint32_t places() const { return orders_.high_water(); }
    Slot<Order> order_in(std::uint32_t place) const {
        return orders_[Slot<Order>{place}].id.is_none() ? Slot<Order>{} : Slot<Order>{place};
    }
    std::uint64_t counters_hash() const;

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.orders_);
        visit(self.open_of_);
        visit(self.children_);
        visit(self.requests_);
        visit(self.cl_ord_ids_);
        visit(self.fills_);
        visit(self.specials_);
        visit(self.wishes_);
        visit(self.by_cl_ord_id_);
        visit(self.by_child_id_);
        visit(self.by_exec_id_);
        visit(self.oldest_done_);
        visit(self.newest_done_);
        visit(self.first_waiting_);
        visit(self.last_waiting_);
        visit(self.asked_of_);
        visit(self.shared_requests_bound_);
        visit(self.shared_requests_);
        visit(self.awaiting_venue_);
        visit(self.used_cancel_places_);
        visit(self.last_order_id_);
        visit(self.last_child_id_);
        visit(self.last_exec_id_);
    }

  private:
    bool retire_oldest();
    void leave_list(Slot<Child> child);
    void look_ahead();
    void forget(Slot<Order> order);
    void forget_child(Slot<Child> child);
    void forget_oldest_slice(Slot<Order> order);
    bool has_request(const Order& order, Slot<Child> child) const;
    bool has_spare_child() const;
    Slot<ClOrdIdEntry> remember_cl_ord_id(Slot<Order> order, const ClOrdId& text);
    bool make_id_place();
    bool make_id_place_for_cancel(Slot<Order> order);
    bool forget_answered_id(Slot<Order> order);
    bool is_in_use(const Order& order, Slot<ClOrdIdEntry> id) const;
    void forget_id(Slot<ClOrdIdEntry> id);
    /// Shared by sessions 255 apart; zero for none.
    static std::uint8_t mark_of(SessionId session) {
        return session.is_none() ? std::uint8_t{0} : static_cast<std::uint8_t>(1 + session.value % 255);
    }
    static std::uint32_t hash(const ClOrdIdEntry& entry);
    static std::uint32_t hash(VenueId venue, const VenueExecId& exec_id);

    Slab<Order> orders_;
    /// Index: place of an order. A mark of its session while it may be open; zero: finished, or no order. So
    /// a walk over all orders of a session reads a byte for each of the others instead of the order.
    std::vector<std::uint8_t> open_of_;
    Slab<Child> children_;
    Slab<Request> requests_;
    Slab<ClOrdIdEntry> cl_ord_ids_;
    Slab<FillRecord> fills_;
    Slab<Special> specials_;
    Slab<OrderConditions> wishes_;
    HashIndex by_cl_ord_id_;
    HashIndex by_child_id_;
    HashIndex by_exec_id_;
    Slot<Order> oldest_done_;
    Slot<Order> newest_done_;
    Slot<Child> first_waiting_;
    Slot<Child> last_waiting_;
    std::vector<std::uint32_t> asked_of_;  // index: VenueId. Its children that are asked about.
    std::uint32_t shared_requests_bound_;
    std::uint32_t shared_requests_ = 0;  // in flight or waiting, without those in a kept place
    std::uint32_t awaiting_venue_ = 0;
    std::uint32_t used_cancel_places_ = 0;  // orders whose kept ClOrdID place is used
    std::uint64_t last_order_id_ = 0;
    std::uint64_t last_child_id_ = 0;
    std::uint64_t last_exec_id_ = 0;
};

}  // namespace penstock::oms
