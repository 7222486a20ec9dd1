#include "oms/engine/state_layout.hpp"

#include <cstddef>
#include <initializer_list>

#include "oms/domain/fields.hpp"
#include "oms/engine/core.hpp"
#include "oms/engine/digest.hpp"
#include "oms/engine/state_bytes.hpp"

namespace penstock::oms {
namespace {

constexpr Capacity kSmallest{.orders = 1, .requests = 1, .fills = 1, .refusals = 1};

/// Visits the state as a writer does, but folds the size of every type, and of described ones the place of
/// every member.
class StateLayout {
  public:
    template <class T>
    void operator()(const T& value) {
        if constexpr (HoldsState<const T, StateLayout>)
            T::visit_state(value, *this);
        else
            add(value);
    }
    template <class T>
    void operator()(const std::vector<T>&) {
        if constexpr (std::is_same_v<T, bool>)
            digest_.add(std::uint64_t{1});
        else
            (*this)(T{});
    }
    template <class T>
    void operator()(const Slab<T>&) {
        add(T{});
    }
    void operator()(const HashIndex&) {}
    void add_places(std::initializer_list<std::size_t> places) {
        for (const std::size_t place : places) digest_.add(std::uint64_t{place});
    }
    std::uint64_t value() const { return digest_.value(); }
    Digest& digest() { return digest_; }

  private:
    template <class T>
    void add(const T& value) {
        digest_.add(std::uint64_t{sizeof(T)});
        digest_.add(std::uint64_t{alignof(T)});
        const auto* const start = reinterpret_cast<const char*>(&value);
        const auto add_place = [&](std::uint32_t, const char*, const auto& member) {
            digest_.add(static_cast<std::uint64_t>(reinterpret_cast<const char*>(&member) - start));
            digest_.add(std::uint64_t{sizeof member});
        };
        if constexpr (requires { describe(value, add_place); }) describe(value, add_place);
    }

    Digest digest_;
};

/// Of the types that no description names the members of. Bit-fields have no place of their own; they are
/// told by their neighbours.
void add_orders(StateLayout& layout) {
    layout.add_places(
        {offsetof(Order, id), offsetof(Order, session), offsetof(Order, account), offsetof(Order, instrument),
         offsetof(Order, side), offsetof(Order, type), offsetof(Order, time_in_force), offsetof(Order, limit),
         offsetof(Order, state), offsetof(Order, cl_ord_id), offsetof(Order, last_cl_ord_id),
         offsetof(Order, first_request), offsetof(Order, first_child), offsetof(Order, special),
         offsetof(Order, done_before), offsetof(Order, done_after)});
    layout.add_places({offsetof(OrderState, phase), offsetof(OrderState, amends_in_flight),
                       offsetof(OrderState, cancels_in_flight), offsetof(OrderState, quantity),
                       offsetof(OrderState, filled), offsetof(OrderState, notional)});
    layout.add_places(
        {offsetof(Child, id), offsetof(Child, order), offsetof(Child, next_of_order), offsetof(Child, venue),
         offsetof(Child, next_revision), offsetof(Child, accepted_revision), offsetof(Child, asked_revision),
         offsetof(Child, asked_by), offsetof(Child, told_in_book), offsetof(Child, told_for),
         offsetof(Child, first_fill), offsetof(Child, state), offsetof(Child, venue_order_id),
         offsetof(Child, waits_before), offsetof(Child, waits_after), offsetof(Child, asked_at)});
    layout.add_places({offsetof(ClOrdIdEntry, text), offsetof(ClOrdIdEntry, session),
                       offsetof(ClOrdIdEntry, order), offsetof(ClOrdIdEntry, older_of_order)});
    layout.add_places(
        {offsetof(Request, kind), offsetof(Request, cause), offsetof(Request, is_sent),
         offsetof(Request, revision), offsetof(Request, order), offsetof(Request, child),
         offsetof(Request, cl_ord_id), offsetof(Request, next), offsetof(Request, wish),
         offsetof(Request, quantity), offsetof(Request, child_quantity), offsetof(Request, limit)});
    layout.add_places(
        {offsetof(FillRecord, exec_id), offsetof(FillRecord, venue), offsetof(FillRecord, child),
         offsetof(FillRecord, next_of_child), offsetof(FillRecord, reported_as),
         offsetof(FillRecord, is_superseded), offsetof(FillRecord, is_inferred),
         offsetof(FillRecord, quantity), offsetof(FillRecord, price)});
}

void add_conditions(StateLayout& layout) {
    layout.add_places(
        {offsetof(Special, order),       offsetof(Special, conditions),  offsetof(Special, holds),
         offsetof(Special, emulates),    offsetof(Special, watch),       offsetof(Special, triggered),
         offsetof(Special, watched),     offsetof(Special, has_stop),    offsetof(Special, has_watermark),
         offsetof(Special, stop),        offsetof(Special, watermark),   offsetof(Special, cap),
         offsetof(Special, watch_links), offsetof(Special, trail_links), offsetof(Special, timer_links),
         offsetof(Special, due),         offsetof(Special, peg_place),   offsetof(Special, slices),
         offsetof(Special, trim),        offsetof(Special, trim_tries),  offsetof(Special, is_stuck),
         offsetof(Special, leg),         offsetof(Special, day_since)});
    layout.add_places({offsetof(RefusedOrder, id), offsetof(RefusedOrder, order),
                       offsetof(RefusedOrder, denial), offsetof(RefusedOrder, newer)});
}

void add_lists(StateLayout& layout) {
    layout.add_places({offsetof(Leg, order), offsetof(Leg, id), offsetof(Leg, list), offsetof(Leg, group),
                       offsetof(Leg, next), offsetof(Leg, base), offsetof(Leg, against), offsetof(Leg, seen),
                       offsetof(Leg, filled), offsetof(Leg, tries)});
    layout.add_places({offsetof(Group, list), offsetof(Group, parent), offsetof(Group, before),
                       offsetof(Group, after), offsetof(Group, first_leg), offsetof(Group, contingency),
                       offsetof(Group, release), offsetof(Group, overfill), offsetof(Group, overfill_budget),
                       offsetof(Group, told_over), offsetof(Group, told_unfollowed), offsetof(Group, now),
                       offsetof(Group, allowed), offsetof(Group, exposure)});
    layout.add_places(
        {offsetof(OrderList, session), offsetof(OrderList, list_id), offsetof(OrderList, first_group),
         offsetof(OrderList, first_leg), offsetof(OrderList, last_leg), offsetof(OrderList, legs),
         offsetof(OrderList, cause), offsetof(OrderList, next_dirty), offsetof(OrderList, wants_place),
         offsetof(OrderList, next_wanting), offsetof(OrderList, newer_done)});
}

}  // namespace

std::uint64_t state_layout() {
    StateLayout layout;
    layout.digest().add(kStateMeaning);
    const World world(kSmallest);
    World::visit_state(world, layout);
    add_orders(layout);
    add_conditions(layout);
    add_lists(layout);
    return layout.value();
}

}  // namespace penstock::oms
