#include "fix/codec/decode_order.hpp"

#include <algorithm>
#include <span>

#include "fix/codec/unserved_fields.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

FieldRange whole(const MessageIndex& message) { return {0, message.fields().size()}; }

/// One character in every version.
oms::OrderType order_type_of(std::string_view value) {
    if (value.size() != 1) return oms::OrderType::Unsupported;
    switch (value[0]) {
        case '1': return oms::OrderType::Market;
        case '2': return oms::OrderType::Limit;
        case '3': return oms::OrderType::Stop;
        case '4': return oms::OrderType::StopLimit;
        case 'J': return oms::OrderType::MarketIfTouched;
        case 'P': return oms::OrderType::Pegged;
        default: break;  // not an enum: any character
    }
    return oms::OrderType::Unsupported;
}

oms::TimeInForce time_in_force_of(std::string_view value) {
    if (value.empty()) return oms::TimeInForce::Day;
    if (value.size() != 1) return oms::TimeInForce::Unsupported;
    switch (value[0]) {
        case '0': return oms::TimeInForce::Day;
        case '1': return oms::TimeInForce::Gtc;
        case '2': return oms::TimeInForce::AtOpen;
        case '3': return oms::TimeInForce::Ioc;
        case '4': return oms::TimeInForce::Fok;
        case '6': return oms::TimeInForce::Gtd;
        case '7': return oms::TimeInForce::AtClose;
        case 'B': return oms::TimeInForce::GoodForAuction;
        default: break;  // not an enum: any character
    }
    return oms::TimeInForce::Unsupported;
}

/// Type, quantity and price: what D and G share.
template <class Command>
void read_terms(ValueReader& reader, const Request& request, Command& command) {
    reader.require(tag::kOrdType, request[tag::kOrdType]);
    command.type = order_type_of(request[tag::kOrdType]);
    reader.read(tag::kOrderQty, request[tag::kOrderQty], command.quantity);
    reader.read(tag::kPrice, request[tag::kPrice], command.limit);
}

/// A quantity in units or in money: the dictionaries ask for neither.
template <class Command>
void require_quantity(ValueReader& reader, const Request& request, const Command& command) {
    if (!request[tag::kOrderQty].empty() || (command.conditions && command.conditions->cash)) return;
    reader.complain_of_absence(tag::kOrderQty, "is missing", oms::Reason::InvalidQuantity);
}

template <class Command>
void read_conditions_of(ValueReader& reader, const MessageIndex& message, FieldRange range,
                        const Request& request, Command& command) {
    const ConditionOwner owner{request[tag::kOrdType], command.limit.has_value()};
    read_conditions(reader, message, range, owner, command.type, command.conditions.emplace());
}

/// Conditions that say nothing are none.
void drop_plain_conditions(oms::NewOrder& order) {
    order.conditions->release = false;  // nothing was parked yet
    if (order.conditions == oms::OrderConditions{}) order.conditions.reset();
}

}  // namespace

void refuse_unserved(ValueReader& reader, const MessageIndex& message, std::string_view msg_type,
                     FieldRange range) {
    const std::span<const std::uint8_t> unserved = unserved_in(msg_type);
    for (std::size_t i = range.begin; i < range.end; ++i) {
        const FieldRef& field = message.fields()[i];
        if (field.tag >= unserved.size() || unserved[field.tag] == 0) continue;
        const UnservedField& one = unserved_fields()[unserved[field.tag] - 1U];
        const std::string_view value = message.value(field);
        if (value != one.harmless) reader.complain(one.tag, value, "is not served");
    }
}

oms::Reason refusal_reason(const ValueReader& reader) {
    if (reader.complaint() != ValueReader::Complaint::Missing) return reader.reason();
    switch (reader.blamed()) {
        case tag::kSymbol: return oms::Reason::UnknownInstrument;
        case tag::kSide: return oms::Reason::UnsupportedSide;
        default: return oms::Reason::UnsupportedOrderType;  // OrdType(40); lists ask for nothing else
    }
}

bool is_stale(const Request& request, const ClientContext& context) {
    if (!is_yes(request[tag::kPossDupFlag]) || context.max_order_age <= Duration{}) return false;
    auto oldest = parse_timestamp(
        request[tag::kOrigSendingTime].empty() ? request[tag::kSendingTime] : request[tag::kOrigSendingTime]);
    if (!oldest) return true;
    if (const auto made = parse_timestamp(request[tag::kTransactTime])) oldest = std::min(*oldest, *made);
    return context.now - *oldest > context.max_order_age;
}

void read_new_order(ValueReader& reader, const MessageIndex& message, const Request& request,
                    const ClientContext& context, oms::NewOrder& order) {
    order.session = context.session;
    read_common(reader, request, order);
    read_terms(reader, request, order);
    order.time_in_force = time_in_force_of(request[tag::kTimeInForce]);
    reader.read(tag::kAccount, request[tag::kAccount], order.account);
    reader.read(tag::kExDestination, request[tag::kExDestination], order.destination);
    if (request.has_mark()) read_conditions_of(reader, message, whole(message), request, order);
    require_quantity(reader, request, order);
    if (order.conditions) drop_plain_conditions(order);
    order.poss_resend = is_yes(request[tag::kPossResend]);
    order.stale = is_stale(request, context);
}

void read_amend_order(ValueReader& reader, const MessageIndex& message, const Request& request,
                      const ClientContext& context, oms::AmendOrder& amend) {
    amend.session = context.session;
    read_common(reader, request, amend);
    read_terms(reader, request, amend);
    reader.require(tag::kOrigClOrdId, request[tag::kOrigClOrdId]);
    reader.read(tag::kOrigClOrdId, request[tag::kOrigClOrdId], amend.orig_cl_ord_id);
    if (request.has_mark()) read_conditions_of(reader, message, whole(message), request, amend);
    require_quantity(reader, request, amend);
    amend.poss_resend = is_yes(request[tag::kPossResend]);
    amend.stale = is_stale(request, context);
}

void read_list_order(const MessageIndex& message, FieldRange range, const ClientContext& context,
                     oms::NewOrder& order) {
    const Request request(message, range);
    ValueReader reader;
    order.session = context.session;
    reader.read(tag::kClOrdId, request[tag::kClOrdId], order.cl_ord_id);
    reader.require(tag::kSymbol, request[tag::kSymbol]);
    reader.read(tag::kSymbol, request[tag::kSymbol], order.symbol);
    read_side(reader, request[tag::kSide], order.side);
    reader.read(tag::kTransactTime, request[tag::kTransactTime], order.transact_time);
    read_terms(reader, request, order);
    order.time_in_force = time_in_force_of(request[tag::kTimeInForce]);
    reader.read(tag::kAccount, request[tag::kAccount], order.account);
    reader.read(tag::kExDestination, request[tag::kExDestination], order.destination);
    if (request.has_mark()) read_conditions_of(reader, message, range, request, order);
    require_quantity(reader, request, order);
    refuse_unserved(reader, message, "D", range);
    if (order.conditions) {
        order.conditions->link_id = {};  // its place among the groups of the list, and read as that
        drop_plain_conditions(order);
    }
    if (reader.complaint() != ValueReader::Complaint::None) refuse_order(reader, order);
}

}  // namespace penstock::fix
