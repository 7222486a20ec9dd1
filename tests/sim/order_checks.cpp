#include "tests/sim/order_checks.hpp"

#include "fix/session/settings.hpp"
#include "oms/engine/handlers/transitions.hpp"

namespace penstock::sim {

OrderChecks::OrderChecks(Surroundings& world, const Alarms& alarms,
                         std::vector<std::unique_ptr<Client>>& clients,
                         std::vector<std::unique_ptr<Venue>>& venues)
    : world_(world), alarms_(alarms), clients_(clients), venues_(venues) {
    for (auto& venue : venues_)
        venue->on_request = [this](const Venue& at, const VenueRequest& request, const VenueOrder* order) {
            on_request(at, request, order);
        };
    for (auto& client : clients_)
        client->on_booked = [this](const Client& by, const ClientOrder& order, char exec_type) {
            on_booked(by, order, exec_type);
        };
}

void OrderChecks::watch(const Process* process) {
    process_ = process;
    if (process_ != nullptr) check_nothing_lost();
}

namespace {

SessionId session_of(const Surroundings& world, const Process& process, const Client& client) {
    const std::string name = fix::session_name(our_settings(world.plan, client.number()));
    return process.core().world().directory.session_id(*SessionName::from(name));
}

oms::Slot<oms::Order> order_of(const Surroundings& world, const Process& process, const Client& client,
                               const std::string& id) {
    return process.core().world().orders.find_order(session_of(world, process, client), *ClOrdId::from(id));
}

}  // namespace

const oms::Child* OrderChecks::child_of(ChildId id) const {
    const oms::OrderStore& orders = process_->core().world().orders;
    const oms::Slot<oms::Child> slot = orders.find_child(id);
    return slot.is_none() ? nullptr : &orders[slot];
}

const VenueOrder* OrderChecks::find_truth(const oms::Child& child) const {
    return venues_[child.venue.value - 1]->find(child.id);
}

/// I1: whatever a client was told of is known after a crash.
void OrderChecks::check_nothing_lost() const {
    for (const auto& client : clients_)
        for (const ClientOrder& order : client->orders()) {
            if (!order.is_acknowledged && order.trades_told == 0) continue;
            for (const std::string& id : {order.first_id, order.id})
                if (order_of(world_, *process_, *client, id).is_none())
                    violated(Invariant::NoOrderLost, id + " was acknowledged and is unknown after a crash");
        }
}

/// I2 and I4 where an order arrives: who sent it must know of it, and not have given it up.
void OrderChecks::on_request(const Venue&, const VenueRequest& request, const VenueOrder* order) {
    if (process_ == nullptr || order == nullptr) return;
    const oms::Child* const child = child_of(order->child);
    if (child == nullptr)
        violated(Invariant::NoOrderLost, request.id + " arrives at a venue and nobody knows of it");
    if (request.type == 'D' && oms::is_done(child->state.phase))
        violated(Invariant::RiskNotReleased, request.id + " arrives at a venue and counts as finished");
    if (request.type == 'D') check_turn(process_->core().world().orders[child->order]);
}

/// I3: a client is told of no execution that did not happen.
void OrderChecks::on_booked(const Client& client, const ClientOrder& order, char exec_type) const {
    if (process_ == nullptr || exec_type != 'F') return;
    const oms::OrderStore& orders = process_->core().world().orders;
    const oms::Slot<oms::Order> slot = order_of(world_, *process_, client, order.first_id);
    if (slot.is_none()) violated(Invariant::NoOrderLost, order.first_id + " traded and is unknown");
    const Truth truth = truth_of(orders[slot]);
    if (order.trades_told > truth.trades)
        violated(Invariant::QuantitiesAdd,
                 "a client was told of " + std::to_string(order.trades_told) + " trades of " +
                     order.first_id + ", the venue made " + std::to_string(truth.trades));
}

/// I4: what may trade at a venue is not finished for us. An order that had come to rest at the venue may be
/// believed so until the news of its waking arrives.
void OrderChecks::step() const {
    if (process_ == nullptr) return;
    check_no_position_differs();
    const oms::OrderStore& orders = process_->core().world().orders;
    for (const auto& venue : venues_)
        for (const auto& [id, truth] : venue->orders()) {
            if (truth.has_rested || !truth.is_live()) continue;
            const oms::Child* const child = child_of(truth.child);
            if (child == nullptr)
                violated(Invariant::NoOrderLost, truth.id + " lives at a venue and nobody knows of it");
            const oms::Order& order = orders[child->order];
            // One that a replace under way may make larger again is not given up.
            const auto may_grow = [](const oms::OrderState& state) {
                return state.phase == oms::Phase::Filled && state.amends_in_flight > 0;
            };
            if (may_grow(order.state)) continue;
            const bool is_filled = order.state.phase == oms::Phase::Filled;
            if (may_grow(child->state) && (is_filled || !oms::is_finished(order))) continue;
            // Old slices have traded all of it, or a fill has crossed a change at a venue that is told what
            // shall remain: the newest is cut, which takes its time.
            const bool is_cut = is_filled && !oms::is_done(child->state.phase);
            if (is_cut && (!child->next_of_order.is_none() || child->state.amends_in_flight > 0)) continue;
            if (oms::is_done(child->state.phase) || oms::is_finished(order))
                violated(Invariant::RiskNotReleased,
                         truth.id + " lives at a venue and counts as finished, or its order does: " +
                             std::string(orders.text(order.cl_ord_id).view()));
        }
}

std::string OrderChecks::unrest() const {
    if (process_ == nullptr) return "the process is not there";
    for (const auto& venue : venues_)
        if (!venue->is_quiet() || !venue->session().is_logged_on()) return "a venue has something to say";
    for (const auto& client : clients_)
        if (!client->session().is_logged_on()) return "a client is not logged on";
    const oms::OrderStore& orders = process_->core().world().orders;
    std::string found;
    orders.for_each_order([&](oms::Slot<oms::Order> slot) {
        const oms::Order& order = orders[slot];
        const oms::OrderState& state = order.state;
        const std::string id(orders.text(order.cl_ord_id).view());
        if (state.phase == oms::Phase::PendingNew) found = id + " is not acknowledged";
        if (state.outcome_unknown) found = "the outcome of a request about " + id + " is unknown";
        if (!order.first_request.is_none() || state.amends_in_flight + state.cancels_in_flight > 0)
            found = "a request about " + id + " is not answered";
    });
    if (found.empty()) found = position_in_doubt();
    if (found.empty() && process_->core().has_work()) found = "the core has work to do";
    const oms::Directory& directory = process_->core().world().directory;
    for (auto at = orders.longest_waiting(); !at.is_none(); at = orders[at].waits_after) {
        // A venue whose open orders are checked is asked about them without end.
        const bool is_check = orders[at].is_asked && directory[orders[at].venue].check_every.ns > 0;
        if (!found.empty() || is_check) continue;
        found = std::string(orders.text(orders[orders[at].order].cl_ord_id).view()) + " waits for an answer";
    }
    return found;
}

void OrderChecks::agree() const {
    world_.tally.excused = 0;
    for (const auto& client : clients_)
        for (const ClientOrder& order : client->orders()) agree(*client, order);
    check_positions();  // after what they follow from
    for (const auto& client : clients_)
        for (const ClientList& list : client->lists())
            check_group(*client, list, [&](const ClientOrder& order) { return truth_of(*client, order); });
}

Truth OrderChecks::truth_of(const oms::Order& order) const {
    const oms::OrderStore& orders = process_->core().world().orders;
    Truth all;
    for (oms::Slot<oms::Child> at = order.first_child; !at.is_none(); at = orders[at].next_of_order) {
        const VenueOrder* const one = find_truth(orders[at]);
        if (one == nullptr) continue;
        if (all.newest.empty()) all.quantity = one->quantity;
        if (all.newest.empty()) all.newest = one->id;
        all.filled += one->filled;
        all.remaining += one->remaining();
        if (one->has_rested) all.woken += one->remaining();
        all.trades += one->trades;
        all.is_restated = all.is_restated || one->is_restated;
        for (const Execution& execution : one->executions)
            if (!execution.is_void) all.money += execution.quantity * execution.cents;
    }
    return all;
}

Truth OrderChecks::truth_of(const Client& client, const ClientOrder& order) const {
    const oms::Slot<oms::Order> slot = order_of(world_, *process_, client, order.first_id);
    return slot.is_none() ? Truth{} : truth_of(process_->core().world().orders[slot]);
}

/// Of a group whose members take turns one arrives at a venue: no other one may trade there. One that a bust
/// has woken is no turn of anybody's.
void OrderChecks::check_turn(const oms::Order& order) const {
    const std::string id(process_->core().world().orders.text(order.cl_ord_id).view());
    for (const auto& client : clients_) {
        if (session_of(world_, *process_, *client) != order.session) continue;
        const ClientOrder& own = client->orders()[client->requests().at(id).order];
        if (own.list == 0 || !client->lists()[own.list - 1].takes_turns) return;
        for (const std::size_t other : client->lists()[own.list - 1].orders) {
            const ClientOrder& leg = client->orders()[other];
            const Truth truth = truth_of(*client, leg);
            if (&leg != &own && truth.remaining > truth.woken)
                violated(Invariant::QuantitiesAdd, own.first_id + " arrives at a venue although " +
                                                       leg.first_id + " of its group works there");
        }
    }
}

void OrderChecks::agree(const Client& client, const ClientOrder& told) const {
    const oms::OrderStore& orders = process_->core().world().orders;
    const oms::Slot<oms::Order> slot = order_of(world_, *process_, client, told.first_id);
    if (slot.is_none()) {
        require(told.ended == '8', Invariant::ComesToRest, "an order is unknown that was not refused");
        return;
    }
    const oms::Order& order = orders[slot];
    const Truth truth = truth_of(order);
    const auto same = [&](const char* what, std::int64_t by_client, std::int64_t by_core,
                          std::int64_t by_venue) {
        if (by_client == by_core && by_core == by_venue) return;
        violated(
            Invariant::ComesToRest,
            std::string(what) + " of " + told.first_id + ", at the venue " +
                (truth.newest.empty() ? "nothing" : truth.newest) + ": client " + std::to_string(by_client) +
                ", core " + std::to_string(by_core) + ", venue " + std::to_string(by_venue));
    };
    const bool is_live = !oms::is_finished(order);
    // What waits inside is not at its venue, or no more of it is.
    const bool waits_inside = is_live && orders[order.first_child].is_held;
    const bool is_sliced = told.terms.display != 0 && !order.special.is_none() &&
                           orders[order.special].does(oms::Emulation::Display);
    const std::int64_t filled = order.state.filled.value.mantissa();
    const std::int64_t is_open = is_live ? 1 : 0;
    if (filled != truth.filled && is_left_to_people(order)) {
        ++world_.tally.excused;
        world_.note([&] {
            return "left to people: " + told.first_id + ", at the venue " + truth.newest + ", filled " +
                   std::to_string(filled) + " and there " + std::to_string(truth.filled);
        });
        same("CumQty", told.filled, filled, filled);
        return same("open", told.is_over() ? 0 : 1, is_open, is_open);
    }
    same("CumQty", told.filled, filled, truth.filled);
    same("open", told.is_over() ? 0 : 1, is_open, waits_inside || truth.remaining > 0 ? 1 : 0);
    same("money traded", told.money, told.money, truth.money);
    if (!is_live) return;
    const std::int64_t quantity = order.state.quantity.value.mantissa();
    same("OrderQty", told.quantity, quantity, is_sliced || waits_inside ? quantity : truth.quantity);
    if (truth.remaining > told.quantity - told.filled)
        violated(Invariant::QuantitiesAdd, "more of " + told.first_id + " is at its venue (" +
                                               std::to_string(truth.remaining) + ") than is left of it");
}

}  // namespace penstock::sim
