#include <algorithm>

#include "tests/sim/process.hpp"
#include "tests/sim/venue.hpp"

// How a venue takes what it is sent.

namespace penstock::sim {
namespace {

VenueRequest request_of(const Reader& reader, char type) {
    return {
        type, std::string(reader.text(11)), std::string(reader.text(41)), reader.whole(38), reader.cents(44)};
}

}  // namespace

oms::IdSpace Venue::ids() { return {FixedText<2>::truncated("P1"), oms::epoch_of(Surroundings::kStart)}; }

Venue::Venue(Surroundings& world, Link& link, std::size_t number)
    : world_(world),
      number_(number),
      plan_(world.plan.venues[number]),
      session_(world, link, *this, peer_settings(world.plan, world.plan.clients.size() + number)) {
    for (int symbol = 0; symbol < kSymbols; ++symbol)
        held_[static_cast<std::size_t>(symbol)].push_back((symbol % 3 - 1) * 40);
}

const VenueOrder* Venue::find(ChildId child) const {
    const auto found = orders_.find(child.value);
    return found == orders_.end() ? nullptr : &found->second;
}

void Venue::on_message(const fix::MessageIndex& message) {
    const Reader reader(message);
    const std::string_view type = message.msg_type();
    require(reader.code(43) != 'Y' || type == "H", Invariant::NoDuplicateAtVenue,
            "an order or a request was sent to a venue again");
    if (type == "D") return take_new(reader);
    if (type == "G" || type == "F") return take_change(reader, type[0]);
    if (type == "H") return take_status_question(reader);
    if (type == "AF") return take_list_question(reader);
    if (type == "AN") return take_position_question(reader);
    violated(Invariant::NoDuplicateAtVenue, "a venue got a message of type " + std::string(type));
}

void Venue::on_state(bool is_up) {
    for (int symbol = 0; is_up && symbol < kSymbols; ++symbol) {
        market_.move(symbol, world_.random, true);
        say_prices(symbol);
    }
}

bool Venue::is_silent() {
    if (world_.is_healed || !world_.random.percent(plan_.silence)) return false;
    ++world_.tally.silences;
    return true;
}

void Venue::take_new(const Reader& reader) {
    const VenueRequest request = request_of(reader, 'D');
    if (!seen_.insert(request.id).second)
        violated(Invariant::NoDuplicateAtVenue, "ClOrdID " + request.id + " was sent to a venue twice");
    const auto ours = oms::parse_venue_cl_ord_id(ids(), request.id);
    require(ours && ours->revision == 0, Invariant::NoDuplicateAtVenue, "a new order without an id of ours");
    const auto [at, is_new] = orders_.try_emplace(ours->child.value);
    require(is_new, Invariant::NoDuplicateAtVenue, "a second order of one child is at a venue");
    VenueOrder& order = at->second;
    order.child = ours->child;
    order.first_id = order.id = request.id;
    order.order_id = "O" + std::to_string(number_) + "-" + std::to_string(orders_.size());
    order.symbol = reader.text(55);
    order.side = reader.code(54);
    order.type = reader.code(40);
    order.time_in_force = reader.has(59) ? reader.code(59) : '0';
    order.quantity = request.quantity;
    order.cents = request.cents;
    order.waits_for_price = std::string_view("34J").find(order.type) != std::string_view::npos ||
                            reader.text(18).find('a') != std::string_view::npos || reader.has(1100);
    by_id_[request.id] = ours->child.value;
    if (on_request) on_request(*this, request, &order);
    order.waiting.push_back(request);
    handle_later(order);
}

void Venue::take_change(const Reader& reader, char type) {
    const VenueRequest request = request_of(reader, type);
    if (!seen_.insert(request.id).second)
        violated(Invariant::NoDuplicateAtVenue, "ClOrdID " + request.id + " was sent to a venue twice");
    const auto ours = oms::parse_venue_cl_ord_id(ids(), request.id);
    require(ours && ours->revision != 0, Invariant::NoDuplicateAtVenue, "a request without an id of ours");
    const auto found = orders_.find(ours->child.value);
    VenueOrder* const order = found == orders_.end() ? nullptr : &found->second;
    if (on_request) on_request(*this, request, order);
    if (order == nullptr) {
        // The order itself was lost on its way.
        VenueOrder unknown;
        unknown.id = request.orig;
        unknown.order_id = "NONE";
        unknown.ended = '8';
        return refuse(unknown, request);
    }
    by_id_[request.id] = order->child.value;
    order->waiting.push_back(request);
    handle_later(*order);
}

/// In order, after a while; or not before the faults are over.
void Venue::handle_later(VenueOrder& order) {
    if (world_.is_healed && order.waiting.size() == 1) return handle_next(order);
    const bool is_held = !world_.is_healed && world_.random.percent(plan_.mischief / 4);
    if (is_held) ++world_.tally.mischief;
    const std::int64_t ms = is_held ? world_.random.between(4'000, 12'000)
                                    : world_.random.between(0, world_.is_healed ? 5 : plan_.slowness_ms);
    ++under_way_;
    world_.agenda.in(Duration::milliseconds(ms), [this, child = order.child.value] {
        --under_way_;
        VenueOrder& later = orders_.at(child);
        if (!later.waiting.empty()) handle_next(later);
    });
}

void Venue::handle_next(VenueOrder& order) {
    const VenueRequest request = order.waiting.front();
    order.waiting.pop_front();
    switch (request.type) {
        case 'D': handle_new(order); break;
        case 'G': handle_amend(order, request); break;
        default: handle_cancel(order, request); break;
    }
    note_rest(order);
}

void Venue::handle_new(VenueOrder& order) {
    const bool is_contrary = !world_.is_healed && world_.random.percent(plan_.mischief);
    if (order.is_closed()) return;  // it ended before it was acknowledged
    if (is_contrary && order.executions.empty() && world_.random.one_in(3)) {
        order.ended = '8';
        if (!is_silent()) say(order, {'8', order.id, {}, 0, 0, {}, {}});
        return;
    }
    if (is_contrary && order.may_trade()) {
        ++world_.tally.mischief;
        const std::int64_t most = plan_.losses == 0 ? order.quantity : order.remaining();
        fill(order, world_.random.between(1, most));  // before the ack
    }
    order.is_acknowledged = true;
    if (!is_silent()) say(order, {'0', order.id, {}, 0, 0, {}, {}});
    if (!order.waits_for_price && order.must_trade_at_once()) trade_at_once(order);
}

/// Immediate-or-cancel, fill-or-kill, market.
void Venue::trade_at_once(VenueOrder& order) {
    if (!order.is_live()) return;
    const bool all = order.time_in_force != '3';
    if (world_.random.percent(70))
        fill(order, all ? order.remaining() : world_.random.between(1, order.remaining()));
    if (order.is_live()) end(order, '4');
}

void Venue::handle_amend(VenueOrder& order, const VenueRequest& request) {
    const std::int64_t total =
        plan_.amend_quantity_is_total ? request.quantity : order.filled + request.quantity;
    const bool reopens = order.ended == '\0' && !order.is_live() && total > order.filled;
    const bool is_possible = order.is_live() || reopens;
    if (!is_possible || (!world_.is_healed && world_.random.percent(10 + plan_.mischief)))
        return refuse(order, request);
    order.quantity = std::max(total, order.filled);
    order.cents = request.cents;
    order.is_done_for_day = false;
    const std::string before = order.id;
    order.id = request.id;
    note_rest(order);
    if (!is_silent()) say(order, {'5', order.id, before, 0, 0, {}, {}});
}

void Venue::handle_cancel(VenueOrder& order, const VenueRequest& request) {
    if (!order.is_live() || (!world_.is_healed && world_.random.percent(5 + plan_.mischief / 2)))
        return refuse(order, request);
    order.ended = '4';
    const std::string before = order.id;
    order.id = request.id;
    if (!is_silent()) say(order, {'4', request.id, before, 0, 0, {}, {}});
}

void Venue::refuse(VenueOrder& order, const VenueRequest& request) {
    if (is_silent()) return;
    Body body;
    body.add(37, order.order_id).add(11, request.id).add(41, order.id).add(39, order.status());
    body.add(434, request.type == 'G' ? '2' : '1').add(102, '0').time(60, world_.agenda.now());
    world_.note([&] { return "venue " + std::to_string(number_) + " refuses " + request.id; });
    session_.send("9", body.text());
}

void Venue::take_status_question(const Reader& reader) {
    const std::string id(reader.text(11));
    if (!world_.is_healed && world_.random.percent(plan_.silence * 2)) return void(++world_.tally.silences);
    const auto known = by_id_.find(id);
    if (known != by_id_.end()) {
        VenueOrder& order = orders_.at(known->second);
        return say(order, {'I', id, {}, 0, 0, {}, std::string(reader.text(790))});
    }
    VenueOrder unknown;
    unknown.order_id = "NONE";
    unknown.symbol = reader.text(55);
    unknown.side = reader.code(54);
    unknown.ended = '8';
    say(unknown, {'I', id, {}, 0, 0, {}, {}});
}

/// One line for each order that works. What it has not handled yet it does not know. Now and then nothing is
/// said, or the last line is lost.
void Venue::take_list_question(const Reader& reader) {
    if (is_silent()) return;
    std::vector<VenueOrder*> live;
    for (auto& [child, order] : orders_) {
        const bool is_handled = order.waiting.empty() || order.waiting.front().type != 'D';
        if (is_handled && order.is_live()) live.push_back(&order);
    }
    const auto end_line = [&](bool is_last) {
        Body body;
        body.add(584, reader.text(584)).add(911, static_cast<std::int64_t>(live.size()));
        return body.add(912, is_last ? 'Y' : 'N').text();
    };
    if (live.empty()) {
        VenueOrder none;
        none.order_id = "NONE";
        none.symbol = symbol_name(0);
        none.side = '1';
        none.ended = '8';
        session_.send("8", body_of(none, {'I', "NONE", {}, 0, 0, {}, {}}, "L0") + end_line(true));
        return;
    }
    const bool is_cut_short = is_silent();
    for (std::size_t at = 0; at + (is_cut_short ? 1 : 0) < live.size(); ++at) {
        const std::string exec_id = "E" + std::to_string(number_) + "-" + std::to_string(++executions_);
        session_.send("8", body_of(*live[at], {'I', live[at]->id, {}, 0, 0, {}, {}}, exec_id) +
                               end_line(at + 1 == live.size()));
    }
}

std::int64_t Venue::traded(std::string_view symbol) const {
    std::int64_t sum = 0;
    for (const auto& [child, order] : orders_) {
        if (order.symbol != symbol) continue;
        for (const Execution& execution : order.executions)
            if (!execution.is_void) sum += order.side == '1' ? execution.quantity : -execution.quantity;
    }
    return sum;
}

std::int64_t Venue::told_position(int symbol) const {
    std::int64_t net = held(symbol).back() + traded(symbol_name(symbol));
    if (world_.plan.mutation != Mutation::FillNotInPosition) return net;
    for (const auto& [child, order] : orders_)
        if (order.symbol == symbol_name(symbol) && order.executions.size() > 2)
            net += order.side == '1' ? -order.executions[2].quantity : order.executions[2].quantity;
    return net;
}

void Venue::take_position_question(const Reader& reader) {
    if (is_silent()) return;
    std::vector<std::pair<std::string, std::int64_t>> held;
    for (int symbol = 0; symbol < kSymbols; ++symbol)
        if (const std::int64_t net = told_position(symbol); net != 0)
            held.emplace_back(symbol_name(symbol), net);
    const auto body = [&] { return Body().add(710, reader.text(710)).add(1, reader.text(1)); };
    if (held.empty()) {
        session_.send("AO", body().add(721, "P0").add(728, '2').add(729, '0').text());
        return;
    }
    const bool is_cut_short = is_silent();
    for (std::size_t at = 0; at + (is_cut_short ? 1 : 0) < held.size(); ++at) {
        const auto& [symbol, net] = held[at];
        Body line = body();
        line.add(721, "P1").add(727, static_cast<std::int64_t>(held.size())).add(728, '0').add(55, symbol);
        line.add(702, '1').add(703, "TQ").add(net > 0 ? 704 : 705, net > 0 ? net : -net);
        session_.send("AP", line.text());
    }
}

}  // namespace penstock::sim
