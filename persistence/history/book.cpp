#include "persistence/history/book.hpp"

#include <algorithm>

namespace penstock::history {
namespace {

std::optional<Decimal> plain(const std::optional<Price>& value) {
    return value ? std::optional{value->value} : std::nullopt;
}
std::optional<Decimal> plain(const std::optional<Quantity>& value) {
    return value ? std::optional{value->value} : std::nullopt;
}

/// A sum no Decimal can hold stays what it was; the core has refused it with an alarm.
void increase(Decimal& sum, Decimal by) {
    if (const auto more = add(sum, by)) sum = *more;
}
void decrease(Decimal& sum, Decimal by) {
    if (const auto less = subtract(sum, by)) sum = *less;
}

void set_conditions(OrderRow& row, const std::optional<oms::OrderConditions>& conditions) {
    const oms::OrderConditions none;
    const oms::OrderConditions& said = conditions ? *conditions : none;
    row.stop = plain(said.stop);
    row.display = plain(said.display);
    row.minimum = plain(said.minimum);
    row.expire_time = said.expire_time;
    row.effective_time = said.effective_time;
    row.post_only = said.post_only;
}

/// The order this input enters, as the outputs name it. The first that speaks of it counts.
OrderId entered_as(const oms::Record& record, SessionId session, const ClOrdId& cl_ord_id) {
    for (const oms::Output& output : record.outputs) {
        if (const auto* report = std::get_if<oms::ExecutionReport>(&output))
            if (report->session == session && report->cl_ord_id == cl_ord_id) return report->order_id;
    }
    return {};
}

OrderId first_routed(const oms::Record& record) {
    for (const oms::Output& output : record.outputs)
        if (const auto* route = std::get_if<oms::RoutingDecision>(&output)) return route->order_id;
    return {};
}

/// What the record itself says of an order whose id is known already, and of its copy.
bool is_about_known(const oms::ExecutionReport& report) {
    return report.exec_type == oms::ExecType::OrderStatus ||
           report.denial.reason == oms::Reason::DuplicateClOrdId;
}

}  // namespace

void Book::take(const oms::Record& record) {
    changed_.clear();
    entered_.clear();
    take_input(record);
    for (const oms::Output& output : record.outputs) take_output(record, output);
}

void Book::take_input(const oms::Record& record) {
    const oms::InputBody& body = record.input.body;
    if (const auto* order = std::get_if<oms::NewOrder>(&body)) {
        OrderId id = entered_as(record, order->session, order->cl_ord_id);
        if (id.is_none()) id = first_routed(record);
        return enter_new(record, *order, id);
    }
    if (const auto* amend = std::get_if<oms::AmendOrder>(&body)) {
        const OrderId id = find(amend->session, amend->orig_cl_ord_id);
        if (!id.is_none()) by_cl_ord_id_.emplace(Key{amend->session, amend->cl_ord_id}, id);
    }
    if (const auto* cancel = std::get_if<oms::CancelOrder>(&body)) {
        const OrderId id = find(cancel->session, cancel->orig_cl_ord_id);
        if (!id.is_none()) by_cl_ord_id_.emplace(Key{cancel->session, cancel->cl_ord_id}, id);
    }
    if (const auto* list = std::get_if<oms::NewList>(&body)) legs_[list->session.value].clear();
    if (const auto* leg = std::get_if<oms::ListLeg>(&body)) {
        auto& legs = legs_[leg->session.value];
        if (legs.size() < oms::kMaxListLegs) legs.push_back(*leg);
    }
    if (const auto* enter = std::get_if<oms::EnterList>(&body)) enter_legs(record, enter->session);
    const auto learn = [&](const oms::VenueReport& report) {
        const auto child = children_.find(report.child.value);
        if (child == children_.end() || report.venue_order_id.empty()) return;
        child->second.venue_order_id = report.venue_order_id;
        if (const auto row = orders_.find(child->second.order); row != orders_.end())
            row->second.venue_order_id = report.venue_order_id;
    };
    std::visit(
        [&]<class Body>(const Body& m) {
            if constexpr (requires { m.report; }) learn(m.report);
            if constexpr (std::same_as<Body, oms::VenueRequestRefused>) {
                const auto child = children_.find(m.report.child.value);
                const bool is_cancel = m.response_to == oms::CancelRejectTo::CancelRequest;
                if (is_cancel && child != children_.end() && child->second.cancels_out > 0)
                    --child->second.cancels_out;
            }
            if constexpr (std::same_as<Body, oms::VenueAmended>)
                if (const auto child = children_.find(m.report.child.value); child != children_.end())
                    child->second.quantity = m.quantity.value;
        },
        body);
}

void Book::enter_new(const oms::Record& record, const oms::NewOrder& body, OrderId id) {
    if (id.is_none() || orders_.contains(id)) return;
    OrderRow& row = orders_[id];
    row.order_id = id;
    row.first_seq = record.input.seq;
    row.entered = record.input.time;
    row.session = names_.session(body.session);
    row.cl_ord_id = row.first_cl_ord_id = body.cl_ord_id;
    row.account = body.account.empty() ? names_.default_account(body.session) : body.account;
    row.venue = body.destination;
    row.symbol = body.symbol;
    row.side = static_cast<char>(body.side);
    row.order_type = static_cast<char>(body.type);
    row.time_in_force = static_cast<char>(body.time_in_force);
    row.quantity = body.quantity.value;
    row.leaves = body.quantity.value;
    row.price = plain(body.limit);
    set_conditions(row, body.conditions);
    // The ClOrdID of a refused copy goes on naming the order it was first used for.
    by_cl_ord_id_[{body.session, body.cl_ord_id}] = id;
    change(record, row);
}

/// Legs get their ids in their order, so those that no report names take what ids are left in order.
void Book::enter_legs(const oms::Record& record, SessionId session) {
    std::vector<OrderId> unnamed;
    const auto is_new = [&](OrderId id) { return !id.is_none() && !orders_.contains(id); };
    for (const oms::Output& output : record.outputs)
        if (const auto* route = std::get_if<oms::RoutingDecision>(&output))
            if (is_new(route->order_id)) unnamed.push_back(route->order_id);
    const auto legs = std::move(legs_[session.value]);
    legs_.erase(session.value);
    for (const oms::ListLeg& leg : legs) {
        entered_.push_back({leg.order, entered_as(record, session, leg.order.cl_ord_id)});
        std::erase(unnamed, entered_.back().id);
    }
    std::ranges::sort(unnamed);
    auto next = unnamed.begin();
    for (Leg& leg : entered_) {
        if (leg.id.is_none() && next != unnamed.end()) leg.id = *next++;
        enter_new(record, leg.order, leg.id);
    }
    if (const auto* enter = std::get_if<oms::EnterList>(&record.input.body))
        for (const Leg& leg : entered_)
            if (const auto row = orders_.find(leg.id); row != orders_.end())
                row->second.list_id = enter->list_id;
}

void Book::take_output(const oms::Record& record, const oms::Output& output) {
    if (const auto* body = std::get_if<oms::ExecutionReport>(&output)) return report(record, *body);
    if (const auto* route = std::get_if<oms::RoutingDecision>(&output)) {
        ChildSeen& child = children_[route->child.value];
        child.order = route->order_id;
        child.venue = names_.venue(route->venue);
        child.quantity = route->quantity.value;
        if (const auto row = orders_.find(route->order_id); row != orders_.end()) {
            row->second.venue = child.venue;
            // An order for an amount of money: its quantity was worked out here.
            if (row->second.quantity.is_zero())
                row->second.quantity = row->second.leaves = route->quantity.value;
            child.is_slice = route->quantity.value != row->second.quantity;
            change(record, row->second);
        }
        return;
    }
    if (const auto* cancel = std::get_if<oms::VenueCancelOrder>(&output)) {
        ++children_[cancel->child.value].cancels_out;
        return;
    }
    if (const auto* reject = std::get_if<oms::CancelReject>(&output)) {
        const auto row = orders_.find(reject->order_id);
        if (row == orders_.end()) return;
        row->second.status = static_cast<char>(reject->ord_status);
        change(record, row->second);
    }
}

void Book::report(const oms::Record& record, const oms::ExecutionReport& body) {
    if (is_about_known(body)) return;
    OrderRow& row = orders_[body.order_id];
    if (row.order_id.is_none()) {  // known by this report only: its journal begins later than it did
        row.order_id = body.order_id;
        row.first_seq = record.input.seq;
        row.entered = record.input.time;
        row.session = names_.session(body.session);
        row.first_cl_ord_id = body.cl_ord_id;
    }
    const bool is_replaced = body.exec_type == oms::ExecType::Replaced;
    row.cl_ord_id = is_replaced || body.orig_cl_ord_id.empty() ? body.cl_ord_id : body.orig_cl_ord_id;
    if (!body.account.empty()) row.account = body.account;
    if (!body.venue.empty()) row.venue = body.venue;
    row.symbol = body.symbol;
    row.side = static_cast<char>(body.side);
    row.order_type = static_cast<char>(body.type);
    row.time_in_force = static_cast<char>(body.time_in_force);
    row.quantity = body.quantity.value;
    row.price = plain(body.limit);
    set_conditions(row, body.conditions);
    row.status = static_cast<char>(body.ord_status);
    row.filled = body.filled.value;
    row.leaves = body.leaves.value;
    row.average_price = body.average_price.value;
    row.rule = body.denial.reason;
    row.text = body.text;
    if (!body.list_id.empty()) row.list_id = body.list_id;
    change(record, row);
    fill(record, body);
}

void Book::fill(const oms::Record& record, const oms::ExecutionReport& body) {
    const bool is_trade = body.exec_type == oms::ExecType::Trade;
    const bool is_correction = body.exec_type == oms::ExecType::TradeCorrect;
    if (!is_trade && !is_correction && body.exec_type != oms::ExecType::TradeCancel) return;
    TradeSeen trade{{}, body.last_quantity.value, body.last_price ? body.last_price->value : Decimal{}};
    if (const auto* filled = std::get_if<oms::VenueFilled>(&record.input.body))
        trade.child = filled->report.child;
    if (!is_trade) {
        const TradeSeen& before = trades_[body.exec_ref_id.value];
        trade.child = before.child;
        if (const auto child = children_.find(trade.child.value); child != children_.end())
            decrease(child->second.filled, before.quantity);
    }
    if (const auto child = children_.find(trade.child.value); child != children_.end())
        increase(child->second.filled, trade.quantity);  // of a bust nothing
    trades_[body.exec_id.value] = trade;
}

void Book::change(const oms::Record& record, OrderRow& row) {
    row.last_seq = record.input.seq;
    row.changed = record.input.time;
    if (std::ranges::find(changed_, row.order_id) == changed_.end()) changed_.push_back(row.order_id);
}

const OrderRow* Book::order(OrderId id) const {
    const auto found = orders_.find(id);
    return found == orders_.end() ? nullptr : &found->second;
}
const ChildSeen* Book::child(ChildId id) const {
    const auto found = children_.find(id.value);
    return found == children_.end() ? nullptr : &found->second;
}
const TradeSeen* Book::trade(ExecId id) const {
    const auto found = trades_.find(id.value);
    return found == trades_.end() ? nullptr : &found->second;
}
OrderId Book::find(SessionId session, const ClOrdId& cl_ord_id) const {
    const auto found = by_cl_ord_id_.find({session, cl_ord_id});
    return found == by_cl_ord_id_.end() ? OrderId{} : found->second;
}

}  // namespace penstock::history
