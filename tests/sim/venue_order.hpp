#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "oms/domain/ids.hpp"

namespace penstock::sim {

/// One execution that really happened.
struct Execution {
    std::string id;
    std::int64_t quantity = 0;
    std::int64_t cents = 0;
    bool is_void = false;  // busted, or replaced by a correction
    bool is_lost = false;  // no report told of it, or what told of it speaks of one that none told of
};

/// A request a venue has received and not handled yet.
struct VenueRequest {
    char type = 'G';  // MsgType(35): D, G, F
    std::string id;
    std::string orig;
    std::int64_t quantity = 0;
    std::int64_t cents = 0;
};

/// The truth about one order: what a venue holds, whatever anybody was told.
struct VenueOrder {
    ChildId child;
    std::string first_id;  // ClOrdID(11) of the order
    std::string id;        // of the last request that was accepted
    std::string order_id;  // OrderID(37)
    std::string symbol;
    char side = '1';
    char type = '2';
    char time_in_force = '0';
    std::int64_t quantity = 0;
    std::int64_t filled = 0;
    std::int64_t cents = 0;
    bool is_acknowledged = false;
    bool is_done_for_day = false;
    bool is_restated = false;      // it changed the quantity of its own accord
    bool waits_for_price = false;  // a stop or if-touched order that it keeps
    char ended = '\0';             // OrdStatus(39) of its end: 4, 8, C, 3
    /// It has been without anything to trade at least once: from then on others may rightly believe so.
    bool has_rested = false;
    std::vector<Execution> executions;
    std::uint64_t trades = 0;          // executions but for corrections
    std::deque<VenueRequest> waiting;  // oldest first

    /// Something of it may trade.
    bool is_live() const { return ended == '\0' && filled < quantity; }
    bool may_trade() const { return is_live() && !waits_for_price; }
    bool must_trade_at_once() const {
        const bool has_limit = type == '2' || type == '4' || type == 'P';
        return time_in_force == '3' || time_in_force == '4' || !has_limit;
    }
    bool is_good_till() const { return time_in_force == '1' || time_in_force == '6'; }
    /// Where reports are lost all executions have one price, within any limit: AvgPx(6) tells it exactly.
    std::int64_t fixed_cents() const { return side == '1' ? 850 : 1150; }
    std::int64_t remaining() const { return is_live() ? quantity - filled : 0; }
    char status() const {
        if (ended != '\0') return ended;
        if (!waiting.empty())
            return waiting.front().type == 'F' ? '6' : waiting.front().type == 'G' ? 'E' : 'A';
        if (is_done_for_day) return '3';
        if (filled >= quantity) return '2';
        return filled > 0 ? '1' : '0';
    }
    bool is_closed() const { return ended != '\0'; }
};

}  // namespace penstock::sim
