#pragma once

#include <array>

#include "fix/codec/decode.hpp"
#include "fix/codec/found_fields.hpp"
#include "oms/domain/conditions.hpp"

namespace penstock::fix {

/// The fields only some orders have. One of them in a message is what calls `read_conditions`.
inline constexpr std::array kConditionTags = {
    tag::kExecInst,
    tag::kStopPx,
    tag::kMinQty,
    tag::kMaxFloor,
    tag::kExpireTime,
    tag::kCashOrderQty,
    tag::kEffectiveTime,
    tag::kPegOffsetValue,
    tag::kExpireDate,
    tag::kClOrdLinkId,
    tag::kPegMoveType,
    tag::kPegOffsetType,
    tag::kPegLimitType,
    tag::kPegRoundDirection,
    tag::kPegScope,
    tag::kSecondaryDisplayQty,
    tag::kDisplayWhen,
    tag::kDisplayMethod,
    tag::kDisplayLowQty,
    tag::kDisplayHighQty,
    tag::kDisplayMinIncr,
    tag::kRefreshQty,
    tag::kPegPriceType,
    tag::kPegSymbol,
    tag::kTriggerType,
    tag::kTriggerAction,
    tag::kTriggerPrice,
    tag::kTriggerSymbol,
    tag::kTriggerSecurityId,
    tag::kTriggerPriceType,
    tag::kTriggerPriceTypeScope,
    tag::kTriggerPriceDirection,
    tag::kTriggerNewPrice,
    tag::kTriggerOrderType,
    tag::kTriggerNewQty,
    tag::kTriggerTradingSessionId,
    tag::kDisplayQty};

/// An order as far as conditions depend on it.
struct ConditionOwner {
    std::string_view type;  // OrdType(40) as it came
    bool has_price = false;
};

/// Reads them from `range` of the message into `out`, and corrects `type`: a trailing stop that came as a
/// pegged order is a stop. Contradictions that `out` can hold are left for the core to refuse; those it
/// cannot are complained of. Inside this room only.
void read_conditions(ValueReader& reader, const MessageIndex& message, FieldRange range,
                     const ConditionOwner& owner, oms::OrderType& type, oms::OrderConditions& out);

}  // namespace penstock::fix
