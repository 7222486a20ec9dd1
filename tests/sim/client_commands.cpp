#include <algorithm>

#include "tests/sim/client.hpp"
#include "tests/sim/process.hpp"

// What clients do.

namespace penstock::sim {

/// One row a command; a new kind of command is a new row.
struct ClientCommand {
    const char* name;
    std::uint64_t weight;
    void (*run)(Client&);

    static ClientOrder random_order(Client& client) {
        Random& random = client.world_.random;
        ClientOrder order;
        order.symbol = "SYM" + std::to_string(random.below(3));
        order.side = random.one_in(2) ? '1' : '2';
        order.quantity = random.between(1, 100);
        order.sent_cents = 990 + random.between(0, 20);
        return order;
    }
    static const std::vector<ClientCommand>& table();
};

const std::vector<ClientCommand>& ClientCommand::table() {
    static const std::vector<ClientCommand> kTable = {
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
             if (ClientOrder* order = client.pick_order()) client.send_amend(*order);
         }},
        {"two amends in a row", 6,
         [](Client& client) {
             ClientOrder* const order = client.pick_order();
             for (int i = 0; order != nullptr && i < 2; ++i) client.send_amend(*order);
         }},
        {"cancel", 14,
         [](Client& client) {
             if (ClientOrder* order = client.pick_order()) client.send_cancel(*order);
         }},
        {"mass cancel", 1, [](Client& client) { client.send_mass_cancel(); }},
        {"status question", 6, [](Client& client) { client.send_status_question(); }},
        {"mass status question", 1, [](Client& client) { client.send_mass_status_question(); }},
        {"message nobody serves", 1, [](Client& client) { client.send_unserved(); }},
        {"a message sent again", 5, [](Client& client) { client.send_again(); }},
        {"a message repeated by the session", 2,
         [](Client& client) {
             client.session_.repeat(
                 static_cast<std::uint32_t>(client.world_.random.below(client.session_.next_out())));
         }},
        {"disconnect", 1, [](Client& client) { client.link_.cut(); }},
    };
    return kTable;
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

std::string Client::next_id() { return "C" + std::to_string(number_) + "-" + std::to_string(++last_id_); }

/// One of the newest, open or not: clients do not always know.
ClientOrder* Client::pick_order() {
    if (orders_.empty()) return nullptr;
    const std::size_t back = world_.random.below(std::min<std::size_t>(orders_.size(), 8));
    return &orders_[orders_.size() - 1 - back];
}

std::string Client::body_of(const ClientOrder& order) const {
    Body body;
    body.add(11, order.first_id).add(21, '1').add(38, order.sent_quantity).add(40, order.type);
    if (order.sent_cents != 0) body.price(44, order.sent_cents);
    body.add(54, order.side).add(55, order.symbol).add(59, order.time_in_force);
    body.time(60, world_.agenda.now());
    return body.text();
}

void Client::send_order(ClientOrder order) {
    order.first_id = order.id = next_id();
    order.ids = {order.id};
    order.sent_quantity = order.quantity;
    requests_[order.id] = {'D', orders_.size()};
    orders_.push_back(order);
    ++world_.tally.orders;
    session_.send("D", body_of(order));
}

/// The accepted id or, when changes are chained, that of a request under way.
const std::string& Client::some_current_id(const ClientOrder& order) {
    const bool chained = world_.random.one_in(2) && requests_.at(order.ids.back()).answers == 0;
    return chained ? order.ids.back() : order.id;
}

void Client::send_amend(ClientOrder& order) {
    const std::string id = next_id();
    const std::string orig = some_current_id(order);
    Body body;
    body.add(11, id).add(21, '1').add(38, world_.random.between(1, 120)).add(40, order.type).add(41, orig);
    if (order.sent_cents != 0) body.price(44, 990 + world_.random.between(0, 20));
    body.add(54, order.side).add(55, order.symbol).time(60, world_.agenda.now());
    requests_[id] = {'G', requests_.at(order.first_id).order};
    order.ids.push_back(id);
    ++world_.tally.requests;
    session_.send("G", body.text());
}

void Client::send_cancel(ClientOrder& order) {
    const std::string id = next_id();
    Body body;
    body.add(11, id).add(38, std::max<std::int64_t>(order.quantity, 1)).add(41, some_current_id(order));
    body.add(54, order.side).add(55, order.symbol).time(60, world_.agenda.now());
    requests_[id] = {'F', requests_.at(order.first_id).order};
    order.ids.push_back(id);
    ++world_.tally.requests;
    session_.send("F", body.text());
}

void Client::send_mass_cancel() {
    if (plan_.version == fix::Version::Fix42) return;  // it has none
    const std::string id = next_id();
    Body body;
    body.add(11, id).add(530, '7').time(60, world_.agenda.now());
    requests_[id] = {'q', 0};
    ++world_.tally.requests;
    session_.send("q", body.text());
}

void Client::cancel_all() {
    if (plan_.version != fix::Version::Fix42) return send_mass_cancel();
    for (std::size_t i = 0; i < orders_.size(); ++i)
        if (!orders_[i].is_over()) send_cancel(orders_[i]);
}

void Client::send_status_question() {
    const ClientOrder* const order = pick_order();
    if (order == nullptr) return;
    Body body;
    body.add(11, order->first_id).add(54, order->side).add(55, order->symbol);
    if (plan_.version != fix::Version::Fix42) body.add(790, "Q" + std::to_string(questions_));
    ++questions_;
    ++world_.tally.requests;
    session_.send("H", body.text());
}

void Client::send_mass_status_question() {
    if (plan_.version == fix::Version::Fix42) return;  // it has none
    ++questions_;
    ++world_.tally.requests;
    session_.send("AF", Body().add(584, "M" + std::to_string(questions_)).add(585, '7').text());
}

void Client::send_unserved() {
    ++unserved_;
    ++world_.tally.requests;
    session_.send("J", Body().add(70, "A" + std::to_string(unserved_)).add(71, '0').text());
}

/// The same ClOrdID once more: with PossResend it asks what became of the order, without it is refused.
void Client::send_again() {
    const ClientOrder* const order = pick_order();
    if (order == nullptr) return;
    ++world_.tally.requests;
    if (world_.random.one_in(2)) {
        ++questions_;
        session_.send("D", Body().add(97, 'Y').text() + body_of(*order));
        return;
    }
    ++requests_[order->first_id].repeats;
    session_.send("D", body_of(*order));
}

bool Client::has_open_orders() const {
    return std::any_of(
        orders_.begin(), orders_.end(), [](const ClientOrder& order) { return !order.is_over(); });
}

}  // namespace penstock::sim
