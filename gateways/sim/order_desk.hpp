#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateways/sim/agenda.hpp"
#include "gateways/sim/fix_reports.hpp"
#include "gateways/sim/fix_requests.hpp"
#include "gateways/sim/matching_engine.hpp"
#include "gateways/sim/misbehave.hpp"
#include "gateways/sim/order_store.hpp"
#include "gateways/sim/position_desk.hpp"
#include "gateways/sim/venue_profile.hpp"

namespace penstock::sim {

/// One answer about one order, on its way through misbehaviour.
struct Answer {
    OrderNumber order;
    Misbehaviour misbehaviour;
    Planned planned;
};

/// One call from the host: its time, what it has to do at once, and the answers not yet misbehaved.
struct Turn {
    Timestamp now;
    Actions& out;
    std::vector<Answer> answers;
};

/// The order half of the dialog: takes requests, works them in the engine, tells the sessions what
/// happened, and misbehaves where the script says so. Every public call that adds answers is followed
/// by `close`.
class OrderDesk {
  public:
    explicit OrderDesk(const VenueProfile& profile);

    void new_order(SessionKey session, const OrderMessage& message, Turn& turn);
    void request(SessionKey session, RequestKind kind, const OrderMessage& message, Turn& turn);
    void status(SessionKey session, const OrderMessage& message, Turn& turn);
    void mass_status(SessionKey session, const OrderMessage& message, Turn& turn);
    void mass_cancel(SessionKey session, const OrderMessage& message, Turn& turn);

    void session_lost(SessionKey session, Turn& turn);
    void end_day(Turn& turn);
    /// Tells the owners what events of the engine did to their orders.
    void tell(const Events& events, Turn& turn);
    /// Does what is due by the turn's time.
    void run_due(Turn& turn);
    std::optional<Timestamp> next_due() const { return agenda_.next_due(); }
    /// Misbehaves the turn's answers, order by order, and hands them to the host or to the agenda.
    void close(Turn& turn);

    PositionDesk& positions() { return positions_; }
    MatchingEngine& engine() { return engine_; }
    const MatchingEngine& engine() const { return engine_; }

  private:
    enum class DeedKind : std::uint8_t { Execute, Cancel, LateFill, Bust, Correct };
    struct Deed {
        DeedKind kind = DeedKind::Execute;
        OrderNumber order;
        PendingRequest request;  // Execute
    };
    /// The request that is being carried out; none for what happens by itself.
    struct Cause {
        OrderNumber order;
        const PendingRequest* request = nullptr;
    };

    // order_desk.cpp: telling.
    void tell(const Event& event, const Cause& cause, Turn& turn);
    void tell(const Events& events, const Cause& cause, Turn& turn);
    void tell_replaced(VenueOrder& order, const Event& event, const PendingRequest* request, Turn& turn);
    void tell_cancelled(VenueOrder& order, const Event& event, const PendingRequest* request, Turn& turn);
    ExecReport report_of(const VenueOrder& order, const EngineOrder& state, ReportKind kind, Turn& turn);
    void answer(const VenueOrder& order, const PendingRequest* request, Says says, Send send, Turn& turn);
    void settle(VenueOrder& order);
    void deliver(const Answer& first, std::vector<Planned>& plan, Turn& turn);
    VenueExecId next_exec_id();
    VenueOrderId next_order_id();

    // order_desk_entry.cpp: new orders.
    void reject(SessionKey session, const OrderMessage& message, Refusal refusal, Turn& turn);
    void reject_duplicate(const VenueOrder& known, Turn& turn);
    Traits traits_of(const OrderMessage& message) const;

    // order_desk_requests.cpp: cancel and replace.
    struct Asked {
        SessionKey session;
        RequestKind kind = RequestKind::Cancel;
        const OrderMessage& message;
    };
    Refusal refusal_of(const Asked& asked, const VenueOrder& order) const;
    Misbehaviour misbehaviour_of(const Asked& asked, const VenueOrder& order) const;
    void refuse_unknown(const Asked& asked, Turn& turn);
    void refuse(VenueOrder& order, const PendingRequest& request, Refusal refusal, std::string_view text,
                Turn& turn);
    void acknowledge(VenueOrder& order, const PendingRequest& request, Turn& turn);
    void execute(VenueOrder& order, const PendingRequest& request, Turn& turn);

    // order_desk_script.cpp: what scripts do to orders.
    void play_house_part(const VenueOrder& order, Turn& turn);
    void play_absence(OrderNumber number, Turn& turn);
    void place_by_hand(VenueOrder& like, OrderRequest terms);
    void plan_deeds(const VenueOrder& order, Turn& turn);
    void perform(const Deed& deed, Turn& turn);
    void revise_last_fill(VenueOrder& order, DeedKind kind, Turn& turn);
    void house_fill(OrderNumber number, Quantity quantity, Turn& turn);
    void move_position(const VenueOrder& order, Quantity from, Quantity to);
    Quantity half_of(const Symbol& symbol, Quantity quantity) const;
    Price corrected(const EngineOrder& state, Price price) const;

    VenueProfile profile_;
    MatchingEngine engine_;
    OrderStore store_;
    PositionDesk positions_;
    Agenda<std::variant<Action, Deed>> agenda_;
    std::uint64_t last_exec_ = 0;
    std::uint64_t last_order_ = 0;
    std::uint64_t arrivals_ = 0;
};

}  // namespace penstock::sim
