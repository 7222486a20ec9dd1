#include <algorithm>

#include "tests/sim/venue.hpp"

// What a venue does of its own accord.

namespace penstock::sim {

/// One row a kind of act. `weight` is its share among those that are possible with the order.
struct VenueAct {
    const char* name;
    std::uint64_t weight;
    bool is_mischief;
    bool (*is_possible)(const Venue&, const VenueOrder&);
    void (*run)(Venue&, VenueOrder&);

    static bool is_live(const Venue&, const VenueOrder& order) { return order.is_live(); }
    static bool may_trade(const Venue&, const VenueOrder& order) { return order.may_trade(); }
    static bool is_exact(const Venue& venue) { return venue.plan_.losses == 0; }
    static bool trades(const Venue& venue, const VenueOrder& order) {
        return works(venue, order) && order.may_trade() && is_exact(venue);
    }
    static bool waits(const Venue& venue, const VenueOrder& order) {
        return works(venue, order) && order.waits_for_price;
    }
    static bool works(const Venue&, const VenueOrder& order) {
        return order.is_live() && order.is_acknowledged && order.waiting.empty();
    }
    static bool has_executions(const Venue&, const VenueOrder& order) {
        return std::any_of(order.executions.begin(), order.executions.end(),
                           [](const Execution& one) { return !one.is_void; });
    }
    static bool was_cancelled(const Venue& venue, const VenueOrder& order) {
        return is_exact(venue) && order.ended == '4' && order.filled + 1 < order.quantity;
    }
    static bool is_silent_end_found(const Venue& venue, const VenueOrder& order) {
        return works(venue, order) && venue.plan_.asks_on_logon;
    }
    static const std::vector<VenueAct>& table();
};

const std::vector<VenueAct>& VenueAct::table() {
    static const std::vector<VenueAct> kTable = {
        {"fills a part", 30, false, may_trade,
         [](Venue& venue, VenueOrder& order) {
             venue.fill(order, venue.world_.random.between(1, order.remaining()));
         }},
        {"fills all", 10, false, may_trade,
         [](Venue& venue, VenueOrder& order) { venue.fill(order, order.remaining()); }},
        {"sees its price", 15, false, waits, [](Venue& venue, VenueOrder& order) { venue.trigger(order); }},
        {"fills too much", 1, true, trades,
         [](Venue& venue, VenueOrder& order) { venue.fill(order, order.remaining() + 3); }},
        {"fills after a cancel", 4, true, was_cancelled,
         [](Venue& venue, VenueOrder& order) { venue.late_fill(order); }},
        {"busts", 3, true, has_executions, [](Venue& venue, VenueOrder& order) { venue.bust(order); }},
        {"corrects", 3, true, has_executions, [](Venue& venue, VenueOrder& order) { venue.correct(order); }},
        {"cancels unasked", 3, true, is_live, [](Venue& venue, VenueOrder& order) { venue.end(order, '4'); }},
        {"expires", 2, true, works, [](Venue& venue, VenueOrder& order) { venue.end(order, 'C'); }},
        {"is done for the day", 2, true, works,
         [](Venue& venue, VenueOrder& order) { venue.rest_for_the_day(order); }},
        {"restates", 2, true, works, [](Venue& venue, VenueOrder& order) { venue.restate(order); }},
        {"ends without a word", 1, true, is_silent_end_found,
         [](Venue&, VenueOrder& order) { order.ended = '4'; }},
    };
    return kTable;
}

void Venue::act() {
    if (plan_.moves_positions && world_.random.one_in(20)) move_position();
    if (orders_.empty()) return;
    auto at = orders_.begin();
    // The newer orders are the livelier ones.
    std::advance(
        at, static_cast<std::ptrdiff_t>(
                orders_.size() - 1 - world_.random.below(std::min<std::size_t>(orders_.size(), 12))));
    VenueOrder& order = at->second;
    std::uint64_t total = 0;
    const auto applies = [&](const VenueAct& act) {
        return act.is_possible(*this, order) && (!act.is_mischief || plan_.mischief != 0);
    };
    for (const VenueAct& act : VenueAct::table())
        if (applies(act)) total += act.weight;
    if (total == 0) return;
    std::uint64_t left = world_.random.below(total);
    for (const VenueAct& act : VenueAct::table()) {
        if (!applies(act)) continue;
        if (left >= act.weight) {
            left -= act.weight;
            continue;
        }
        if (act.is_mischief) ++world_.tally.mischief;
        world_.note([&] { return "venue " + std::to_string(number_) + " " + act.name + ": " + order.id; });
        act.run(*this, order);
        return note_rest(order);
    }
}

void Venue::note_rest(VenueOrder& order) {
    if (!order.is_live()) order.has_rested = true;
}

void Venue::fill(VenueOrder& order, std::int64_t quantity) {
    order.filled += quantity;
    note_rest(order);
    ++order.trades;
    ++world_.tally.fills;
    const std::int64_t cents = some_cents(order);
    if (!loses_report(order)) return say(order, {'F', order.id, {}, quantity, cents, {}, {}});
    const std::string id = "L" + std::to_string(number_) + "-" + std::to_string(++executions_);
    order.executions.push_back({id, quantity, cents, false, true});
}

std::int64_t Venue::some_cents(const VenueOrder& order) {
    const std::int64_t cents = 990 + world_.random.between(0, 20);
    return plan_.losses != 0 ? order.fixed_cents() : cents;
}

/// A transfer, or a day that begins with another number: no order of anybody's tells why.
void Venue::move_position() {
    std::vector<std::int64_t>& held = held_[world_.random.below(kSymbols)];
    const std::int64_t more = world_.random.between(1, 50);
    held.push_back(held.back() + (world_.random.one_in(2) ? more : -more));
    ++world_.tally.positions_moved;
    world_.note([&] { return "venue " + std::to_string(number_) + " moves a position by hand"; });
}

/// The report of what it just traded goes nowhere, ever. Whatever it tells next of the order counts it.
bool Venue::loses_report(VenueOrder& order) {
    if (world_.is_healed || plan_.losses == 0 || !world_.random.percent(plan_.losses)) return false;
    ++world_.tally.losses;
    world_.note([&] { return "venue " + std::to_string(number_) + " loses a report of " + order.id; });
    return true;
}

/// Who asks at a logon finds out.
bool Venue::keeps_quiet_of_end() { return plan_.asks_on_logon && is_silent(); }

/// Never all of it: if its cancel was also kept from everybody and it were busted later, nobody could know.
void Venue::late_fill(VenueOrder& order) {
    fill(order, world_.random.between(1, order.quantity - order.filled - 1));
}

void Venue::bust(VenueOrder& order) {
    const auto stands = [](const Execution& one) { return !one.is_void; };
    const auto found = std::find_if(order.executions.begin(), order.executions.end(), stands);
    found->is_void = true;
    order.filled -= found->quantity;
    const std::string ref = found->id;
    say(order, {'H', order.id, {}, 0, 0, ref, {}});
}

void Venue::correct(VenueOrder& order) {
    const auto stands = [](const Execution& one) { return !one.is_void; };
    const auto found = std::find_if(order.executions.rbegin(), order.executions.rend(), stands);
    found->is_void = true;
    const std::int64_t quantity = world_.random.between(1, found->quantity);
    order.filled += quantity - found->quantity;
    const std::string ref = found->id;
    say(order, {'G', order.id, {}, quantity, some_cents(order), ref, {}, found->is_lost});
}

void Venue::end(VenueOrder& order, char status) {
    order.ended = status;
    note_rest(order);
    if (!keeps_quiet_of_end()) say(order, {status, order.id, {}, 0, 0, {}, {}});
}

/// Only 5.0 has a word for it.
void Venue::trigger(VenueOrder& order) {
    order.waits_for_price = false;
    if (plan_.version == fix::Version::Fix50Sp2) say(order, {'L', order.id, {}, 0, 0, {}, {}});
    if (order.must_trade_at_once()) trade_at_once(order);
    note_rest(order);
}

void Venue::move_prices() {
    const int symbol = static_cast<int>(world_.random.below(kSymbols));
    market_.move(symbol, world_.random, false);
    if (session_.is_logged_on()) say_prices(symbol);
}

void Venue::restate(VenueOrder& order) {
    order.is_restated = true;
    order.quantity = std::max(order.filled + 1, order.quantity - world_.random.between(0, 5));
    say(order, {'D', order.id, {}, 0, 0, {}, {}});
}

/// A day order has ended with that; a good-till one goes on next morning.
void Venue::rest_for_the_day(VenueOrder& order) {
    if (!order.is_good_till()) return end(order, '3');
    order.is_done_for_day = true;
    say(order, {'3', order.id, {}, 0, 0, {}, {}});
    ++under_way_;
    world_.agenda.in(
        Duration::milliseconds(world_.random.between(100, 4'000)), [this, child = order.child.value] {
            --under_way_;
            VenueOrder& later = orders_.at(child);
            if (!later.is_done_for_day || !later.is_live()) return;
            later.is_done_for_day = false;
            say(later, {'D', later.id, {}, 0, 0, {}, {}});
        });
}

void Venue::settle() {
    for (auto& [child, order] : orders_)
        while (!order.waiting.empty()) handle_next(order);
}

void Venue::close_books() {
    for (auto& [child, order] : orders_)
        if (order.is_live()) end(order, '4');
}

}  // namespace penstock::sim
