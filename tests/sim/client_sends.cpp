#include <algorithm>

#include "tests/sim/client.hpp"
#include "tests/sim/market.hpp"

// What clients send, message by message.

namespace penstock::sim {

std::string Client::next_id() { return "C" + std::to_string(number_) + "-" + std::to_string(++last_id_); }

ClientOrder* Client::pick_order(bool (*fits)(const ClientOrder&)) {
    constexpr std::size_t kNewest = 8;
    std::vector<ClientOrder*> newest;
    for (std::size_t i = orders_.size(); i-- > 0 && newest.size() < kNewest;)
        if (fits(orders_[i])) newest.push_back(&orders_[i]);
    return newest.empty() ? nullptr : world_.random.pick(newest);
}

std::string Client::body_of(const ClientOrder& order) const {
    Body body;
    body.add(11, order.first_id).add(21, '1').add(40, type_said(order.type, order.terms, plan_.version));
    if (order.terms.cash_cents == 0) body.add(38, order.sent_quantity);
    if (order.sent_cents != 0) body.price(44, order.sent_cents);
    body.add(54, order.side).add(55, order.symbol).add(59, order.time_in_force);
    body.time(60, world_.agenda.now());
    add_terms(body, order.terms, plan_.version);
    return body.text();
}

std::size_t Client::keep_order(ClientOrder order) {
    order.first_id = order.id = next_id();
    order.ids = {order.id};
    order.sent_quantity = order.quantity;
    requests_[order.id] = {'D', orders_.size()};
    orders_.push_back(std::move(order));
    ++world_.tally.orders;
    return orders_.size() - 1;
}

void Client::send_order(const ClientOrder& order) {
    keep_order(order);
    session_.send("D", body_of(orders_.back()));
}

/// The accepted id or, when changes are chained, that of a request under way.
const std::string& Client::some_current_id(const ClientOrder& order) {
    const bool chained = world_.random.one_in(2) && requests_.at(order.ids.back()).answers == 0;
    return chained ? order.ids.back() : order.id;
}

void Client::send_amend(ClientOrder& order, const ClientTerms& terms) {
    const std::string id = next_id();
    const std::string orig = some_current_id(order);
    Body body;
    body.add(11, id).add(21, '1').add(38, world_.random.between(1, 120)).add(41, orig);
    body.add(40, type_said(order.type, terms, plan_.version));
    if (order.sent_cents != 0) body.price(44, 990 + world_.random.between(0, 20));
    body.add(54, order.side).add(55, order.symbol).time(60, world_.agenda.now());
    add_terms(body, terms, plan_.version);
    requests_[id] = {'G', requests_.at(order.first_id).order};
    if (order.list != 0) lists_[order.list - 1].was_changed = true;
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
    if (order.list != 0) lists_[order.list - 1].was_changed = true;
    order.ids.push_back(id);
    ++world_.tally.requests;
    session_.send("F", body.text());
}

/// One instrument, one side, an account or a combination; the last may be nobody's.
void Client::add_scope(Body& body, int type_tag) const {
    Random& random = world_.random;
    const bool names_symbol = random.one_in(2);
    body.add(type_tag, names_symbol ? '1' : '7');
    if (names_symbol) body.add(55, symbol_name(static_cast<int>(random.below(kSymbols))));
    if (random.one_in(2)) body.add(54, random.one_in(2) ? '1' : '2');
    if (random.one_in(3)) body.add(1, random.one_in(4) ? "NOBODY" : "ACC");
}

void Client::send_mass_cancel(MassScope scope) {
    if (plan_.version == fix::Version::Fix42) return;  // it has none
    const std::string id = next_id();
    Body body;
    body.add(11, id).time(60, world_.agenda.now());
    if (scope == MassScope::Some)
        add_scope(body, 530);
    else
        body.add(530, '7');
    requests_[id] = {'q', 0};
    ++world_.tally.requests;
    session_.send("q", body.text());
}

void Client::cancel_all() {
    if (plan_.version != fix::Version::Fix42) return send_mass_cancel(MassScope::All);
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
    Body body;
    body.add(584, "M" + std::to_string(questions_));
    add_scope(body, 585);
    session_.send("AF", body.text());
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

const ClientOrder* Client::open_order() const {
    for (const ClientOrder& order : orders_)
        if (!order.is_over()) return &order;
    return nullptr;
}

}  // namespace penstock::sim
