#include "persistence/history/event_words.hpp"

namespace penstock::history {

void set_conditions(OrderEvent& row, const oms::OrderConditions& conditions) {
    row.stop = plain(conditions.stop);
    row.display = plain(conditions.display);
    row.minimum = plain(conditions.minimum);
    row.expire_time = conditions.expire_time;
    row.effective_time = conditions.effective_time;
    row.post_only = conditions.post_only;
}

void set_denial(OrderEvent& row, const oms::Denial& denial) {
    row.rule = denial.reason;
    row.measured = denial.measured;
    row.limit = denial.limit;
}

void fill_from_order(OrderEvent& row, const Known& known, OrderId id) {
    row.order_id = row.root_id = id;
    const OrderRow* const order = known.book.order(id);
    if (order == nullptr) return;
    row.client_order = order->cl_ord_id;
    row.list_id = order->list_id;
    row.account = order->account;
    row.symbol = order->symbol;
    row.side = order->side;
    row.order_type = order->order_type;
    row.time_in_force = order->time_in_force;
    row.status = order->status;
    if (row.venue.empty()) row.venue = order->venue;
    row.quantity = order->quantity;
    row.price = order->price;
    row.stop = order->stop;
    row.display = order->display;
    row.minimum = order->minimum;
    row.expire_time = order->expire_time;
    row.effective_time = order->effective_time;
    row.post_only = order->post_only;
    row.filled = order->filled;
    row.leaves = order->leaves;
    row.average_price = order->average_price;
}

void fill_from_child(OrderEvent& row, const Known& known, ChildId id) {
    row.child_id = id;
    const ChildSeen* const child = known.book.child(id);
    if (child == nullptr) return;
    row.venue = child->venue;
    fill_from_order(row, known, child->order);
    row.parent_id = child->order;
    row.is_slice = child->is_slice;
    row.venue_order_id = child->venue_order_id;
    row.quantity = child->quantity;
    row.filled = child->filled;
    const auto left = subtract(child->quantity, child->filled);
    if (left) row.leaves = left->is_negative() ? Decimal{} : *left;
}

void fill_from_new(OrderEvent& row, const Known& known, const oms::NewOrder& body) {
    row.cl_ord_id = body.cl_ord_id;
    row.account = body.account.empty() ? known.names.default_account(body.session) : body.account;
    row.symbol = body.symbol;
    row.side = static_cast<char>(body.side);
    row.order_type = static_cast<char>(body.type);
    row.time_in_force = static_cast<char>(body.time_in_force);
    row.quantity = body.quantity.value;
    row.price = plain(body.limit);
    row.filled = row.leaves = row.average_price = std::nullopt;
    if (!body.destination.empty()) row.venue = body.destination;
    if (body.conditions)
        set_conditions(row, *body.conditions);
    else
        set_conditions(row, {});
    row.said_time = body.transact_time;
    if (body.refusal) row.text = body.refusal->text;
}

void set_market(OrderEvent& row, const Known& known) {
    if (row.symbol.empty()) return;
    const VenueName venue = row.venue.empty() ? known.names.default_venue(row.symbol) : row.venue;
    const QuoteSeen* const seen = known.names.quote(venue, row.symbol);
    if (seen == nullptr) return;
    row.quote_seq = seen->seq;
    row.bid = plain(seen->quote.bid);
    row.ask = plain(seen->quote.ask);
    row.last = plain(seen->quote.last);
}

void set_limits(OrderEvent& row, const Known& known) {
    const LimitsInForce* const limits = known.names.limits(row.account);
    if (limits == nullptr) return;
    row.limits_seq = limits->seq;
    row.max_quantity = plain(limits->limits.max_quantity);
    row.max_notional = plain(limits->limits.max_notional);
    row.collar_percent = limits->limits.collar_percent;
}

}  // namespace penstock::history
