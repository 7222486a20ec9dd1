#include "oms/engine/watches.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;

constexpr InstrumentId kInstrument{1};
constexpr VenueId kOwn{1};
constexpr VenueId kOther{2};

/// One stop, as plainly as it can be written.
struct PlainStop {
    OrderId order;
    VenueId watched;
    TriggerOn on = TriggerOn::Last;
    bool waits_for_rise = false;
    std::optional<std::int64_t> stop;
    std::optional<std::int64_t> trail;
};

std::optional<std::int64_t> seen(const marketdata::Quote& quote, TriggerOn on) {
    const auto price = Watches::price_of(quote, on);
    return price ? std::optional{price->value.mantissa()} : std::nullopt;
}

/// The watches beside a list of all stops that is walked for each quote.
class Compared {
  public:
    void add();
    void drop();
    void quote();
    void check() const;

  private:
    void follow(PlainStop& stop, const marketdata::Quote& quote);
    void take_met();

    OrderStore orders_{Capacity{.orders = 256, .requests = 1, .fills = 1}};
    Watches watches_;
    std::map<std::uint32_t, PlainStop> model_;  // by slot of its special
    int names_ = 0;
};

void Compared::add() {
    if (model_.size() >= 60) return;
    const Slot<Order> slot = orders_.create_order({1}, id<ClOrdId>("a" + std::to_string(++names_)));
    Order& order = orders_[slot];
    order.instrument = kInstrument;
    order.side = *rc::gen::element(Side::Buy, Side::Sell);
    order.type = *rc::gen::element(OrderType::Stop, OrderType::MarketIfTouched);
    const Slot<Special> special_slot = orders_.create_special(slot);
    Special& special = orders_[special_slot];
    PlainStop plain;
    plain.order = order.id;
    plain.watched = special.watched = *rc::gen::element(VenueId{}, kOwn);
    plain.on = special.conditions.trigger_on =
        *rc::gen::element(TriggerOn::Last, TriggerOn::BestBid, TriggerOn::BestOffer);
    plain.waits_for_rise = (order.side == Side::Buy) != (order.type == OrderType::MarketIfTouched);
    const bool trails = order.type == OrderType::Stop && *rc::gen::arbitrary<bool>();
    if (trails) {
        plain.trail = *rc::gen::inRange<std::int64_t>(1, 6);
        special.conditions.trail = Decimal::whole(*plain.trail);
    }
    if (!trails || *rc::gen::arbitrary<bool>()) {
        plain.stop = *rc::gen::inRange<std::int64_t>(10, 30);
        special.has_stop = true;
        special.stop = Price::whole(*plain.stop);
    }
    watches_.arm(orders_, special_slot);
    model_[special_slot.value] = plain;
}

void Compared::drop() {
    if (model_.empty()) return;
    auto at = model_.begin();
    std::advance(at, *rc::gen::inRange<std::size_t>(0, model_.size()));
    watches_.disarm(orders_, {at->first});
    watches_.disarm(orders_, {at->first});  // twice is fine
    model_.erase(at);
}

void Compared::follow(PlainStop& stop, const marketdata::Quote& quote) {
    const auto price = seen(quote, stop.on);
    if (!price || !stop.trail) return;
    const std::int64_t candidate = stop.waits_for_rise ? *price + *stop.trail : *price - *stop.trail;
    if (candidate <= 0) return;
    if (!stop.stop || (stop.waits_for_rise ? candidate < *stop.stop : candidate > *stop.stop))
        stop.stop = candidate;
}

/// What was met is gone from the list, nearest first, then oldest, of each watched price and direction.
void Compared::take_met() {
    std::map<std::tuple<std::uint32_t, int, bool>, std::pair<std::int64_t, std::uint64_t>> last;
    while (watches_.has_met()) {
        const Slot<Special> slot = watches_.first_met();
        RC_ASSERT(orders_[slot].watch == Watch::Met);
        const PlainStop& plain = model_.at(slot.value);
        const std::int64_t nearness = plain.waits_for_rise ? *plain.stop : -*plain.stop;
        const std::pair now{nearness, plain.order.value};
        auto& before = last[{plain.watched.value, static_cast<int>(plain.on), plain.waits_for_rise}];
        if (before.second != 0) RC_ASSERT(before < now);
        before = now;
        watches_.disarm(orders_, slot);
        model_.erase(slot.value);
    }
}

void Compared::quote() {
    const VenueId venue = *rc::gen::element(kOwn, kOther);
    marketdata::Quote quote;
    const auto any = [] { return Price::whole(*rc::gen::inRange<std::int64_t>(8, 33)); };
    if (*rc::gen::arbitrary<bool>()) quote.last = any();
    if (*rc::gen::arbitrary<bool>()) quote.bid = any();
    if (*rc::gen::arbitrary<bool>()) quote.ask = any();
    watches_.see(orders_, kInstrument, venue, quote, std::nullopt);
    for (auto& [slot, stop] : model_) {
        const bool is_its = stop.watched.is_none() || stop.watched == venue;
        const auto price = seen(quote, stop.on);
        if (is_its) follow(stop, quote);
        const bool is_met = is_its && price && stop.stop &&
                            (stop.waits_for_rise ? *price >= *stop.stop : *price <= *stop.stop);
        RC_ASSERT((orders_[Slot<Special>{slot}].watch == Watch::Met) == is_met);
    }
    check();
    take_met();
}

void Compared::check() const {
    std::uint32_t armed = 0;
    for (const auto& [slot, stop] : model_) {
        const Special& special = orders_[Slot<Special>{slot}];
        armed += special.watch == Watch::Armed ? 1U : 0U;
        RC_ASSERT(special.has_stop == stop.stop.has_value());
        if (stop.stop) RC_ASSERT(special.stop == Price::whole(*stop.stop));
    }
    RC_ASSERT(watches_.armed() == armed);
}

RC_GTEST_PROP(WatchesProperty, MeetWhatAWalkOverAllStopsMeets, ()) {
    Compared both;
    const int steps = *rc::gen::inRange(1, 200);
    for (int i = 0; i < steps; ++i) {
        switch (*rc::gen::inRange(0, 5)) {
            case 0:
            case 1: both.add(); break;
            case 2: both.drop(); break;
            default: both.quote(); break;
        }
        both.check();
    }
}

TEST(Watches, APriceOfAnInstrumentNobodyWatchesIsNothing) {
    OrderStore orders(Capacity{.orders = 2, .requests = 1, .fills = 1});
    Watches watches;
    marketdata::Quote quote;
    quote.last = tests::px("10");
    watches.see(orders, {7}, kOwn, quote, std::nullopt);
    EXPECT_FALSE(watches.has_met());
}

TEST(Watches, APriceThatIsNotServedIsNone) {
    marketdata::Quote quote;
    quote.last = tests::px("10");
    EXPECT_FALSE(Watches::price_of(quote, TriggerOn::Unsupported));
}

TEST(Watches, AnOffsetTheNumbersCannotHoldIsNone) {
    const Price huge{tests::dec("9223372036854775807")};
    EXPECT_FALSE(offset_at(huge, tests::dec("1000"), OffsetUnit::Percent, std::nullopt));
    EXPECT_FALSE(offset_at(huge, tests::dec("100000"), OffsetUnit::BasisPoints, std::nullopt));
    EXPECT_FALSE(offset_at(huge, tests::dec("9223372036854775807"), OffsetUnit::Ticks, tests::px("10")));
    EXPECT_FALSE(offset_at(huge, tests::dec("1"), OffsetUnit::Unsupported, tests::px("10")));
    OrderConditions conditions;
    conditions.trail = tests::dec("1");
    EXPECT_FALSE(trailing_stop(conditions, huge, true, std::nullopt));
    conditions.trail = tests::dec("0.5");
    EXPECT_FALSE(trailing_stop(conditions, tests::px("0.6"), false, tests::px("1")));
    conditions.trail = tests::dec("1");
    EXPECT_FALSE(trailing_stop(conditions, Price{tests::dec("9223372036854775800")}, true, tests::px("10")));
}

TEST(Watches, ALimitThatWouldFollowItsStopOutOfTheNumbersIsNone) {
    const Decimal huge = tests::dec("9223372036854775807");
    Order order;
    order.type = OrderType::StopLimit;
    order.limit = Price{huge};
    Special special;
    special.conditions.trail = tests::dec("1");
    special.conditions.stop = tests::px("1");
    special.stop = tests::px("2");
    EXPECT_FALSE(trailed_limit(order, special));
    special.conditions.stop = Price{tests::dec("0.000000000001")};
    special.stop = Price{huge};
    EXPECT_FALSE(trailed_limit(order, special));
}

}  // namespace
}  // namespace penstock::oms
