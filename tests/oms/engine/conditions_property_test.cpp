#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "oms/engine/replay.hpp"
#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

// Any sequence of inputs about orders with conditions, at a venue that does nothing by itself: the world
// stays whole, and plays again the same.

namespace penstock::oms {
namespace {

using tests::id;

constexpr Capacity kSmall{.orders = 5, .requests = 8, .fills = 12};
constexpr SessionId kClient{1};

Price any_price() { return Price::whole(*rc::gen::inRange<std::int64_t>(7, 14)); }
Quantity any_quantity() { return Quantity::whole(*rc::gen::inRange<std::int64_t>(1, 60)); }
ClOrdId any_name() { return id<ClOrdId>("a" + std::to_string(*rc::gen::inRange(0, 12))); }

/// Terms of one kind, most of them sensible.
void set_kind(OrderType& type, TimeInForce& tif, OrderConditions& conditions, Timestamp now) {
    switch (*rc::gen::inRange(0, 7)) {
        case 0:
            type = OrderType::StopLimit;
            conditions.stop = any_price();
            break;
        case 1:
            type = OrderType::StopLimit;
            conditions.stop = any_price();
            conditions.trail = Decimal::whole(*rc::gen::inRange<std::int64_t>(1, 3));
            break;
        case 2:
            type = OrderType::Pegged;
            conditions.peg = *rc::gen::element(PegKind::Primary, PegKind::Midpoint, PegKind::Market);
            break;
        case 3:
        case 4: conditions.display = any_quantity(); break;
        case 5: conditions.held = true; break;
        default:
            tif = TimeInForce::Gtd;
            conditions.expire_time = now + Duration::seconds(*rc::gen::inRange(1, 30));
            break;
    }
    if (*rc::gen::inRange(0, 4) == 0)
        conditions.effective_time = now + Duration::seconds(*rc::gen::inRange(1, 10));
}

NewOrder any_order(Timestamp now) {
    NewOrder order = order_named(any_name().view(), "1");
    order.quantity = any_quantity();
    order.limit = any_price();
    order.conditions.emplace();
    set_kind(order.type, order.time_in_force, *order.conditions, now);
    return order;
}

/// Of the order that is there, so that more than its type is judged.
InputBody any_amend(const OrderStore& orders, Timestamp now) {
    AmendOrder amend;
    amend.session = kClient;
    amend.cl_ord_id = any_name();
    amend.orig_cl_ord_id = any_name();
    amend.symbol = id<Symbol>("XYZ");
    const Slot<Order> slot = orders.find_order(kClient, amend.orig_cl_ord_id);
    amend.quantity = any_quantity();
    amend.limit = any_price();
    if (!slot.is_none()) {
        amend.type = orders[slot].type;
        amend.orig_cl_ord_id = orders.text(orders[slot].cl_ord_id);
    }
    if (*rc::gen::arbitrary<bool>()) return amend;
    OrderType ignored = OrderType::Limit;
    TimeInForce also_ignored = TimeInForce::Day;
    amend.conditions.emplace();
    set_kind(ignored, also_ignored, *amend.conditions, now);
    amend.conditions->release = *rc::gen::arbitrary<bool>();
    return amend;
}

InputBody any_quote() {
    QuoteChanged quote;
    quote.venue = {1};
    quote.symbol = id<Symbol>("XYZ");
    const Price bid = any_price();
    if (*rc::gen::inRange(0, 8) != 0) quote.bid = bid;
    if (*rc::gen::inRange(0, 8) != 0)
        quote.ask = *rc::gen::inRange(0, 8) != 0 ? *add(bid, Price::whole(1)) : any_price();
    if (*rc::gen::arbitrary<bool>()) quote.last = any_price();
    return quote;
}

InputBody any_fact() {
    VenueReport report = report_on(*rc::gen::inRange<std::uint64_t>(1, 24), *rc::gen::inRange(0U, 5U));
    report.exec_id = id<VenueExecId>("e" + std::to_string(*rc::gen::inRange(0, 40)));
    switch (*rc::gen::inRange(0, 14)) {
        case 0: return VenueRefused{report, 1, {}};
        case 1: return FillBusted{report, id<VenueExecId>("e" + std::to_string(*rc::gen::inRange(0, 40)))};
        case 2:
        case 3: return VenueAmended{report, any_quantity(), any_price()};
        case 4:
        case 5: return VenueCancelled{report, {}};
        case 6:
        case 7: return VenueRequestRefused{report, CancelRejectTo::CancelRequest, 0, {}};
        case 8: return VenueExpired{report};
        case 9: return VenueDoneForDay{report};
        case 10:
        case 11: return VenueAccepted{report};
        default: return VenueFilled{report, any_quantity(), Price::whole(10)};
    }
}

InputBody any_input(const Core& core, Timestamp now) {
    switch (*rc::gen::inRange(0, 12)) {
        case 0:
        case 1: return any_order(now);
        case 2: return any_amend(core.world().orders, now);
        case 3: {
            CancelOrder cancel;
            cancel.session = kClient;
            cancel.cl_ord_id = any_name();
            cancel.orig_cl_ord_id = any_name();
            cancel.symbol = id<Symbol>("XYZ");
            return cancel;
        }
        case 4:
        case 5: return any_quote();
        case 6: return TimePassed{};
        case 7: return SessionChanged{{2}, *rc::gen::inRange(0, 3) != 0};
        default: return any_fact();
    }
}

/// What an order has traded is what its children have; what waits was never sent, what is finished waits for
/// nothing, and nothing sent waits for its price.
void check_order(const OrderStore& orders, Slot<Order> slot) {
    const Order& order = orders[slot];
    Quantity filled;
    for (Slot<Child> at = order.first_child; !at.is_none(); at = orders[at].next_of_order) {
        filled = *add(filled, orders[at].state.filled);
        RC_ASSERT(at == order.first_child || !orders[at].is_held);
    }
    RC_ASSERT(filled == order.state.filled);
    if (order.special.is_none()) return;
    const Special& special = orders[order.special];
    const Child& child = orders[order.first_child];
    const bool is_done_with = is_done(order.state.phase);
    RC_ASSERT(child.is_held == (special.holds != 0));
    RC_ASSERT(!child.is_held || child.state.filled.is_zero());
    RC_ASSERT(special.watch == Watch::None || special.holds == static_cast<std::uint8_t>(Hold::Trigger));
    if (is_done_with) RC_ASSERT(special.holds == 0 && special.watch == Watch::None);
    if (is_done_with) RC_ASSERT(!special.timer_links.is_linked && special.peg_place == 0);
    if (special.holds == static_cast<std::uint8_t>(Hold::Trigger)) RC_ASSERT(special.watch != Watch::None);
    if (!is_done_with && special.does(Emulation::Expiry)) RC_ASSERT(special.timer_links.is_linked);
}

RC_GTEST_PROP(ConditionsProperty, AnyInputsKeepTheWorldWholeAndReplayTheSame, ()) {
    Core core(kSmall);
    std::vector<Record> records = run(core, opening());
    const int length = *rc::gen::inRange(1, 200);
    Outbox out;
    const auto play = [&](const InputBody& body) {
        Record& record = records.emplace_back();
        record.input.seq = {records.size()};
        record.input.time = {static_cast<std::int64_t>(records.size()) * 1'000'000'000};
        record.input.body = body;
        out.clear();
        core.step(record.input, out);
        record.outputs.assign(out.view().begin(), out.view().end());
        const OrderStore& orders = core.world().orders;
        orders.for_each_order([&](Slot<Order> slot) { check_order(orders, slot); });
    };
    for (int i = 0; i < length; ++i) {
        const Timestamp now{static_cast<std::int64_t>(records.size() + 1) * 1'000'000'000};
        play(any_input(core, now));
        for (int slices = 0; core.has_work(); ++slices) {
            RC_ASSERT(slices < 10);
            play(ContinueWork{});
        }
    }
    Core again(kSmall);
    for (const Record& record : records) {
        const auto difference = replay(again, record, out);
        RC_ASSERT(!difference);
    }
    RC_ASSERT(again.state_hash() == core.state_hash());
}

}  // namespace
}  // namespace penstock::oms
