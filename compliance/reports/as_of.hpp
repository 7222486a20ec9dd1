#pragma once

#include <map>

#include "persistence/history/rows.hpp"

namespace penstock::reports {

/// All orders as they stood after the rows that were taken: fold the records up to a moment, and this is the
/// book of that moment.
class BookAsOf final : public history::Rows {
  public:
    void put(const history::OrderRow& row) override { orders_[row.order_id] = row; }
    const std::map<OrderId, history::OrderRow>& orders() const { return orders_; }

    /// It can trade, or its last word is still to come.
    static bool is_open(const history::OrderRow& row) {
        return row.leaves.is_positive() || row.status == 'A' || row.status == '6' || row.status == 'E';
    }

  private:
    std::map<OrderId, history::OrderRow> orders_;
};

}  // namespace penstock::reports
