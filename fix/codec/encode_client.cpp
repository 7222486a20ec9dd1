#include <string>

#include "fix/codec/encode_conditions.hpp"
#include "fix/codec/encode_parts.hpp"
#include "fix/codec/reasons.hpp"
#include "fix/codec/sentence.hpp"

namespace penstock::fix {
namespace {

constexpr std::string_view kNoId = "NONE";         // OrderID(37) and OrigClOrdID(41) that do not exist
constexpr std::string_view kNoSymbol = "[N/A]";    // Symbol(55) where there is no instrument
constexpr std::uint32_t kMaxBusinessReason42 = 5;  // 6 and 7 came with 4.4

/// ExecTransType(20) and ExecType(150).
struct Kinds {
    char transaction;
    char type;
};

/// 4.2 knows no ExecType F, G, H, I: fills are 1 or 2 by what they leave, the rest is in ExecTransType.
Kinds kinds42(const oms::ExecutionReport& report) {
    const char fill = report.filled >= report.quantity ? '2' : '1';  // whatever outranks Filled in OrdStatus
    switch (report.exec_type) {
        case oms::ExecType::Trade: return {'0', fill};
        case oms::ExecType::TradeCancel: return {'1', fill};
        case oms::ExecType::TradeCorrect: return {'2', fill};
        case oms::ExecType::OrderStatus: return {'3', static_cast<char>(report.ord_status)};
        case oms::ExecType::Triggered: return {'0', static_cast<char>(oms::ExecType::Restated)};
        case oms::ExecType::New:
        case oms::ExecType::DoneForDay:
        case oms::ExecType::Canceled:
        case oms::ExecType::Replaced:
        case oms::ExecType::PendingCancel:
        case oms::ExecType::Stopped:
        case oms::ExecType::Rejected:
        case oms::ExecType::Suspended:
        case oms::ExecType::PendingNew:
        case oms::ExecType::Expired:
        case oms::ExecType::Restated:
        case oms::ExecType::PendingReplace: break;
    }
    return {'0', static_cast<char>(report.exec_type)};
}

/// Triggered came with 5.0: in 4.x that is a restatement of the order (FIX matrices D.4 and X.5).
char exec_type_of(const oms::ExecutionReport& report, Version version) {
    if (version == Version::Fix42) return kinds42(report).type;
    const bool is_too_new = report.exec_type == oms::ExecType::Triggered && version == Version::Fix44;
    return static_cast<char>(is_too_new ? oms::ExecType::Restated : report.exec_type);
}

/// Why it was restated, and that 4.x calls a trigger so.
oms::RestatementReason restatement_of(const oms::ExecutionReport& report, Version version) {
    const bool is_new_word = report.exec_type == oms::ExecType::Triggered && version != Version::Fix50Sp2;
    const bool is_said = report.restatement_reason != oms::RestatementReason::None;
    return is_new_word && !is_said ? oms::RestatementReason::Other : report.restatement_reason;
}

Text text_of(const oms::ExecutionReport& report, Version version) {
    const bool is_said = !report.text.empty() || version == Version::Fix50Sp2;
    if (is_said || report.exec_type != oms::ExecType::Triggered) return report.text;
    return Text::truncated("triggered");
}

bool tells_of_a_fill(oms::ExecType type) {
    return type == oms::ExecType::Trade || type == oms::ExecType::TradeCorrect ||
           type == oms::ExecType::TradeCancel;
}

/// The refusal itself, or a status that tells of one: why there is no such order.
bool tells_of_a_refusal(const oms::ExecutionReport& report) {
    return report.exec_type == oms::ExecType::Rejected ||
           (report.exec_type == oms::ExecType::OrderStatus && report.ord_status == oms::OrdStatus::Rejected &&
            report.denial.reason != oms::Reason::None);
}

void put_order_id(BodyWriter& out, OrderId id) {
    if (id.is_none())
        out.text(tag::kOrderId, kNoId);
    else
        out.number(tag::kOrderId, id.value);
}

/// The fields of a report up to OrderID(37).
void put_execution(const oms::ExecutionReport& report, const ConditionWriter& conditions,
                   const EncodeContext& context, BodyWriter& out) {
    put(out, tag::kAccount, report.account);
    out.decimal(tag::kAvgPx, report.average_price.value);
    put(out, tag::kClOrdId, report.cl_ord_id);
    out.decimal(tag::kCumQty, report.filled.value);
    out.number(tag::kExecId, report.exec_id.value);
    conditions.exec_inst();
    if (!report.exec_ref_id.is_none()) out.number(tag::kExecRefId, report.exec_ref_id.value);
    if (context.version == Version::Fix42) out.character(tag::kExecTransType, kinds42(report).transaction);
    put(out, tag::kLastMkt, report.venue);
    put(out, tag::kLastPx, report.last_price);
    if (report.last_price || tells_of_a_fill(report.exec_type))
        out.decimal(tag::kLastQty, report.last_quantity.value);
    put_order_id(out, report.order_id);
}

bool tells_of_a_mass_request(const oms::ExecutionReport& report) {
    return report.total_reports != 0 || report.last_report;
}

/// What the report answers. FIX 4.2 has no fields for it.
void put_request(const oms::ExecutionReport& report, const EncodeContext& context, BodyWriter& out) {
    if (context.version == Version::Fix42 || report.request_id.empty()) return;
    out.text(tells_of_a_mass_request(report) ? tag::kMassStatusReqId : tag::kOrdStatusReqId,
             report.request_id.view());
}

/// How many there are of a mass request's reports.
void put_request_count(const oms::ExecutionReport& report, const EncodeContext& context, BodyWriter& out) {
    if (context.version == Version::Fix42 || report.request_id.empty()) return;
    if (!tells_of_a_mass_request(report)) return;
    out.number(tag::kTotNumReports, report.total_reports);
    out.character(tag::kLastRptRequested, report.last_report ? 'Y' : 'N');
}

/// From OrderQty(38) to TransactTime(60): the order as it stands.
void put_order(const oms::ExecutionReport& report, const ConditionWriter& conditions,
               const EncodeContext& context, BodyWriter& out) {
    if (!report.quantity.is_zero()) out.decimal(tag::kOrderQty, report.quantity.value);
    put_code(out, tag::kOrdStatus, report.ord_status);
    conditions.type();
    put(out, tag::kOrigClOrdId, report.orig_cl_ord_id);
    put(out, tag::kPrice, report.limit);
    put_code(out, tag::kSide, report.side);
    out.text(tag::kSymbol, report.symbol.empty() ? kNoSymbol : report.symbol.view());
    put_text(out, tag::kText, report.denial, text_of(report, context.version));
    conditions.time_in_force();
    put_time(out, tag::kTransactTime, report.transact_time, context);
}

}  // namespace

std::string_view encode(const oms::ExecutionReport& report, const EncodeContext& context, BodyWriter& out) {
    const ConditionWriter conditions(
        {report.type, report.time_in_force, report.conditions}, Audience::Client, context, out);
    put_execution(report, conditions, context, out);
    put_order(report, conditions, context, out);
    put(out, tag::kListId, report.list_id);
    conditions.stop_price();
    if (tells_of_a_refusal(report))
        out.number(tag::kOrdRejReason, order_reject_code(report.denial, context.version));
    conditions.sizes();
    conditions.expire_time();
    out.character(tag::kExecType, exec_type_of(report, context.version));
    out.decimal(tag::kLeavesQty, report.leaves.value);
    conditions.cash();
    conditions.effective_time();
    conditions.offset();
    const oms::RestatementReason restated = restatement_of(report, context.version);
    if (restated != oms::RestatementReason::None)
        out.number(tag::kExecRestatementReason, restatement_code(restated, context.version));
    conditions.expire_date();
    conditions.link();
    put_request(report, context, out);
    conditions.offset_unit();
    put_request_count(report, context, out);
    conditions.later_fields();
    return "8";
}

std::string_view encode(const oms::CancelReject& reject, const EncodeContext& context, BodyWriter& out) {
    put(out, tag::kAccount, reject.account);
    out.text(tag::kClOrdId, reject.cl_ord_id.view());
    put_order_id(out, reject.order_id);
    put_code(out, tag::kOrdStatus, reject.ord_status);
    out.text(tag::kOrigClOrdId, reject.orig_cl_ord_id.empty() ? kNoId : reject.orig_cl_ord_id.view());
    put_text(out, tag::kText, reject.denial, reject.text);
    put_time(out, tag::kTransactTime, reject.transact_time, context);
    out.number(tag::kCxlRejReason, cancel_reject_code(reject.denial, context.version));
    put_code(out, tag::kCxlRejResponseTo, reject.response_to);
    return "9";
}

namespace {

/// What a mass cancel could not ask for.
Text further_text(const oms::MassCancelReport& report) {
    if (!report.accepted || report.missed == 0) return report.text;
    return Text::truncated(std::to_string(report.missed) + " orders could not be asked for");
}

}  // namespace

std::string_view encode(const oms::MassCancelReport& report, const EncodeContext& context, BodyWriter& out) {
    // 4.2 has no mass cancel, so nobody asked for one.
    if (context.version == Version::Fix42) return {};
    put(out, tag::kClOrdId, report.cl_ord_id);
    out.number(tag::kOrderId, report.report_id.value);
    if (report.side) put_code(out, tag::kSide, *report.side);
    put(out, tag::kSymbol, report.symbol);
    put_text(out, tag::kText, report.denial, further_text(report));
    put_time(out, tag::kTransactTime, report.transact_time, context);
    put_code(out, tag::kMassCancelRequestType, report.scope);
    out.character(tag::kMassCancelResponse, report.accepted ? static_cast<char>(report.scope) : '0');
    if (!report.accepted)
        out.number(tag::kMassCancelRejectReason, mass_cancel_reject_code(report.denial.reason));
    if (report.accepted) out.number(tag::kTotalAffectedOrders, report.affected);
    if (context.version == Version::Fix50Sp2) out.number(tag::kMassActionReportId, report.report_id.value);
    return "r";
}

std::string_view encode(const oms::BusinessReject& reject, const EncodeContext& context, BodyWriter& out) {
    if (reject.ref_msg_seq_num != 0) out.number(tag::kRefSeqNum, reject.ref_msg_seq_num);
    put_text(out, tag::kText, {}, reject.text);
    out.text(tag::kRefMsgType, reject.ref_msg_type.view());
    put(out, tag::kBusinessRejectRefId, reject.ref_id);
    const bool too_new =
        context.version == Version::Fix42 && reject.business_reject_reason > kMaxBusinessReason42;
    out.number(tag::kBusinessRejectReason, too_new ? 0 : reject.business_reject_reason);
    return "j";
}

}  // namespace penstock::fix
