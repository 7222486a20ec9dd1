#include "gateways/sim/fix_reports.hpp"

#include <array>
#include <string>

#include "fix/codec/body_writer.hpp"
#include "oms/domain/assert.hpp"

namespace penstock::sim {
namespace {

using fix::Version;

constexpr std::size_t kMaxBody = 2048;
constexpr std::size_t kMaxEcho = 64;
/// What FIX says to write in Symbol(55) where there is none.
constexpr std::string_view kNoSymbol = "[N/A]";
constexpr int kTimePrecision = 3;
constexpr int kAveragePriceScale = 8;

/// A writer over a buffer large enough for every message here.
class Body {
  public:
    fix::BodyWriter* operator->() { return &writer_; }
    void id(std::uint32_t tag, std::string_view value) {
        if (!value.empty()) writer_.text(tag, value);
    }
    Send send(std::string_view msg_type) const {
        PENSTOCK_ASSERT(!writer_.overflowed(), "every id and text here has a bound");
        return {std::string(msg_type), std::string(writer_.view())};
    }

  private:
    std::array<char, kMaxBody> buffer_{};
    fix::BodyWriter writer_{buffer_.data(), buffer_.size()};
};

/// FIX 4.2 tells partial and full fills apart in ExecType; later versions call both Trade.
char trade_type(const ExecReport& report, Version version, char later) {
    if (version != Version::Fix42) return later;
    return report.filled >= report.quantity ? '2' : '1';
}

char exec_type(const ExecReport& report, Version version) {
    switch (report.kind) {
        case ReportKind::PendingNew: return 'A';
        case ReportKind::New: return '0';
        case ReportKind::Rejected: return '8';
        case ReportKind::Trade: return trade_type(report, version, 'F');
        case ReportKind::PendingReplace: return 'E';
        case ReportKind::Replaced: return '5';
        case ReportKind::PendingCancel: return '6';
        case ReportKind::Cancelled: return '4';
        case ReportKind::Expired: return 'C';
        case ReportKind::Bust: return trade_type(report, version, 'H');
        case ReportKind::Correct: return trade_type(report, version, 'G');
        // 4.2 has no ExecType for it: the current state, told apart by ExecTransType.
        case ReportKind::Status: return version == Version::Fix42 ? static_cast<char>(report.status) : 'I';
    }
    return '\0';
}

/// ExecTransType(20), which only 4.2 has: new, cancel, correct, status.
char trans_type(ReportKind kind) {
    if (kind == ReportKind::Bust) return '1';
    if (kind == ReportKind::Correct) return '2';
    return kind == ReportKind::Status ? '3' : '0';
}

/// OrdRejReason(103). 4.2 knows 0 to 8 only; 0 is the broker's or exchange's option.
std::uint32_t order_reject_reason(Refusal refusal, Version version) {
    const bool old = version == Version::Fix42;
    switch (refusal) {
        case Refusal::UnknownSymbol: return 1;
        case Refusal::UnknownOrder: return 5;
        case Refusal::DuplicateClOrdId: return 6;
        case Refusal::TooLate: return 4;
        case Refusal::InvalidQuantity: return old ? 0 : 13;
        case Refusal::MissingPrice:
        case Refusal::UnsupportedCharacteristic: return old ? 0 : 11;
        case Refusal::InvalidPrice:
        case Refusal::AlreadyPending:
        case Refusal::SupersededId:
        case Refusal::TermsMismatch: return old ? 0 : 99;
        case Refusal::None:
        case Refusal::VenueOption: return 0;
    }
    return 0;
}

/// CxlRejReason(102). 4.2 knows 0 to 3 only; 2 is the broker's or exchange's option.
std::uint32_t cancel_reject_reason(Refusal refusal, Version version) {
    const bool old = version == Version::Fix42;
    switch (refusal) {
        case Refusal::TooLate: return 0;
        case Refusal::UnknownOrder: return 1;
        case Refusal::AlreadyPending: return 3;
        case Refusal::DuplicateClOrdId: return old ? 2 : 6;
        case Refusal::UnknownSymbol:
        case Refusal::InvalidQuantity:
        case Refusal::InvalidPrice:
        case Refusal::MissingPrice:
        case Refusal::UnsupportedCharacteristic:
        case Refusal::SupersededId:
        case Refusal::TermsMismatch: return old ? 2 : 99;
        case Refusal::None:
        case Refusal::VenueOption: return 2;
    }
    return 2;
}

bool has_execution(ReportKind kind) {
    return kind == ReportKind::Trade || kind == ReportKind::Bust || kind == ReportKind::Correct;
}

std::string_view order_id_text(const VenueOrderId& id) { return id.empty() ? kNoOrder : id.view(); }

}  // namespace

Send write_exec_report(const ExecReport& report, Version version) {
    Body body;
    body.id(1, report.account.view());
    body->decimal(6, average_price(report.traded, report.filled, kAveragePriceScale).value);
    body.id(11, report.cl_ord_id.view());
    body->decimal(14, report.filled.value);
    body->text(17, report.exec_id.view());
    body.id(19, report.exec_ref_id.view());
    if (version == Version::Fix42) body->character(20, trans_type(report.kind));
    if (has_execution(report.kind)) {
        body->decimal(31, report.last.price.value);
        body->decimal(32, report.last.quantity.value);
    }
    body->text(37, order_id_text(report.order_id));
    if (report.quantity.is_positive()) body->decimal(38, report.quantity.value);
    body->character(39, static_cast<char>(report.status));
    if (report.type) body->character(40, static_cast<char>(*report.type));
    body.id(41, report.orig_cl_ord_id.view());
    if (report.limit) body->decimal(44, report.limit->value);
    body->character(54, static_cast<char>(report.side));
    body->text(55, report.symbol.empty() ? kNoSymbol : report.symbol.view());
    body.id(58, report.text.view());
    if (report.type) body->character(59, static_cast<char>(report.time_in_force));
    body->timestamp(60, report.at, kTimePrecision);
    if (report.kind == ReportKind::Rejected) body->number(103, order_reject_reason(report.refusal, version));
    body->character(150, exec_type(report, version));
    body->decimal(151, report.leaves.value);
    body.id(584, report.mass_request.view());
    body.id(790, report.status_request.view());
    if (!report.mass_request.empty()) {
        body->number(911, report.mass_total);
        body->character(912, report.mass_last ? 'Y' : 'N');
    }
    return body.send("8");
}

Send write_cancel_reject(const CancelRefusal& refusal, Version version) {
    Body body;
    body.id(1, refusal.account.view());
    body->text(11, refusal.cl_ord_id.view());
    body->text(37, order_id_text(refusal.order_id));
    body->character(39, static_cast<char>(refusal.status));
    body->text(41, refusal.orig_cl_ord_id.empty() ? kNoOrder : refusal.orig_cl_ord_id.view());
    body.id(58, refusal.text.view());
    body->timestamp(60, refusal.at, kTimePrecision);
    body->number(102, cancel_reject_reason(refusal.refusal, version));
    body->character(434, static_cast<char>(refusal.response_to));
    return body.send("9");
}

Send write_mass_cancel_report(const MassCancelAnswer& answer, Version version) {
    Body body;
    body.id(11, answer.cl_ord_id.view());
    body->text(37, order_id_text(answer.order_id));
    body.id(55, answer.symbol.view());
    body.id(58, answer.text.view());
    body->timestamp(60, answer.at, kTimePrecision);
    body->character(530, answer.request_type);
    body->character(531, answer.accepted ? answer.request_type : '0');
    if (!answer.accepted) body->character(532, answer.reject_reason);
    if (answer.accepted) body->number(533, answer.affected);
    // MassActionReportID is required from 5.0SP2 on and unknown before.
    if (version == Version::Fix50Sp2) body->text(1369, order_id_text(answer.order_id));
    return body.send("r");
}

Send write_business_reject(const BusinessRefusal& refusal) {
    Body body;
    // Echoed as the client wrote them, which may be at any length.
    body.id(45, refusal.ref_seq_num.substr(0, kMaxEcho));
    body.id(58, refusal.text);
    body->text(372, refusal.ref_msg_type.substr(0, kMaxEcho));
    body.id(379, refusal.ref_id.substr(0, kMaxEcho));
    body->character(380, refusal.reason);
    return body.send("j");
}

Send write_snapshot(const RequestId& request, const Symbol& symbol,
                    const std::vector<MarketDataEntry>& entries) {
    Body body;
    body->text(55, symbol.view());
    body.id(262, request.view());
    body->number(268, entries.size());
    for (const MarketDataEntry& entry : entries) {
        body->character(269, entry.type);
        body->decimal(270, entry.price.value);
        body->decimal(271, entry.size.value);
    }
    return body.send("W");
}

Send write_market_data_reject(const RequestId& request, char reason, std::string_view text) {
    Body body;
    body.id(58, text);
    body->text(262, request.view());
    body->character(281, reason);
    return body.send("Y");
}

std::string_view to_text(Refusal refusal) {
    switch (refusal) {
        case Refusal::None: return {};
        case Refusal::UnknownSymbol: return "unknown symbol";
        case Refusal::UnknownOrder: return "unknown order";
        case Refusal::DuplicateClOrdId: return "ClOrdID was used before";
        case Refusal::InvalidQuantity: return "quantity is not a positive number of lots within bounds";
        case Refusal::InvalidPrice: return "price is not a positive number of ticks within bounds";
        case Refusal::MissingPrice: return "a limit order needs Price(44)";
        case Refusal::UnsupportedCharacteristic: return "not offered";
        case Refusal::TooLate: return "too late, the order is done";
        case Refusal::AlreadyPending: return "another request is pending";
        case Refusal::SupersededId: return "OrigClOrdID was replaced by a later id";
        case Refusal::TermsMismatch: return "symbol, side or order type differ from the order's";
        case Refusal::VenueOption: return "refused by the script";
    }
    return {};
}

}  // namespace penstock::sim
