#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// Good till cancelled or till its date: it sleeps when its day is over, and works again on the next.
bool is_good_till(const Order& order);

/// Nothing more will trade of it: done, or a day order that is done for the day. A late fill may still come.
bool is_finished(const Order& order);
/// It is open, or filled while the venue is asked for more of it, so that it may be open again with the
/// answer: who wants it cancelled means it too.
bool may_work(const OrderStore& orders, const Order& order);
/// The venue owes an answer about the child itself or a request, or nobody can say what became of one.
bool owes_answer(const OrderStore& orders, const Child& child);
/// The child has ended for good: nothing can become of what was asked about it, answered or lost.
bool awaits_in_vain(const Child& child);

/// Folds an event into an order, and keeps the list of finished orders true. False, and nothing
/// changed, when the state refuses it.
bool apply(const Context& context, Slot<Order> order, const OrderEvent& event);
/// The rest of it, for who has folded the event already: `after` is what that gave.
void become(const Context& context, Slot<Order> order, const OrderState& after, const OrderEvent& event);

/// The same for a child.
bool apply(const Context& context, Slot<Child> child, const OrderEvent& event);

/// The venue has ended a child that counts as filled here. The order stays filled; but should a fill be
/// busted, what that frees does not work there any more.
void end_filled(const Context& context, Slot<Child> child);

/// A child has heard back: it stops waiting unless another request is still out.
void heard_from(const Context& context, Slot<Child> child);

/// The request of this child with this revision; none when there is no such request in flight.
Slot<Request> find_request(const Context& context, Slot<Child> child, std::uint32_t revision);
/// The oldest request about the order as it is: not one that only ends a woken slice. None when there is
/// none.
Slot<Request> first_of_newest(const OrderStore& orders, const Order& order);

}  // namespace penstock::oms
