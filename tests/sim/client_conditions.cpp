#include <algorithm>

#include "tests/sim/client.hpp"

// Orders with conditions, and changes of those. The versions differ in what they can say; what one lacks is
// another kind of order there (`client_terms.cpp`).

namespace penstock::sim {
namespace {

/// 0: not said, which is the last trade.
int random_watch(Random& random) {
    constexpr int kWatches[] = {0, 0, 1, 2, 3, 6, 100};
    return kWatches[random.below(std::size(kWatches))];
}

/// Mostly where the price will have to go yet; sometimes where it is.
std::int64_t stop_for(Random& random, bool waits_for_rise) {
    const std::int64_t away = random.between(-5, 40);
    return waits_for_rise ? 1'000 + away : 1'000 - away;
}

ClientOrder stop_order(Client& client, char type) {
    Random& random = ClientCommand::random_of(client);
    ClientOrder order = ClientCommand::random_order(client);
    order.type = type;
    const bool is_touch = type == 'J';
    order.terms.stop_cents = stop_for(random, (order.side == '1') != is_touch);
    order.terms.watch = random_watch(random);
    if (type != '4') order.sent_cents = 0;
    return order;
}

/// A plain limit order with a trigger: 5.0 alone can say it.
ClientOrder touch_limit_order(Client& client) {
    Random& random = ClientCommand::random_of(client);
    ClientOrder order = ClientCommand::random_order(client);
    const bool rises = random.one_in(2);
    order.terms.direction = rises ? 'U' : 'D';
    order.terms.stop_cents = stop_for(random, rises);
    order.terms.watch = random_watch(random);
    return order;
}

ClientOrder trailing_order(Client& client) {
    Random& random = ClientCommand::random_of(client);
    ClientOrder order = stop_order(client, random.one_in(3) ? '4' : '3');
    order.terms.trails = order.terms.has_offset = true;
    constexpr int kUnits[] = {0, 0, 1, 2, 4};  // money, basis points, ticks, percent
    order.terms.offset_unit = client.version() == fix::Version::Fix50Sp2 ? kUnits[random.below(5)] : 0;
    switch (order.terms.offset_unit) {
        case 1: order.terms.offset_cents = 100 * random.between(20, 300); break;
        case 2: order.terms.offset_cents = 100 * random.between(2, 30); break;
        case 4: order.terms.offset_cents = random.between(20, 300); break;
        default: order.terms.offset_cents = random.between(2, 30); break;
    }
    if (order.type == '3' && random.one_in(2)) order.terms.stop_cents = 0;
    return order;
}

ClientOrder pegged_order(Client& client) {
    Random& random = ClientCommand::random_of(client);
    ClientOrder order = ClientCommand::random_order(client);
    constexpr int kPegs[] = {2, 4, 5};
    order.type = 'P';
    order.terms.peg = kPegs[random.below(3)];
    order.sent_cents = random.one_in(3) ? (order.side == '1' ? 1'020 : 980) : 0;
    order.terms.has_offset = random.one_in(2);
    order.terms.offset_cents = random.between(-5, 2);
    return order;
}

ClientOrder iceberg(Client& client) {
    Random& random = ClientCommand::random_of(client);
    ClientOrder order = ClientCommand::random_order(client);
    order.quantity = random.between(10, 100);
    order.terms.display = random.between(4, 15);
    if (random.one_in(3)) {
        order.terms.display_low = std::max<std::int64_t>(1, order.terms.display - random.between(0, 5));
        order.terms.display_high = order.terms.display + random.between(0, 5);
    }
    return order;
}

/// The client's time: ours may be another one.
Timestamp soon(Client& client, std::int64_t from_s, std::int64_t to_s) {
    return client.now() + Duration::seconds(ClientCommand::random_of(client).between(from_s, to_s));
}

ClientOrder dated_order(Client& client) {
    Random& random = ClientCommand::random_of(client);
    ClientOrder order = random.one_in(4) ? stop_order(client, '3') : ClientCommand::random_order(client);
    order.time_in_force = '6';
    order.terms.expire = soon(client, -2, 40);
    return order;
}

ClientOrder later_order(Client& client) {
    Random& random = ClientCommand::random_of(client);
    ClientOrder order = random.one_in(4) ? stop_order(client, '4') : ClientCommand::random_order(client);
    order.terms.effective = soon(client, -1, 20);
    if (random.one_in(4)) order.time_in_force = '6';
    if (order.time_in_force == '6') order.terms.expire = soon(client, 10, 50);
    return order;
}

/// With an instruction: parked, kept or cancelled when its client is gone, or what some venues take.
ClientOrder instructed_order(Client& client, std::string_view instructions) {
    Random& random = ClientCommand::random_of(client);
    ClientOrder order = random.one_in(4) ? stop_order(client, '3') : ClientCommand::random_order(client);
    order.terms.instructions = instructions[random.below(instructions.size())];
    return order;
}

ClientOrder cash_order(Client& client) {
    ClientOrder order = ClientCommand::random_order(client);
    order.type = '1';
    order.sent_cents = 0;
    order.quantity = 0;
    order.terms.cash_cents = ClientCommand::random_of(client).between(500, 60'000);
    return order;
}

}  // namespace

/// The same order again with something of it changed.
ClientTerms ClientCommand::changed_terms(Client& client, const ClientOrder& order) {
    Random& random = random_of(client);
    ClientTerms terms = order.terms;
    if (random.one_in(8)) return {};  // says nothing of them: they stay
    if (terms.stop_cents != 0) terms.stop_cents += random.between(-10, 10);
    if (terms.trails && random.one_in(2)) terms.offset_cents += 1;
    if (terms.display != 0) terms.display = random.between(1, 15);
    if (terms.display_low != 0) terms.display_low = std::min(terms.display_low, terms.display);
    if (terms.display_high != 0) terms.display_high = std::max(terms.display_high, terms.display);
    if (!terms.expire.is_none()) terms.expire = soon(client, 1, 40);
    if (!terms.effective.is_none()) terms.effective = soon(client, -1, 20);
    const std::size_t parked = terms.instructions.find('S');
    if (parked != std::string::npos && random.one_in(2)) terms.instructions[parked] = 'q';
    return terms;
}

std::vector<ClientCommand> ClientCommand::condition_table() {
    return {
        {"stop order", 12, [](Client& client) { client.send_order(stop_order(client, '3')); }},
        {"stop-limit order", 6, [](Client& client) { client.send_order(stop_order(client, '4')); }},
        {"if-touched order", 4,
         [](Client& client) {
             if (client.version() == fix::Version::Fix42) return client.send_order(stop_order(client, '3'));
             client.send_order(stop_order(client, 'J'));
         }},
        {"limit order with a trigger", 4,
         [](Client& client) {
             const bool can_say = client.version() == fix::Version::Fix50Sp2;
             client.send_order(can_say ? touch_limit_order(client) : stop_order(client, '4'));
         }},
        {"trailing stop", 8, [](Client& client) { client.send_order(trailing_order(client)); }},
        {"pegged order", 8, [](Client& client) { client.send_order(pegged_order(client)); }},
        {"iceberg", 12, [](Client& client) { client.send_order(iceberg(client)); }},
        {"cash order", 3, [](Client& client) { client.send_order(cash_order(client)); }},
        {"good-till-date order", 8, [](Client& client) { client.send_order(dated_order(client)); }},
        {"order that begins later", 5, [](Client& client) { client.send_order(later_order(client)); }},
        {"parked order", 6, [](Client& client) { client.send_order(instructed_order(client, "S")); }},
        {"order kept or cancelled when its client is gone", 6,
         [](Client& client) { client.send_order(instructed_order(client, "on")); }},
        {"post-only or reduce-only order", 3,
         [](Client& client) { client.send_order(instructed_order(client, "6E")); }},
        {"change of conditions", 25,
         [](Client& client) {
             ClientOrder* const order =
                 client.pick_order([](const ClientOrder& one) { return one.has_terms(); });
             if (order != nullptr) client.send_amend(*order, changed_terms(client, *order));
         }},
    };
}

}  // namespace penstock::sim
