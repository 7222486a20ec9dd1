#include "oms/engine/order_store.hpp"

#include <algorithm>

namespace penstock::oms {
namespace {

std::uint32_t hash_text(SessionId session, std::string_view text) {
    return static_cast<std::uint32_t>(hash_bytes(text, 0x1F3D5B79ULL + session.value));
}

/// Child ids are issued in order: eight neighbours share a cache line of the index. The groups are
/// spread, because one long run of cells would make every removal walk all of it.
std::uint32_t hash_id(ChildId id) {
    std::uint64_t group = (id.value >> 3) * 0x9E3779B97F4A7C15ULL;
    group ^= group >> 29;
    return static_cast<std::uint32_t>((group & ~std::uint64_t{7}) | (id.value & 7));
}

/// ClOrdID places: one for each order's first id, one kept for its cancel, and some for amends.
std::uint32_t id_places(std::uint32_t orders) { return 2 * orders + orders / 32 + 16; }
/// Its index is as large as without the kept places, and fuller should they all be used at once.
std::uint32_t id_index(std::uint32_t orders) { return id_places(orders) / 4 * 3; }

/// Child places: one for each order's first, and some for the slices of icebergs.
std::uint32_t child_places(std::uint32_t orders) { return orders + orders / 32 + 16; }

std::uint64_t mix(std::uint64_t counter) { return (counter + 1) * 0x9E3779B97F4A7C15ULL; }

}  // namespace

OrderStore::OrderStore(const Capacity& capacity)
    : orders_(capacity.orders),
      open_of_(capacity.orders + std::size_t{1}),
      children_(child_places(capacity.orders)),
      requests_(capacity.requests + capacity.orders),
      cl_ord_ids_(id_places(capacity.orders)),
      fills_(capacity.fills),
      specials_(capacity.orders),
      wishes_(capacity.requests),
      by_cl_ord_id_(id_index(capacity.orders)),
      by_child_id_(child_places(capacity.orders)),
      by_exec_id_(capacity.fills),
      shared_requests_bound_(capacity.requests) {}

void OrderStore::resize(const Capacity& capacity) {
    orders_.resize(capacity.orders);
    open_of_.resize(std::max(open_of_.size(), capacity.orders + std::size_t{1}));
    children_.resize(child_places(capacity.orders));
    shared_requests_bound_ = capacity.requests;
    // These only grow: under a lower bound the orders still open must stay cancellable.
    requests_.resize(std::max(requests_.capacity(), capacity.requests + capacity.orders));
    cl_ord_ids_.resize(std::max(cl_ord_ids_.capacity(), id_places(capacity.orders)));
    fills_.resize(capacity.fills);
    specials_.resize(capacity.orders);
    wishes_.resize(capacity.requests);
    by_cl_ord_id_.grow(id_index(capacity.orders));
    by_child_id_.grow(child_places(capacity.orders));
    by_exec_id_.grow(capacity.fills);
}

std::size_t OrderStore::touch() const {
    return orders_.touch() + children_.touch() + requests_.touch() + cl_ord_ids_.touch() + fills_.touch() +
           by_cl_ord_id_.touch() + by_child_id_.touch() + by_exec_id_.touch();
}

Slot<Order> OrderStore::create_order(SessionId session, const ClOrdId& cl_ord_id) {
    Slot<Order> slot = orders_.acquire();
    while (slot.is_none() && retire_oldest()) slot = orders_.acquire();
    if (slot.is_none()) return {};
    // Slices leave a place for each new order; but the bounds may have been lowered since.
    while (children_.live() >= children_.capacity())
        if (!retire_oldest()) {
            orders_.release(slot);
            return {};
        }
    Order& order = orders_[slot];
    order.session = session;
    if (make_id_place()) order.cl_ord_id = remember_cl_ord_id(slot, cl_ord_id);
    if (order.cl_ord_id.is_none()) {
        orders_.release(slot);
        return {};
    }
    order.id = next_order_id();
    open_of_[slot.value] = mark_of(session);
    return slot;
}

bool OrderStore::make_room(std::uint32_t orders) {
    const auto free = [](const auto& slab) {
        return slab.live() < slab.capacity() ? slab.capacity() - slab.live() : 0;
    };
    // Each new order takes a place for its ClOrdID and keeps one for its cancel.
    const auto has_room = [&] {
        const std::uint32_t kept = orders_.live() - used_cancel_places_;
        return std::min(free(orders_), free(children_)) >= orders && free(cl_ord_ids_) >= kept + 2 * orders;
    };
    while (!has_room())
        if (!retire_oldest()) return false;
    return true;
}

Slot<Child> OrderStore::create_child(Slot<Order> order, VenueId venue) {
    const Slot<Child> slot = children_.acquire();
    if (slot.is_none()) return {};
    Child& child = children_[slot];
    child.id = {++last_child_id_};
    child.order = order;
    child.venue = venue;
    child.next_of_order = orders_[order].first_child;
    orders_[order].first_child = slot;
    by_child_id_.insert(hash_id(child.id), slot.value);
    return slot;
}

bool OrderStore::has_spare_child() const {
    const std::uint32_t kept =
        orders_.capacity() > orders_.live() ? orders_.capacity() - orders_.live() : std::uint32_t{0};
    return children_.live() + kept < children_.capacity();
}

Slot<Child> OrderStore::create_slice(Slot<Order> order, VenueId venue) {
    int kept = 0;
    for (Slot<Child> at = orders_[order].first_child; !at.is_none(); at = children_[at].next_of_order) ++kept;
    if (kept >= kMaxSlicesKept || !has_spare_child()) forget_oldest_slice(order);
    return has_spare_child() ? create_child(order, venue) : Slot<Child>{};
}

void OrderStore::make_newest(Slot<Child> child) {
    Order& order = orders_[children_[child].order];
    Slot<Child>* link = &order.first_child;
    while (*link != child) {
        PENSTOCK_ASSERT(!link->is_none(), "a child is not in its order's list");
        link = &children_[*link].next_of_order;
    }
    *link = children_[child].next_of_order;
    children_[child].next_of_order = order.first_child;
    order.first_child = child;
}

bool OrderStore::has_request(const Order& order, Slot<Child> child) const {
    for (Slot<Request> at = order.first_request; !at.is_none(); at = requests_[at].next)
        if (requests_[at].child == child) return true;
    return false;
}

/// The newest one stays: what is asked about the order is asked about that. So does one that is asked about.
void OrderStore::forget_oldest_slice(Slot<Order> order) {
    Slot<Child>* oldest = nullptr;
    for (Slot<Child>* link = &children_[orders_[order].first_child].next_of_order; !link->is_none();
         link = &children_[*link].next_of_order)
        if (is_done(children_[*link].state.phase) && !has_request(orders_[order], *link)) oldest = link;
    if (oldest == nullptr) return;
    const Slot<Child> forgotten = *oldest;
    *oldest = children_[forgotten].next_of_order;
    forget_child(forgotten);
}

Slot<Request> OrderStore::create_request(Slot<Order> order, Request::Kind kind, const ClOrdId& cl_ord_id) {
    int in_flight = 0;
    bool may_use_kept_place = kind == Request::Kind::Cancel;
    Slot<Request>* end = &orders_[order].first_request;
    while (!end->is_none()) {
        if (requests_[*end].has_kept_place) may_use_kept_place = false;
        end = &requests_[*end].next;
        ++in_flight;
    }
    if (!may_use_kept_place && (in_flight >= kMaxRequestsPerOrder || !has_request_place())) return {};
    const Slot<Request> slot = requests_.acquire();
    if (slot.is_none()) return {};
    Request& request = requests_[slot];
    request.kind = kind;
    request.order = order;
    request.has_kept_place = may_use_kept_place;
    if (!cl_ord_id.empty()) {
        const bool has_place =
            kind == Request::Kind::Cancel ? make_id_place_for_cancel(order) : make_id_place();
        if (has_place) request.cl_ord_id = remember_cl_ord_id(order, cl_ord_id);
        if (request.cl_ord_id.is_none()) {
            requests_.release(slot);
            return {};
        }
    }
    if (!may_use_kept_place) ++shared_requests_;
    *end = slot;
    return slot;
}

Slot<Special> OrderStore::create_special(Slot<Order> order) {
    const Slot<Special> slot = specials_.acquire();
    if (slot.is_none()) return {};
    specials_[slot].order = order;
    orders_[order].special = slot;
    return slot;
}

bool OrderStore::set_wish(Slot<Request> request, const OrderConditions& conditions) {
    const Slot<OrderConditions> slot = wishes_.acquire();
    if (slot.is_none()) return false;
    wishes_[slot] = conditions;
    requests_[request].wish = slot;
    return true;
}

Slot<FillRecord> OrderStore::create_fill(Slot<Child> child, const VenueExecId& exec_id) {
    const Slot<FillRecord> slot = fills_.acquire();
    if (slot.is_none()) return {};
    FillRecord& fill = fills_[slot];
    fill.exec_id = exec_id;
    fill.child = child;
    fill.venue = children_[child].venue;
    fill.next_of_child = children_[child].first_fill;
    children_[child].first_fill = slot;
    by_exec_id_.insert(hash(fill.venue, exec_id), slot.value);
    return slot;
}

void OrderStore::remove_request(Slot<Request> request) {
    Slot<Request>* link = &orders_[requests_[request].order].first_request;
    while (*link != request) {
        PENSTOCK_ASSERT(!link->is_none(), "a request is not in its order's list");
        link = &requests_[*link].next;
    }
    *link = requests_[request].next;
    if (!requests_[request].has_kept_place) --shared_requests_;
    if (!requests_[request].wish.is_none()) wishes_.release(requests_[request].wish);
    requests_.release(request);
}

void OrderStore::finish(Slot<Order> slot) {
    Order& order = orders_[slot];
    if (!order.done_before.is_none() || !order.done_after.is_none() || oldest_done_ == slot) return;
    open_of_[slot.value] = 0;
    order.done_before = newest_done_;
    if (newest_done_.is_none())
        oldest_done_ = slot;
    else
        orders_[newest_done_].done_after = slot;
    newest_done_ = slot;
}

void OrderStore::reopen(Slot<Order> slot) {
    Order& order = orders_[slot];
    if (order.done_before.is_none() && oldest_done_ != slot) return;
    (order.done_before.is_none() ? oldest_done_ : orders_[order.done_before].done_after) = order.done_after;
    (order.done_after.is_none() ? newest_done_ : orders_[order.done_after].done_before) = order.done_before;
    order.done_before = {};
    order.done_after = {};
    open_of_[slot.value] = mark_of(order.session);
}

void OrderStore::set_awaits_venue(Slot<Order> slot, bool awaits) {
    Order& order = orders_[slot];
    if (order.awaits_venue == awaits) return;
    order.awaits_venue = awaits;
    awaiting_venue_ += awaits ? 1 : -1U;
}

void OrderStore::await_answer(Slot<Child> slot, Timestamp now) {
    leave_list(slot);
    Child& child = children_[slot];
    child.awaits_answer = true;
    child.asked_at = now;
    child.waits_before = last_waiting_;
    (last_waiting_.is_none() ? first_waiting_ : children_[last_waiting_].waits_after) = slot;
    last_waiting_ = slot;
}

void OrderStore::set_asked(Slot<Child> slot, bool is_asked) {
    Child& child = children_[slot];
    if (child.is_asked == is_asked) return;
    child.is_asked = is_asked;
    if (asked_of_.size() <= child.venue.value) asked_of_.resize(child.venue.value + 1);
    asked_of_[child.venue.value] += is_asked ? 1U : -1U;
}

void OrderStore::answered(Slot<Child> slot) {
    set_asked(slot, false);
    leave_list(slot);
}

void OrderStore::leave_list(Slot<Child> slot) {
    Child& child = children_[slot];
    if (!child.awaits_answer) return;
    (child.waits_before.is_none() ? first_waiting_ : children_[child.waits_before].waits_after) =
        child.waits_after;
    (child.waits_after.is_none() ? last_waiting_ : children_[child.waits_after].waits_before) =
        child.waits_before;
    child.waits_before = {};
    child.waits_after = {};
    child.awaits_answer = false;
}

Slot<Order> OrderStore::find_order(SessionId session, const ClOrdId& cl_ord_id) const {
    const std::uint32_t found =
        by_cl_ord_id_.find(hash_text(session, cl_ord_id.view()), [&](std::uint32_t slot) {
            const ClOrdIdEntry& entry = cl_ord_ids_[Slot<ClOrdIdEntry>{slot}];
            return entry.session == session && entry.text == cl_ord_id;
        });
    return found == 0 ? Slot<Order>{} : cl_ord_ids_[Slot<ClOrdIdEntry>{found}].order;
}

Slot<Child> OrderStore::find_child(ChildId id) const {
    return {by_child_id_.find(
        hash_id(id), [&](std::uint32_t slot) { return children_[Slot<Child>{slot}].id == id; })};
}

Slot<FillRecord> OrderStore::find_fill(VenueId venue, const VenueExecId& exec_id, Slot<Child> child) const {
    return {by_exec_id_.find(hash(venue, exec_id), [&](std::uint32_t slot) {
        const FillRecord& fill = fills_[Slot<FillRecord>{slot}];
        return fill.venue == venue && fill.exec_id == exec_id && (child.is_none() || fill.child == child);
    })};
}

void OrderStore::expect_order(SessionId session, const ClOrdId& cl_ord_id) const {
    by_cl_ord_id_.prefetch(hash_text(session, cl_ord_id.view()));
}

void OrderStore::expect_child(ChildId id) const { by_child_id_.prefetch(hash_id(id)); }

void OrderStore::expect_new_child() const {
    // Eight have one cache line: that of the next eight is there before the first of them is made.
    expect_child({last_child_id_ + 8});
}

void OrderStore::expect_fill(VenueId venue, const VenueExecId& exec_id) const {
    by_exec_id_.prefetch(hash(venue, exec_id));
}

const ClOrdId& OrderStore::text(Slot<ClOrdIdEntry> slot) const {
    static constexpr ClOrdId kNone;
    return slot.is_none() ? kNone : cl_ord_ids_[slot].text;
}

std::uint64_t OrderStore::counters_hash() const {
    return mix(last_order_id_) ^ (mix(last_child_id_) * 3) ^ (mix(last_exec_id_) * 5);
}

bool OrderStore::retire_oldest() {
    if (oldest_done_.is_none()) return false;
    const Slot<Order> oldest = oldest_done_;
    reopen(oldest);
    forget(oldest);
    look_ahead();
    return true;
}

/// The orders forgotten next are the ones not touched for longest, so nothing of them is in a cache. What
/// leads to what is fetched in four steps, one for each order forgotten, so that no step waits for another.
void OrderStore::look_ahead() {
    const Slot<Order> first = oldest_done_;
    if (first.is_none()) return;
    const Slot<Child> its_child = orders_[first].first_child;
    const Slot<FillRecord> its_fill =
        its_child.is_none() ? Slot<FillRecord>{} : children_[its_child].first_fill;
    if (!its_fill.is_none()) by_exec_id_.prefetch(hash(fills_[its_fill].venue, fills_[its_fill].exec_id));

    const Slot<Order> second = orders_[first].done_after;
    if (second.is_none()) return;
    by_cl_ord_id_.prefetch(hash(cl_ord_ids_[orders_[second].last_cl_ord_id]));
    const Slot<Child> child = orders_[second].first_child;
    if (!child.is_none()) {
        by_child_id_.prefetch(hash_id(children_[child].id));
        fills_.prefetch(children_[child].first_fill);
    }

    const Slot<Order> third = orders_[second].done_after;
    if (third.is_none()) return;
    cl_ord_ids_.prefetch(orders_[third].last_cl_ord_id);
    children_.prefetch(orders_[third].first_child);
    orders_.prefetch(orders_[third].done_after);
}

void OrderStore::forget(Slot<Order> slot) {
    Order& order = orders_[slot];
    while (!order.first_request.is_none()) remove_request(order.first_request);
    while (!order.first_child.is_none()) {
        const Slot<Child> child = order.first_child;
        order.first_child = children_[child].next_of_order;
        forget_child(child);
    }
    while (!order.last_cl_ord_id.is_none()) {
        const Slot<ClOrdIdEntry> entry = order.last_cl_ord_id;
        order.last_cl_ord_id = cl_ord_ids_[entry].older_of_order;
        forget_id(entry);
    }
    if (!order.special.is_none()) {
        PENSTOCK_ASSERT(!specials_[order.special].watch_links.is_linked &&
                            !specials_[order.special].timer_links.is_linked,
                        "an order that is watched or timed was forgotten");
        specials_[order.special].order = {};
        specials_.release(order.special);
    }
    if (order.has_cancel_id) --used_cancel_places_;
    set_awaits_venue(slot, false);
    open_of_[slot.value] = 0;
    order.id = {};
    orders_.release(slot);
}

void OrderStore::forget_child(Slot<Child> slot) {
    Child& child = children_[slot];
    answered(slot);
    while (!child.first_fill.is_none()) {
        const Slot<FillRecord> fill = child.first_fill;
        child.first_fill = fills_[fill].next_of_child;
        by_exec_id_.erase(hash(fills_[fill].venue, fills_[fill].exec_id), fill.value);
        fills_.release(fill);
    }
    by_child_id_.erase(hash_id(child.id), slot.value);
    child.id = {};
    children_.release(slot);
}

std::uint32_t OrderStore::hash(const ClOrdIdEntry& entry) {
    return hash_text(entry.session, entry.text.view());
}

std::uint32_t OrderStore::hash(VenueId venue, const VenueExecId& exec_id) {
    return static_cast<std::uint32_t>(hash_bytes(exec_id.view(), 0xE0ECULL + venue.value));
}

}  // namespace penstock::oms
