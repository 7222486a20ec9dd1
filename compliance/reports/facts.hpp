#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compliance/reports/identities.hpp"
#include "compliance/reports/raw_fix.hpp"
#include "persistence/history/columns.hpp"

namespace penstock::reports {

/// Which rows a report has.
enum class RowKind : std::uint8_t { OrderEvent, Execution, Order, Session, Action, SessionSum, Clock, Check };

/// What is remembered of an order while its events go by.
struct OrderFacts {
    Timestamp entered;
    Timestamp previous;  // the event before
    SessionName client;
    std::string entry_raw;  // the message it came with
};

/// Everything a cell can be made of: one row, what is known of its order, and what the user told.
struct Facts {
    const void* row = nullptr;                        // of the report's kind
    const history::OrderEvent* event = nullptr;       // when it is an order event
    const history::Execution* execution = nullptr;    // when it is an execution
    const history::OrderRow* as_it_stands = nullptr;  // its order after the record
    const OrderFacts* order = nullptr;
    std::string_view client;  // session of the client's the order is of
    const Identities* identities = nullptr;
    const FixNames* names = nullptr;
    std::string_view code;     // of the event, in the report's set of codes
    std::uint64_t number = 0;  // of the row, from 1
};

}  // namespace penstock::reports
