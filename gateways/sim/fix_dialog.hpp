#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fix/codec/message_index.hpp"
#include "gateways/sim/house.hpp"
#include "gateways/sim/market_data_desk.hpp"
#include "gateways/sim/order_desk.hpp"

namespace penstock::sim {

/// One simulated venue, as application messages in and actions out. Pure: no socket, no clock, no
/// thread; the same calls give the same actions. The host owns the FIX sessions and passes on the
/// application messages they accepted; it does what the actions say, in their order, and calls
/// `on_time` at `next_due`. Session keys start at 1.
///
/// In: D, G, F, H, V; AF, AN and q from 4.4 on. Out: 8, 9, W, Y, j; AO, AP and r from 4.4 on.
class FixVenue {
  public:
    /// The profile has passed `problem_of`. The seed makes the background markets.
    FixVenue(const VenueProfile& profile, std::uint64_t seed);

    /// Puts a recorded market in the place of an instrument's background. Unknown symbol: NotFound.
    Status replay(ReplayFlow flow);

    void on_logon(SessionKey session, Timestamp now, Actions& out);
    /// The session is lost, by logout or without: subscriptions end, orders stay or go by the profile.
    void on_logout(SessionKey session, Timestamp now, Actions& out);
    void on_message(SessionKey session, const fix::MessageIndex& message, Timestamp now, Actions& out);
    void on_time(Timestamp now, Actions& out);
    /// The trading day is over: DAY orders expire.
    void end_day(Timestamp now, Actions& out);

    /// When the venue has something to do by itself. A time in the past means now.
    std::optional<Timestamp> next_due() const;
    /// What stopped replays ("file:line: expected ..."); empty while all is well.
    std::vector<std::string> problems() const { return house_.problems(); }
    const MatchingEngine& engine() const { return desk_.engine(); }

  private:
    void begin(Turn& turn);
    void finish(Turn& turn);
    void dispatch(SessionKey session, const fix::MessageIndex& message, Turn& turn);
    void dispatch_order(SessionKey session, const fix::MessageIndex& message, Turn& turn);
    void market_data(SessionKey session, const fix::MessageIndex& message, Turn& turn);

    fix::Version version_;
    std::uint32_t behaviour_tag_;
    OrderDesk desk_;
    MarketDataDesk market_data_;
    House house_;
};

}  // namespace penstock::sim
