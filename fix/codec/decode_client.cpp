#include "fix/codec/decode_client.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>

#include "fix/codec/decode.hpp"
#include "fix/codec/found_fields.hpp"
#include "fix/codec/unserved_fields.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

constexpr std::uint32_t kOther = 0;
constexpr std::uint32_t kUnsupportedMessageType = 3;
constexpr std::uint32_t kFieldMissing = 5;
constexpr std::string_view kAllOrders = "7";  // MassStatusReqType(585)

constexpr std::array kRead = {
    tag::kAccount,
    tag::kClOrdId,
    tag::kExecId,
    tag::kMsgSeqNum,
    tag::kOrderId,
    tag::kOrderQty,
    tag::kOrdType,
    tag::kOrigClOrdId,
    tag::kPossDupFlag,
    tag::kPrice,
    tag::kSendingTime,
    tag::kSide,
    tag::kSymbol,
    tag::kText,
    tag::kTimeInForce,
    tag::kTransactTime,
    tag::kPossResend,
    tag::kExDestination,
    tag::kOrigSendingTime,
    tag::kDkReason,
    tag::kMassCancelRequestType,
    tag::kMassStatusReqId,
    tag::kMassStatusReqType,
    tag::kOrdStatusReqId};
using Request = FoundFields<kRead>;

/// "Y" in a boolean field.
bool is_yes(std::string_view value) { return value == "Y"; }

/// One character in every version. The core refuses the sides it does not serve, and echoes them.
void read_side(ValueReader& reader, std::string_view value, oms::Side& out) {
    reader.require(tag::kSide, value);
    if (!value.empty()) out = static_cast<oms::Side>(value[0]);
}

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
    reader.require(tag::kClOrdId, request[tag::kClOrdId]);
    reader.read(tag::kClOrdId, request[tag::kClOrdId], command.cl_ord_id);
    reader.require(tag::kSymbol, request[tag::kSymbol]);
    reader.read(tag::kSymbol, request[tag::kSymbol], command.symbol);
    read_side(reader, request[tag::kSide], command.side);
    reader.require(tag::kTransactTime, request[tag::kTransactTime]);
    reader.read(tag::kTransactTime, request[tag::kTransactTime], command.transact_time);
}

/// Type, quantity and price: what D and G share.
template <class Command>
void read_terms(ValueReader& reader, const Request& request, Command& command) {
    read_type(reader, request[tag::kOrdType], command.type);
    reader.require(tag::kOrderQty, request[tag::kOrderQty]);
    reader.read(tag::kOrderQty, request[tag::kOrderQty], command.quantity);
    reader.read(tag::kPrice, request[tag::kPrice], command.limit);
}

/// Arrived by resend, and sent or made longer ago than the session allows. An age that cannot be told
/// counts as too old.
bool is_stale(const Request& request, const ClientContext& context) {
    if (!is_yes(request[tag::kPossDupFlag]) || context.max_order_age <= Duration{}) return false;
    auto oldest = parse_timestamp(
        request[tag::kOrigSendingTime].empty() ? request[tag::kSendingTime] : request[tag::kOrigSendingTime]);
    if (!oldest) return true;
    if (const auto made = parse_timestamp(request[tag::kTransactTime])) oldest = std::min(*oldest, *made);
    return context.now - *oldest > context.max_order_age;
}

void read_new_order(ValueReader& reader, const Request& request, const ClientContext& context,
                    oms::NewOrder& order) {
    order.session = context.session;
    read_common(reader, request, order);
    read_terms(reader, request, order);
    order.time_in_force = time_in_force_of(request[tag::kTimeInForce]);
    reader.read(tag::kAccount, request[tag::kAccount], order.account);
    reader.read(tag::kExDestination, request[tag::kExDestination], order.destination);
    order.poss_resend = is_yes(request[tag::kPossResend]);
    order.stale = is_stale(request, context);
}

void read_amend_order(ValueReader& reader, const Request& request, const ClientContext& context,
                      oms::AmendOrder& amend) {
    amend.session = context.session;
    read_common(reader, request, amend);
    read_terms(reader, request, amend);
    reader.require(tag::kOrigClOrdId, request[tag::kOrigClOrdId]);
    reader.read(tag::kOrigClOrdId, request[tag::kOrigClOrdId], amend.orig_cl_ord_id);
    amend.stale = is_stale(request, context);
}

void read_cancel_order(ValueReader& reader, const Request& request, const ClientContext& context,
                       oms::CancelOrder& cancel) {
    cancel.session = context.session;
    read_common(reader, request, cancel);
    reader.require(tag::kOrigClOrdId, request[tag::kOrigClOrdId]);
    reader.read(tag::kOrigClOrdId, request[tag::kOrigClOrdId], cancel.orig_cl_ord_id);
}

void read_mass_cancel(ValueReader& reader, const Request& request, const ClientContext& context,
                      oms::MassCancel& cancel) {
    cancel.session = context.session;
    reader.require(tag::kClOrdId, request[tag::kClOrdId]);
    reader.read(tag::kClOrdId, request[tag::kClOrdId], cancel.cl_ord_id);
    reader.require(tag::kMassCancelRequestType, request[tag::kMassCancelRequestType]);
    // One character in every version; the core refuses the scopes it does not serve, and echoes them.
    const std::string_view scope = request[tag::kMassCancelRequestType];
    if (!scope.empty()) cancel.scope = static_cast<oms::MassScope>(scope[0]);
    if (cancel.scope == oms::MassScope::Instrument) reader.require(tag::kSymbol, request[tag::kSymbol]);
    reader.read(tag::kSymbol, request[tag::kSymbol], cancel.symbol);
}

void read_status_query(ValueReader& reader, const Request& request, const ClientContext& context,
                       oms::OrderStatusQuery& query) {
    query.session = context.session;
    reader.require(tag::kClOrdId, request[tag::kClOrdId]);
    reader.read(tag::kClOrdId, request[tag::kClOrdId], query.cl_ord_id);
    reader.read(tag::kOrdStatusReqId, request[tag::kOrdStatusReqId], query.request_id);
    reader.require(tag::kSymbol, request[tag::kSymbol]);
    reader.read(tag::kSymbol, request[tag::kSymbol], query.symbol);
    read_side(reader, request[tag::kSide], query.side);
}

void read_mass_status_query(ValueReader& reader, const Request& request, const ClientContext& context,
                            oms::MassStatusQuery& query) {
    query.session = context.session;
    reader.require(tag::kMassStatusReqId, request[tag::kMassStatusReqId]);
    reader.read(tag::kMassStatusReqId, request[tag::kMassStatusReqId], query.request_id);
    reader.require(tag::kMassStatusReqType, request[tag::kMassStatusReqType]);
    if (request[tag::kMassStatusReqType] != kAllOrders)
        reader.complain(tag::kMassStatusReqType, request[tag::kMassStatusReqType], "is not served: 7 is");
}

/// Words put together for people; what does not fit is cut off.
Text joined(std::initializer_list<std::string_view> parts) {
    std::array<char, Text::kCapacity> bytes{};
    std::size_t size = 0;
    for (const std::string_view part : parts)
        for (const char c : part)
            if (size < bytes.size()) bytes[size++] = static_cast<unsigned char>(c) < ' ' ? '?' : c;
    return Text::truncated({bytes.data(), size});
}

/// Whatever it says is passed on: ids that are not ours are not refused, people will see. Rare, so it goes
/// the slow lane.
void read_questioned_trade(const Request& request, const ClientContext& context,
                           oms::TradeQuestioned& questioned) {
    questioned.session = context.session;
    questioned.order_id.value = parse_number(request[tag::kOrderId]).value_or(0);
    questioned.exec_id.value = parse_number(request[tag::kExecId]).value_or(0);
    questioned.text = joined({"execution ", request[tag::kExecId], ", reason ", request[tag::kDkReason],
                              request[tag::kText].empty() ? "" : ": ", request[tag::kText]});
}

oms::RequestRefused refusal(const MessageIndex& message, const Request& request,
                            const ClientContext& context) {
    oms::RequestRefused refused;
    refused.session = context.session;
    refused.ref_msg_seq_num = parse_number(request[tag::kMsgSeqNum]).value_or(0);
    refused.ref_msg_type = FixedText<7>::truncated(message.msg_type());
    const std::string_view id =
        request[tag::kClOrdId].empty() ? request[tag::kMassStatusReqId] : request[tag::kClOrdId];
    // An id that does not fit is named in the text; a shortened one would be another id.
    if (const auto whole = RequestId::from(id)) refused.ref_id = *whole;
    return refused;
}

/// An order that asks for what is not served must not be done without it.
void refuse_unserved(ValueReader& reader, const MessageIndex& message) {
    const std::span<const std::uint8_t> unserved = unserved_in(message.msg_type());
    for (const FieldRef& field : message.fields()) {
        if (field.tag >= unserved.size() || unserved[field.tag] == 0) continue;
        const UnservedField& one = unserved_fields()[unserved[field.tag] - 1U];
        const std::string_view value = message.value(field);
        if (value != one.harmless) reader.complain(one.tag, value, "is not served");
    }
}

/// Fills `body` with the command; false when the message's type is not served. In place, because the
/// commands are large and are made for every order.
bool read_command(ValueReader& reader, const MessageIndex& message, const Request& request,
                  const ClientContext& context, oms::InputBody& body) {
    const std::string_view type = message.msg_type();
    if (type == "D")
        read_new_order(reader, request, context, body.emplace<oms::NewOrder>());
    else if (type == "F")
        read_cancel_order(reader, request, context, body.emplace<oms::CancelOrder>());
    else if (type == "G")
        read_amend_order(reader, request, context, body.emplace<oms::AmendOrder>());
    else if (type == "H")
        read_status_query(reader, request, context, body.emplace<oms::OrderStatusQuery>());
    else if (type == "q")
        read_mass_cancel(reader, request, context, body.emplace<oms::MassCancel>());
    else if (type == "Q")
        read_questioned_trade(request, context, body.emplace<oms::TradeQuestioned>());
    else if (type == "AF")
        read_mass_status_query(reader, request, context, body.emplace<oms::MassStatusQuery>());
    else
        return false;
    return true;
}

}  // namespace

oms::InputBody decode_client(const MessageIndex& message, const ClientContext& context) {
    const Request request(message);
    ValueReader reader;
    oms::InputBody body(std::in_place_type<oms::TimePassed>);
    const bool served = read_command(reader, message, request, context, body);
    refuse_unserved(reader, message);
    if (served && reader.complaint() == ValueReader::Complaint::None) return body;

    oms::RequestRefused refused = refusal(message, request, context);
    if (!served) {
        reader.complain({35, "MsgType"}, message.msg_type(), "is not served");
        refused.business_reject_reason = kUnsupportedMessageType;
    } else {
        const bool missing = reader.complaint() == ValueReader::Complaint::Missing;
        refused.business_reject_reason = missing ? kFieldMissing : kOther;
    }
    refused.text = reader.text();
    body = refused;
    return body;
}

}  // namespace penstock::fix
