#include "fix/codec/decode_conditions.hpp"

#include "fix/codec/exec_inst.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

using oms::Reason;
using Found = FoundFields<kConditionTags>;

/// A field of which only some values are served, one character each; none at all when there are none.
struct Served {
    Tag tag;
    std::string_view values;
};
constexpr Served kServedValues[] = {
    {tag::kPegMoveType, "0"},            // floating
    {tag::kPegLimitType, "0"},           // or better
    {tag::kPegRoundDirection, ""},       // an offset in ticks needs none, another is rounded passively
    {tag::kPegScope, ""},                //
    {tag::kSecondaryDisplayQty, ""},     //
    {tag::kDisplayWhen, "2"},            // when what is shown is used up
    {tag::kDisplayMethod, "13"},         // the same quantity each time, or random
    {tag::kDisplayMinIncr, ""},          //
    {tag::kRefreshQty, ""},              //
    {tag::kPegSymbol, ""},               //
    {tag::kTriggerType, "4"},            // price movement
    {tag::kTriggerAction, "1"},          // activate
    {tag::kTriggerSymbol, ""},           //
    {tag::kTriggerSecurityId, ""},       //
    {tag::kTriggerPriceTypeScope, "0"},  // none
    {tag::kTriggerNewPrice, ""},         //
    {tag::kTriggerOrderType, ""},        //
    {tag::kTriggerNewQty, ""},           //
    {tag::kTriggerTradingSessionId, ""}};

void refuse_unserved_values(ValueReader& reader, const Found& found) {
    for (const Served& served : kServedValues) {
        const std::string_view value = found[served.tag];
        if (value.empty()) continue;
        const bool is_served = value.size() == 1 && served.values.find(value[0]) != std::string_view::npos;
        if (!is_served) reader.complain(served.tag, value, "is not served");
    }
}

void complain_of_pair(ValueReader& reader, Tag tag, std::string_view value, std::string_view rule) {
    reader.complain(tag, value, rule, Reason::ContradictoryConditions);
}

oms::TriggerOn trigger_on(ValueReader& reader, std::string_view value) {
    if (value.empty()) return oms::TriggerOn::Default;
    if (value == "1") return oms::TriggerOn::BestOffer;
    if (value == "2") return oms::TriggerOn::Last;
    if (value == "3") return oms::TriggerOn::BestBid;
    if (value == "6") return oms::TriggerOn::Mid;
    if (value == "100") return oms::TriggerOn::Mark;
    reader.complain(tag::kTriggerPriceType, value, "is not served: 1, 2, 3, 6 and 100 are");
    return oms::TriggerOn::Unsupported;
}

bool is_triggered_type(std::string_view type) { return type == "3" || type == "4" || type == "J"; }

/// The group of TriggerType(1100): for orders whose type says nothing of a trigger.
void read_trigger_group(ValueReader& reader, const Found& found, const ConditionOwner& owner,
                        oms::OrderConditions& out) {
    if (is_triggered_type(owner.type))
        complain_of_pair(
            reader, tag::kTriggerType, found[tag::kTriggerType], "is not allowed with OrdType(40)=3, 4 or J");
    if (!found[tag::kStopPx].empty())
        complain_of_pair(
            reader, tag::kTriggerType, found[tag::kTriggerType], "is not allowed with StopPx(99)");
    if (found[tag::kTriggerPrice].empty())
        reader.complain_of_absence(tag::kTriggerPrice, "is missing", Reason::MissingStopPrice);
    if (found[tag::kTriggerPriceDirection].empty())
        reader.complain_of_absence(tag::kTriggerPriceDirection, "is missing", Reason::UnsupportedInstruction);
    reader.read(tag::kTriggerPrice, found[tag::kTriggerPrice], out.stop);
}

/// StopPx(99) belongs to the order types with a trigger, and to a trailing stop, where it is the first stop.
/// On others the core refuses it; with a direction it would be taken for the trigger of a plain order.
void read_stop_price(ValueReader& reader, const Found& found, const ConditionOwner& owner, bool trails,
                     oms::OrderConditions& out) {
    if (found[tag::kStopPx].empty()) return;
    const bool has_direction = !found[tag::kTriggerPriceDirection].empty();
    if (has_direction && !is_triggered_type(owner.type) && !trails)
        reader.complain(tag::kStopPx, found[tag::kStopPx], "is allowed with OrdType(40)=3, 4 and J only",
                        Reason::StopPriceNotAllowed);
    reader.read(tag::kStopPx, found[tag::kStopPx], out.stop);
}

void read_trigger(ValueReader& reader, const Found& found, const ConditionOwner& owner, bool trails,
                  oms::OrderConditions& out) {
    if (!found[tag::kTriggerType].empty())
        read_trigger_group(reader, found, owner, out);
    else if (!found[tag::kTriggerPrice].empty())
        complain_of_pair(reader, tag::kTriggerPrice, found[tag::kTriggerPrice], "needs TriggerType(1100)");
    else
        read_stop_price(reader, found, owner, trails, out);
    out.trigger_on = trigger_on(reader, found[tag::kTriggerPriceType]);
    const std::string_view direction = found[tag::kTriggerPriceDirection];
    if (direction == "U") out.trigger_direction = oms::TriggerDirection::Up;
    if (direction == "D") out.trigger_direction = oms::TriggerDirection::Down;
}

PegWish peg_of(ValueReader& reader, std::string_view value) {
    if (value == "1") return {oms::PegKind::Last, false};
    if (value == "2") return {oms::PegKind::Midpoint, false};
    if (value == "4") return {oms::PegKind::Market, false};
    if (value == "5") return {oms::PegKind::Primary, false};
    if (value == "8") return {oms::PegKind::None, true};
    if (!value.empty()) reader.complain(tag::kPegPriceType, value, "is not served: 1, 2, 4, 5 and 8 are");
    return {};
}

oms::OffsetUnit offset_unit(ValueReader& reader, std::string_view value) {
    if (value.empty() || value == "0") return oms::OffsetUnit::Price;
    if (value == "1") return oms::OffsetUnit::BasisPoints;
    if (value == "2") return oms::OffsetUnit::Ticks;
    if (value == "4") return oms::OffsetUnit::Percent;
    reader.complain(tag::kPegOffsetType, value, "is not served: 0, 1, 2 and 4 are");
    return oms::OffsetUnit::Unsupported;
}

/// The one peg that ExecInst(18) and PegPriceType(1094) name.
PegWish one_peg(ValueReader& reader, const Found& found, const PegWish& by_exec_inst) {
    const PegWish by_type = peg_of(reader, found[tag::kPegPriceType]);
    if (by_type.is_none()) return by_exec_inst;
    if (!by_exec_inst.is_none() && by_exec_inst != by_type)
        complain_of_pair(
            reader, tag::kPegPriceType, found[tag::kPegPriceType], "is not the peg that ExecInst(18) names");
    return by_type;
}

void read_offset(ValueReader& reader, const Found& found, const PegWish& wish, oms::OrderConditions& out) {
    const std::string_view value = found[tag::kPegOffsetValue];
    const oms::OffsetUnit unit = offset_unit(reader, found[tag::kPegOffsetType]);
    if (value.empty()) {
        if (wish.trails)
            reader.complain_of_absence(tag::kPegOffsetValue, "is missing", Reason::InvalidOffset);
        if (!found[tag::kPegOffsetType].empty())
            reader.complain(tag::kPegOffsetType, found[tag::kPegOffsetType], "needs PegOffsetValue(211)",
                            Reason::InvalidOffset);
        return;
    }
    if (wish.trails) {
        out.trail_unit = unit;
        reader.read(tag::kPegOffsetValue, value, out.trail);
        // A distance: which way it points follows from the side, whatever the sign says.
        if (out.trail && out.trail->is_negative())
            if (const auto distance = subtract(Decimal{}, *out.trail)) out.trail = *distance;
        return;
    }
    out.peg_unit = unit;
    reader.read(tag::kPegOffsetValue, value, out.peg_offset);
}

void read_display(ValueReader& reader, const Found& found, oms::OrderConditions& out) {
    reader.read(tag::kDisplayQty, found[tag::kDisplayQty], out.display);
    std::optional<Quantity> floor;
    reader.read(tag::kMaxFloor, found[tag::kMaxFloor], floor);
    if (floor && out.display && *floor != *out.display)
        reader.complain(tag::kMaxFloor, found[tag::kMaxFloor], "and DisplayQty(1138) differ",
                        Reason::ContradictoryDisplay);
    if (floor) out.display = floor;
    reader.read(tag::kDisplayLowQty, found[tag::kDisplayLowQty], out.display_low);
    reader.read(tag::kDisplayHighQty, found[tag::kDisplayHighQty], out.display_high);
    const bool is_random = found[tag::kDisplayMethod] == "3";
    if (is_random && (!out.display_low || !out.display_high))
        reader.complain(tag::kDisplayMethod, "3", "needs DisplayLowQty(1085) and DisplayHighQty(1086)",
                        Reason::ContradictoryDisplay);
}

void read_times(ValueReader& reader, const Found& found, oms::OrderConditions& out) {
    reader.read(tag::kEffectiveTime, found[tag::kEffectiveTime], out.effective_time);
    reader.read(tag::kExpireTime, found[tag::kExpireTime], out.expire_time);
    const std::string_view date = found[tag::kExpireDate];
    if (date.empty()) return;
    const auto end = parse_end_of_date(date);
    if (!end) return reader.complain(tag::kExpireDate, date, "is no date from 1970 to 2261");
    constexpr Duration kDay = Duration::seconds(86'400);
    const bool agrees = out.expire_time <= *end && *end - out.expire_time < kDay;
    if (!out.expire_time.is_none() && !agrees)
        complain_of_pair(reader, tag::kExpireDate, date, "is not the day of ExpireTime(126)");
    if (out.expire_time.is_none()) out.expire_time = *end;
}

}  // namespace

void read_conditions(ValueReader& reader, const MessageIndex& message, FieldRange range,
                     const ConditionOwner& owner, oms::OrderType& type, oms::OrderConditions& out) {
    const Found found(message, range);
    refuse_unserved_values(reader, found);
    const PegWish wish = one_peg(reader, found, read_exec_inst(reader, found[tag::kExecInst], out));
    out.peg = wish.kind;
    if (wish.trails && type == oms::OrderType::Pegged)
        type = owner.has_price ? oms::OrderType::StopLimit : oms::OrderType::Stop;
    read_trigger(reader, found, owner, wish.trails, out);
    read_offset(reader, found, wish, out);
    read_display(reader, found, out);
    reader.read(tag::kMinQty, found[tag::kMinQty], out.minimum);
    reader.read(tag::kCashOrderQty, found[tag::kCashOrderQty], out.cash);
    read_times(reader, found, out);
    reader.read(tag::kClOrdLinkId, found[tag::kClOrdLinkId], out.link_id);
}

}  // namespace penstock::fix
