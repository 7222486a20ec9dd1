#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

// What goes to venues. Each of these makes the child wait for an answer.

void send_new(const Context& context, Slot<Child> child);
/// The client hears that it is pending. An amend below what is filled by now is one to what is filled: the
/// race was lost, and the rest is not wanted (FIX matrices C.3.b and C.3.c).
void send_amend(const Context& context, Slot<Child> child, Slot<Request> request);
/// Not while the venue has to answer something else first.
bool takes_amend_now(const Context& context, Slot<Child> child);
void send_cancel(const Context& context, Slot<Child> child, Slot<Request> request);
/// May one more request be made of this order, after those that wait, with `kept` revisions left over?
bool has_revision(const Context& context, Slot<Order> order, std::uint32_t kept);
/// A new request at the end of the order's list. None when there is no place for it, or no revision: amends
/// leave kRevisionsKeptForCancels.
Slot<Request> make_request(const Context& context, Slot<Order> order, Request::Kind kind,
                           const ClOrdId& cl_ord_id);
/// Asks the venue what it knows of the child. Asking is always safe.
void ask_status(const Context& context, Slot<Child> child);
/// Does what the venue tells by the id of this revision answer a question before the last one? Then it says
/// nothing of requests sent between the two. A venue that answers by whatever id it has is misjudged as often
/// as it left older questions unanswered, and asked again each time.
bool answers_older_question(const Context& context, Slot<Child> child, std::uint32_t revision);

/// Sends the next amend that waited for an earlier one, if the venue can take it now (conflation.hpp). Once
/// the order is done and no amend is in flight, those that waited are refused instead. They are about its
/// newest child, whichever was heard from.
void send_waiting(const Context& context, Slot<Order> order);
/// Answers amends that were never sent, now that the order is done; those of the OMS's own just go. What was
/// merged into one that was sent is answered with it.
void refuse_waiting(const Context& context, Slot<Order> order);

}  // namespace penstock::oms
