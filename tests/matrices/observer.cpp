#include "oms/domain/print.hpp"
#include "tests/matrices/explorer.hpp"

namespace penstock::matrices {

void Observer::sent(char kind, const std::string& cl_ord_id) {
    asked_[cl_ord_id].kind = kind;
    chain_.push_back(cl_ord_id);
}

void Observer::answered(const std::string& cl_ord_id) {
    Asked& asked = asked_[cl_ord_id];
    asked.is_pending = false;
    if (++asked.answers > 1) fail(cl_ord_id + " was answered twice");
}

bool Observer::has_pending(char kind) const {
    for (const auto& [id, asked] : asked_)
        if (asked.kind == kind && asked.is_pending) return true;
    return false;
}

/// By the standard's precedence, from what the client was told.
char Observer::expected_status() const {
    const bool is_filled = quantity_.is_positive() && filled_ >= quantity_;  // zero: nothing was told yet
    if (ended_ != '\0') return ended_;
    if (has_pending('F')) return '6';
    if (has_pending('G')) return 'E';
    if (is_done_for_day_) return '3';
    if (is_filled) return '2';
    if (is_stopped_) return '7';
    if (is_suspended_) return '9';
    if (filled_.is_positive()) return '1';
    return is_acknowledged_ ? '0' : 'A';
}

/// The client's own sum of executions, each counted once.
void Observer::books(const oms::ExecutionReport& report) {
    if (report.exec_type != oms::ExecType::Trade) executions_.erase(report.exec_ref_id.value);
    if (report.exec_type != oms::ExecType::TradeCancel)
        executions_[report.exec_id.value] = report.last_quantity;
    filled_ = Quantity{};
    for (const auto& [id, quantity] : executions_) filled_ = *add(filled_, quantity);
}

void Observer::sees_report(const oms::ExecutionReport& report) {
    const std::string cl_ord_id(report.cl_ord_id.view());
    quantity_ = report.quantity;
    switch (report.exec_type) {
        case oms::ExecType::New:
            is_acknowledged_ = true;
            answered(cl_ord_id);
            break;
        case oms::ExecType::Rejected:
            ended_ = '8';
            answered(cl_ord_id);
            break;
        case oms::ExecType::PendingCancel:
        case oms::ExecType::PendingReplace: asked_[cl_ord_id].is_pending = true; break;
        case oms::ExecType::Replaced:
            is_acknowledged_ = true;
            is_done_for_day_ = false;
            answered(cl_ord_id);
            break;
        case oms::ExecType::Canceled:
            ended_ = '4';
            if (!report.orig_cl_ord_id.empty()) answered(cl_ord_id);
            break;
        case oms::ExecType::Expired: ended_ = 'C'; break;
        case oms::ExecType::DoneForDay: is_done_for_day_ = true; break;
        case oms::ExecType::Restated:
            is_suspended_ = false;
            if (is_gtc_) is_done_for_day_ = false;
            break;
        case oms::ExecType::Suspended: is_suspended_ = true; break;
        case oms::ExecType::Stopped: is_stopped_ = true; break;
        case oms::ExecType::Trade:
        case oms::ExecType::TradeCorrect:
        case oms::ExecType::TradeCancel: books(report); break;
        case oms::ExecType::Triggered:
        case oms::ExecType::PendingNew:
        case oms::ExecType::OrderStatus: break;
    }
    if (report.filled != filled_) fail("CumQty is not the sum of the executions");
    const bool is_over = ended_ != '\0' || (is_done_for_day_ && !is_gtc_) || filled_ >= quantity_;
    if (report.leaves != (is_over ? Quantity{} : *subtract(quantity_, filled_))) fail("LeavesQty");
    if (static_cast<char>(report.ord_status) != expected_status())
        fail(std::string("OrdStatus, expected ") + expected_status());
}

void Observer::sees(const oms::Output& output) {
    if (const auto* report = std::get_if<oms::ExecutionReport>(&output)) sees_report(*report);
    if (const auto* refusal = std::get_if<oms::CancelReject>(&output)) {
        const std::string cl_ord_id(refusal->cl_ord_id.view());
        answered(cl_ord_id);
        std::erase(chain_, cl_ord_id);
        if (static_cast<char>(refusal->ord_status) != expected_status())
            fail(std::string("OrdStatus of a refusal, expected ") + expected_status());
    }
    if (const auto* alarm = std::get_if<oms::Alarm>(&output))
        fail("an alarm although the venue never erred: " + oms::to_text(*alarm));
    if (!problem_.empty() && problem_.find('\n') == std::string::npos)
        problem_ += "\n    at " + oms::to_text(output);
}

void Observer::check_end(const ModelVenue& venue) {
    for (const auto& [id, asked] : asked_)
        if (asked.answers != 1) fail(id + " has " + std::to_string(asked.answers) + " answers\n");
    if (filled_ != venue.filled()) fail("the venue filled another quantity\n");
    const bool is_live = ended_ == '\0' && filled_ < quantity_ && !(is_done_for_day_ && !is_gtc_);
    if (is_live != venue.is_live()) fail("the venue says otherwise whether it lives\n");
    if (is_live && quantity_ != venue.quantity()) fail("the venue has another quantity\n");
}

std::string Observer::key() const {
    std::string key{ended_ == '\0' ? '.' : ended_, expected_status(), is_acknowledged_ ? 'a' : '-'};
    for (const auto& [id, asked] : asked_)
        key += id + asked.kind + (asked.is_pending ? 'p' : '-') + std::to_string(asked.answers);
    for (const std::string& id : chain_) key += "/" + id;
    for (const auto& [id, quantity] : executions_)
        key += ";" + std::to_string(id) + "=" + oms::to_text(quantity.value);
    key += is_done_for_day_ ? 'd' : '-';
    key += is_suspended_ ? 's' : '-';
    return key + (is_stopped_ ? 't' : '-');
}

}  // namespace penstock::matrices
