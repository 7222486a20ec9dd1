#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "persistence/history/order_events.hpp"

namespace penstock::history {

/// Keeps every row it is given, and what it points to.
class KeptRows final : public Rows {
  public:
    void add(const OrderEvent& row) override {
        events.push_back(row);
        raws_.emplace_back(row.raw);
        events.back().raw = raws_.back();
    }
    void add(const Execution& row) override { executions.push_back(row); }
    void put(const OrderRow& row) override { orders[row.order_id] = row; }
    void add(const SessionRow& row) override { sessions.push_back(row); }
    void add(const ActionRow& row) override { actions.push_back(row); }

    std::vector<OrderEvent> events;
    std::vector<Execution> executions;
    std::map<OrderId, OrderRow> orders;
    std::vector<SessionRow> sessions;
    std::vector<ActionRow> actions;

  private:
    std::deque<std::string> raws_;
};

}  // namespace penstock::history
