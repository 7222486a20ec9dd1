#pragma once

#include "oms/engine/group_math.hpp"
#include "oms/engine/handlers/entry.hpp"
#include "oms/engine/handlers/handlers.hpp"

namespace penstock::oms {

/// What a ListStatus(N) says of the list as a whole.
struct ListHead {
    ListStatusType type = ListStatusType::Response;
    ListOrderStatus status = ListOrderStatus::None;
    Denial denial;
    Text text;
};

/// ListStatus(N) on a list that is kept, with a line for each of its orders, in as many parts as it takes.
void tell_list(const Context& context, Slot<OrderList> list, const ListHead& head);
/// ListStatus(N) on a list that was refused.
void tell_refused(const Context& context, const StagedList& list);
/// Where it stands, by its orders.
ListOrderStatus status_of(const Context& context, Slot<OrderList> list);

/// What can be filled beyond what was meant, as the legs stand.
Quantity residual_of(const Context& context, Slot<OrderList> list);

/// What is wrong with a staged list as such, before its orders are judged one by one.
std::optional<Denial> check_list(const StagedList& list);
/// The most that can be filled beyond what is meant, if all legs fill before any answer arrives. A denial
/// when it exceeds a stated budget. `entries`: what the orders will be, by leg.
std::variant<Quantity, Denial> check_residual(const StagedList& list, const std::vector<Entry>& entries);

}  // namespace penstock::oms
