#pragma once

#include <array>

#include "fix/codec/decode_client.hpp"
#include "fix/codec/decode_conditions.hpp"
#include "oms/domain/commands.hpp"

namespace penstock::fix {

/// The plain fields of requests, found in one pass; `has_mark` tells of conditions.
inline constexpr std::array kRequestTags = {
    tag::kAccount,         tag::kClOrdId,
    tag::kExecId,          tag::kMsgSeqNum,
    tag::kOrderId,         tag::kOrderQty,
    tag::kOrdType,         tag::kOrigClOrdId,
    tag::kPossDupFlag,     tag::kPrice,
    tag::kSendingTime,     tag::kSide,
    tag::kSymbol,          tag::kText,
    tag::kTimeInForce,     tag::kTransactTime,
    tag::kListId,          tag::kPossResend,
    tag::kExDestination,   tag::kOrigSendingTime,
    tag::kDkReason,        tag::kMassCancelRequestType,
    tag::kMassStatusReqId, tag::kMassStatusReqType,
    tag::kOrdStatusReqId};
using Request = FoundFields<kRequestTags, kConditionTags>;

// Inside this room only.

/// "Y" in a boolean field.
inline bool is_yes(std::string_view value) { return value == "Y"; }

/// One character in every version. The core refuses the sides it does not serve, and echoes them.
inline void read_side(ValueReader& reader, std::string_view value, oms::Side& out) {
    reader.require(tag::kSide, value);
    if (!value.empty()) out = static_cast<oms::Side>(value[0]);
}

/// Instrument, side and time: what D, F and G share.
template <class Command>
void read_common(ValueReader& reader, const Request& request, Command& command) {
    reader.require(tag::kClOrdId, request[tag::kClOrdId]);
    reader.read(tag::kClOrdId, request[tag::kClOrdId], command.cl_ord_id);
    reader.require(tag::kSymbol, request[tag::kSymbol]);
    reader.read(tag::kSymbol, request[tag::kSymbol], command.symbol);
    read_side(reader, request[tag::kSide], command.side);
    reader.require(tag::kTransactTime, request[tag::kTransactTime]);
    reader.read(tag::kTransactTime, request[tag::kTransactTime], command.transact_time);
}

/// An order that asks for what is not served must not be done without it. `msg_type`: whose table.
void refuse_unserved(ValueReader& reader, const MessageIndex& message, std::string_view msg_type,
                     FieldRange range);

/// The reason of a complaint; of a field that is missing by what is missing.
oms::Reason refusal_reason(const ValueReader& reader);

/// Gives it what was found wrong, and takes what was read beside that, because it may mean nothing.
template <class Command>
void refuse_order(const ValueReader& reader, Command& command) {
    command.refusal = oms::DoorRefusal{refusal_reason(reader), reader.text()};
    if constexpr (requires { command.conditions; }) command.conditions.reset();
    if constexpr (requires { command.limit; })
        if (reader.blamed() == tag::kPrice) command.limit.reset();
}

/// Arrived by resend, and sent or made longer ago than the session allows. An age that cannot be told
/// counts as too old.
bool is_stale(const Request& request, const ClientContext& context);

void read_new_order(ValueReader& reader, const MessageIndex& message, const Request& request,
                    const ClientContext& context, oms::NewOrder& order);
void read_amend_order(ValueReader& reader, const MessageIndex& message, const Request& request,
                      const ClientContext& context, oms::AmendOrder& amend);
/// One order of a NewOrderList(E): the fields in `range`. Never fails: what is wrong becomes its refusal.
void read_list_order(const MessageIndex& message, FieldRange range, const ClientContext& context,
                     oms::NewOrder& order);

}  // namespace penstock::fix
