#include "apps/penstockd/tape.hpp"

#include <unistd.h>

#include "apps/runtime/printable.hpp"
#include "oms/domain/print.hpp"

namespace penstock::apps {
namespace {

std::string_view side_text(oms::Side side) {
    switch (side) {
        case oms::Side::Buy: return "BUY";
        case oms::Side::Sell: return "SELL";
        case oms::Side::SellShort: return "SELL SHORT";
        case oms::Side::SellShortExempt: return "SELL SHORT EXEMPT";
    }
    return "?";
}

std::string denial_text(const oms::Denial& denial) {
    if (denial.reason == oms::Reason::None) return "";
    std::string text = "  refused: " + std::string(oms::to_text(denial.reason));
    if (denial.measured) text += ", measured " + oms::to_text(*denial.measured);
    if (denial.limit) text += ", limit " + oms::to_text(*denial.limit);
    return text;
}

std::string_view exec_text(oms::ExecType type) {
    switch (type) {
        case oms::ExecType::New: return "New";
        case oms::ExecType::DoneForDay: return "DoneForDay";
        case oms::ExecType::Canceled: return "Canceled";
        case oms::ExecType::Replaced: return "Replaced";
        case oms::ExecType::PendingCancel: return "PendingCancel";
        case oms::ExecType::Rejected: return "Rejected";
        case oms::ExecType::PendingNew: return "PendingNew";
        case oms::ExecType::Stopped: return "Stopped";
        case oms::ExecType::Suspended: return "Suspended";
        case oms::ExecType::Expired: return "Expired";
        case oms::ExecType::Restated: return "Restated";
        case oms::ExecType::PendingReplace: return "PendingReplace";
        case oms::ExecType::Trade: return "Trade";
        case oms::ExecType::TradeCorrect: return "TradeCorrect";
        case oms::ExecType::TradeCancel: return "TradeCancel";
        case oms::ExecType::OrderStatus: return "Status";
        case oms::ExecType::Triggered: return "Triggered";
    }
    return "?";
}

std::string who(const oms::Directory& directory, SessionId session) {
    const std::string_view name = directory[session].name.view();
    return std::string(name.substr(name.find("->") + 2));
}

std::string describe(const oms::ExecutionReport& report, const oms::Directory& directory) {
    std::string text(exec_text(report.exec_type));
    text.resize(std::max<std::size_t>(text.size(), 14), ' ');
    text += " " + who(directory, report.session) + " " + std::string(report.cl_ord_id.view()) + "  " +
            std::string(side_text(report.side)) + " " + oms::to_text(report.quantity.value) + " " +
            std::string(report.symbol.view());
    text += report.limit ? " @ " + oms::to_text(report.limit->value) : " at market";
    if (report.conditions && report.conditions->stop)
        text += " stop " + oms::to_text(report.conditions->stop->value);
    if (!report.venue.empty()) text += " on " + std::string(report.venue.view());
    if (report.last_price)
        text += "  last " + oms::to_text(report.last_quantity.value) + " @ " +
                oms::to_text(report.last_price->value);
    text += "  cum " + oms::to_text(report.filled.value) + " leaves " + oms::to_text(report.leaves.value);
    text += denial_text(report.denial);
    if (!report.text.empty()) text += "  \"" + std::string(report.text.view()) + "\"";
    return text;
}

std::string describe(const oms::ListStatus& status, const oms::Directory& directory) {
    std::string text =
        "ListStatus     " + who(directory, status.session) + " " + std::string(status.list_id.view()) + "  " +
        std::to_string(status.orders) + " orders, part " + std::to_string(status.report) + " of " +
        std::to_string(status.reports) + denial_text(status.denial);
    if (!status.text.empty()) text += "  \"" + std::string(status.text.view()) + "\"";
    return text;
}

std::string_view state_text(oms::Reconciliation state) {
    switch (state) {
        case oms::Reconciliation::Away: return "away";
        case oms::Reconciliation::Underway: return "reconciling: nothing new is sent";
        case oms::Reconciliation::Overdue: return "NOT reconciled in time";
        case oms::Reconciliation::Done: return "reconciled";
    }
    return "?";
}

std::string describe(const oms::ReconciliationChanged& change, const oms::Directory& directory) {
    return "Venue          " + std::string(directory[change.venue].name.view()) + "  " +
           std::string(state_text(change.state)) + "  " + std::to_string(change.told) + " told, " +
           std::to_string(change.missing) + " unconfirmed, " + std::to_string(change.orphans) + " orphans";
}

std::string describe(const oms::VenueOrderKept& kept, const oms::Directory& directory) {
    const oms::VenueTerms& terms = kept.terms;
    std::string text = kept.order_id.is_none() ? "Orphan         " : "Adopted        ";
    text += std::string(directory[kept.report.venue].name.view()) + " " +
            std::string(kept.report.venue_order_id.view()) + "  " + std::string(side_text(terms.side)) + " " +
            oms::to_text(terms.quantity.value) + " " + std::string(terms.symbol.view());
    if (terms.limit) text += " @ " + oms::to_text(terms.limit->value);
    text += "  cum " + oms::to_text(terms.filled.value) + " status " + static_cast<char>(terms.status);
    if (!kept.order_id.is_none()) text += "  order " + std::to_string(kept.order_id.value);
    if (!kept.by.empty()) text += " by " + std::string(kept.by.view());
    return text;
}

std::string_view state_text(oms::PositionState state) {
    switch (state) {
        case oms::PositionState::Opening: return "opening";
        case oms::PositionState::Differs: return "DIFFERS";
        case oms::PositionState::Agrees: return "agrees again";
        case oms::PositionState::Accepted: return "accepted";
    }
    return "?";
}

std::string describe(const oms::PositionCompared& position, const oms::Directory& directory) {
    return "Position       " + std::string(directory[position.venue].name.view()) + " " +
           std::string(position.account.view()) + " " + std::string(position.symbol.view()) + "  " +
           std::string(state_text(position.state)) + "  told " + oms::to_text(position.told.value) +
           ", before us " + oms::to_text(position.opening.value) + ", ours " +
           oms::to_text(position.ours.value) +
           (position.by.empty() ? "" : ", by " + std::string(position.by.view()));
}

}  // namespace

std::string tape_line(Timestamp time, const oms::Output& output, const oms::Directory& directory) {
    const std::string clock = oms::to_text(time).substr(11, 15) + " ";
    if (const auto* report = std::get_if<oms::ExecutionReport>(&output))
        return clock + describe(*report, directory);
    if (const auto* no = std::get_if<oms::CancelReject>(&output))
        return clock + "CancelReject   " + who(directory, no->session) + " " +
               std::string(no->cl_ord_id.view()) + denial_text(no->denial);
    if (const auto* status = std::get_if<oms::ListStatus>(&output))
        return clock + describe(*status, directory);
    if (const auto* alarm = std::get_if<oms::Alarm>(&output))
        return clock + "ALARM          " + std::string(oms::to_text(alarm->kind)) + "  order " +
               std::to_string(alarm->order_id.value) + " child " + std::to_string(alarm->child.value) + "  " +
               std::string(alarm->text.view());
    if (const auto* change = std::get_if<oms::ReconciliationChanged>(&output))
        return clock + describe(*change, directory);
    if (const auto* kept = std::get_if<oms::VenueOrderKept>(&output))
        return clock + describe(*kept, directory);
    if (const auto* position = std::get_if<oms::PositionCompared>(&output))
        return clock + describe(*position, directory);
    if (const auto* no = std::get_if<oms::BusinessReject>(&output))
        return clock + "BusinessReject " + who(directory, no->session) + "  " + std::string(no->text.view());
    return {};
}

void Tape::stage(Seq seq, Timestamp time, std::span<const oms::Output> outputs, oms::Staged&) {
    for (const oms::Output& output : outputs) {
        std::string line = printable(tape_line(time, output, directory_));
        if (!line.empty()) waiting_.push_back({seq, std::move(line)});
    }
}

void Tape::release(Seq durable) {
    std::string text;
    while (!waiting_.empty() && waiting_.front().seq <= durable) {
        text += waiting_.front().text + "\n";
        waiting_.pop_front();
    }
    // One write; what a full pipe does not take is dropped.
    if (!text.empty() && ::write(STDOUT_FILENO, text.data(), text.size()) < 0) return;
}

}  // namespace penstock::apps
