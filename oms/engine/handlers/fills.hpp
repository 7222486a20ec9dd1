#pragma once

#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// Books an execution on child and order, tells the client, and remembers it. None when it cannot be booked,
/// or there is no place to remember it: then the desk knows.
Slot<FillRecord> book_execution(const Context& context, Slot<Child> child, const VenueFilled& body);

/// Replaces one booked execution by another, on child and order. False when the numbers forbid it.
bool revise(const Context& context, const FillRecord& fill, Quantity quantity, Price price);

// inferred_fills.cpp

/// Books what the venue counts as filled, `filled`, beyond the executions that were reported, at the price
/// that makes the average it tells. False when its numbers make no price.
bool infer_fill(const Context& context, Slot<Child> child, const VenueReport& report, Quantity filled,
                Price average);

/// Was an execution of it busted, corrected or split? A CumQty(14) of before that and one of after it are
/// apart by what was taken back.
bool has_revised(const OrderStore& orders, Slot<Child> child);

/// A report has come of an execution that was inferred, or of part of it: that much is taken back, so that it
/// counts once. By its CumQty(14) it is told from a new one.
void take_back_inferred(const Context& context, Slot<Child> child, const VenueFilled& body);

}  // namespace penstock::oms
