#include "oms/engine/groups.hpp"

namespace penstock::oms {

GroupStore::GroupStore(const Capacity& capacity)
    : lists_(capacity.orders),
      groups_(capacity.orders),
      legs_(capacity.orders),
      by_list_id_(capacity.orders) {}

void GroupStore::resize(const Capacity& capacity) {
    lists_.resize(capacity.orders);
    groups_.resize(capacity.orders);
    legs_.resize(capacity.orders);
    by_list_id_.grow(capacity.orders);
}

StagedList& GroupStore::staged(SessionId session) {
    if (staged_.size() <= session.value) staged_.resize(session.value + 1);
    return staged_[session.value];
}

bool GroupStore::has_room(std::uint32_t legs, std::uint32_t groups) const {
    // Under a lower bound more may be live than it allows.
    const auto has = [](const auto& slab, std::uint32_t wanted) {
        return slab.live() <= slab.capacity() && slab.capacity() - slab.live() >= wanted;
    };
    return has(lists_, 1) && has(groups_, groups) && has(legs_, legs);
}

Slot<OrderList> GroupStore::create_list(SessionId session, const ClOrdId& list_id, bool is_link) {
    const Slot<OrderList> slot = lists_.acquire();
    PENSTOCK_ASSERT(!slot.is_none(), "a list was made without a place for it");
    OrderList& list = lists_[slot];
    list.session = session;
    list.list_id = list_id;
    list.is_link = is_link;
    by_list_id_.insert(hash(session, list_id, is_link), slot.value);
    return slot;
}

Slot<Group> GroupStore::create_group(Slot<OrderList> list, Slot<Group> before, const ListGroup& from) {
    const Slot<Group> slot = groups_.acquire();
    PENSTOCK_ASSERT(!slot.is_none(), "a group was made without a place for it");
    Group& group = groups_[slot];
    group.list = list;
    group.before = before;
    group.contingency = from.contingency;
    group.release = from.release;
    group.overfill = from.overfill;
    group.overfill_budget = from.overfill_budget;
    if (before.is_none())
        lists_[list].first_group = slot;
    else
        groups_[before].after = slot;
    return slot;
}

Slot<Leg> GroupStore::create_leg(Slot<Group> group) {
    const Slot<Leg> slot = legs_.acquire();
    PENSTOCK_ASSERT(!slot.is_none(), "a leg was made without a place for it");
    OrderList& list = lists_[groups_[group].list];
    legs_[slot].list = groups_[group].list;
    legs_[slot].group = group;
    (list.first_leg.is_none() ? list.first_leg : legs_[list.last_leg].next) = slot;
    list.last_leg = slot;
    ++list.legs;
    legs_[slot].is_first = groups_[group].first_leg.is_none();
    for (Slot<Group> at = group; !at.is_none() && groups_[at].first_leg.is_none(); at = groups_[at].parent)
        groups_[at].first_leg = slot;
    return slot;
}

Slot<OrderList> GroupStore::find(SessionId session, const ClOrdId& list_id, bool is_link) const {
    return {by_list_id_.find(hash(session, list_id, is_link), [&](std::uint32_t at) {
        const OrderList& list = lists_[Slot<OrderList>{at}];
        return list.session == session && list.is_link == is_link && list.list_id == list_id;
    })};
}

void GroupStore::finish(Slot<OrderList> slot) {
    lists_[slot].is_done = true;
    (newest_done_.is_none() ? oldest_done_ : lists_[newest_done_].newer_done) = slot;
    newest_done_ = slot;
}

void GroupStore::forget_name(Slot<OrderList> slot) {
    const OrderList& list = lists_[slot];
    by_list_id_.erase(hash(list.session, list.list_id, list.is_link), slot.value);
}

void GroupStore::mark(Slot<OrderList> slot, OrderId cause) {
    OrderList& list = lists_[slot];
    if (list.is_dirty) return;
    list.is_dirty = true;
    if (!keeps_causes_) list.cause = cause;
    list.next_dirty = {};
    (first_dirty_.is_none() ? first_dirty_ : lists_[last_dirty_].next_dirty) = slot;
    last_dirty_ = slot;
}

Slot<OrderList> GroupStore::take_dirty() {
    const Slot<OrderList> slot = first_dirty_;
    first_dirty_ = lists_[slot].next_dirty;
    lists_[slot].is_dirty = false;
    return slot;
}

void GroupStore::wait_for_place(Slot<OrderList> slot) {
    OrderList& list = lists_[slot];
    if (list.wants_place) return;
    list.wants_place = true;
    (first_wanting_.is_none() ? first_wanting_ : lists_[last_wanting_].next_wanting) = slot;
    last_wanting_ = slot;
}

Slot<OrderList> GroupStore::take_waiting() {
    const Slot<OrderList> slot = first_wanting_;
    OrderList& list = lists_[slot];
    first_wanting_ = list.next_wanting;
    list.next_wanting = {};
    list.wants_place = false;
    return slot;
}

void GroupStore::stop_waiting(Slot<OrderList> slot) {
    if (!lists_[slot].wants_place) return;
    // Each goes to the end in turn, but for this one: the others keep their order.
    const Slot<OrderList> last = last_wanting_;
    for (Slot<OrderList> at; at != last;) {
        at = take_waiting();
        if (at != slot) wait_for_place(at);
    }
}

void GroupStore::forget_oldest_done() {
    const Slot<OrderList> slot = oldest_done_;
    stop_waiting(slot);
    OrderList& list = lists_[slot];
    oldest_done_ = list.newer_done;
    if (oldest_done_.is_none()) newest_done_ = {};
    forget_name(slot);
    while (!list.first_leg.is_none()) {
        const Slot<Leg> leg = list.first_leg;
        list.first_leg = legs_[leg].next;
        legs_.release(leg);
    }
    while (!list.first_group.is_none()) {
        const Slot<Group> group = list.first_group;
        list.first_group = groups_[group].after;
        groups_.release(group);
    }
    lists_.release(slot);
}

std::uint32_t GroupStore::hash(SessionId session, const ClOrdId& list_id, bool is_link) {
    const std::uint64_t seed = is_link ? 0x11A4ULL : 0x115FULL;
    return static_cast<std::uint32_t>(hash_bytes(list_id.view(), (seed << 32) + session.value));
}

}  // namespace penstock::oms
