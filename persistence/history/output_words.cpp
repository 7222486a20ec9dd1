#include "persistence/history/event_words.hpp"

#include <string>

#include "oms/domain/print.hpp"

namespace penstock::history {
namespace {

VenueExecId text_of(ExecId id) {
    return id.is_none() ? VenueExecId{} : VenueExecId::truncated(std::to_string(id.value));
}

/// One overload for each output.
class OutputWords {
  public:
    OutputWords(OrderEvent& row, const Known& known) : row_(row), known_(known) {}

    void operator()(const oms::ExecutionReport& m) const {
        to_client(m.session);
        fill_from_order(row_, known_, m.order_id);
        row_.cl_ord_id = m.cl_ord_id;
        row_.orig_cl_ord_id = m.orig_cl_ord_id;
        row_.exec_id = text_of(m.exec_id);
        row_.exec_ref_id = text_of(m.exec_ref_id);
        row_.exec_type = static_cast<char>(m.exec_type);
        row_.status = static_cast<char>(m.ord_status);
        if (!m.account.empty()) row_.account = m.account;  // of a refused order as it came
        row_.symbol = m.symbol;
        row_.side = static_cast<char>(m.side);
        row_.order_type = static_cast<char>(m.type);
        row_.time_in_force = static_cast<char>(m.time_in_force);
        row_.quantity = m.quantity.value;
        row_.price = plain(m.limit);
        set_conditions(row_, m.conditions ? *m.conditions : oms::OrderConditions{});
        if (m.last_quantity.is_positive()) row_.last_quantity = m.last_quantity.value;
        row_.last_price = plain(m.last_price);
        row_.filled = m.filled.value;
        row_.leaves = m.leaves.value;
        row_.average_price = m.average_price.value;
        if (!m.venue.empty()) row_.venue = m.venue;
        if (!m.list_id.empty()) row_.list_id = m.list_id;
        set_denial(row_, m.denial);
        row_.text = m.text;
        row_.restatement = static_cast<std::uint32_t>(m.restatement_reason);
        row_.said_time = m.transact_time;
        row_.is_asked_for =
            m.exec_type == oms::ExecType::Canceled && m.denial.reason != oms::Reason::UnsolicitedCancel;
    }
    void operator()(const oms::CancelReject& m) const {
        to_client(m.session);
        if (!m.order_id.is_none()) fill_from_order(row_, known_, m.order_id);
        row_.cl_ord_id = m.cl_ord_id;
        row_.orig_cl_ord_id = m.orig_cl_ord_id;
        row_.status = static_cast<char>(m.ord_status);
        if (!m.account.empty()) row_.account = m.account;
        set_denial(row_, m.denial);
        row_.text = m.text;
        row_.said_time = m.transact_time;
    }
    void operator()(const oms::MassCancelReport& m) const {
        to_client(m.session);
        row_.cl_ord_id = m.cl_ord_id;
        row_.exec_id = text_of(m.report_id);
        row_.symbol = m.symbol;
        row_.account = m.account;
        if (m.side) row_.side = static_cast<char>(*m.side);
        set_denial(row_, m.denial);
        row_.text = m.text;
        row_.said_time = m.transact_time;
    }
    void operator()(const oms::BusinessReject& m) const {
        to_client(m.session);
        row_.reason_code = m.business_reject_reason;
        row_.text = m.text;
    }
    void operator()(const oms::ListStatus& m) const {
        to_client(m.session);
        row_.list_id = m.list_id;
        set_denial(row_, m.denial);
        row_.text = m.text;
        row_.said_time = m.transact_time;
    }
    void operator()(const oms::VenueNewOrder& m) const {
        to_venue(m, 0);
        set_sent(m);
    }
    void operator()(const oms::VenueAmendOrder& m) const {
        to_venue(m, m.revision);
        set_orig(m.child, m.orig_revision);
        set_sent(m);
        row_.venue_order_id = m.venue_order_id;
    }
    void operator()(const oms::VenueCancelOrder& m) const {
        to_venue(m, m.revision);
        set_orig(m.child, m.orig_revision);
        row_.quantity = m.quantity.value;
        row_.venue_order_id = m.venue_order_id;
        row_.said_time = m.transact_time;
    }
    void operator()(const oms::VenueStatusRequest& m) const { to_venue(m, m.revision); }
    void operator()(const oms::VenueMassStatusRequest& m) const {
        row_.direction = Direction::ToVenue;
        row_.actor = SessionName::truncated("penstock");
        row_.venue = known_.names.venue(m.venue);
        row_.session = known_.names.session(m.session);
    }
    void operator()(const oms::ReconciliationChanged& m) const {
        inside();
        row_.venue = known_.names.venue(m.venue);
        row_.text = Text::truncated(
            std::string(name_of(m.state)) + ", told of " + std::to_string(m.told) + ", missing " +
            std::to_string(m.missing) + ", of nobody " + std::to_string(m.orphans));
    }
    void operator()(const oms::VenueOrderKept& m) const {
        inside();
        if (!m.order_id.is_none()) fill_from_order(row_, known_, m.order_id);
        row_.venue = known_.names.venue(m.report.venue);
        row_.venue_order_id = m.report.venue_order_id;
        set_foreign(m.terms);
        const std::string by = m.by.empty() ? "" : ", adopted by " + std::string(m.by.view());
        row_.text = Text::truncated("order " + std::to_string(m.number) + " at the venue is not ours" + by);
    }
    void operator()(const oms::VenuePositionsRequest& m) const {
        row_.direction = Direction::ToVenue;
        row_.actor = SessionName::truncated("penstock");
        row_.venue = known_.names.venue(m.venue);
        row_.session = known_.names.session(m.session);
        row_.account = m.account;
        row_.said_time = m.transact_time;
    }
    void operator()(const oms::PositionCompared& m) const {
        inside();
        row_.venue = known_.names.venue(m.venue);
        row_.account = m.account;
        row_.symbol = m.symbol;
        row_.text = Text::truncated(
            std::string(name_of(m.state)) + ": told " + oms::to_text(m.told.value) + ", here before " +
            oms::to_text(m.opening.value) + ", ours " + oms::to_text(m.ours.value) +
            (m.by.empty() ? "" : ", by " + std::string(m.by.view())));
    }
    void operator()(const oms::RoutingDecision& m) const {
        inside();
        fill_from_order(row_, known_, m.order_id);
        row_.child_id = m.child;
        row_.parent_id = m.order_id;
        if (const ChildSeen* child = known_.book.child(m.child)) row_.is_slice = child->is_slice;
        row_.venue = known_.names.venue(m.venue);
        row_.quantity = m.quantity.value;
        if (m.reference) row_.seen = m.reference->value;
        set_limits(row_, known_);
    }
    void operator()(const oms::Alarm& m) const {
        inside();
        row_.venue = known_.names.venue(m.venue);
        fill_from_order(row_, known_, m.order_id);
        row_.child_id = m.child;
        row_.exec_id = m.exec_id;
        const std::string text =
            std::string(oms::to_text(m.kind)) + (m.text.empty() ? "" : ": ") + std::string(m.text.view());
        row_.text = Text::truncated(text);
    }
    void operator()(const oms::TriggerDecision& m) const {
        inside();
        fill_from_order(row_, known_, m.order_id);
        row_.venue = known_.names.venue(m.venue);
        row_.stop = plain(m.trigger);
        row_.seen = plain(m.seen);
        row_.said_time = m.quote_time;
    }
    void operator()(const oms::GroupDecision& m) const {
        inside();
        fill_from_order(row_, known_, m.order_id);
        row_.list_id = m.list_id;
        row_.quantity = m.quantity.value;
        row_.text = Text::truncated(
            std::string(action_of(m.action)) + ", caused by order " + std::to_string(m.cause.value));
    }

  private:
    static std::string_view action_of(oms::GroupAction action) {
        switch (action) {
            case oms::GroupAction::None: return "none";
            case oms::GroupAction::Cancel: return "cancel";
            case oms::GroupAction::Resize: return "resize";
            case oms::GroupAction::Release: return "release";
            case oms::GroupAction::Overfilled: return "overfilled";
        }
        return {};
    }
    static std::string_view name_of(oms::PositionState state) {
        switch (state) {
            case oms::PositionState::Opening: return "opening position";
            case oms::PositionState::Differs: return "position differs";
            case oms::PositionState::Agrees: return "position agrees";
            case oms::PositionState::Accepted: return "position accepted";
        }
        return {};
    }
    static std::string_view name_of(oms::Reconciliation state) {
        switch (state) {
            case oms::Reconciliation::Away: return "away";
            case oms::Reconciliation::Underway: return "underway";
            case oms::Reconciliation::Overdue: return "overdue";
            case oms::Reconciliation::Done: return "done";
        }
        return {};
    }
    void inside() const {
        row_.direction = Direction::Inside;
        row_.actor = SessionName::truncated("penstock");
    }
    void to_client(SessionId session) const {
        row_.direction = Direction::ToClient;
        row_.session = known_.names.session(session);
        row_.actor = SessionName::truncated("penstock");
    }
    template <class Body>
    void to_venue(const Body& m, std::uint32_t revision) const {
        row_.direction = Direction::ToVenue;
        row_.actor = SessionName::truncated("penstock");
        row_.venue = known_.names.venue(m.venue);
        fill_from_child(row_, known_, m.child);
        row_.session = known_.names.session(m.session);
        row_.revision = revision;
        row_.cl_ord_id = oms::venue_cl_ord_id(known_.space, {m.child, revision});
        row_.symbol = m.symbol;
        row_.side = static_cast<char>(m.side);
    }
    void set_foreign(const oms::VenueTerms& m) const {
        row_.cl_ord_id = m.cl_ord_id;
        row_.account = m.account;
        row_.symbol = m.symbol;
        row_.side = static_cast<char>(m.side);
        row_.order_type = static_cast<char>(m.type);
        row_.time_in_force = static_cast<char>(m.time_in_force);
        row_.status = static_cast<char>(m.status);
        row_.quantity = m.quantity.value;
        row_.filled = m.filled.value;
        row_.price = plain(m.limit);
    }
    void set_orig(ChildId child, std::uint32_t revision) const {
        row_.orig_cl_ord_id = oms::venue_cl_ord_id(known_.space, {child, revision});
    }
    template <class Body>
    void set_sent(const Body& m) const {
        row_.account = m.account;
        row_.order_type = static_cast<char>(m.type);
        row_.time_in_force = static_cast<char>(m.time_in_force);
        row_.quantity = m.quantity.value;
        row_.price = plain(m.limit);
        set_conditions(row_, m.conditions ? *m.conditions : oms::OrderConditions{});
        row_.said_time = m.transact_time;
    }

    OrderEvent& row_;
    const Known& known_;
};

}  // namespace

void describe_output(OrderEvent& row, const Known& known, const oms::Output& output) {
    std::visit(OutputWords(row, known), output);
}

}  // namespace penstock::history
