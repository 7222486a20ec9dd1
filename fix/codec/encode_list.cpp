#include "fix/codec/encode_parts.hpp"
#include "fix/codec/reasons.hpp"
#include "fix/codec/sentence.hpp"

namespace penstock::fix {
namespace {

/// ListStatusType(429) and ListOrderStatus(431) are required: a plain answer about a list that was received.
std::uint64_t type_of(const oms::ListStatus& status) {
    return static_cast<std::uint64_t>(
        status.type == oms::ListStatusType::None ? oms::ListStatusType::Response : status.type);
}
std::uint64_t status_of(const oms::ListStatus& status) {
    return static_cast<std::uint64_t>(status.status == oms::ListOrderStatus::None
                                          ? oms::ListOrderStatus::ReceivedForExecution
                                          : status.status);
}

/// In the order of the standard's group, not by tag.
void put_line(const oms::ListLine& line, const EncodeContext& context, BodyWriter& out) {
    out.text(tag::kClOrdId, line.cl_ord_id.view());
    out.decimal(tag::kCumQty, line.filled.value);
    put_code(out, tag::kOrdStatus, line.ord_status);
    out.decimal(tag::kLeavesQty, line.leaves.value);
    out.decimal(tag::kCxlQty, line.cancelled.value);
    out.decimal(tag::kAvgPx, line.average_price.value);
    if (line.denial.reason == oms::Reason::None) return;
    out.number(tag::kOrdRejReason, order_reject_code(line.denial, context.version));
    put_text(out, tag::kText, line.denial, {});
}

void put_lines(const oms::ListStatus& status, const EncodeContext& context, BodyWriter& out) {
    const std::optional<oms::ListLine>* const lines[] = {
        &status.line1, &status.line2, &status.line3, &status.line4};
    std::uint32_t count = 0;
    for (const auto* line : lines) count += line->has_value() ? 1 : 0;
    // 4.2 and 4.4 ask for the count even of nothing, when the list is not known.
    if (count == 0 && context.version == Version::Fix50Sp2) return;
    out.number(tag::kNoOrders, count);
    for (const auto* line : lines)
        if (line->has_value()) put_line(**line, context, out);
}

/// ListStatusText(444): why, and the most that can be filled beyond what was meant.
void put_list_text(const oms::ListStatus& status, BodyWriter& out) {
    Sentence sentence;
    sentence.add(status.denial, status.text);
    if (status.residual) {
        if (!sentence.view().empty()) sentence.add("; ");
        sentence.add("at most ");
        sentence.add(Notional::of(status.residual->value));
        sentence.add(" can be filled beyond what was meant");
    }
    if (!sentence.view().empty()) out.text(tag::kListStatusText, sentence.view());
}

}  // namespace

std::string_view encode(const oms::ListStatus& status, const EncodeContext& context, BodyWriter& out) {
    put_time(out, tag::kTransactTime, status.transact_time, context);
    out.text(tag::kListId, status.list_id.view());
    out.number(tag::kTotNoOrders, status.orders);
    put_lines(status, context, out);
    out.number(tag::kNoRpts, status.reports);
    out.number(tag::kRptSeq, status.report);
    out.number(tag::kListStatusType, type_of(status));
    out.number(tag::kListOrderStatus, status_of(status));
    put_list_text(status, out);
    const bool has_code = context.version == Version::Fix50Sp2 && status.denial.reason != oms::Reason::None;
    if (has_code) out.number(tag::kListRejectReason, list_reject_code(status.denial));
    return "N";
}

}  // namespace penstock::fix
