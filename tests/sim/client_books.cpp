#include "tests/sim/client.hpp"

// What a client believes of what it is told: I3 and I7 as far as a client can see them.

namespace penstock::sim {
namespace {

bool is_duplicate_refusal(const Reader& reader) {
    return reader.text(58).find("DuplicateClOrdId") != std::string_view::npos;
}

/// ExecType(150) as of 4.4.
char exec_type_of(const Reader& reader, fix::Version version) {
    const char type = reader.code(150);
    if (version != fix::Version::Fix42) return type;
    switch (reader.code(20)) {
        case '1': return 'H';
        case '2': return 'G';
        case '3': return 'I';
        default: return type == '1' || type == '2' ? 'F' : type;
    }
}

}  // namespace

void Client::wrong(Invariant which, const std::string& what) const {
    violated(which, "client " + std::to_string(number_) + ": " + what);
}

ClientRequest& Client::request(const std::string& id, const Reader& reader) {
    const auto found = requests_.find(id);
    if (found == requests_.end())
        wrong(Invariant::EachMessageOnce, "a report names ClOrdID '" + id + "', which it never used (" +
                                              std::string(reader.text(58)) + ")");
    return found->second;
}

void Client::answered(const std::string& id, char type) {
    ClientRequest& request = requests_.at(id);
    request.is_pending = false;
    if (request.type != type)
        wrong(Invariant::EachMessageOnce, id + " got the answer to another kind of request");
    if (++request.answers > 1) wrong(Invariant::EachMessageOnce, id + " was answered twice");
}

void Client::on_message(const fix::MessageIndex& message) {
    const Reader reader(message);
    const std::string_view type = message.msg_type();
    ++world_.tally.reports;
    if (type == "8") return on_report(reader);
    if (type == "9") return on_cancel_reject(reader);
    if (type == "r") return on_mass_report(reader);
    if (type == "N") return on_list_status(message);
    if (type == "j") return void(++unserved_refused_);
    wrong(Invariant::EachMessageOnce, "an unexpected message: " + readable(message.frame()));
}

void Client::on_report(const Reader& reader) {
    const std::string exec_id(reader.text(17));
    if (!exec_ids_.insert(exec_id).second)
        wrong(Invariant::EachMessageOnce, "ExecID " + exec_id + " was used twice");
    const char exec_type = exec_type_of(reader, plan_.version);
    const std::string id(reader.text(11));
    // That there is nothing open has no ClOrdID.
    if (exec_type == 'I' && id.empty()) return void(++questions_answered_);
    ClientRequest& asked = request(id, reader);
    if (exec_type == '8' && is_duplicate_refusal(reader)) {
        ++asked.repeats_refused;
        return;
    }
    if (exec_type == 'I') return on_status(reader);
    ClientOrder& order = orders_[asked.order];
    if (order.order_id.empty()) order.order_id = reader.text(37);
    if (order.order_id != reader.text(37))
        wrong(Invariant::QuantitiesAdd, "OrderID of " + order.first_id + " changed");
    follow(order, reader, exec_type);
    book(order, reader, exec_type);
    check_numbers(order, reader);
    if (on_booked) on_booked(*this, order, exec_type);
}

/// Answers and ends.
void Client::follow(ClientOrder& order, const Reader& reader, char exec_type) {
    const std::string id(reader.text(11));
    if (exec_type != '8') order.quantity = reader.whole(38);
    const bool answers_request = reader.has(41);
    switch (exec_type) {
        case '0':
            order.is_acknowledged = true;
            answered(id, 'D');
            break;
        case '8':
            if (order.is_acknowledged || order.trades_told > 0)
                wrong(Invariant::NoOrderLost, order.first_id + " was refused after it had been accepted");
            order.ended = '8';
            answered(id, 'D');
            break;
        case '5':
            order.id = id;
            answered(id, 'G');
            break;
        case '4':
            if (reader.whole(378) == 12) check_disconnect(order);
            order.ended = '4';
            if (answers_request) answered(id, 'F');
            break;
        case 'C': order.ended = 'C'; break;
        case '3':
            if (!order.is_good_till()) order.ended = '3';
            break;
        case '6':
        case 'E': requests_.at(id).is_pending = true; break;
        default: break;  // A, D, F, G, H, L, 7, 9: nothing ends and nothing is answered
    }
}

/// ExecRestatementReason(378) 12, which 5.0 alone has: cancelled because the client was gone. That must have
/// been agreed: by the order, else its account, else its session.
void Client::check_disconnect(const ClientOrder& order) const {
    const auto says = [&](char what) { return order.terms.instructions.find(what) != std::string::npos; };
    const auto account = plan_.account_on_disconnect;
    bool is_agreed = plan_.cancel_on_disconnect &&
                     (plan_.disconnect_scope == oms::DisconnectScope::All || !order.is_good_till());
    if (account != oms::AccountOnDisconnect::AsSession)
        is_agreed = account == oms::AccountOnDisconnect::Cancel;
    if (says('o') || says('n')) is_agreed = says('o');
    if (!is_agreed)
        wrong(Invariant::NoOrderLost, order.first_id +
                                          " was cancelled because its client was gone; that was "
                                          "not agreed");
}

/// Its own sum of executions, each counted once.
void Client::book(ClientOrder& order, const Reader& reader, char exec_type) {
    if (exec_type != 'F' && exec_type != 'G' && exec_type != 'H') return;
    if (exec_type == 'F') ++order.trades_told;
    if (exec_type != 'F') {
        // What the bust would set free was cancelled before.
        if (reader.code(39) == '4') order.ended = '4';
        const auto before = order.executions.find(std::string(reader.text(19)));
        if (before == order.executions.end())
            wrong(Invariant::QuantitiesAdd, "a bust or correction of an execution it was never told of");
        order.filled -= before->second.quantity;
        order.money -= before->second.quantity * before->second.cents;
        order.executions.erase(before);
    }
    // An inferred fill made way, or part of it: what is told next is the same trade.
    if (reader.text(58) == "its own report has come") --order.trades_told;
    if (exec_type == 'H') return;
    const ClientOrder::Told told{reader.whole(32), reader.cents(31)};
    order.executions[std::string(reader.text(17))] = told;
    order.filled += told.quantity;
    order.money += told.quantity * told.cents;
}

void Client::check_numbers(const ClientOrder& order, const Reader& reader) const {
    const auto differs = [&](const char* field, std::int64_t said, std::int64_t expected) {
        if (said == expected) return;
        wrong(Invariant::QuantitiesAdd,
              std::string(field) + " of " + order.first_id + " is " + std::to_string(said) +
                  ", by the client's own books " + std::to_string(expected));
    };
    differs("CumQty", reader.whole(14), order.filled);
    const bool is_over = order.is_over() || reader.code(39) == '8';
    differs("LeavesQty", reader.whole(151), is_over ? 0 : order.quantity - order.filled);
    // Half to even at eight decimals, of cents.
    constexpr std::int64_t kScale = 1'000'000;
    std::int64_t average = 0;
    if (order.filled > 0) {
        const std::int64_t total = order.money * kScale;
        const std::int64_t twice = total % order.filled * 2;
        average = total / order.filled;
        if (twice > order.filled || (twice == order.filled && average % 2 == 1)) ++average;
    }
    differs("AvgPx", reader.scaled(6, 8), average);
}

void Client::on_status(const Reader& reader) {
    if (reader.code(912) != 'N') ++questions_answered_;  // a mass status has one answer an order
    const ClientRequest& asked = request(std::string(reader.text(11)), reader);
    ClientOrder& order = orders_[asked.order];
    // What an amount of money has become.
    if (order.terms.cash_cents != 0 && order.quantity == 0) order.quantity = reader.whole(38);
    // Of an order that was refused nothing else is known.
    if (reader.code(39) == '8' || order.ended == '8') return;
    check_numbers(order, reader);
}

void Client::on_cancel_reject(const Reader& reader) {
    const std::string id(reader.text(11));
    ClientRequest& asked = request(id, reader);
    if (is_duplicate_refusal(reader)) {
        ++asked.repeats_refused;
        return;
    }
    const char expected = reader.code(434) == '2' ? 'G' : 'F';
    answered(id, expected);
}

void Client::on_mass_report(const Reader& reader) {
    const std::string id(reader.text(11));
    request(id, reader);
    answered(id, 'q');
}

void Client::check_answers() const {
    check_lists();
    for (const auto& [id, request] : requests_) {
        const ClientOrder* const order = request.type == 'q' ? nullptr : &orders_[request.order];
        const bool told_by_deed = request.type == 'D' && (order->trades_told > 0 || order->ended != '\0');
        if (request.answers == 0 && !told_by_deed)
            wrong(Invariant::ComesToRest, id + " (MsgType " + request.type + ") was never answered");
        if (request.repeats != request.repeats_refused)
            wrong(Invariant::EachMessageOnce,
                  id + " was repeated " + std::to_string(request.repeats) + " times and refused " +
                      std::to_string(request.repeats_refused));
    }
    if (unserved_ != unserved_refused_)
        wrong(Invariant::ComesToRest, "an unserved message was not refused once");
    if (questions_answered_ < questions_)
        wrong(Invariant::ComesToRest, "a status question was never answered");
}

}  // namespace penstock::sim
