#include "gateways/sim/house.hpp"

#include <algorithm>
#include <utility>

#include "oms/domain/result.hpp"

namespace penstock::sim {

void House::play(const Instrument& instrument, const BackgroundSettings& settings, std::uint64_t seed) {
    add({instrument.symbol, BackgroundFlow(instrument, settings, seed), {}});
}

void House::play(ReplayFlow replay) {
    const Symbol symbol = replay.symbol();
    add({symbol, std::move(replay), {}});
}

void House::add(Show show) {
    for (Show& each : shows_) {
        if (each.symbol != show.symbol) continue;
        each = std::move(show);
        return;
    }
    shows_.push_back(std::move(show));
}

std::optional<Timestamp> House::due(const Show& show) {
    return std::visit(Overloaded{
                          [](const BackgroundFlow& flow) { return std::optional(flow.next_step()); },
                          [](const ReplayFlow& flow) { return flow.next_step(); },
                      },
                      show.flow);
}

void House::apply(Show& show, const FlowCommand& command, MatchingEngine& engine, Events& out) {
    if (const auto* cancel = std::get_if<FlowCancel>(&command)) {
        const auto named = show.by_tag.find(cancel->tag);
        if (named == show.by_tag.end()) return;
        engine.cancel(named->second, out);
        show.by_tag.erase(named);
        return;
    }
    const auto& order = std::get<FlowOrder>(command);
    const OrderNumber number = engine.submit(
        {kHouse, show.symbol, order.side, OrderType::Limit, order.time_in_force, order.quantity, order.limit,
         Placement::OnBook},
        out);
    if (order.time_in_force == TimeInForce::Day && !number.is_none()) show.by_tag[order.tag] = number;
}

void House::step(Timestamp now, MatchingEngine& engine, Events& out) {
    for (Show& show : shows_) {
        const auto when = due(show);
        if (!when || *when > now) continue;
        commands_.clear();
        std::visit([&](auto& flow) { flow.step(now, commands_); }, show.flow);
        for (const FlowCommand& command : commands_) apply(show, command, engine, out);
    }
}

std::optional<Timestamp> House::next_due() const {
    std::optional<Timestamp> first;
    for (const Show& show : shows_) {
        const auto when = due(show);
        if (when && (!first || *when < *first)) first = when;
    }
    return first;
}

std::vector<std::string> House::problems() const {
    std::vector<std::string> found;
    for (const Show& show : shows_) {
        const auto* replay = std::get_if<ReplayFlow>(&show.flow);
        if (replay != nullptr && !replay->problem().empty()) found.push_back(replay->problem());
    }
    return found;
}

}  // namespace penstock::sim
