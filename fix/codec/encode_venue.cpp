#include "fix/codec/encode_conditions.hpp"
#include "fix/codec/encode_parts.hpp"
#include "fix/codec/values.hpp"

namespace penstock::fix {
namespace {

/// HandlInst(21): automated, no intervention. Required by 4.2, of no use later.
void put_handling(BodyWriter& out, const EncodeContext& context) {
    if (context.version == Version::Fix42) out.character(tag::kHandlInst, '1');
}

void put_id(BodyWriter& out, Tag tag, const EncodeContext& context, ChildId child, std::uint32_t revision) {
    out.text(tag, oms::venue_cl_ord_id(context.ids, {child, revision}).view());
}

/// The id of an order the venue knows by somebody else's, until it has agreed to one of ours.
void put_known_id(BodyWriter& out, Tag tag, const EncodeContext& context, const ClOrdId& foreign,
                  oms::ChildRequest ours) {
    if (foreign.empty()) return put_id(out, tag, context, ours.child, ours.revision);
    out.text(tag, foreign.view());
}

/// OrderQty(38), unless the venue is told an amount of money instead.
template <class Request>
void put_quantity(const Request& request, BodyWriter& out) {
    const bool is_cash = request.conditions && request.conditions->cash;
    if (!is_cash) out.decimal(tag::kOrderQty, request.quantity.value);
}

/// Everything behind TransactTime(60).
void put_conditions(const ConditionWriter& conditions) {
    conditions.stop_price();
    conditions.sizes();
    conditions.expire_time();
    conditions.cash();
    conditions.effective_time();
    conditions.offset();
    conditions.expire_date();
    conditions.offset_unit();
    conditions.later_fields();
}

}  // namespace

std::string_view encode(const oms::VenueNewOrder& order, const EncodeContext& context, BodyWriter& out) {
    const ConditionWriter conditions(
        {order.type, order.time_in_force, order.conditions}, Audience::Venue, context, out);
    put(out, tag::kAccount, order.account);
    put_id(out, tag::kClOrdId, context, order.child, 0);
    conditions.exec_inst();
    put_handling(out, context);
    put_quantity(order, out);
    conditions.type();
    put(out, tag::kPrice, order.limit);
    put_code(out, tag::kSide, order.side);
    out.text(tag::kSymbol, order.symbol.view());
    conditions.time_in_force();
    out.timestamp(tag::kTransactTime, order.transact_time, context.timestamp_precision);
    put_conditions(conditions);
    return "D";
}

std::string_view encode(const oms::VenueAmendOrder& amend, const EncodeContext& context, BodyWriter& out) {
    const ConditionWriter conditions(
        {amend.type, amend.time_in_force, amend.conditions}, Audience::Venue, context, out);
    put(out, tag::kAccount, amend.account);
    put_id(out, tag::kClOrdId, context, amend.child, amend.revision);
    conditions.exec_inst();
    put_handling(out, context);
    put(out, tag::kOrderId, amend.venue_order_id);
    put_quantity(amend, out);
    conditions.type();
    put_known_id(out, tag::kOrigClOrdId, context, amend.foreign_id, {amend.child, amend.orig_revision});
    put(out, tag::kPrice, amend.limit);
    put_code(out, tag::kSide, amend.side);
    out.text(tag::kSymbol, amend.symbol.view());
    conditions.time_in_force();
    out.timestamp(tag::kTransactTime, amend.transact_time, context.timestamp_precision);
    put_conditions(conditions);
    return "G";
}

std::string_view encode(const oms::VenueCancelOrder& cancel, const EncodeContext& context, BodyWriter& out) {
    put(out, tag::kAccount, cancel.account);
    put_id(out, tag::kClOrdId, context, cancel.child, cancel.revision);
    put(out, tag::kOrderId, cancel.venue_order_id);
    out.decimal(tag::kOrderQty, cancel.quantity.value);
    put_known_id(out, tag::kOrigClOrdId, context, cancel.foreign_id, {cancel.child, cancel.orig_revision});
    put_code(out, tag::kSide, cancel.side);
    out.text(tag::kSymbol, cancel.symbol.view());
    out.timestamp(tag::kTransactTime, cancel.transact_time, context.timestamp_precision);
    return "F";
}

std::string_view encode(const oms::VenueStatusRequest& request, const EncodeContext& context,
                        BodyWriter& out) {
    put_known_id(out, tag::kClOrdId, context, request.foreign_id, {request.child, request.revision});
    put(out, tag::kOrderId, request.venue_order_id);
    put_code(out, tag::kSide, request.side);
    out.text(tag::kSymbol, request.symbol.view());
    return "H";
}

/// MassStatusReqType(585) 7: all orders.
std::string_view encode(const oms::VenueMassStatusRequest& request, const EncodeContext& context,
                        BodyWriter& out) {
    out.text(tag::kMassStatusReqId, oms::book_request_id(context.ids, request.request).view());
    out.character(tag::kMassStatusReqType, '7');
    return "AF";
}

/// PosReqType(724) 0: positions. 4.4 requires the account's type and a party: it is named as one too.
std::string_view encode(const oms::VenuePositionsRequest& request, const EncodeContext& context,
                        BodyWriter& out) {
    constexpr std::uint32_t kCustomerAccount = 24;
    put(out, tag::kAccount, request.account);
    out.timestamp(tag::kTransactTime, request.transact_time, context.timestamp_precision);
    out.number(tag::kNoPartyIds, 1);
    out.text(tag::kPartyId, request.account.view());
    out.character(tag::kPartyIdSource, 'D');
    out.number(tag::kPartyRole, kCustomerAccount);
    out.character(tag::kAccountType, '1');
    out.text(tag::kPosReqId, oms::position_request_id(context.ids, request.request).view());
    out.text(tag::kClearingBusinessDate, date_text(request.transact_time).view());
    out.character(tag::kPosReqType, '0');
    return "AN";
}

}  // namespace penstock::fix
