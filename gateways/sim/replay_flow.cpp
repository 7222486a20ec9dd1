#include "gateways/sim/replay_flow.hpp"

#include <algorithm>
#include <utility>

#include "gateways/sim/grid.hpp"

namespace penstock::sim {

ReplayFlow::ReplayFlow(const Instrument& instrument, ReplayReader reader, std::int64_t speed)
    : instrument_(instrument), reader_(std::move(reader)), speed_(std::max<std::int64_t>(speed, 1)) {
    advance();
    if (pending_) first_ns_ = pending_->time_ns;
}

void ReplayFlow::advance() {
    ReplayTick tick;
    const bool more = reader_.next(tick) == ReplayReader::Outcome::Tick;
    pending_ = more ? std::optional(tick) : std::nullopt;
}

std::optional<Timestamp> ReplayFlow::next_step() const {
    if (!pending_) return std::nullopt;
    if (!began_) return Timestamp{};
    // A file whose clock steps back is played without waiting.
    return *began_ + Duration{std::max<std::int64_t>(pending_->time_ns - first_ns_, 0) / speed_};
}

void ReplayFlow::step(Timestamp now, FlowCommands& out) {
    if (!began_) began_ = now;
    for (int ticks = 0; ticks < kMaxTicksAStep && pending_ && *next_step() <= now; ++ticks) {
        apply(*pending_, out);
        advance();
    }
}

void ReplayFlow::apply(const ReplayTick& tick, FlowCommands& out) {
    if (tick.trade) {
        print(*tick.trade, tick.aggressor, out);
        return;
    }
    has_quotes_ = true;
    quote(fitted(tick.bid), fitted(tick.ask), out);
}

/// Cancels come before orders, or the new bid would trade with the old ask.
void ReplayFlow::quote(std::optional<Level> bid, std::optional<Level> ask, FlowCommands& out) {
    if (bid && ask && bid->price >= ask->price) {
        ++passed_over_;
        return;
    }
    if (bid != bid_.shown) withdraw(bid_, out);
    if (ask != ask_.shown) withdraw(ask_, out);
    show(bid_, Side::Buy, bid, out);
    show(ask_, Side::Sell, ask, out);
}

void ReplayFlow::withdraw(Quote& quote, FlowCommands& out) {
    if (quote.tag != 0) out.emplace_back(FlowCancel{quote.tag});
    quote = {};
}

void ReplayFlow::show(Quote& quote, Side side, std::optional<Level> level, FlowCommands& out) {
    if (quote.tag != 0 || !level) return;
    quote = {++last_tag_, level};
    out.emplace_back(FlowOrder{quote.tag, side, TimeInForce::Day, level->size, level->price});
}

void ReplayFlow::print(const Execution& trade, std::optional<Side> aggressor, FlowCommands& out) {
    const auto level = fitted(Level{trade.price, trade.quantity});
    if (!level) return;
    if (aggressor) {
        out.emplace_back(FlowOrder{++last_tag_, *aggressor, TimeInForce::Ioc, level->size, level->price});
        return;
    }
    withdraw(bid_, out);
    withdraw(ask_, out);
    const std::uint64_t maker = ++last_tag_;
    out.emplace_back(FlowOrder{maker, Side::Sell, TimeInForce::Day, level->size, level->price});
    out.emplace_back(FlowOrder{++last_tag_, Side::Buy, TimeInForce::Ioc, level->size, level->price});
    out.emplace_back(FlowCancel{maker});
    if (has_quotes_) return;
    const std::int64_t ticks = whole_steps_in(level->price.value, instrument_.tick.value);
    const auto beside = [&](std::int64_t at) -> std::optional<Level> {
        if (at <= 0 || at > kMaxSteps) return std::nullopt;
        return Level{Price{on_grid(at, instrument_.tick.value)}, level->size};
    };
    quote(beside(ticks - 1), beside(ticks + 1), out);
}

std::optional<Level> ReplayFlow::fitted(std::optional<Level> level) {
    if (!level) return std::nullopt;
    const std::int64_t lots = whole_steps_in(level->size.value, instrument_.lot.value);
    if (lots == 0 || !steps_in(level->price.value, instrument_.tick.value)) {
        ++passed_over_;
        return std::nullopt;
    }
    return Level{level->price, Quantity{on_grid(lots, instrument_.lot.value)}};
}

}  // namespace penstock::sim
