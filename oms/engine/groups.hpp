#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "oms/domain/output.hpp"
#include "oms/engine/group.hpp"
#include "oms/engine/hash_index.hpp"
#include "oms/engine/settings.hpp"

namespace penstock::oms {

/// A list that is being told: its groups and legs so far, and what speaks against it. One per session, for as
/// long as the inputs of one message take; the next NewList of the session forgets it.
struct StagedList {
    bool is_open = false;
    NewList head;
    std::vector<ListGroup> groups;
    std::vector<ListLeg> legs;
    Denial denial;                 // the first thing found wrong
    std::uint32_t denied_leg = 0;  // which leg it is; none: the list as a whole

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        auto& [open, begun, its_groups, its_legs, no, no_to] = self;
        visit(open);
        visit(begun);
        visit(its_groups);
        visit(its_legs);
        visit(no);
        visit(no_to);
    }
};

/// All lists, their groups and their orders' places in them. Keeps lists that are done until their place is
/// needed: the one done first is forgotten first. There is a place for each order the core can hold.
class GroupStore {
  public:
    explicit GroupStore(const Capacity& capacity);
    /// Other bounds. What is kept stays kept; references are lost, slots are not.
    void resize(const Capacity& capacity);

    StagedList& staged(SessionId session);
    const std::vector<StagedList>& all_staged() const { return staged_; }

    /// Are there places for a list of so many legs and groups? Forgets done lists to make them; then their
    /// legs' slots must have been cleared from the orders by `forgotten`.
    template <class Forgotten>
    bool make_room(std::uint32_t legs, std::uint32_t groups, Forgotten&& forgotten) {
        while (!has_room(legs, groups)) {
            if (oldest_done_.is_none()) return false;
            for (Slot<Leg> at = lists_[oldest_done_].first_leg; !at.is_none(); at = legs_[at].next)
                forgotten(legs_[at]);
            forget_oldest_done();
        }
        return true;
    }

    // Makes one. There must be room.
    Slot<OrderList> create_list(SessionId session, const ClOrdId& list_id, bool is_link);
    Slot<Group> create_group(Slot<OrderList> list, Slot<Group> before, const ListGroup& group);
    Slot<Leg> create_leg(Slot<Group> group);

    Slot<OrderList> find(SessionId session, const ClOrdId& list_id, bool is_link) const;
    /// What its name is looked up by; names that share it are told apart.
    static std::uint32_t hash(SessionId session, const ClOrdId& list_id, bool is_link);
    /// It is done, for good: it may be forgotten when its place is needed.
    void finish(Slot<OrderList> list);

    /// Its name means another list from now on.
    void forget_name(Slot<OrderList> list);

    /// Something happened to this order of a list. `next_dirty` gives each list that was marked once.
    void mark(Slot<OrderList> list, OrderId cause);
    /// Until told otherwise, what is marked was brought about by what had been marked before.
    void keep_causes(bool keep) { keeps_causes_ = keep; }
    bool has_dirty() const { return !first_dirty_.is_none(); }
    Slot<OrderList> take_dirty();

    /// It has something to ask when a place for a request is free. Each list waits once, so their number is
    /// the bound; who waits longest is first.
    void wait_for_place(Slot<OrderList> list);
    bool has_waiting() const { return !first_wanting_.is_none(); }
    Slot<OrderList> take_waiting();

    OrderList& operator[](Slot<OrderList> slot) { return lists_[slot]; }
    const OrderList& operator[](Slot<OrderList> slot) const { return lists_[slot]; }
    Group& operator[](Slot<Group> slot) { return groups_[slot]; }
    const Group& operator[](Slot<Group> slot) const { return groups_[slot]; }
    Leg& operator[](Slot<Leg> slot) { return legs_[slot]; }
    const Leg& operator[](Slot<Leg> slot) const { return legs_[slot]; }

    /// Calls visit(slot) for every list kept, in place order: the same on every run.
    template <class Visit>
    void for_each_list(Visit&& visit) const {
        for (std::uint32_t at = 1; at <= lists_.high_water(); ++at)
            if (!lists_[Slot<OrderList>{at}].first_group.is_none()) visit(Slot<OrderList>{at});
    }

    /// A digest of all of it, what is worked out anew excepted.
    std::uint64_t state_hash() const;

    /// What a snapshot holds of it; see state_bytes.hpp.
    template <class Self, class Visit>
    static void visit_state(Self& self, Visit& visit) {
        visit(self.lists_);
        visit(self.groups_);
        visit(self.legs_);
        visit(self.by_list_id_);
        visit(self.staged_);
        visit(self.oldest_done_);
        visit(self.newest_done_);
        visit(self.keeps_causes_);
        visit(self.first_dirty_);
        visit(self.last_dirty_);
        visit(self.first_wanting_);
        visit(self.last_wanting_);
    }

  private:
    bool has_room(std::uint32_t legs, std::uint32_t groups) const;
    void forget_oldest_done();
    void stop_waiting(Slot<OrderList> list);
    Slab<OrderList> lists_;
    Slab<Group> groups_;
    Slab<Leg> legs_;
    HashIndex by_list_id_;
    std::vector<StagedList> staged_;  // index: SessionId
    Slot<OrderList> oldest_done_;
    Slot<OrderList> newest_done_;
    bool keeps_causes_ = false;
    Slot<OrderList> first_dirty_;
    Slot<OrderList> last_dirty_;
    Slot<OrderList> first_wanting_;
    Slot<OrderList> last_wanting_;
};

}  // namespace penstock::oms
