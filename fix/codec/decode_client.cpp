#include "fix/codec/decode_client.hpp"

#include <array>
#include <initializer_list>
#include <utility>

#include "fix/codec/decode_order.hpp"
#include "fix/codec/values.hpp"
#include "oms/domain/lists.hpp"

namespace penstock::fix {
namespace {

constexpr std::uint32_t kOther = 0;
constexpr std::uint32_t kUnsupportedMessageType = 3;
constexpr std::uint32_t kFieldMissing = 5;

void read_cancel_order(ValueReader& reader, const Request& request, const ClientContext& context,
                       oms::CancelOrder& cancel) {
    cancel.session = context.session;
    read_common(reader, request, cancel);
    reader.require(tag::kOrigClOrdId, request[tag::kOrigClOrdId]);
    reader.read(tag::kOrigClOrdId, request[tag::kOrigClOrdId], cancel.orig_cl_ord_id);
    cancel.poss_resend = is_yes(request[tag::kPossResend]);
}

/// Other names of instruments, and of kinds of them. Beside Symbol(55), which names one whole, they say
/// nothing more; without it they would narrow what is meant.
constexpr std::array kOtherNames = {
    Tag{48, "SecurityID"},        Tag{167, "SecurityType"},  Tag{309, "UnderlyingSecurityID"},
    Tag{311, "UnderlyingSymbol"}, Tag{460, "Product"},       Tag{461, "CFICode"},
    Tag{762, "SecuritySubType"},  Tag{1151, "SecurityGroup"}};

void refuse_other_names(ValueReader& reader, const MessageIndex& message) {
    for (const Tag& name : kOtherNames)
        if (const auto value = message.find(name)) reader.complain(name, *value, "is not served");
}

/// Instrument, account and side that narrow a mass request. The core refuses the scopes and names it does not
/// know: none of them is dropped, because then more would be meant.
template <class Command>
void read_meant(ValueReader& reader, const MessageIndex& message, const Request& request,
                std::string_view scope, Command& command) {
    // One character in every version; the core refuses the scopes it does not serve, and echoes them.
    if (!scope.empty()) command.scope = static_cast<oms::MassScope>(scope[0]);
    if (command.scope == oms::MassScope::Instrument) reader.require(tag::kSymbol, request[tag::kSymbol]);
    reader.read(tag::kSymbol, request[tag::kSymbol], command.symbol);
    reader.read(tag::kAccount, request[tag::kAccount], command.account);
    const std::string_view side = request[tag::kSide];
    if (!side.empty()) command.side = static_cast<oms::Side>(side[0]);
    if (command.symbol.empty()) refuse_other_names(reader, message);
}

void read_mass_cancel(ValueReader& reader, const MessageIndex& message, const Request& request,
                      const ClientContext& context, oms::MassCancel& cancel) {
    cancel.session = context.session;
    reader.require(tag::kClOrdId, request[tag::kClOrdId]);
    reader.read(tag::kClOrdId, request[tag::kClOrdId], cancel.cl_ord_id);
    reader.require(tag::kMassCancelRequestType, request[tag::kMassCancelRequestType]);
    read_meant(reader, message, request, request[tag::kMassCancelRequestType], cancel);
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

void read_mass_status_query(ValueReader& reader, const MessageIndex& message, const Request& request,
                            const ClientContext& context, oms::MassStatusQuery& query) {
    query.session = context.session;
    reader.require(tag::kMassStatusReqId, request[tag::kMassStatusReqId]);
    reader.read(tag::kMassStatusReqId, request[tag::kMassStatusReqId], query.request_id);
    reader.require(tag::kMassStatusReqType, request[tag::kMassStatusReqType]);
    const std::string_view scope = request[tag::kMassStatusReqType];
    // A number, of which those that are served have one digit.
    const bool is_served = scope.size() <= 1;
    read_meant(reader, message, request, is_served ? scope : std::string_view{}, query);
    if (!is_served) query.scope = oms::MassScope{};
}

/// What K, L and M say: which list.
template <class Command>
void read_list_request(ValueReader& reader, const Request& request, const ClientContext& context,
                       Command& command) {
    command.session = context.session;
    reader.require(tag::kListId, request[tag::kListId]);
    reader.read(tag::kListId, request[tag::kListId], command.list_id);
    if constexpr (requires { command.transact_time; }) {
        reader.require(tag::kTransactTime, request[tag::kTransactTime]);
        reader.read(tag::kTransactTime, request[tag::kTransactTime], command.transact_time);
    }
    if constexpr (requires { command.stale; }) command.stale = is_stale(request, context);
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
        !request[tag::kClOrdId].empty()  ? request[tag::kClOrdId]
        : !request[tag::kListId].empty() ? request[tag::kListId]
                                         : request[tag::kMassStatusReqId];
    // An id that does not fit is named in the text; a shortened one would be another id.
    if (const auto whole = RequestId::from(id)) refused.ref_id = *whole;
    return refused;
}

/// Fills `body` with the command; false when the message's type is not served. In place, because the
/// commands are large and are made for every order.
bool read_command(ValueReader& reader, const MessageIndex& message, const Request& request,
                  const ClientContext& context, oms::InputBody& body) {
    const std::string_view type = message.msg_type();
    if (type == "D")
        read_new_order(reader, message, request, context, body.emplace<oms::NewOrder>());
    else if (type == "F")
        read_cancel_order(reader, request, context, body.emplace<oms::CancelOrder>());
    else if (type == "G")
        read_amend_order(reader, message, request, context, body.emplace<oms::AmendOrder>());
    else if (type == "H")
        read_status_query(reader, request, context, body.emplace<oms::OrderStatusQuery>());
    else if (type == "q")
        read_mass_cancel(reader, message, request, context, body.emplace<oms::MassCancel>());
    else if (type == "Q")
        read_questioned_trade(request, context, body.emplace<oms::TradeQuestioned>());
    else if (type == "AF")
        read_mass_status_query(reader, message, request, context, body.emplace<oms::MassStatusQuery>());
    else if (type == "K")
        read_list_request(reader, request, context, body.emplace<oms::CancelList>());
    else if (type == "L")
        read_list_request(reader, request, context, body.emplace<oms::ExecuteList>());
    else if (type == "M")
        read_list_request(reader, request, context, body.emplace<oms::ListStatusQuery>());
    else
        return false;
    return true;
}

/// What was found wrong with an order or a request about one is for the core to refuse, by the message that
/// refuses orders or requests, unless the id it would be refused by is itself what is wrong.
bool leave_to_core(const ValueReader& reader, oms::InputBody& body) {
    if (reader.complaint() == ValueReader::Complaint::Missing || reader.blamed() == tag::kClOrdId ||
        reader.blamed() == tag::kOrigClOrdId)
        return false;
    const auto refuse = [&](auto& order) {
        refuse_order(reader, order);
        return true;
    };
    if (auto* order = std::get_if<oms::NewOrder>(&body)) return refuse(*order);
    if (auto* amend = std::get_if<oms::AmendOrder>(&body)) return refuse(*amend);
    if (auto* cancel = std::get_if<oms::MassCancel>(&body)) return refuse(*cancel);
    // A symbol too long to be one of ours is not that of the order; a strange time is no reason not to
    // cancel.
    return std::holds_alternative<oms::CancelOrder>(body);
}

}  // namespace

oms::InputBody decode_client(const MessageIndex& message, const ClientContext& context) {
    const Request request(message);
    ValueReader reader;
    oms::InputBody body(std::in_place_type<oms::TimePassed>);
    const bool served = read_command(reader, message, request, context, body);
    refuse_unserved(reader, message, message.msg_type(), {0, message.fields().size()});
    if (served && reader.complaint() == ValueReader::Complaint::None) return body;
    if (served && leave_to_core(reader, body)) return body;

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
