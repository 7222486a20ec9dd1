#include "fix/codec/decode_list.hpp"

#include "fix/codec/decode_order.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr std::string_view kNoBidding = "3";    // BidType(394)
constexpr std::string_view kImmediate = "1";    // ListExecInstType(433)
constexpr std::string_view kWaitForExec = "2";  // the same

}  // namespace

ListInputs::ListInputs(const MessageIndex& message, const ClientContext& context)
    : message_(message), context_(context), found_(message), plan_(reader_, message, found_) {
    read_list();
}

void ListInputs::read_list() {
    list_.session = context_.session;
    const std::string_view id = found_[tag::kListId];
    if (id.empty() || !list_.list_id.assign(id)) return;
    if (found_[tag::kBidType] != kNoBidding)
        reader_.complain(tag::kBidType, found_[tag::kBidType], "is not served: 3 is");
    const std::string_view when = found_[tag::kListExecInstType];
    if (!when.empty() && when != kImmediate && when != kWaitForExec)
        reader_.complain(tag::kListExecInstType, when, "is not served: 1 and 2 are");
    if (found_[tag::kLastFragment] == "N")
        reader_.complain(
            tag::kLastFragment, "N", "is not served: a list is one message", oms::Reason::ListIncomplete);
    reader_.read(tag::kTotNoOrders, found_[tag::kTotNoOrders], list_.legs);
    reader_.read(tag::kSendingTime, found_[tag::kSendingTime], list_.transact_time);
    list_.waits_for_execute = when == kWaitForExec;
    list_.stale = is_stale(Request(message_), context_);
    if (reader_.complaint() != ValueReader::Complaint::None) {
        list_.refusal = oms::DoorRefusal{reader_.reason(), reader_.text()};
        count_ = 2;
        return;
    }
    list_.groups = plan_.groups();
    count_ = 2 + plan_.groups() + plan_.legs();
}

oms::InputBody ListInputs::at(std::uint32_t index) const {
    if (count_ == 1) return refused_by_message();
    if (index == 0) return list_;
    if (index + 1 == count_) return oms::EnterList{list_.session, list_.list_id};
    if (index <= plan_.groups()) return group(index - 1);
    return leg(index - 1 - plan_.groups());
}

oms::RequestRefused ListInputs::refused_by_message() const {
    constexpr std::uint32_t kFieldMissing = 5;
    ValueReader reader;
    const std::string_view id = found_[tag::kListId];
    reader.require(tag::kListId, id);
    oms::RequestRefused refused;
    reader.read(tag::kListId, id, refused.ref_id);
    refused.session = context_.session;
    refused.ref_msg_seq_num = parse_number(found_[tag::kMsgSeqNum]).value_or(0);
    refused.ref_msg_type = FixedText<7>::truncated(message_.msg_type());
    refused.business_reject_reason = id.empty() ? kFieldMissing : 0;
    refused.text = reader.text();
    return refused;
}

oms::ListGroup ListInputs::group(std::uint32_t index) const {
    const PlannedGroup& planned = plan_.group(index);
    oms::ListGroup group;
    group.session = context_.session;
    group.group = index + 1;
    group.parent = planned.parent;
    group.contingency = planned.contingency;
    group.release = planned.release;
    group.overfill = plan_.overfill();
    group.overfill_budget = plan_.overfill_budget();
    return group;
}

oms::ListLeg ListInputs::leg(std::uint32_t index) const {
    oms::ListLeg leg;
    leg.session = context_.session;
    leg.leg = index + 1;
    leg.group = plan_.group_of_leg(index);
    read_list_order(message_, plan_.leg(index), context_, leg.order);
    leg.order.poss_resend = is_yes(found_[tag::kPossResend]);
    if (leg.order.transact_time.is_none()) leg.order.transact_time = list_.transact_time;
    return leg;
}

}  // namespace penstock::fix
