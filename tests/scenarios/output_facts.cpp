#include "oms/domain/print.hpp"
#include "tests/scenarios/facts.hpp"
#include "tests/scenarios/words.hpp"

namespace penstock::scenarios {
namespace {

std::string kind_of(oms::ExecType type) {
    switch (type) {
        case oms::ExecType::New: return "new";
        case oms::ExecType::DoneForDay: return "done-for-day";
        case oms::ExecType::Canceled: return "cancelled";
        case oms::ExecType::Replaced: return "replaced";
        case oms::ExecType::PendingCancel: return "pending-cancel";
        case oms::ExecType::Rejected: return "rejected";
        case oms::ExecType::PendingNew: return "pending-new";
        case oms::ExecType::Stopped: return "stopped";
        case oms::ExecType::Suspended: return "suspended";
        case oms::ExecType::Expired: return "expired";
        case oms::ExecType::Restated: return "restated";
        case oms::ExecType::PendingReplace: return "pending-replace";
        case oms::ExecType::Trade: return "trade";
        case oms::ExecType::TradeCorrect: return "correct";
        case oms::ExecType::TradeCancel: return "bust";
        case oms::ExecType::OrderStatus: return "status";
        case oms::ExecType::Triggered: return "triggered";
    }
    return "?";
}

bool is_about_an_execution(oms::ExecType type) {
    return type == oms::ExecType::Trade || type == oms::ExecType::TradeCorrect ||
           type == oms::ExecType::TradeCancel;
}

/// Turns one output into words.
class Teller {
  public:
    Teller(const oms::Directory& directory, const Names& names) : directory_(directory), names_(names) {}

    Facts take() { return std::move(facts_); }

    void operator()(const oms::ExecutionReport& out) {
        begin(party(out.session), kind_of(out.exec_type), out.cl_ord_id.view());
        say("of", out.orig_cl_ord_id.view());
        const bool is_execution =
            is_about_an_execution(out.exec_type) || out.exec_type == oms::ExecType::Stopped;
        say("#", is_execution ? out.last_quantity : out.quantity);
        say("@", is_execution ? out.last_price : out.limit);
        say("cum", out.filled);
        say("leaves", out.leaves);
        say("status", name_of(out.ord_status));
        say("qty", out.quantity);
        say("price", out.limit);
        say("avg", out.average_price.value);
        if (out.restatement_reason != oms::RestatementReason::None)
            say("because", std::to_string(static_cast<int>(out.restatement_reason) - 1));
        say(out.denial);
        say("text", out.text.view());
        say("exec", names_.of(out.exec_id));
        say("ref", names_.of(out.exec_ref_id));
        say("request", out.request_id.view());
        if (out.total_reports > 0) say("total", std::to_string(out.total_reports));
        say("last", out.last_report ? "yes" : "");
        say("account", out.account.view());
        say("symbol", out.symbol.view());
        say("venue", out.venue.view());
        say("order", out.order_id.is_none() ? "" : std::to_string(out.order_id.value));
        say("list", out.list_id.view());
        say(out.conditions);
    }
    void operator()(const oms::CancelReject& out) {
        const bool is_cancel = out.response_to == oms::CancelRejectTo::CancelRequest;
        begin(party(out.session), is_cancel ? "cancel-refused" : "amend-refused", out.cl_ord_id.view());
        say("of", out.orig_cl_ord_id.view());
        say("status", name_of(out.ord_status));
        say(out.denial);
        say("text", out.text.view());
        say("order", out.order_id.is_none() ? "" : std::to_string(out.order_id.value));
    }
    void operator()(const oms::MassCancelReport& out) {
        begin(party(out.session), "mass-cancel", out.cl_ord_id.view());
        say("affected", std::to_string(out.affected));
        say("accepted", out.accepted ? "yes" : "no");
        say("symbol", out.symbol.view());
        say("account", out.account.view());
        if (out.missed > 0) say("missed", std::to_string(out.missed));
        say(out.denial);
    }
    void operator()(const oms::BusinessReject& out) {
        begin(party(out.session), "business-refused", out.ref_msg_type.view());
        say("reason", std::to_string(out.business_reject_reason));
        say("text", out.text.view());
    }
    void operator()(const oms::VenueNewOrder& out) {
        begin(party(out.session), "new", names_.of(oms::ChildRequest{out.child, 0}));
        say("#", out.quantity);
        say("@", out.limit);
        say("side", out.side == oms::Side::Buy ? "BUY" : "SELL");
        say("tif", std::string(1, static_cast<char>(out.time_in_force)));
        say("symbol", out.symbol.view());
        say("account", out.account.view());
        say("type", std::string(1, static_cast<char>(out.type)));
        say(out.conditions);
    }
    void operator()(const oms::VenueAmendOrder& out) {
        begin(party(out.session), "amend", names_.of({out.child, out.revision}));
        say("of", names_.of({out.child, out.orig_revision}));
        say("#", out.quantity);
        say("@", out.limit);
        say("order", out.venue_order_id.view());
        say("called", out.foreign_id.view());
        say("symbol", out.symbol.view());
        say("type", std::string(1, static_cast<char>(out.type)));
        say(out.conditions);
    }
    void operator()(const oms::VenueCancelOrder& out) {
        begin(party(out.session), "cancel", names_.of({out.child, out.revision}));
        say("of", names_.of({out.child, out.orig_revision}));
        say("#", out.quantity);
        say("order", out.venue_order_id.view());
        say("called", out.foreign_id.view());
        say("symbol", out.symbol.view());
    }
    /// `venue X < list 1`
    void operator()(const oms::VenueMassStatusRequest& out) {
        begin(party(out.session), "list", std::to_string(out.request));
    }
    /// `venue X < positions 1 account ACC`
    void operator()(const oms::VenuePositionsRequest& out) {
        begin(party(out.session), "positions", std::to_string(out.request));
        say("account", out.account.view());
    }
    /// `position X opening account ACC symbol XYZ told 100 opening 60 ours 40`
    void operator()(const oms::PositionCompared& out) {
        begin("position", std::string(directory_[out.venue].name.view()), name_of(out.state));
        say("account", out.account.view());
        say("symbol", out.symbol.view());
        say("told", out.told);
        say("opening", out.opening);
        say("ours", out.ours);
        say("by", out.by.view());
        say("reason", out.reason.view());
    }
    /// `reconciliation X done told 3 orphans 1`
    void operator()(const oms::ReconciliationChanged& out) {
        begin("reconciliation", std::string(directory_[out.venue].name.view()), name_of(out.state));
        say("told", std::to_string(out.told));
        say("missing", std::to_string(out.missing));
        say("orphans", std::to_string(out.orphans));
    }
    /// `kept X H1 qty 100 cum 40`
    void operator()(const oms::VenueOrderKept& out) {
        begin(
            "kept", std::string(directory_[out.report.venue].name.view()), out.report.venue_order_id.view());
        say("number", std::to_string(out.number));
        say("qty", out.terms.quantity);
        say("price", out.terms.limit);
        say("cum", out.terms.filled);
        say("status", name_of(out.terms.status));
        say("called", out.terms.cl_ord_id.view());
        say("account", out.terms.account.view());
        say("symbol", out.terms.symbol.view());
        say("order", names_.of(out.order_id));
        say("by", out.by.view());
        say("reason", out.reason.view());
    }
    void operator()(const oms::VenueStatusRequest& out) {
        begin(party(out.session), "status", names_.of({out.child, out.revision}));
        say("order", out.venue_order_id.view());
        say("called", out.foreign_id.view());
        say("symbol", out.symbol.view());
    }
    void operator()(const oms::RoutingDecision& out) {
        begin("route", names_.of(out.order_id), directory_[out.venue].name.view());
        say("#", out.quantity);
        say("reference", out.reference);
    }
    /// `client A < list L1 status Executing`, then a word for each line: `a1 Filled/100`.
    void operator()(const oms::ListStatus& out) {
        begin(party(out.session), "list", out.list_id.view());
        say("status", name_of(out.status));
        say("type", std::to_string(static_cast<int>(out.type)));
        say(out.denial);
        say("text", out.text.view());
        say("residual", out.residual);
        say("orders", std::to_string(out.orders));
        say("part", std::to_string(out.report) + "/" + std::to_string(out.reports));
        for (const auto& row : {out.line1, out.line2, out.line3, out.line4})
            if (row) say(*row);
    }
    /// `trigger a1 9.5 seen 9.4`
    void operator()(const oms::TriggerDecision& out) {
        begin("trigger", names_.of(out.order_id), {});
        say("#", out.trigger);
        say("seen", out.seen);
    }
    /// `group cancel a2 cause a1`
    void operator()(const oms::GroupDecision& out) {
        begin("group", name_of(out.action), names_.of(out.order_id));
        say("#", out.quantity);
        say("cause", names_.of(out.cause));
        say("over", out.over);
        say("list", out.list_id.view());
    }
    void operator()(const oms::Alarm& out) {
        begin("alarm", std::string(to_text(out.kind)), {});
        say("order", names_.of(out.order_id));
        say("exec", out.exec_id.view());
        if (directory_.has(out.venue)) say("venue", directory_[out.venue].name.view());
        say("text", out.text.view());
    }

  private:
    static std::string name_of(oms::ListOrderStatus status) {
        switch (status) {
            case oms::ListOrderStatus::None: return "";
            case oms::ListOrderStatus::ReceivedForExecution: return "Received";
            case oms::ListOrderStatus::Executing: return "Executing";
            case oms::ListOrderStatus::Cancelling: return "Cancelling";
            case oms::ListOrderStatus::Alert: return "Alert";
            case oms::ListOrderStatus::AllDone: return "AllDone";
            case oms::ListOrderStatus::Rejected: return "Rejected";
        }
        return "?";
    }
    static std::string name_of(oms::Reconciliation state) {
        switch (state) {
            case oms::Reconciliation::Away: return "away";
            case oms::Reconciliation::Underway: return "underway";
            case oms::Reconciliation::Overdue: return "overdue";
            case oms::Reconciliation::Done: return "done";
        }
        return "?";
    }
    static std::string name_of(oms::PositionState state) {
        switch (state) {
            case oms::PositionState::Opening: return "opening";
            case oms::PositionState::Differs: return "differs";
            case oms::PositionState::Agrees: return "agrees";
            case oms::PositionState::Accepted: return "accepted";
        }
        return "?";
    }
    static std::string name_of(oms::GroupAction action) {
        switch (action) {
            case oms::GroupAction::None: return "none";
            case oms::GroupAction::Cancel: return "cancel";
            case oms::GroupAction::Resize: return "resize";
            case oms::GroupAction::Release: return "release";
            case oms::GroupAction::Overfilled: return "overfilled";
        }
        return "?";
    }
    static std::string name_of(oms::OrdStatus status) { return scenarios::name_of(status); }
    void say(const oms::ListLine& row) {
        const std::string text = scenarios::name_of(row.ord_status) + "/" + oms::to_text(row.filled.value);
        facts_.words.emplace_back(std::string(row.cl_ord_id.view()), text);
    }
    void say(const std::optional<oms::OrderConditions>& conditions) {
        if (!conditions) return;
        say("stop", conditions->stop);
        say("trail", conditions->trail);
        if (conditions->peg != oms::PegKind::None)
            say("peg", std::to_string(static_cast<int>(conditions->peg)));
        say("offset", conditions->peg_offset);
        say("show", conditions->display);
        say("min", conditions->minimum);
        say("cash", conditions->cash);
        say("link", conditions->link_id.view());
        if (conditions->post_only) say("post-only", "yes");
        if (conditions->reduce_only) say("reduce-only", "yes");
        if (conditions->held) say("held", "yes");
        if (!conditions->expire_time.is_none()) say("until", oms::to_text(conditions->expire_time));
    }
    std::string party(SessionId session) const { return std::string(directory_[session].name.view()); }
    void begin(std::string whom, std::string kind, std::string_view id) {
        facts_ = {std::move(whom), std::move(kind), std::string(id), {}};
    }
    void say(const char* key, std::string_view value) {
        if (!value.empty()) facts_.words.emplace_back(key, value);
    }
    void say(const char* key, Decimal value) { facts_.words.emplace_back(key, oms::to_text(value)); }
    template <class Tag>
    void say(const char* key, DecimalOf<Tag> value) {
        say(key, value.value);
    }
    template <class T>
    void say(const char* key, const std::optional<T>& value) {
        if (value) say(key, *value);
    }
    void say(const char* key, const Notional& value) { facts_.words.emplace_back(key, oms::to_text(value)); }
    void say(const oms::Denial& denial) {
        if (denial.reason == oms::Reason::None) return;
        say("reason", to_text(denial.reason));
        say("measured", denial.measured);
        say("limit", denial.limit);
    }

    const oms::Directory& directory_;
    const Names& names_;
    Facts facts_;
};

}  // namespace

Facts facts_of(const oms::Output& output, const oms::Directory& directory, const Names& names) {
    Teller teller(directory, names);
    std::visit(teller, output);
    return teller.take();
}

}  // namespace penstock::scenarios
