#include <algorithm>

#include "tests/sim/client.hpp"

// Lists of orders: what clients ask, and what they believe of ListStatus(N).

namespace penstock::sim {
namespace {

std::string_view word_of(GroupKind kind) {
    switch (kind) {
        case GroupKind::Independent: return "";
        case GroupKind::OneCancels: return "OCO";
        case GroupKind::OneUpdates: return "OUO";
        case GroupKind::OneTriggers: return "OTO";
        case GroupKind::OneTriggersFull: return "OTO-FULL";
        case GroupKind::Bracket: return "OTO";
    }
    return {};
}

std::string instruction_of(const ClientList& list) {
    std::string word(word_of(list.kind));
    if (list.takes_turns) word += " BLOCK";
    return word;
}

}  // namespace

/// Some limit orders of one instrument; one of them may wait for its price.
void Client::send_list() {
    Random& random = world_.random;
    ClientList list;
    list.kind = static_cast<GroupKind>(random.below(6));
    const bool may_block = list.kind == GroupKind::OneCancels || list.kind == GroupKind::OneUpdates;
    list.takes_turns = may_block && random.one_in(2);
    const std::int64_t legs = list.kind == GroupKind::Bracket ? 3 : random.between(2, 4);
    list.id = "L" + next_id();
    const ClientOrder like = ClientCommand::random_order(*this);
    std::string body;
    for (std::int64_t i = 0; i < legs; ++i) {
        ClientOrder order = ClientCommand::random_order(*this);
        order.symbol = like.symbol;
        order.list = lists_.size() + 1;
        if (random.one_in(5)) {
            order.type = '3';
            order.sent_cents = 0;
            order.terms.stop_cents = order.side == '1' ? 1'010 : 990;
        }
        if (list.kind == GroupKind::Bracket && i > 0) order.terms.link = "OCO-1";
        list.orders.push_back(keep_order(order));
        body += body_of(orders_.back()) + Body().add(67, i + 1).text();
    }
    Body head;
    head.add(66, list.id).add(394, '3').add(68, legs);
    if (random.one_in(4)) head.add(433, '2');
    if (!word_of(list.kind).empty()) head.add(69, instruction_of(list));
    list.asked = 1;
    lists_.push_back(list);
    session_.send("E", head.add(73, legs).text() + body);
}

void Client::ask_of_list(std::string_view msg_type) {
    if (lists_.empty()) return;
    constexpr std::size_t kNewest = 4;
    const std::size_t back = world_.random.below(std::min(lists_.size(), kNewest));
    ClientList& list = lists_[lists_.size() - 1 - back];
    ++list.asked;
    ++world_.tally.requests;
    if (msg_type == "K") list.was_cancelled = true;
    Body body;
    body.add(66, list.id);
    if (msg_type != "M") body.time(60, world_.agenda.now());
    session_.send(msg_type, body.text());
}

std::vector<ClientCommand> ClientCommand::list_table() {
    return {
        {"list", 8, [](Client& client) { client.send_list(); }},
        {"execution of a list", 4, [](Client& client) { client.ask_of_list("L"); }},
        {"cancel of a list", 2, [](Client& client) { client.ask_of_list("K"); }},
        {"question about a list", 3, [](Client& client) { client.ask_of_list("M"); }},
        {"linked order", 6,
         [](Client& client) {
             ClientOrder order = random_order(client);
             order.terms.link = "K" + std::to_string(random_of(client).below(4));
             client.send_order(order);
         }},
    };
}

/// Lines are in the order of the group: ClOrdID, CumQty, OrdStatus, LeavesQty, CxlQty, AvgPx.
void Client::on_list_status(const fix::MessageIndex& message) {
    const Reader reader(message);
    const auto is_it = [&](const ClientList& list) { return list.id == reader.text(66); };
    const auto found = std::find_if(lists_.begin(), lists_.end(), is_it);
    if (found == lists_.end()) wrong(Invariant::EachMessageOnce, "ListStatus of a list that was never sent");
    const bool is_last = reader.whole(82) == reader.whole(83);
    // 4, 5 and 6 tell of what happens; but 4 answers ListExecute(L).
    const char type = reader.code(429);
    if (is_last && (type == '1' || type == '2' || type == '4')) ++found->answered;
    if (reader.code(431) == '7' && type == '1') found->is_refused = true;
    const ClientOrder* order = nullptr;
    for (const fix::FieldRef& field : message.fields()) {
        const std::string_view value = message.value(field);
        if (field.tag == 11) order = &orders_[request(std::string(value), reader).order];
        if (field.tag != 14 && field.tag != 151) continue;
        if (order == nullptr || order->ended == '8') continue;
        const auto said = parse_scaled(value, 0).value_or(-1);
        const bool is_over = order->is_over();
        const std::int64_t leaves = is_over ? 0 : order->quantity - order->filled;
        if (said != (field.tag == 14 ? order->filled : leaves))
            wrong(Invariant::QuantitiesAdd,
                  "ListStatus tells other numbers of " + order->first_id + " than its reports");
        if (field.tag == 151 && type == '5' && !is_over)
            wrong(Invariant::ComesToRest, "a list is all done, and " + order->first_id + " is open");
    }
}

void Client::check_lists() const {
    for (const ClientList& list : lists_)
        if (list.asked != list.answered)
            wrong(Invariant::ComesToRest, list.id + " was asked " + std::to_string(list.asked) +
                                              " times and answered " + std::to_string(list.answered));
}

}  // namespace penstock::sim
