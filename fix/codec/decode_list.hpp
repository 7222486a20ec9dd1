#pragma once

#include "fix/codec/decode_client.hpp"
#include "fix/codec/list_plan.hpp"

namespace penstock::fix {

/// A NewOrderList(E) as inputs, to be handed over in order: NewList, its ListGroups, its ListLegs, EnterList
/// (see oms/domain/lists.hpp); only the last stands for the message. A list that makes no sense as one is
/// NewList with its refusal and EnterList; one without an id it could be refused by is RequestRefused alone.
/// What is wrong with one order is in the order. Views the message.
class ListInputs {
  public:
    ListInputs(const MessageIndex& message, const ClientContext& context);

    std::uint32_t count() const { return count_; }
    oms::InputBody at(std::uint32_t index) const;

  private:
    void read_list();
    oms::RequestRefused refused_by_message() const;
    oms::ListGroup group(std::uint32_t index) const;
    oms::ListLeg leg(std::uint32_t index) const;

    const MessageIndex& message_;
    const ClientContext context_;
    ValueReader reader_;
    ListFields found_;
    ListPlan plan_;
    oms::NewList list_;
    std::uint32_t count_ = 1;
};

}  // namespace penstock::fix
