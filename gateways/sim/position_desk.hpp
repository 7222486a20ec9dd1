#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "fix/codec/message_index.hpp"
#include "gateways/sim/action.hpp"
#include "gateways/sim/matching_engine.hpp"
#include "oms/domain/time.hpp"

namespace penstock::sim {

/// Whose position it is, and in what.
struct PositionOwner {
    SessionKey session;
    AccountName account;
    Symbol symbol;

    friend auto operator<=>(const PositionOwner&, const PositionOwner&) = default;
};

/// What each account of each session holds, from its fills and from what is done by hand. Answers
/// RequestForPositions(AN).
class PositionDesk {
  public:
    explicit PositionDesk(std::string prefix) : prefix_(std::move(prefix)) {}

    /// So much more, or less, of an order on this side is filled. What no number holds is left out.
    void move(const PositionOwner& owner, Side side, Quantity from, Quantity to);
    /// The account's positions: an acknowledgement (AO), then a PositionReport(AP) for each.
    void request(SessionKey session, const fix::MessageIndex& message, const MatchingEngine& engine,
                 Timestamp now, Actions& out);

  private:
    std::string next_id();

    std::string prefix_;
    std::uint64_t last_ = 0;
    std::map<PositionOwner, Quantity> held_;
};

}  // namespace penstock::sim
