#include "oms/engine/groups.hpp"

#include "oms/engine/digest.hpp"

namespace penstock::oms {
namespace {

void add(Digest& digest, Units units) {
    digest.add(static_cast<std::uint64_t>(units));
    digest.add(static_cast<std::uint64_t>(units >> 64));
}

void add_leg(Digest& digest, const Leg& leg) {
    digest.add(leg.id.value);
    digest.add(std::uint64_t{leg.group.value});
    digest.add(leg.base.value);
    digest.add(leg.against.value);
    digest.add(leg.seen.value);
    digest.add(leg.filled.value);
    digest.add(std::uint64_t{leg.tries});
    digest.add(std::uint64_t{leg.is_closing});
    digest.add(std::uint64_t{leg.ended_by_client});
    digest.add(std::uint64_t{leg.told_blocked});
}

void add_group(Digest& digest, const Group& group) {
    digest.add(std::uint64_t{group.parent.value});
    digest.add(static_cast<std::uint64_t>(group.contingency));
    digest.add(static_cast<std::uint64_t>(group.release));
    digest.add(static_cast<std::uint64_t>(group.overfill));
    digest.add(group.overfill_budget.value);
    add(digest, group.told_over);
    add(digest, group.told_unfollowed);
}

void add_list(Digest& digest, const OrderList& list) {
    digest.add(std::uint64_t{list.session.value});
    digest.add(list.list_id.view());
    digest.add(std::uint64_t{list.is_link});
    digest.add(std::uint64_t{list.waits});
    digest.add(std::uint64_t{list.is_closing});
    digest.add(std::uint64_t{list.is_done});
    digest.add(std::uint64_t{list.works_again});
}

void add_staged(Digest& digest, const StagedList& staged) {
    digest.add(std::uint64_t{staged.is_open});
    digest.add(staged.head.list_id.view());
    digest.add(static_cast<std::uint64_t>(staged.denial.reason));
    digest.add(std::uint64_t{staged.groups.size()});
    for (const ListLeg& leg : staged.legs) {
        digest.add(leg.order.cl_ord_id.view());
        digest.add(leg.order.quantity.value);
    }
}

}  // namespace

std::uint64_t GroupStore::state_hash() const {
    Digest digest;
    for (const StagedList& staged : staged_) add_staged(digest, staged);
    for_each_list([&](Slot<OrderList> slot) {
        add_list(digest, lists_[slot]);
        for (Slot<Group> at = lists_[slot].first_group; !at.is_none(); at = groups_[at].after)
            add_group(digest, groups_[at]);
        for (Slot<Leg> at = lists_[slot].first_leg; !at.is_none(); at = legs_[at].next)
            add_leg(digest, legs_[at]);
    });
    for (Slot<OrderList> at = first_wanting_; !at.is_none(); at = lists_[at].next_wanting)
        digest.add(std::uint64_t{at.value});
    return digest.value();
}

}  // namespace penstock::oms
