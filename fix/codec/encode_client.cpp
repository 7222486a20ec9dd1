#include <array>

#include "fix/codec/encode_parts.hpp"
#include "fix/codec/reason_rows.hpp"
#include "fix/codec/reasons.hpp"

namespace penstock::fix {
namespace {

constexpr std::string_view kNoId = "NONE";         // OrderID(37) and OrigClOrdID(41) that do not exist
constexpr std::string_view kNoSymbol = "[N/A]";    // Symbol(55) where there is no instrument
constexpr std::uint32_t kMaxBusinessReason42 = 5;  // 6 and 7 came with 4.4
constexpr std::size_t kMaxSentence = 384;

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

/// Text(58): "MaxQuantity: measured 5000, limit 1000; OrderQty(38) is above ...; text of the venue". Words of
/// others may hold anything; a control character among them would end the field and start another one.
class Sentence {
  public:
    void add(std::string_view part) {
        for (const char c : part)
            if (size_ < bytes_.size()) bytes_[size_++] = static_cast<unsigned char>(c) < ' ' ? '?' : c;
    }
    void add(const Notional& value) {
        std::array<char, Notional::kMaxText> digits;
        char* const end = value.write(digits.data());
        add({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }
    std::string_view view() const { return {bytes_.data(), size_}; }

  private:
    std::array<char, kMaxSentence> bytes_;
    std::size_t size_ = 0;
};

void add_denial(Sentence& sentence, const oms::Denial& denial) {
    if (denial.reason == oms::Reason::None) return;
    sentence.add(to_text(denial.reason));
    if (denial.measured) {
        sentence.add(": measured ");
        sentence.add(*denial.measured);
    }
    if (denial.limit) {
        sentence.add(denial.measured ? ", limit " : ": limit ");
        sentence.add(*denial.limit);
    }
    sentence.add("; ");
    sentence.add(row_of(denial.reason).rule);
}

void put_text(BodyWriter& out, const oms::Denial& denial, const Text& text) {
    Sentence sentence;
    add_denial(sentence, denial);
    if (!text.empty() && !sentence.view().empty()) sentence.add("; ");
    sentence.add(text.view());
    if (!sentence.view().empty()) out.text(tag::kText, sentence.view());
}

/// The fields of a report up to OrderID(37).
void put_execution(const oms::ExecutionReport& report, const EncodeContext& context, BodyWriter& out) {
    put(out, tag::kAccount, report.account);
    out.decimal(tag::kAvgPx, report.average_price.value);
    put(out, tag::kClOrdId, report.cl_ord_id);
    out.decimal(tag::kCumQty, report.filled.value);
    out.number(tag::kExecId, report.exec_id.value);
    if (!report.exec_ref_id.is_none()) out.number(tag::kExecRefId, report.exec_ref_id.value);
    if (context.version == Version::Fix42) out.character(tag::kExecTransType, kinds42(report).transaction);
    put(out, tag::kLastMkt, report.venue);
    put(out, tag::kLastPx, report.last_price);
    if (report.last_price || tells_of_a_fill(report.exec_type))
        out.decimal(tag::kLastQty, report.last_quantity.value);
    put_order_id(out, report.order_id);
}

/// What the report answers. FIX 4.2 has no fields for it.
void put_request(const oms::ExecutionReport& report, const EncodeContext& context, BodyWriter& out) {
    if (context.version == Version::Fix42 || report.request_id.empty()) return;
    const bool mass = report.total_reports != 0 || report.last_report;
    out.text(mass ? tag::kMassStatusReqId : tag::kOrdStatusReqId, report.request_id.view());
    if (!mass) return;
    out.number(tag::kTotNumReports, report.total_reports);
    out.character(tag::kLastRptRequested, report.last_report ? 'Y' : 'N');
}

}  // namespace

std::string_view encode(const oms::ExecutionReport& report, const EncodeContext& context, BodyWriter& out) {
    put_execution(report, context, out);
    if (!report.quantity.is_zero()) out.decimal(tag::kOrderQty, report.quantity.value);
    put_code(out, tag::kOrdStatus, report.ord_status);
    put_code(out, tag::kOrdType, report.type);
    put(out, tag::kOrigClOrdId, report.orig_cl_ord_id);
    put(out, tag::kPrice, report.limit);
    put_code(out, tag::kSide, report.side);
    out.text(tag::kSymbol, report.symbol.empty() ? kNoSymbol : report.symbol.view());
    put_text(out, report.denial, report.text);
    put_code(out, tag::kTimeInForce, report.time_in_force);
    put_time(out, tag::kTransactTime, report.transact_time, context);
    if (tells_of_a_refusal(report))
        out.number(tag::kOrdRejReason, order_reject_code(report.denial, context.version));
    out.character(
        tag::kExecType,
        context.version == Version::Fix42 ? kinds42(report).type : static_cast<char>(report.exec_type));
    out.decimal(tag::kLeavesQty, report.leaves.value);
    if (report.restatement_reason != oms::RestatementReason::None)
        out.number(tag::kExecRestatementReason, restatement_code(report.restatement_reason, context.version));
    put_request(report, context, out);
    return "8";
}

std::string_view encode(const oms::CancelReject& reject, const EncodeContext& context, BodyWriter& out) {
    put(out, tag::kAccount, reject.account);
    out.text(tag::kClOrdId, reject.cl_ord_id.view());
    put_order_id(out, reject.order_id);
    put_code(out, tag::kOrdStatus, reject.ord_status);
    out.text(tag::kOrigClOrdId, reject.orig_cl_ord_id.empty() ? kNoId : reject.orig_cl_ord_id.view());
    put_text(out, reject.denial, reject.text);
    put_time(out, tag::kTransactTime, reject.transact_time, context);
    out.number(tag::kCxlRejReason, cancel_reject_code(reject.denial, context.version));
    put_code(out, tag::kCxlRejResponseTo, reject.response_to);
    return "9";
}

std::string_view encode(const oms::MassCancelReport& report, const EncodeContext& context, BodyWriter& out) {
    // 4.2 has no mass cancel, so nobody asked for one.
    if (context.version == Version::Fix42) return {};
    put(out, tag::kClOrdId, report.cl_ord_id);
    out.number(tag::kOrderId, report.report_id.value);
    put(out, tag::kSymbol, report.symbol);
    put_text(out, report.denial, {});
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
    put_text(out, {}, reject.text);
    out.text(tag::kRefMsgType, reject.ref_msg_type.view());
    put(out, tag::kBusinessRejectRefId, reject.ref_id);
    const bool too_new =
        context.version == Version::Fix42 && reject.business_reject_reason > kMaxBusinessReason42;
    out.number(tag::kBusinessRejectReason, too_new ? 0 : reject.business_reject_reason);
    return "j";
}

}  // namespace penstock::fix
