#include "persistence/history/event_words.hpp"

#include "oms/domain/print.hpp"

namespace penstock::history {
namespace {

/// One overload for each input that concerns orders; the others make no row.
class InputWords {
  public:
    InputWords(OrderEvent& row, const Known& known) : row_(row), known_(known) {}

    // --- Of clients.
    bool operator()(const oms::NewOrder& m) const {
        from_client(m.session);
        // Which order it has become the outputs say: the caller has asked.
        const OrderId id = known_.book.find(m.session, m.cl_ord_id);
        fill_from_order(row_, known_, id);
        fill_from_new(row_, known_, m);
        set_limits(row_, known_);
        return true;
    }
    bool operator()(const oms::AmendOrder& m) const {
        request(m.session, m.cl_ord_id, m.orig_cl_ord_id);
        row_.symbol = m.symbol;
        row_.side = static_cast<char>(m.side);
        row_.order_type = static_cast<char>(m.type);
        row_.quantity = m.quantity.value;
        row_.price = plain(m.limit);
        if (m.conditions) set_conditions(row_, *m.conditions);
        row_.said_time = m.transact_time;
        if (m.refusal) row_.text = m.refusal->text;
        set_limits(row_, known_);
        return true;
    }
    bool operator()(const oms::CancelOrder& m) const {
        request(m.session, m.cl_ord_id, m.orig_cl_ord_id);
        row_.symbol = m.symbol;
        row_.side = static_cast<char>(m.side);
        row_.said_time = m.transact_time;
        return true;
    }
    bool operator()(const oms::MassCancel& m) const {
        from_client(m.session);
        row_.cl_ord_id = m.cl_ord_id;
        scope(m);
        return true;
    }
    bool operator()(const oms::MassStatusQuery& m) const {
        from_client(m.session);
        row_.cl_ord_id = m.request_id;
        scope(m);
        return true;
    }
    bool operator()(const oms::OrderStatusQuery& m) const {
        request(m.session, m.cl_ord_id, m.cl_ord_id);
        row_.orig_cl_ord_id = {};
        return true;
    }
    bool operator()(const oms::TradeQuestioned& m) const {
        from_client(m.session);
        fill_from_order(row_, known_, m.order_id);
        row_.exec_id = text_of(m.exec_id);
        row_.text = m.text;
        return true;
    }
    bool operator()(const oms::RequestRefused& m) const {
        from_client(m.session);
        row_.text = m.text;
        row_.reason_code = m.business_reject_reason;
        return true;
    }
    bool operator()(const oms::NewList& m) const { return list(m.session, m.list_id, m.transact_time); }
    bool operator()(const oms::ListLeg& m) const {
        from_client(m.session);
        fill_from_new(row_, known_, m.order);
        return true;
    }
    bool operator()(const oms::EnterList& m) const { return list(m.session, m.list_id, {}); }
    bool operator()(const oms::ExecuteList& m) const { return list(m.session, m.list_id, m.transact_time); }
    bool operator()(const oms::CancelList& m) const { return list(m.session, m.list_id, m.transact_time); }
    bool operator()(const oms::ListStatusQuery& m) const { return list(m.session, m.list_id, {}); }

    // --- Of venues.
    bool operator()(const oms::VenueAccepted& m) const { return about(m.report); }
    bool operator()(const oms::VenueRefused& m) const {
        about(m.report);
        row_.reason_code = m.venue_reason;
        row_.text = m.text;
        return ended();
    }
    bool operator()(const oms::VenueFilled& m) const {
        about(m.report);
        return traded(m.quantity, m.price);
    }
    bool operator()(const oms::FillBusted& m) const {
        about(m.report);
        row_.exec_ref_id = m.exec_ref_id;
        return true;
    }
    bool operator()(const oms::FillCorrected& m) const {
        about(m.report);
        row_.exec_ref_id = m.exec_ref_id;
        return traded(m.quantity, m.price);
    }
    bool operator()(const oms::VenueAmended& m) const {
        about(m.report);
        row_.quantity = m.quantity.value;
        row_.price = plain(m.limit);
        row_.restatement = static_cast<std::uint32_t>(m.restatement_reason);
        row_.exec_type =
            static_cast<char>(m.is_restatement ? oms::ExecType::Restated : oms::ExecType::Replaced);
        return true;
    }
    bool operator()(const oms::VenueCancelled& m) const {
        about(m.report);
        row_.text = m.text;
        row_.restatement = static_cast<std::uint32_t>(m.restatement_reason);
        const ChildSeen* const child = known_.book.child(m.report.child);
        row_.is_asked_for = child != nullptr && child->cancels_out > 0;
        return ended();
    }
    bool operator()(const oms::VenueRequestRefused& m) const {
        about(m.report);
        row_.reason_code = m.venue_reason;
        row_.text = m.text;
        return true;
    }
    bool operator()(const oms::VenueExpired& m) const {
        about(m.report);
        return ended();
    }
    bool operator()(const oms::VenueDoneForDay& m) const { return about(m.report); }
    bool operator()(const oms::VenueSuspended& m) const { return about(m.report); }
    bool operator()(const oms::VenueStopped& m) const {
        about(m.report);
        return traded(m.quantity, m.price);
    }
    bool operator()(const oms::VenueTriggered& m) const { return about(m.report); }
    bool operator()(const oms::VenueStatus& m) const {
        about(m.report);
        if (!m.known) return true;
        row_.quantity = m.quantity.value;
        row_.filled = m.filled.value;
        row_.price = plain(m.limit);
        return true;
    }
    bool operator()(const oms::OutcomeUnknown& m) const {
        row_.actor = SessionName::truncated("penstock");
        row_.venue = known_.names.venue(m.venue);
        fill_from_child(row_, known_, m.child);
        return true;
    }
    bool operator()(const oms::VenueUndecodable& m) const {
        from_venue(m.venue);
        row_.text = m.problem;
        return true;
    }

    bool operator()(const oms::VenueOrderTold& m) const {
        about(m.report);
        row_.exec_type = static_cast<char>(m.exec_type);
        row_.exec_ref_id = m.exec_ref_id;
        if (m.report.child.is_none()) {
            row_.cl_ord_id = m.terms.cl_ord_id;
            row_.account = m.terms.account;
            row_.symbol = m.terms.symbol;
            row_.side = static_cast<char>(m.terms.side);
        }
        row_.status = static_cast<char>(m.terms.status);
        row_.quantity = m.terms.quantity.value;
        row_.filled = m.terms.filled.value;
        row_.price = plain(m.terms.limit);
        if (m.last_quantity.is_positive()) row_.last_quantity = m.last_quantity.value;
        row_.last_price = plain(m.last_price);
        return true;
    }
    bool operator()(const oms::VenueBookTold& m) const {
        from_venue(m.venue);
        row_.text = m.text;
        return true;
    }
    bool operator()(const oms::VenuePositionTold& m) const {
        from_venue(m.venue);
        row_.account = m.account;
        row_.symbol = m.symbol;
        row_.text = m.text;
        if (m.answer == oms::PositionAnswer::Line)
            row_.text = Text::truncated("a position of " + oms::to_text(m.net.value));
        return true;
    }

    // --- Of people. Which order an adopted one has become the outputs say: see OrderEvents.
    bool operator()(const oms::AdoptVenueOrder& m) const {
        decided(m.by, m.reason);
        row_.session = m.owner;
        row_.account = m.account;
        row_.venue = m.venue;
        row_.venue_order_id = m.venue_order_id;
        return true;
    }
    bool operator()(const oms::SettleUnknown& m) const {
        decided(m.by, m.reason);
        fill_from_order(row_, known_, m.order_id);
        return true;
    }
    bool operator()(const oms::AcceptPosition& m) const {
        decided(m.by, m.reason);
        row_.venue = m.venue;
        row_.account = m.account;
        row_.symbol = m.symbol;
        return true;
    }

    template <class Body>
    bool operator()(const Body&) const {
        return false;
    }

    static VenueExecId text_of(ExecId id) {
        return id.is_none() ? VenueExecId{} : VenueExecId::truncated(std::to_string(id.value));
    }

  private:
    void from_client(SessionId session) const {
        row_.direction = Direction::FromClient;
        row_.session = row_.actor = known_.names.session(session);
    }
    void decided(const Text& by, const Text& reason) const {
        row_.direction = Direction::Inside;
        row_.actor = SessionName::truncated(by.view());
        row_.text = reason;
    }
    void from_venue(VenueId venue) const {
        row_.direction = Direction::FromVenue;
        row_.venue = known_.names.venue(venue);
        row_.actor = SessionName::truncated(row_.venue.view());
    }
    void request(SessionId session, const ClOrdId& id, const ClOrdId& orig) const {
        from_client(session);
        fill_from_order(row_, known_, known_.book.find(session, orig));
        row_.cl_ord_id = id;
        row_.orig_cl_ord_id = orig;
    }
    bool list(SessionId session, const ClOrdId& id, Timestamp said) const {
        from_client(session);
        row_.list_id = id;
        row_.said_time = said;
        return true;
    }
    template <class Body>
    void scope(const Body& m) const {
        row_.symbol = m.symbol;
        row_.account = m.account;
        if (m.side) row_.side = static_cast<char>(*m.side);
    }
    bool about(const oms::VenueReport& m) const {
        from_venue(m.venue);
        fill_from_child(row_, known_, m.child);
        row_.revision = m.revision;
        if (!m.child.is_none()) row_.cl_ord_id = oms::venue_cl_ord_id(known_.space, {m.child, m.revision});
        if (!m.venue_order_id.empty()) row_.venue_order_id = m.venue_order_id;
        row_.exec_id = m.exec_id;
        row_.said_time = m.venue_time;
        return true;
    }
    /// At the venue nothing of it can trade any more.
    bool ended() const {
        row_.leaves = Decimal{};
        return true;
    }
    bool traded(Quantity quantity, Price price) const {
        row_.last_quantity = quantity.value;
        row_.last_price = price.value;
        return true;
    }

    OrderEvent& row_;
    const Known& known_;
};

}  // namespace

bool describe_input(OrderEvent& row, const Known& known, const oms::InputBody& body) {
    return std::visit(InputWords(row, known), body);
}

}  // namespace penstock::history
