#include "tests/sim/venue.hpp"

// How a venue says what it says, in its version of FIX.

namespace penstock::sim {

void Venue::say(VenueOrder& order, const Report& report) {
    const std::string exec_id = "E" + std::to_string(number_) + "-" + std::to_string(++executions_);
    if (report.exec_type == 'F' || report.exec_type == 'G')
        order.executions.push_back(
            {exec_id, report.last_quantity, report.last_cents, false, report.is_of_lost});
    world_.note([&] {
        return "venue " + std::to_string(number_) + " says " + report.exec_type + " of " + order.id;
    });
    const bool is_repeatable = std::string_view("F5H49G").find(report.exec_type) != std::string_view::npos;
    send_report(order, body_of(order, report, exec_id), is_repeatable);
}

/// Now and then a report is told again, at once or, where nobody can be misled by it, later: not when its
/// terms are history.
void Venue::send_report(const VenueOrder& order, const std::string& body, bool is_repeatable) {
    session_.send("8", body);
    if (world_.is_healed || !world_.random.percent(plan_.mischief / 2)) return;
    ++world_.tally.mischief;
    if (!is_repeatable || world_.random.one_in(2)) {
        session_.send("8", body);
        return;
    }
    ++under_way_;
    world_.agenda.in(Duration::milliseconds(world_.random.between(1, 5'000)),
                     [this, body, child = order.child.value, quantity = order.quantity] {
                         --under_way_;
                         const auto now = orders_.find(child);
                         if (now != orders_.end() && now->second.quantity == quantity)
                             session_.send("8", body);
                     });
}

std::string Venue::body_of(const VenueOrder& order, const Report& report, const std::string& exec_id) const {
    const bool is_42 = plan_.version == fix::Version::Fix42;
    char type = report.exec_type;
    char transaction = '0';
    if (is_42) {
        if (type == 'F') type = order.filled >= order.quantity ? '2' : '1';
        if (type == 'H' || type == 'G' || type == 'I') {
            transaction = type == 'H' ? '1' : type == 'G' ? '2' : '3';
            type = order.status();
        }
    }
    Body body;
    body.add(37, order.order_id).add(11, report.id);
    if (!report.orig.empty()) body.add(41, report.orig);
    body.add(17, exec_id);
    if (is_42) body.add(20, transaction);
    if (!report.exec_ref.empty()) body.add(19, report.exec_ref);
    body.add(150, type).add(39, order.status()).add(55, order.symbol).add(54, order.side);
    body.add(38, order.quantity);
    if (order.cents != 0) body.price(44, order.cents);
    if (report.last_quantity != 0) body.add(32, report.last_quantity).price(31, report.last_cents);
    body.add(151, order.remaining()).add(14, order.filled);
    body.price(6, plan_.losses != 0 && order.filled > 0 ? order.fixed_cents() : 0);
    body.time(60, world_.agenda.now());
    if (!report.status_id.empty()) body.add(790, report.status_id);
    return body.text();
}

void Venue::say_prices(int symbol) {
    const Prices& now = market_.of(symbol);
    const std::pair<char, std::int64_t> entries[] = {
        {'0', now.bid}, {'1', now.ask}, {'2', now.last}, {'6', now.mark}};
    Body body;
    std::int64_t count = 0;
    for (const auto& [type, cents] : entries) {
        if (cents == 0) continue;
        body.add(269, type).price(270, cents);
        ++count;
    }
    ++world_.tally.prices;
    session_.send("W", Body().add(55, symbol_name(symbol)).add(268, count).text() + body.text());
}

}  // namespace penstock::sim
