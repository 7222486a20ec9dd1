#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "fix/codec/decode.hpp"
#include "fix/codec/found_fields.hpp"
#include "oms/domain/lists.hpp"

namespace penstock::fix {

inline constexpr std::array kListTags = {
    tag::kMsgSeqNum,        tag::kSendingTime,  tag::kListId,         tag::kTotNoOrders,
    tag::kListExecInst,     tag::kNoOrders,     tag::kPossResend,     tag::kBidType,
    tag::kListExecInstType, tag::kLastFragment, tag::kContingencyType};
using ListFields = FoundFields<kListTags>;

/// A contingent group as the wire names it.
struct PlannedGroup {
    std::string_view name;     // "2" of "OCO-2"; empty: the list itself
    std::uint32_t parent = 0;  // index + 1; 0: none
    oms::Contingency contingency = oms::Contingency::None;
    oms::ReleaseOn release = oms::ReleaseOn::EachFill;

    bool is_alike(const PlannedGroup& other) const {
        return contingency == other.contingency && release == other.release;
    }
};

/// How the legs of a NewOrderList(E) hang together. The convention, the same in every version:
///
/// - The list's own group is ContingencyType(1385) or the first word of ListExecInst(69): OCO, OUO,
///   OUO-PROPORTIONAL, OTO or OTO-FULL. Given both, they agree; given none, the orders are independent.
/// - More words of ListExecInst(69) say what is done about overfill: REDUCE, BLOCK or ACCEPT=<quantity>. It
///   holds for all groups of the list.
/// - ClOrdLinkID(583) of a leg is the path of groups inside the list's that it stands in: "OCO-1",
///   "OTO-2/OCO-3". A name belongs to one group of the list, which stands as one member at the place of its
///   first leg. A leg without one is a member of the list's own group.
///
/// Bounds: kMaxListLegs legs and as many groups; more are complained of. Inside this room only.
class ListPlan {
  public:
    /// Complains of what makes no plan.
    ListPlan(ValueReader& reader, const MessageIndex& message, const ListFields& found);

    std::uint32_t legs() const { return leg_count_; }
    std::uint32_t groups() const { return group_count_; }
    FieldRange leg(std::uint32_t at) const { return legs_[at]; }
    std::uint32_t group_of_leg(std::uint32_t at) const { return group_of_leg_[at]; }  // from 1
    const PlannedGroup& group(std::uint32_t at) const { return groups_[at]; }
    oms::OverfillPolicy overfill() const { return overfill_; }
    Quantity overfill_budget() const { return budget_; }

  private:
    void find_legs(ValueReader& reader, const MessageIndex& message, const ListFields& found);
    void read_list_group(ValueReader& reader, const ListFields& found);
    bool read_policy(ValueReader& reader, std::string_view word);
    void place_legs(ValueReader& reader, const MessageIndex& message);
    std::uint32_t group_at(ValueReader& reader, std::string_view path);
    std::uint32_t group_named(ValueReader& reader, std::string_view path, const PlannedGroup& wanted);

    std::array<FieldRange, oms::kMaxListLegs> legs_{};
    std::array<std::uint32_t, oms::kMaxListLegs> group_of_leg_{};
    std::array<PlannedGroup, oms::kMaxListLegs> groups_{};
    std::uint32_t leg_count_ = 0;
    std::uint32_t group_count_ = 0;
    oms::OverfillPolicy overfill_ = oms::OverfillPolicy::Reduce;
    Quantity budget_;
};

}  // namespace penstock::fix
