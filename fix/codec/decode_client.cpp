#include "fix/codec/decode_client.hpp"

#include <algorithm>
#include <optional>

#include "fix/codec/decode.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr std::uint32_t kOther = 0;
constexpr std::uint32_t kUnsupportedMessageType = 3;
constexpr std::uint32_t kFieldMissing = 5;
constexpr std::string_view kAllOrders = "7";  // MassStatusReqType(585)

/// The fields of a client's request that are read, as they came; empty when absent.
struct Request {
    std::string_view account, cl_ord_id, order_qty, ord_type, orig_cl_ord_id, poss_dup, price, sending_time,
        side, symbol, time_in_force, transact_time, poss_resend, ex_destination, orig_sending_time,
        mass_scope, mass_status_id, mass_status_type, status_id, msg_seq_num;
};

/// One pass instead of a search for each field.
Request gather(const MessageIndex& message) {
    Request found;
    for (const FieldRef& field : message.fields()) {
        const std::string_view value = message.value(field);
        switch (field.tag) {
            case tag::kAccount.number: keep_first(found.account, value); break;
            case tag::kClOrdId.number: keep_first(found.cl_ord_id, value); break;
            case tag::kMsgSeqNum.number: keep_first(found.msg_seq_num, value); break;
            case tag::kOrderQty.number: keep_first(found.order_qty, value); break;
            case tag::kOrdType.number: keep_first(found.ord_type, value); break;
            case tag::kOrigClOrdId.number: keep_first(found.orig_cl_ord_id, value); break;
            case tag::kPossDupFlag.number: keep_first(found.poss_dup, value); break;
            case tag::kPrice.number: keep_first(found.price, value); break;
            case tag::kSendingTime.number: keep_first(found.sending_time, value); break;
            case tag::kSide.number: keep_first(found.side, value); break;
            case tag::kSymbol.number: keep_first(found.symbol, value); break;
            case tag::kTimeInForce.number: keep_first(found.time_in_force, value); break;
            case tag::kTransactTime.number: keep_first(found.transact_time, value); break;
            case tag::kPossResend.number: keep_first(found.poss_resend, value); break;
            case tag::kExDestination.number: keep_first(found.ex_destination, value); break;
            case tag::kOrigSendingTime.number: keep_first(found.orig_sending_time, value); break;
            case tag::kMassCancelRequestType.number: keep_first(found.mass_scope, value); break;
            case tag::kMassStatusReqId.number: keep_first(found.mass_status_id, value); break;
            case tag::kMassStatusReqType.number: keep_first(found.mass_status_type, value); break;
            case tag::kOrdStatusReqId.number: keep_first(found.status_id, value); break;
            default: break;  // not an enum: every other tag
        }
    }
    return found;
}

/// "Y" in a boolean field.
bool is_yes(std::string_view value) { return value == "Y"; }

void read_side(ValueReader& reader, std::string_view value, oms::Side& out) {
    reader.require(tag::kSide, value);
    if (value == "1" || value == "2" || value == "5" || value == "6") out = static_cast<oms::Side>(value[0]);
    else reader.complain(tag::kSide, value, "is not served: 1, 2, 5 and 6 are");
}

/// The core refuses Unsupported with a report of its own, so every other value is let through.
void read_type(ValueReader& reader, std::string_view value, oms::OrderType& out) {
    reader.require(tag::kOrdType, value);
    out = value == "1"   ? oms::OrderType::Market
          : value == "2" ? oms::OrderType::Limit
                         : oms::OrderType::Unsupported;
}

oms::TimeInForce time_in_force_of(std::string_view value) {
    if (value.empty() || value == "0") return oms::TimeInForce::Day;
    if (value == "1") return oms::TimeInForce::Gtc;
    if (value == "3") return oms::TimeInForce::Ioc;
    if (value == "4") return oms::TimeInForce::Fok;
    return oms::TimeInForce::Unsupported;
}

/// Instrument, side and time: what D, F and G share.
template <class Command>
void read_common(ValueReader& reader, const Request& request, Command& command) {
    reader.require(tag::kClOrdId, request.cl_ord_id);
    reader.read(tag::kClOrdId, request.cl_ord_id, command.cl_ord_id);
    reader.require(tag::kSymbol, request.symbol);
    reader.read(tag::kSymbol, request.symbol, command.symbol);
    read_side(reader, request.side, command.side);
    reader.require(tag::kTransactTime, request.transact_time);
    reader.read(tag::kTransactTime, request.transact_time, command.transact_time);
}

/// Type, quantity and price: what D and G share.
template <class Command>
void read_terms(ValueReader& reader, const Request& request, Command& command) {
    read_type(reader, request.ord_type, command.type);
    reader.require(tag::kOrderQty, request.order_qty);
    reader.read(tag::kOrderQty, request.order_qty, command.quantity);
    reader.read(tag::kPrice, request.price, command.limit);
}

/// Arrived by resend, and sent or made longer ago than the session allows. An age that cannot be told
/// counts as too old.
bool is_stale(const Request& request, const ClientContext& context) {
    if (!is_yes(request.poss_dup) || context.max_order_age <= Duration{}) return false;
    auto oldest = parse_timestamp(request.orig_sending_time.empty() ? request.sending_time
                                                                    : request.orig_sending_time);
    if (!oldest) return true;
    if (const auto made = parse_timestamp(request.transact_time)) oldest = std::min(*oldest, *made);
    return context.now - *oldest > context.max_order_age;
}

oms::NewOrder new_order(ValueReader& reader, const Request& request, const ClientContext& context) {
    oms::NewOrder order;
    order.session = context.session;
    read_common(reader, request, order);
    read_terms(reader, request, order);
    order.time_in_force = time_in_force_of(request.time_in_force);
    reader.read(tag::kAccount, request.account, order.account);
    reader.read(tag::kExDestination, request.ex_destination, order.destination);
    order.poss_resend = is_yes(request.poss_resend);
    order.stale = is_stale(request, context);
    return order;
}

oms::AmendOrder amend_order(ValueReader& reader, const Request& request, const ClientContext& context) {
    oms::AmendOrder amend;
    amend.session = context.session;
    read_common(reader, request, amend);
    read_terms(reader, request, amend);
    reader.require(tag::kOrigClOrdId, request.orig_cl_ord_id);
    reader.read(tag::kOrigClOrdId, request.orig_cl_ord_id, amend.orig_cl_ord_id);
    amend.stale = is_stale(request, context);
    return amend;
}

oms::CancelOrder cancel_order(ValueReader& reader, const Request& request, const ClientContext& context) {
    oms::CancelOrder cancel;
    cancel.session = context.session;
    read_common(reader, request, cancel);
    reader.require(tag::kOrigClOrdId, request.orig_cl_ord_id);
    reader.read(tag::kOrigClOrdId, request.orig_cl_ord_id, cancel.orig_cl_ord_id);
    return cancel;
}

oms::MassCancel mass_cancel(ValueReader& reader, const Request& request, const ClientContext& context) {
    oms::MassCancel cancel;
    cancel.session = context.session;
    reader.require(tag::kClOrdId, request.cl_ord_id);
    reader.read(tag::kClOrdId, request.cl_ord_id, cancel.cl_ord_id);
    reader.require(tag::kMassCancelRequestType, request.mass_scope);
    if (request.mass_scope == "1") cancel.scope = oms::MassScope::Instrument;
    else if (request.mass_scope == "7") cancel.scope = oms::MassScope::All;
    else reader.complain(tag::kMassCancelRequestType, request.mass_scope, "is not served: 1 and 7 are");
    if (cancel.scope == oms::MassScope::Instrument) reader.require(tag::kSymbol, request.symbol);
    reader.read(tag::kSymbol, request.symbol, cancel.symbol);
    return cancel;
}

oms::OrderStatusQuery status_query(ValueReader& reader, const Request& request,
                                   const ClientContext& context) {
    oms::OrderStatusQuery query;
    query.session = context.session;
    reader.require(tag::kClOrdId, request.cl_ord_id);
    reader.read(tag::kClOrdId, request.cl_ord_id, query.cl_ord_id);
    reader.read(tag::kOrdStatusReqId, request.status_id, query.request_id);
    reader.require(tag::kSymbol, request.symbol);
    reader.read(tag::kSymbol, request.symbol, query.symbol);
    read_side(reader, request.side, query.side);
    return query;
}

oms::MassStatusQuery mass_status_query(ValueReader& reader, const Request& request,
                                       const ClientContext& context) {
    oms::MassStatusQuery query;
    query.session = context.session;
    reader.require(tag::kMassStatusReqId, request.mass_status_id);
    reader.read(tag::kMassStatusReqId, request.mass_status_id, query.request_id);
    reader.require(tag::kMassStatusReqType, request.mass_status_type);
    if (request.mass_status_type != kAllOrders)
        reader.complain(tag::kMassStatusReqType, request.mass_status_type, "is not served: 7 is");
    return query;
}

oms::RequestRefused refusal(const MessageIndex& message, const Request& request,
                            const ClientContext& context) {
    oms::RequestRefused refused;
    refused.session = context.session;
    refused.ref_msg_seq_num = parse_number(request.msg_seq_num).value_or(0);
    refused.ref_msg_type = FixedText<7>::truncated(message.msg_type());
    const std::string_view id = request.cl_ord_id.empty() ? request.mass_status_id : request.cl_ord_id;
    // An id that does not fit is named in the text; a shortened one would be another id.
    if (const auto whole = RequestId::from(id)) refused.ref_id = *whole;
    return refused;
}

/// None: the message's type is not served.
std::optional<oms::InputBody> read_command(ValueReader& reader, const MessageIndex& message,
                                           const Request& request, const ClientContext& context) {
    const std::string_view type = message.msg_type();
    if (type == "D") return new_order(reader, request, context);
    if (type == "F") return cancel_order(reader, request, context);
    if (type == "G") return amend_order(reader, request, context);
    if (type == "H") return status_query(reader, request, context);
    if (type == "q") return mass_cancel(reader, request, context);
    if (type == "AF") return mass_status_query(reader, request, context);
    return std::nullopt;
}

}  // namespace

oms::InputBody decode_client(const MessageIndex& message, const ClientContext& context) {
    const Request request = gather(message);
    ValueReader reader;
    const auto command = read_command(reader, message, request, context);
    if (command && reader.complaint() == ValueReader::Complaint::None) return *command;
    oms::RequestRefused refused = refusal(message, request, context);
    if (!command) {
        reader.complain({35, "MsgType"}, message.msg_type(), "is not served");
        refused.business_reject_reason = kUnsupportedMessageType;
    } else {
        const bool missing = reader.complaint() == ValueReader::Complaint::Missing;
        refused.business_reject_reason = missing ? kFieldMissing : kOther;
    }
    refused.text = reader.text();
    return refused;
}

}  // namespace penstock::fix
