#include "gateways/sim/matching_engine.hpp"

#include <algorithm>

#include "gateways/sim/grid.hpp"
#include "oms/domain/assert.hpp"

namespace penstock::sim {
namespace {

Place place_of(const EngineOrder& order) {
    PENSTOCK_ASSERT(order.terms.limit, "only limit orders wait");
    return {book_side(order.terms.side), *order.terms.limit, order.priority};
}

bool waits(const EngineOrder& order) {
    return order.phase == OrderPhase::Working && order.terms.placement == Placement::OnBook;
}

bool is_immediate(const OrderRequest& terms) {
    return terms.type == OrderType::Market || terms.time_in_force == TimeInForce::Ioc ||
           terms.time_in_force == TimeInForce::Fok;
}

Refusal terms_refusal(const Instrument& instrument, OrderType type, Quantity quantity,
                      std::optional<Price> limit) {
    if (!quantity.is_positive() || !steps_in(quantity.value, instrument.lot.value))
        return Refusal::InvalidQuantity;
    if (type == OrderType::Market) return Refusal::None;
    if (!limit) return Refusal::MissingPrice;
    if (!limit->is_positive() || !steps_in(limit->value, instrument.tick.value)) return Refusal::InvalidPrice;
    return Refusal::None;
}

/// Adds to what an order has traded. Grid numbers multiply to at most 10^36, so a fill always fits; a
/// sum that does not is left as it was, because an average price is not worth stopping the venue for.
void book_fill(EngineOrder& order, const Execution& execution) {
    order.filled = plus(order.filled, execution.quantity);
    if (const auto sum = add(order.traded, execution.price * execution.quantity)) order.traded = *sum;
}

void push_fill(const EngineOrder& order, const Execution& execution, Events& out) {
    out.push_back({EventKind::Filled, order, execution, Refusal::None});
}

}  // namespace

Quantity leaves(const EngineOrder& order) {
    if (order.phase != OrderPhase::Working) return {};
    return minus(order.terms.quantity, order.filled);
}

Status MatchingEngine::add_instrument(const Instrument& instrument) {
    const bool usable = !instrument.symbol.empty() && is_usable_step(instrument.tick.value) &&
                        is_usable_step(instrument.lot.value) && instrument.start_price.is_positive() &&
                        steps_in(instrument.start_price.value, instrument.tick.value);
    if (!usable || !markets_.try_emplace(instrument.symbol, Market{instrument, {}, {}}).second)
        return Fault::Malformed;
    return Fault::None;
}

const Instrument* MatchingEngine::instrument(const Symbol& symbol) const {
    const auto found = markets_.find(symbol);
    return found == markets_.end() ? nullptr : &found->second.instrument;
}

MatchingEngine::Market& MatchingEngine::market_of(const EngineOrder& order) {
    const auto found = markets_.find(order.terms.symbol);
    PENSTOCK_ASSERT(found != markets_.end(), "an accepted order's instrument is known");
    return found->second;
}

OrderNumber MatchingEngine::submit(const OrderRequest& request, Events& out) {
    const Instrument* traded = instrument(request.symbol);
    const Refusal refusal =
        traded == nullptr ? Refusal::UnknownSymbol
                          : terms_refusal(*traded, request.type, request.quantity, request.limit);
    EngineOrder made;
    made.terms = request;
    if (request.type == OrderType::Market) made.terms.limit.reset();
    if (refusal != Refusal::None) {
        out.push_back({EventKind::Rejected, made, {}, refusal});
        return {};
    }
    made.number = OrderNumber{++last_number_};
    EngineOrder& order = orders_.emplace(made.number, made).first->second;
    out.push_back({EventKind::Accepted, order, {}, Refusal::None});
    if (request.placement == Placement::OnBook) enter(order, out);
    const OrderNumber number = order.number;
    drop_if_done_and_house(number);
    return number;
}

void MatchingEngine::enter(EngineOrder& order, Events& out) {
    Market& market = market_of(order);
    const BookSide other = opposite(book_side(order.terms.side));
    const bool all_or_nothing = order.terms.time_in_force == TimeInForce::Fok;
    if (!all_or_nothing || market.book.holds(other, leaves(order), order.terms.limit))
        match(market, order, out);
    if (order.phase != OrderPhase::Working) return;
    if (is_immediate(order.terms)) {
        end(order, OrderPhase::Cancelled, out);
        return;
    }
    order.priority = ++last_priority_;
    market.book.add(place_of(order), order.number, leaves(order));
}

void MatchingEngine::match(Market& market, EngineOrder& taker, Events& out) {
    const BookSide other = opposite(book_side(taker.terms.side));
    while (taker.phase == OrderPhase::Working) {
        const auto front = market.book.front(other);
        if (!front || !reaches(other, front->price, taker.terms.limit)) return;
        EngineOrder& maker = orders_.at(front->number);
        const Execution execution{std::min(leaves(taker), leaves(maker)), front->price};
        const Place place = place_of(maker);
        for (EngineOrder* side : {&taker, &maker}) {
            book_fill(*side, execution);
            if (side->filled >= side->terms.quantity) side->phase = OrderPhase::Filled;
            push_fill(*side, execution, out);
        }
        market.last = execution;
        if (maker.phase == OrderPhase::Filled) {
            market.book.remove(place);
            drop_if_done_and_house(front->number);
        } else {
            market.book.resize(place, leaves(maker));
        }
    }
}

void MatchingEngine::take_off_book(EngineOrder& order) {
    if (waits(order)) market_of(order).book.remove(place_of(order));
}

void MatchingEngine::end(EngineOrder& order, OrderPhase phase, Events& out) {
    order.phase = phase;
    const EventKind kind = phase == OrderPhase::Expired ? EventKind::Expired : EventKind::Cancelled;
    out.push_back({kind, order, {}, Refusal::None});
}

void MatchingEngine::cancel(OrderNumber number, Events& out) {
    const auto found = orders_.find(number);
    if (found == orders_.end()) return;
    EngineOrder& order = found->second;
    if (order.phase != OrderPhase::Working) {
        out.push_back({EventKind::CancelRefused, order, {}, Refusal::TooLate});
        return;
    }
    take_off_book(order);
    end(order, OrderPhase::Cancelled, out);
    drop_if_done_and_house(number);
}

Refusal MatchingEngine::replace_refusal(const EngineOrder& order, const ReplaceTerms& terms) const {
    const bool ended = order.phase == OrderPhase::Cancelled || order.phase == OrderPhase::Expired;
    const bool adds_nothing = order.phase == OrderPhase::Filled && terms.quantity <= order.filled;
    if (ended || adds_nothing) return Refusal::TooLate;
    return terms_refusal(*instrument(order.terms.symbol), order.terms.type, terms.quantity, terms.limit);
}

void MatchingEngine::replace(OrderNumber number, const ReplaceTerms& terms, Events& out) {
    const auto found = orders_.find(number);
    if (found == orders_.end()) return;
    EngineOrder& order = found->second;
    const Refusal refusal = replace_refusal(order, terms);
    if (refusal != Refusal::None) {
        out.push_back({EventKind::ReplaceRefused, order, {}, refusal});
        return;
    }
    const bool complete = terms.quantity <= order.filled;
    const bool keeps_place = order.phase == OrderPhase::Working && !complete &&
                             terms.limit == order.terms.limit && terms.quantity <= order.terms.quantity;
    if (!keeps_place) take_off_book(order);
    order.terms.quantity = std::max(terms.quantity, order.filled);
    if (order.terms.type == OrderType::Limit) order.terms.limit = terms.limit;
    order.phase = complete ? OrderPhase::Filled : OrderPhase::Working;
    out.push_back({EventKind::Replaced, order, {}, Refusal::None});
    if (complete || order.terms.placement == Placement::OffBook) return;
    if (keeps_place) {
        market_of(order).book.resize(place_of(order), leaves(order));
        return;
    }
    enter(order, out);
}

void MatchingEngine::end_day(Events& out) {
    for (auto& [number, order] : orders_) {
        if (order.phase != OrderPhase::Working || order.terms.time_in_force != TimeInForce::Day) continue;
        take_off_book(order);
        end(order, OrderPhase::Expired, out);
    }
    std::erase_if(orders_, [](const auto& entry) {
        return entry.second.terms.owner == kHouse && entry.second.phase != OrderPhase::Working;
    });
}

void MatchingEngine::house_fill(OrderNumber number, const Execution& execution, Events& out) {
    const auto found = orders_.find(number);
    if (found == orders_.end()) return;
    EngineOrder& order = found->second;
    const Quantity unfilled = minus(order.terms.quantity, order.filled);
    const Execution made{std::min(execution.quantity, unfilled), execution.price};
    if (!made.quantity.is_positive()) return;
    const bool was_waiting = waits(order);
    const Place place = was_waiting ? place_of(order) : Place{};
    book_fill(order, made);
    if (order.phase == OrderPhase::Working && order.filled >= order.terms.quantity)
        order.phase = OrderPhase::Filled;
    Market& market = market_of(order);
    market.last = made;
    if (was_waiting && order.phase == OrderPhase::Filled) market.book.remove(place);
    if (was_waiting && order.phase == OrderPhase::Working) market.book.resize(place, leaves(order));
    push_fill(order, made, out);
}

void MatchingEngine::revise_fill(OrderNumber number, const Execution& before, const Execution& after) {
    const auto found = orders_.find(number);
    if (found == orders_.end()) return;
    EngineOrder& order = found->second;
    take_off_book(order);
    order.terms.placement = Placement::OffBook;
    order.filled = minus(order.filled, before.quantity);
    if (const auto rest = subtract(order.traded, before.price * before.quantity)) order.traded = *rest;
    book_fill(order, after);
    if (order.phase == OrderPhase::Filled && order.filled < order.terms.quantity)
        order.phase = OrderPhase::Working;
}

void MatchingEngine::forget(OrderNumber number) {
    const auto found = orders_.find(number);
    if (found == orders_.end() || found->second.phase == OrderPhase::Working) return;
    orders_.erase(found);
}

void MatchingEngine::drop_if_done_and_house(OrderNumber number) {
    const auto found = orders_.find(number);
    if (found != orders_.end() && found->second.terms.owner == kHouse) forget(number);
}

const EngineOrder* MatchingEngine::find(OrderNumber number) const {
    const auto found = orders_.find(number);
    return found == orders_.end() ? nullptr : &found->second;
}

TopOfBook MatchingEngine::top(const Symbol& symbol) const {
    const auto found = markets_.find(symbol);
    if (found == markets_.end()) return {};
    return {found->second.book.best(BookSide::Bid), found->second.book.best(BookSide::Ask)};
}

std::optional<Execution> MatchingEngine::last_trade(const Symbol& symbol) const {
    const auto found = markets_.find(symbol);
    return found == markets_.end() ? std::nullopt : found->second.last;
}

Price MatchingEngine::reference_price(const Symbol& symbol) const {
    if (const auto last = last_trade(symbol)) return last->price;
    const TopOfBook shown = top(symbol);
    if (shown.bid) return shown.bid->price;
    if (shown.ask) return shown.ask->price;
    const Instrument* known = instrument(symbol);
    return known == nullptr ? Price{} : known->start_price;
}

}  // namespace penstock::sim
