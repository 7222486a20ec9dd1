#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "gateways/sim/action.hpp"
#include "gateways/sim/fix_reports.hpp"
#include "gateways/sim/fix_requests.hpp"
#include "gateways/sim/matching_engine.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

/// The market data half of the dialog: best bid (269=0), best offer (1) and last trade (2), as full
/// refreshes: one at once, then one on each change, at most one per instrument in kThrottle.
class MarketDataDesk {
  public:
    static constexpr Duration kThrottle = Duration::milliseconds(100);
    /// More than so many subscriptions of one session are refused with MDReqRejReason(281) 2.
    static constexpr std::size_t kMaxSubscriptions = 1000;

    /// MarketDataRequest(V): 263=0, 1 or 2, 264=1, entry types 0 to 2, symbols that are known; else Y.
    void request(SessionKey session, const MarketDataMessage& message, const MatchingEngine& engine,
                 Actions& out);
    /// Sends what has changed since it was last sent, as far as the throttle lets it.
    void publish(const MatchingEngine& engine, Timestamp now, Actions& out);
    void drop(SessionKey session);
    /// When something held back by the throttle may go.
    std::optional<Timestamp> next_due() const;

  private:
    struct Subscription {
        SessionKey session;
        RequestId request_id;
        bool bid = false;
        bool offer = false;
        bool trade = false;
    };
    struct View {
        TopOfBook top;
        std::optional<Execution> last;

        friend bool operator==(const View&, const View&) = default;
    };
    struct Channel {
        std::vector<Subscription> subscriptions;
        View shown;
        std::optional<Timestamp> sent;
        bool held_back = false;
    };

    static View view_of(const MatchingEngine& engine, const Symbol& symbol);
    static Action snapshot(const Subscription& subscription, const Symbol& symbol, const View& view);
    /// MDReqRejReason(281) and the words for it; nothing when the request can be served.
    struct Objection {
        char reason = '0';
        std::string_view text;
    };
    std::optional<Objection> objection(SessionKey session, const MarketDataMessage& message,
                                       const MatchingEngine& engine) const;
    bool is_subscribed(SessionKey session, const RequestId& request_id) const;
    std::size_t count_of(SessionKey session) const;
    void unsubscribe(SessionKey session, const RequestId& request_id);

    std::map<Symbol, Channel> channels_;
};

}  // namespace penstock::sim
