#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

#include "oms/domain/venue_cl_ord_id.hpp"
#include "tests/sim/fix_text.hpp"
#include "tests/sim/market.hpp"
#include "tests/sim/peer.hpp"
#include "tests/sim/venue_order.hpp"

namespace penstock::sim {

/// A venue with a tiny book of truth. It may be slow, silent, late and contrary, and some lose reports, but a
/// status it tells is true. What it may do is a table in `venue_acts.cpp`.
class Venue final : public Peer {
  public:
    Venue(Surroundings& world, Link& link, std::size_t number);

    /// Something of its own accord: trades, ends, restatements, busts.
    void act();
    /// The prices of one of its instruments move.
    void move_prices();
    /// The faults are over: answers what it holds.
    void settle();
    /// Nothing is on its way to be said.
    bool is_quiet() const { return under_way_ == 0; }
    /// The end of the world: every order that lives is cancelled.
    void close_books();

    const std::map<std::uint64_t, VenueOrder>& orders() const { return orders_; }
    const VenueOrder* find(ChildId child) const;
    /// What the account has traded here, bought less sold.
    std::int64_t traded(std::string_view symbol) const;
    /// What it has beside that, in turn: from before, and as it was moved by hand. The last is of now.
    const std::vector<std::int64_t>& held(int symbol) const {
        return held_[static_cast<std::size_t>(symbol)];
    }
    const VenuePlan& plan() const { return plan_; }
    const Market& market() const { return market_; }
    PeerSession& session() { return session_; }
    /// Called when a new order or a request arrives, before it has any effect.
    std::function<void(const Venue&, const VenueRequest&, const VenueOrder*)> on_request;

    static oms::IdSpace ids();

  private:
    friend struct VenueAct;
    struct Report {
        char exec_type = '0';
        std::string id;
        std::string orig;
        std::int64_t last_quantity = 0;
        std::int64_t last_cents = 0;
        std::string exec_ref;
        std::string status_id;    // the answer to a status question
        bool is_of_lost = false;  // it corrects an execution that no report told of
    };

    void on_message(const fix::MessageIndex& message) override;
    void on_state(bool is_up) override;
    bool may_resend(std::string_view msg_type) override { return msg_type == "8" || msg_type == "9"; }

    // Requests: venue_requests.cpp.
    void take_new(const Reader& reader);
    void take_change(const Reader& reader, char type);
    void take_status_question(const Reader& reader);
    void take_list_question(const Reader& reader);
    void take_position_question(const Reader& reader);
    void handle_next(VenueOrder& order);
    void handle_later(VenueOrder& order);
    void handle_new(VenueOrder& order);
    void handle_amend(VenueOrder& order, const VenueRequest& request);
    void handle_cancel(VenueOrder& order, const VenueRequest& request);
    void refuse(VenueOrder& order, const VenueRequest& request);
    void trade_at_once(VenueOrder& order);
    bool is_silent();
    bool loses_report(VenueOrder& order);
    std::int64_t told_position(int symbol) const;
    std::int64_t some_cents(const VenueOrder& order);
    bool keeps_quiet_of_end();

    // Acts: venue_acts.cpp.
    void fill(VenueOrder& order, std::int64_t quantity);
    void bust(VenueOrder& order);
    void correct(VenueOrder& order);
    void end(VenueOrder& order, char status);
    void late_fill(VenueOrder& order);
    void restate(VenueOrder& order);
    void rest_for_the_day(VenueOrder& order);
    void note_rest(VenueOrder& order);
    void trigger(VenueOrder& order);
    void move_position();

    // Words: venue_words.cpp.
    void say(VenueOrder& order, const Report& report);
    void send_report(const VenueOrder& order, const std::string& body, bool is_repeatable);
    std::string body_of(const VenueOrder& order, const Report& report, const std::string& exec_id) const;
    void say_prices(int symbol);

    Surroundings& world_;
    std::size_t number_;
    const VenuePlan& plan_;
    PeerSession session_;
    std::map<std::uint64_t, VenueOrder> orders_;  // by child
    std::map<std::string, std::uint64_t> by_id_;  // every ClOrdID it ever knew
    std::set<std::string> seen_;                  // every ClOrdID of a request that arrived
    Market market_;
    std::array<std::vector<std::int64_t>, kSymbols> held_;
    std::uint64_t executions_ = 0;
    std::uint64_t under_way_ = 0;
};

}  // namespace penstock::sim
