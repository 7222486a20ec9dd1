#include <algorithm>

#include "gateways/sim/grid.hpp"
#include "gateways/sim/order_desk.hpp"

namespace penstock::sim {

Quantity OrderDesk::half_of(const Symbol& symbol, Quantity quantity) const {
    const Quantity lot = engine_.instrument(symbol)->lot;
    const std::int64_t lots = whole_steps_in(quantity.value, lot.value);
    return Quantity{on_grid(std::max<std::int64_t>(lots / 2, 1), lot.value)};
}

void OrderDesk::move_position(const VenueOrder& order, Quantity from, Quantity to) {
    const EngineOrder* state = engine_.find(order.number);
    if (state == nullptr) return;
    positions_.move({order.session, order.account, state->terms.symbol}, state->terms.side, from, to);
}

void OrderDesk::house_fill(OrderNumber number, Quantity quantity, Turn& turn) {
    const EngineOrder* state = engine_.find(number);
    if (state == nullptr) return;
    const Price price = state->terms.limit.value_or(engine_.reference_price(state->terms.symbol));
    Events events;
    engine_.house_fill(number, {quantity, price}, events);
    tell(events, turn);
}

void OrderDesk::play_house_part(const VenueOrder& order, Turn& turn) {
    const HousePart part = row_of(order.misbehaviour.behaviour).house;
    if (part == HousePart::None) return;
    const OrderNumber number = order.number;
    const OrderRequest terms = engine_.find(number)->terms;
    const Quantity half = half_of(terms.symbol, terms.quantity);
    switch (part) {
        case HousePart::None:
        case HousePart::Waits: break;
        case HousePart::Half: house_fill(number, half, turn); break;
        case HousePart::Halves:
            house_fill(number, half, turn);
            house_fill(number, terms.quantity, turn);
            break;
        case HousePart::All: house_fill(number, terms.quantity, turn); break;
    }
    const bool may_wait =
        terms.type == OrderType::Limit &&
        (terms.time_in_force == TimeInForce::Day || terms.time_in_force == TimeInForce::Gtc);
    if (may_wait || engine_.find(number)->phase != OrderPhase::Working) return;
    Events events;
    engine_.cancel(number, events);
    tell(events, turn);
}

void OrderDesk::plan_deeds(const VenueOrder& order, Turn& turn) {
    const auto later = [&](DeedKind kind) {
        agenda_.put(turn.now + order.misbehaviour.delay(), Deed{kind, order.number, {}});
    };
    // Somebody trades the same once more at the venue's own screen: only the position tells.
    if (order.misbehaviour.behaviour == Behaviour::TradedByHand)
        move_position(order, {}, engine_.find(order.number)->terms.quantity);
    if (order.misbehaviour.behaviour == Behaviour::UnsolicitedCancel) later(DeedKind::Cancel);
    if (order.misbehaviour.behaviour == Behaviour::Bust) later(DeedKind::Bust);
    if (order.misbehaviour.behaviour == Behaviour::Correct) later(DeedKind::Correct);
}

void OrderDesk::run_due(Turn& turn) {
    while (auto due = agenda_.take_due(turn.now)) {
        if (auto* action = std::get_if<Action>(&due->second)) {
            turn.out.push_back(std::move(*action));
            continue;
        }
        perform(std::get<Deed>(due->second), turn);
        close(turn);
    }
}

/// What becomes of a working order whose session was lost. What is told waits for the next logon.
void OrderDesk::play_absence(OrderNumber number, Turn& turn) {
    VenueOrder& order = *store_.find(number);
    const OrderRequest terms = engine_.find(number)->terms;
    const Behaviour how = order.misbehaviour.behaviour;
    Events events;
    if (how == Behaviour::FillWhileAway) return house_fill(number, terms.quantity, turn);
    if (how == Behaviour::UnseenFill) {
        // Nobody is told: its execution is older than what this venue repeats.
        order.misbehaviour = {};
        engine_.house_fill(number, {half_of(terms.symbol, terms.quantity), *terms.limit}, events);
        move_position(order, {}, half_of(terms.symbol, terms.quantity));
        return settle(order);
    }
    if (how == Behaviour::Forget) {
        store_.forget(number);
        return engine_.forget(number);
    }
    if (how == Behaviour::HandPlaced) place_by_hand(order, terms);
    const bool silently =
        how == Behaviour::CancelOnDisconnect || profile_.on_disconnect == OnDisconnect::CancelSilently;
    const bool keeps = profile_.on_disconnect == OnDisconnect::Keep && how != Behaviour::CancelWhileAway;
    if (!silently && keeps) return;
    engine_.cancel(number, events);
    if (!silently) tell(events, turn);
    settle(order);
}

/// Somebody enters the same order once more at the venue's own screen.
void OrderDesk::place_by_hand(VenueOrder& like, OrderRequest terms) {
    like.misbehaviour = {};
    Events events;
    VenueOrder order;
    order.session = like.session;
    order.account = like.account;
    terms.quantity = half_of(terms.symbol, terms.quantity);
    order.number = engine_.submit(terms, events);
    if (order.number.is_none()) return;
    order.order_id = next_order_id();
    order.current = ClOrdId::truncated("HAND-" + std::string(order.order_id.view()));
    store_.add(std::move(order));
}

void OrderDesk::perform(const Deed& deed, Turn& turn) {
    VenueOrder* order = store_.find(deed.order);
    const EngineOrder* state = engine_.find(deed.order);
    if (order == nullptr || state == nullptr) return;
    switch (deed.kind) {
        case DeedKind::Execute: execute(*order, deed.request, turn); return;
        case DeedKind::Cancel: {
            if (state->phase != OrderPhase::Working) return;
            Events events;
            engine_.cancel(deed.order, events);
            tell(events, turn);
            return;
        }
        case DeedKind::LateFill:
            house_fill(
                deed.order, half_of(state->terms.symbol, minus(state->terms.quantity, state->filled)), turn);
            return;
        case DeedKind::Bust:
        case DeedKind::Correct: revise_last_fill(*order, deed.kind, turn); return;
    }
}

/// One tick better for the client, or worse where there is no better price.
Price OrderDesk::corrected(const EngineOrder& state, Price price) const {
    const Price tick = engine_.instrument(state.terms.symbol)->tick;
    const std::int64_t ticks = whole_steps_in(price.value, tick.value);
    const bool lower = state.terms.side == Side::Buy && ticks > 1;
    return Price{on_grid(lower ? ticks - 1 : std::min(ticks + 1, kMaxSteps), tick.value)};
}

void OrderDesk::revise_last_fill(VenueOrder& order, DeedKind kind, Turn& turn) {
    if (!order.last_fill) return;
    const ReportedFill before = *order.last_fill;
    const EngineOrder* state = engine_.find(order.number);
    const bool bust = kind == DeedKind::Bust;
    Execution after;
    if (!bust) after = {before.execution.quantity, corrected(*state, before.execution.price)};
    engine_.revise_fill(order.number, before.execution, after);
    move_position(order, before.execution.quantity, after.quantity);
    ExecReport report = report_of(order, *state, bust ? ReportKind::Bust : ReportKind::Correct, turn);
    report.exec_ref_id = before.exec_id;
    report.last = after;
    order.last_fill.reset();
    if (!bust) order.last_fill = ReportedFill{report.exec_id, after};
    answer(order, nullptr, Says::Other, write_exec_report(report, profile_.version), turn);
    settle(order);
}

}  // namespace penstock::sim
