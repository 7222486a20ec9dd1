#include "tests/sim/client.hpp"
#include "tests/sim/process.hpp"

// What clients do.

namespace penstock::sim {

Random& ClientCommand::random_of(Client& client) { return client.world_.random; }

ClientOrder ClientCommand::random_order(Client& client) {
    Random& random = client.world_.random;
    ClientOrder order;
    order.symbol = "SYM" + std::to_string(random.below(3));
    order.side = random.one_in(2) ? '1' : '2';
    order.quantity = random.between(1, 100);
    order.sent_cents = 990 + random.between(0, 20);
    return order;
}

const std::vector<ClientCommand>& ClientCommand::table() {
    static const std::vector<ClientCommand> kTable = [] {
        std::vector<ClientCommand> all = plain_table();
        for (const ClientCommand& command : condition_table()) all.push_back(command);
        for (const ClientCommand& command : list_table()) all.push_back(command);
        return all;
    }();
    return kTable;
}

std::vector<ClientCommand> ClientCommand::plain_table() {
    return {
        {"limit order", 40, [](Client& client) { client.send_order(random_order(client)); }},
        {"good-till-cancel order", 6,
         [](Client& client) {
             ClientOrder order = random_order(client);
             order.time_in_force = '1';
             client.send_order(order);
         }},
        {"immediate order", 5,
         [](Client& client) {
             ClientOrder order = random_order(client);
             order.time_in_force = client.world_.random.one_in(2) ? '3' : '4';
             client.send_order(order);
         }},
        {"market order", 3,
         [](Client& client) {
             ClientOrder order = random_order(client);
             order.type = '1';
             order.sent_cents = 0;
             client.send_order(order);
         }},
        {"order that is refused", 4,
         [](Client& client) {
             ClientOrder order = random_order(client);
             order.quantity = client.world_.random.one_in(2) ? 0 : 1'000'000;
             client.send_order(order);
         }},
        {"amend", 30,
         [](Client& client) {
             if (ClientOrder* order = client.pick_order()) client.send_amend(*order, order->terms);
         }},
        {"two amends in a row", 6,
         [](Client& client) {
             ClientOrder* const order = client.pick_order();
             for (int i = 0; order != nullptr && i < 2; ++i) client.send_amend(*order, order->terms);
         }},
        {"cancel", 14,
         [](Client& client) {
             if (ClientOrder* order = client.pick_order()) client.send_cancel(*order);
         }},
        {"mass cancel", 1, [](Client& client) { client.send_mass_cancel(Client::MassScope::All); }},
        {"mass cancel of some", 4, [](Client& client) { client.send_mass_cancel(Client::MassScope::Some); }},
        {"status question", 6, [](Client& client) { client.send_status_question(); }},
        {"mass status question", 3, [](Client& client) { client.send_mass_status_question(); }},
        {"message nobody serves", 1, [](Client& client) { client.send_unserved(); }},
        {"a message sent again", 5, [](Client& client) { client.send_again(); }},
        {"a message repeated by the session", 2,
         [](Client& client) {
             client.session_.repeat(
                 static_cast<std::uint32_t>(client.world_.random.below(client.session_.next_out())));
         }},
        {"disconnect", 1, [](Client& client) { client.link_.cut(); }},
    };
}

Client::Client(Surroundings& world, Link& link, std::size_t number)
    : world_(world),
      link_(link),
      number_(number),
      plan_(world.plan.clients[number]),
      session_(world, link, *this, peer_settings(world.plan, number)) {}

void Client::act() {
    std::uint64_t total = 0;
    for (const ClientCommand& command : ClientCommand::table()) total += command.weight;
    std::uint64_t left = world_.random.below(total);
    for (const ClientCommand& command : ClientCommand::table()) {
        if (left >= command.weight) {
            left -= command.weight;
            continue;
        }
        world_.note([&] { return "client " + std::to_string(number_) + " " + command.name; });
        return command.run(*this);
    }
}

}  // namespace penstock::sim
