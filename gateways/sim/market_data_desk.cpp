#include "gateways/sim/market_data_desk.hpp"

#include <algorithm>

namespace penstock::sim {

MarketDataDesk::View MarketDataDesk::view_of(const MatchingEngine& engine, const Symbol& symbol) {
    return {engine.top(symbol), engine.last_trade(symbol)};
}

/// A full refresh says what there is; what it leaves out is gone. An empty market has no entries.
Action MarketDataDesk::snapshot(const Subscription& subscription, const Symbol& symbol, const View& view) {
    std::vector<MarketDataEntry> entries;
    if (subscription.bid && view.top.bid) entries.push_back({'0', view.top.bid->price, view.top.bid->size});
    if (subscription.offer && view.top.ask) entries.push_back({'1', view.top.ask->price, view.top.ask->size});
    if (subscription.trade && view.last) entries.push_back({'2', view.last->price, view.last->quantity});
    return {subscription.session, write_snapshot(subscription.request_id, symbol, entries)};
}

std::optional<MarketDataDesk::Objection> MarketDataDesk::objection(
    SessionKey session, const MarketDataMessage& message, const MatchingEngine& engine) const {
    if (message.subscription < '0' || message.subscription > '2')
        return Objection{'4', "SubscriptionRequestType(263) must be 0, 1 or 2"};
    if (message.depth != "1") return Objection{'5', "MarketDepth(264) must be 1, top of book"};
    if (message.other_types) return Objection{'8', "MDEntryType(269) must be 0, 1 or 2"};
    const bool all_known =
        std::all_of(message.symbols.begin(), message.symbols.end(),
                    [&](const Symbol& symbol) { return engine.instrument(symbol) != nullptr; });
    if (message.symbols.empty() || message.unreadable_symbol || !all_known)
        return Objection{'0', "unknown symbol"};
    if (is_subscribed(session, message.request_id)) return Objection{'1', "MDReqID(262) is in use"};
    if (message.subscription == '1' && count_of(session) + message.symbols.size() > kMaxSubscriptions)
        return Objection{'2', "too many subscriptions"};
    return std::nullopt;
}

void MarketDataDesk::request(SessionKey session, const MarketDataMessage& message,
                             const MatchingEngine& engine, Actions& out) {
    if (message.subscription == '2') {
        unsubscribe(session, message.request_id);
        return;
    }
    if (const auto objected = objection(session, message, engine)) {
        out.push_back(
            {session, write_market_data_reject(message.request_id, objected->reason, objected->text)});
        return;
    }
    const Subscription asked{session, message.request_id, message.bid, message.offer, message.trade};
    for (const Symbol& symbol : message.symbols) {
        const View view = view_of(engine, symbol);
        out.push_back(snapshot(asked, symbol, view));
        if (message.subscription != '1') continue;
        Channel& channel = channels_[symbol];
        // The first subscriber starts the channel from what it was just shown.
        if (channel.subscriptions.empty()) channel.shown = view;
        channel.subscriptions.push_back(asked);
    }
}

void MarketDataDesk::publish(const MatchingEngine& engine, Timestamp now, Actions& out) {
    for (auto& [symbol, channel] : channels_) {
        channel.held_back = false;
        if (channel.subscriptions.empty()) continue;
        const View view = view_of(engine, symbol);
        if (view == channel.shown) continue;
        if (channel.sent && now < *channel.sent + kThrottle) {
            channel.held_back = true;
            continue;
        }
        channel.shown = view;
        channel.sent = now;
        for (const Subscription& each : channel.subscriptions) out.push_back(snapshot(each, symbol, view));
    }
}

void MarketDataDesk::drop(SessionKey session) {
    for (auto& [symbol, channel] : channels_)
        std::erase_if(
            channel.subscriptions, [&](const Subscription& each) { return each.session == session; });
}

std::optional<Timestamp> MarketDataDesk::next_due() const {
    std::optional<Timestamp> first;
    for (const auto& [symbol, channel] : channels_) {
        if (!channel.held_back) continue;
        const Timestamp due = *channel.sent + kThrottle;
        if (!first || due < *first) first = due;
    }
    return first;
}

bool MarketDataDesk::is_subscribed(SessionKey session, const RequestId& request_id) const {
    return std::any_of(channels_.begin(), channels_.end(), [&](const auto& entry) {
        const auto& all = entry.second.subscriptions;
        return std::any_of(all.begin(), all.end(), [&](const Subscription& each) {
            return each.session == session && each.request_id == request_id;
        });
    });
}

std::size_t MarketDataDesk::count_of(SessionKey session) const {
    std::size_t count = 0;
    for (const auto& [symbol, channel] : channels_)
        for (const Subscription& each : channel.subscriptions) count += each.session == session ? 1 : 0;
    return count;
}

void MarketDataDesk::unsubscribe(SessionKey session, const RequestId& request_id) {
    for (auto& [symbol, channel] : channels_)
        std::erase_if(channel.subscriptions, [&](const Subscription& each) {
            return each.session == session && each.request_id == request_id;
        });
}

}  // namespace penstock::sim
