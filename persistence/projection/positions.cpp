#include "persistence/projection/positions.hpp"

#include "oms/domain/enums.hpp"

namespace penstock::projection {
namespace {

/// More than 38 digits: the sum stays, and the row says that it is not exact any more.
void increase(PositionRow& row, Notional& sum, const Notional& by) {
    if (const auto more = add(sum, by))
        sum = *more;
    else
        row.is_exact = false;
}

}  // namespace

const PositionRow& Positions::take(const history::Execution& execution) {
    PositionRow& row = rows_[{execution.account, execution.symbol, execution.venue}];
    row.account = execution.account;
    row.symbol = execution.symbol;
    row.venue = execution.venue;
    row.last_seq = execution.seq;
    row.changed = execution.time;
    const bool is_bought = execution.side == static_cast<char>(oms::Side::Buy);
    const Notional value = Price{execution.price} * Quantity{execution.net_quantity};
    increase(row, is_bought ? row.bought : row.sold, Notional::of(execution.net_quantity));
    increase(row, is_bought ? row.bought_value : row.sold_value, value);
    if (const auto net = subtract(row.bought, row.sold))
        row.net = *net;
    else
        row.is_exact = false;
    return row;
}

}  // namespace penstock::projection
