#include "apps/penstock_client/orders.hpp"

#include "oms/domain/print.hpp"

namespace penstock::client {
namespace {

std::string_view side_word(oms::Side side) {
    switch (side) {
        case oms::Side::Buy: return "BUY";
        case oms::Side::Sell: return "SELL";
        case oms::Side::SellShort: return "SHORT";
        case oms::Side::SellShortExempt: return "SHORTEX";
    }
    return {};
}

std::string_view time_word(oms::TimeInForce time) {
    switch (time) {
        case oms::TimeInForce::Unsupported: return "?";
        case oms::TimeInForce::Day: return "DAY";
        case oms::TimeInForce::Gtc: return "GTC";
        case oms::TimeInForce::Ioc: return "IOC";
        case oms::TimeInForce::Fok: return "FOK";
        case oms::TimeInForce::Gtd: return "GTD";
        case oms::TimeInForce::AtOpen: return "OPEN";
        case oms::TimeInForce::AtClose: return "CLOSE";
        case oms::TimeInForce::GoodForAuction: return "AUCTION";
    }
    return {};
}

}  // namespace

ClientOrder* Orders::add(const NewOrder& command) {
    NewOrder terms = command;
    if (terms.name.empty()) terms.name = run_ + "-" + std::to_string(++made_);
    if (by_name_.contains(terms.name) || by_id_.contains(terms.name)) return nullptr;
    ClientOrder& order = orders_.emplace_back();
    order.cl_ord_id = terms.name;
    order.leaves = oms::to_text(terms.quantity.value);
    order.terms = std::move(terms);
    by_name_[order.terms.name] = by_id_[order.cl_ord_id] = &order;
    return &order;
}

ClientOrder* Orders::find(const std::string& name) {
    auto found = by_name_.find(name);
    if (found == by_name_.end()) found = by_name_.find(run_ + "-" + name);
    return found == by_name_.end() ? nullptr : found->second;
}

std::string Orders::request_id(ClientOrder& order, const std::string& wanted) {
    const std::string made = order.terms.name + "." + std::to_string(++order.requests);
    const std::string& id = wanted.empty() ? made : wanted;
    by_id_.emplace(id, &order);
    return id;
}

ClientOrder* Orders::owner_of(const Report& report) {
    for (const std::string* id : {&report.cl_ord_id, &report.orig_cl_ord_id}) {
        const auto found = by_id_.find(*id);
        if (found != by_id_.end()) return found->second;
    }
    return nullptr;
}

void Orders::apply(Report& report) {
    ClientOrder* order = owner_of(report);
    if (order == nullptr) return;
    report.name = order->terms.name;
    const bool is_refusal = report.kind == Report::Kind::Refusal;
    if (report.kind != Report::Kind::Execution && !is_refusal) return;
    // A refusal of something the other side does not know says Rejected, which is not the order's state.
    if (!is_refusal || report.order_id != "NONE") order->status = report.status;
    if (is_refusal) return;
    order->order_id = report.order_id;
    order->filled = report.filled;
    order->leaves = report.leaves;
    order->average = report.average;
    if (!report.terms_changed) return;
    // An id of another client, or one the other side made, is followed too.
    order->cl_ord_id = report.cl_ord_id;
    by_id_.emplace(report.cl_ord_id, order);
    if (const auto quantity = Quantity::parse(report.quantity)) order->terms.quantity = *quantity;
    if (const auto price = Price::parse(report.price)) order->terms.limit = *price;
    if (const auto stop = Price::parse(report.stop); stop && order->terms.terms.stop)
        order->terms.terms.stop = *stop;
}

std::string to_line(const ClientOrder& order) {
    const NewOrder& terms = order.terms;
    std::string line = "  " + terms.name + "  " + std::string(side_word(terms.side)) + " " +
                       oms::to_text(terms.quantity.value) + " " + terms.symbol;
    line += terms.limit ? " @ " + oms::to_text(terms.limit->value) : std::string(" MKT");
    if (terms.terms.stop) line += " stop " + oms::to_text(terms.terms.stop->value);
    if (terms.terms.display) line += " show " + oms::to_text(terms.terms.display->value);
    line += " " + std::string(time_word(terms.terms.time_in_force));
    line += "  " + (order.status.empty() ? std::string("NoAnswerYet") : order.status);
    line += "  cum " + order.filled + " leaves " + order.leaves + " avg " + order.average;
    if (!order.order_id.empty()) line += "  order " + order.order_id;
    return line;
}

}  // namespace penstock::client
