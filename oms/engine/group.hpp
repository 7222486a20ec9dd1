#pragma once

#include <cstdint>

#include "oms/domain/lists.hpp"
#include "oms/engine/order.hpp"
#include "oms/engine/slab.hpp"

namespace penstock::oms {

/// Quantities inside a group are counted in whole steps of 10^-12, the finest a Decimal has, so that sums and
/// shares need no faults. Any Quantity is below 2^103 of them.
using Units = Int128;

/// What a member of a group, or a group, is meant to fill and can fill at worst.
struct Exposure {
    Units meant = 0;
    Units worst = 0;
    Units extra = 0;  // the same beyond what was meant, of orders that only follow

    Units residual() const { return worst - meant + extra; }
};

struct OrderList;
struct Group;

/// One order's place in a list, and what its group knows of it.
struct Leg {
    Slot<Order> order;
    OrderId id;  // of the order; when its place holds another one, the order has been forgotten
    Slot<OrderList> list;
    Slot<Group> group;
    Slot<Leg> next;  // in the order they came

    /// What the client wants of it: the quantity it came with, moved by the client's amends.
    Quantity base;
    /// For one that follows another's fills: `base` is for this much of the other.
    Quantity against;
    /// OrderQty(38) as it last stood. A change the group has not asked for moves `base`.
    Quantity seen;
    Quantity filled;              // CumQty(14) as it last stood
    std::uint8_t tries = 0;       // requests of the group that were refused since one was not
    bool is_first : 1 = false;    // of its group
    bool is_closing : 1 = false;  // the group ends it
    bool ended_by_client : 1 = false;
    bool told_blocked : 1 = false;  // the desk knows that what the group wants of it cannot be asked for
};

/// What a group is at this moment, from its orders up. Worked out anew each time it is looked at.
struct GroupNow {
    Units filled = 0;           // by its members; of one that triggers others, by its first
    Units share = 0;            // the same, each member's as a share of what it came with
    Units most = 0;             // by the member that filled most
    Units meant = 0;            // at most, by all of them together
    Units over = 0;             // beyond that
    std::uint32_t touched = 0;  // members that have filled anything
    bool lost_one = false;      // a member that follows has ended, and not because the client wanted it
    bool has_open = false;      // of those that follow, one is open
    bool leader_is_open = false;
    bool leader_is_lost = false;
    bool is_short = false;  // a member that follows has filled less than was meant by now
    // Members are named by the lowest leg in them. Only looked at where one may work at a time.
    Slot<Leg> live;       // may fill at its venue
    Slot<Leg> triggered;  // waits, and its price has been seen
    Slot<Leg> waiting;    // the first that waits
};

/// What the groups above a member, or a leg, let it do.
struct Allowance {
    Slot<Group> follows;           // the group by whose first leg it is sized
    bool is_closed : 1 = false;    // it must not fill any more
    bool is_blocked : 1 = false;   // another one works
    bool is_yielding : 1 = false;  // it works, and another one's turn has come
    bool is_early : 1 = false;     // what it follows has not come to it yet
    Units taken = 0;               // of its quantity, by others
    Units share_taken = 0;
};

/// Orders, and groups of orders, that depend on each other.
struct Group {
    Slot<OrderList> list;
    Slot<Group> parent;  // none: the list itself
    Slot<Group> before;  // neighbours in the list; a parent comes before its members
    Slot<Group> after;
    Slot<Leg> first_leg;  // the lowest of the legs in it or below
    Contingency contingency = Contingency::None;
    ReleaseOn release = ReleaseOn::EachFill;
    OverfillPolicy overfill = OverfillPolicy::Reduce;
    Quantity overfill_budget;
    Units told_over = 0;        // filled beyond what was meant, as the desk has heard
    Units told_unfollowed = 0;  // filled by the first with nothing left to follow it, likewise
    GroupNow now;
    Allowance allowed;
    Exposure exposure;
};

/// One of its members works at a time.
inline bool takes_turns(const Group& group) {
    return group.overfill == OverfillPolicy::Block && group.contingency != Contingency::None &&
           group.contingency != Contingency::OneTriggersOther;
}

/// What came in one NewOrderList(E), or the orders that share one ClOrdLinkID(583).
struct OrderList {
    SessionId session;
    ClOrdId list_id;
    Slot<Group> first_group;  // the list itself
    Slot<Leg> first_leg;
    Slot<Leg> last_leg;
    std::uint32_t legs = 0;
    bool is_link : 1 = false;      // `list_id` is a ClOrdLinkID(583), and no list was told of
    bool waits : 1 = false;        // for ListExecute(L)
    bool is_closing : 1 = false;   // the client cancelled all of it
    bool is_done : 1 = false;      // every order of it has ended, and the client has heard
    bool works_again : 1 = false;  // since then, and the client has heard that, too
    bool is_dirty : 1 = false;     // something happened to one of its orders in this step
    OrderId cause;                 // the order it happened to
    Slot<OrderList> next_dirty;
    bool wants_place = false;  // its groups had something to ask, and no request had a place
    Slot<OrderList> next_wanting;
    Slot<OrderList> newer_done;
};

}  // namespace penstock::oms
