#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "oms/engine/replay.hpp"
#include "tests/oms/engine/snapshot_words.hpp"
#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::id;

constexpr Capacity kSmall{.orders = 6, .requests = 8, .fills = 10, .refusals = 12};

TEST(Core, TheSameInputsGiveTheSameOutputsAndTheSameHash) {
    Core first(kSmall);
    Core second(kSmall);
    const auto records = run(first, trading_day());
    const auto again = run(second, trading_day());
    for (std::size_t i = 0; i < records.size(); ++i) EXPECT_EQ(records[i].outputs, again[i].outputs) << i;
    EXPECT_EQ(first.state_hash(), second.state_hash());
}

TEST(Core, AnotherQuantityIsAnotherHash) {
    auto inputs = opening();
    inputs.emplace_back(order_named("a1", "100"));
    Core first(kSmall);
    run(first, inputs);
    std::get<NewOrder>(inputs.back()).quantity = tests::qty("101");
    Core second(kSmall);
    run(second, inputs);
    EXPECT_NE(first.state_hash(), second.state_hash());
}

// --- Any sequence of inputs at all: ids from a small range, so that they meet each other.

template <class Text>
Text any_name(char kind, int count) {
    return id<Text>(std::string(1, kind) + std::to_string(*rc::gen::inRange(0, count)));
}

Quantity any_quantity() { return Quantity::whole(*rc::gen::inRange<std::int64_t>(1, 150)); }

VenueReport any_report() {
    VenueReport report = report_on(*rc::gen::inRange<std::uint64_t>(0, 16), *rc::gen::inRange(0U, 4U));
    report.venue = {*rc::gen::inRange(1U, 3U)};
    report.exec_id = any_name<VenueExecId>('e', 30);
    return report;
}

OrdStatus any_status() {
    return *rc::gen::element(
        OrdStatus::New, OrdStatus::PartiallyFilled, OrdStatus::Filled, OrdStatus::DoneForDay,
        OrdStatus::Canceled, OrdStatus::PendingCancel, OrdStatus::Rejected, OrdStatus::PendingNew,
        OrdStatus::Expired, OrdStatus::PendingReplace);
}

VenueStatus any_status_answer(const VenueReport& report) {
    VenueStatus answer;
    answer.report = report;
    answer.known = *rc::gen::arbitrary<bool>();
    answer.status = any_status();
    answer.filled = any_quantity();
    return answer;
}

InputBody any_client_input() {
    const auto name = any_name<ClOrdId>('a', 16);
    const auto orig = any_name<ClOrdId>('a', 16);
    const auto symbol = *rc::gen::element(id<Symbol>("XYZ"), id<Symbol>("ABC"));
    switch (*rc::gen::inRange(0, 8)) {
        case 0: {
            CancelOrder cancel{{1}, name, orig, symbol, Side::Buy, {}};
            return cancel;
        }
        case 1:
        case 2: {
            AmendOrder amend;
            amend.session = {1};
            amend.cl_ord_id = name;
            amend.orig_cl_ord_id = orig;
            amend.symbol = symbol;
            amend.quantity = any_quantity();
            amend.limit = tests::px("10");
            return amend;
        }
        case 3: return MassCancel{{1}, name, MassScope::All, {}};
        case 4: return MassStatusQuery{{1}, {}};
        default: {
            NewOrder order = order_named(name.view(), "1");
            order.symbol = symbol;
            order.quantity = any_quantity();
            return order;
        }
    }
}

InputBody any_venue_input() {
    const VenueReport report = any_report();
    switch (*rc::gen::inRange(0, 17)) {
        case 0: return VenueRefused{report, 1, {}};
        case 1: return FillBusted{report, any_name<VenueExecId>('e', 30)};
        case 2: return FillCorrected{report, any_name<VenueExecId>('e', 30), any_quantity(), tests::px("9")};
        case 3: return VenueAmended{report, any_quantity(), tests::px("10.1")};
        case 4: return VenueCancelled{report, {}};
        case 5: return VenueRequestRefused{report, CancelRejectTo::CancelRequest, 0, {}};
        case 6: return VenueExpired{report};
        case 7: return VenueDoneForDay{report};
        case 8: return any_status_answer(report);
        case 9: return OutcomeUnknown{report.venue, report.child};
        case 10: return SessionChanged{{*rc::gen::inRange(1U, 4U)}, *rc::gen::arbitrary<bool>()};
        case 11: return TimePassed{};
        case 12: return VenueAccepted{report};
        case 13: return VenueSuspended{report};
        case 14: return VenueStopped{report, any_quantity(), tests::px("9")};
        case 15:
            return VenueAmended{
                report,        any_quantity(), tests::px("5"), true, RestatementReason::GtCorporateAction,
                any_quantity()};
        default: return VenueFilled{report, any_quantity(), tests::px("10")};
    }
}

/// An order and its only child move together.
void check_world(const World& world) {
    const OrderStore& orders = world.orders;
    orders.for_each_order([&](Slot<Order> slot) {
        const Order& order = orders[slot];
        const Child& child = orders[order.first_child];
        RC_ASSERT(order.state.filled == child.state.filled);
        RC_ASSERT(order.state.notional == child.state.notional);
        // A venue may have ended what has filled: the child knows, so that nothing works there again after a
        // bust, and the client's order counts as filled as long as it is.
        const bool has_ended_filled =
            order.state.phase == Phase::Filled && child.state.phase == Phase::Cancelled &&
            order.state.filled >= order.state.quantity;
        RC_ASSERT(order.state.phase == child.state.phase || has_ended_filled);
        RC_ASSERT(order.state.quantity == child.state.quantity);
        RC_ASSERT(order.state.outcome_unknown == child.state.outcome_unknown);
        RC_ASSERT(order.state.amends_in_flight >= child.state.amends_in_flight);
        RC_ASSERT(!leaves(order.state).is_negative());
    });
}

/// Requests are counted once they are sent, and one that waits unsent has something to wait for.
void check_requests(const World& world) {
    const OrderStore& orders = world.orders;
    orders.for_each_order([&](Slot<Order> slot) {
        const OrderState& state = orders[slot].state;
        const Child& child = orders[orders[slot].first_child];
        int amends = 0;
        int cancels = 0;
        for (auto at = orders[slot].first_request; !at.is_none(); at = orders[at].next) {
            if (orders[at].is_sent) {
                (orders[at].kind == Request::Kind::Amend ? amends : cancels) += 1;
                continue;
            }
            RC_ASSERT(child.state.cancels_in_flight > 0 || child.state.amends_in_flight > 0 ||
                      child.state.phase == Phase::PendingNew || child.state.phase == Phase::DoneForDay);
        }
        // Once ended, what is still in flight is answered but counts for nothing.
        if (is_done(state.phase) && state.phase != Phase::Filled) return;
        RC_ASSERT(state.amends_in_flight == amends);
        RC_ASSERT(state.cancels_in_flight == cancels);
    });
}

RC_GTEST_PROP(CoreProperty, AnyInputsKeepTheWorldWholeAndReplayTheSame, ()) {
    Core core(kSmall);
    std::vector<Record> records = run(core, opening());
    const int length = *rc::gen::inRange(1, 120);
    Outbox out;
    for (int i = 0; i < length; ++i) {
        Record& record = records.emplace_back();
        record.input.seq = {records.size()};
        record.input.time = {static_cast<std::int64_t>(records.size()) * 1'000'000'000};
        record.input.body = *rc::gen::arbitrary<bool>() ? any_client_input() : any_venue_input();
        out.clear();
        core.step(record.input, out);
        record.outputs.assign(out.view().begin(), out.view().end());
        check_world(core.world());
        check_requests(core.world());
    }
    Core again(kSmall);
    for (const Record& record : records) {
        const auto difference = replay(again, record, out);
        RC_ASSERT(!difference);
    }
    RC_ASSERT(again.state_hash() == core.state_hash());
}

// --- Lists of any shape, sound or not, among all of that.

Contingency any_contingency() {
    return *rc::gen::element(
        Contingency::None, Contingency::OneCancelsOther, Contingency::OneTriggersOther,
        Contingency::OneUpdatesOther, Contingency::OneUpdatesOtherProportional, Contingency::Unsupported);
}

std::vector<InputBody> any_list() {
    std::vector<InputBody> inputs;
    NewList list;
    list.session = {1};
    list.list_id = any_name<ClOrdId>('l', 6);
    list.legs = *rc::gen::inRange(1U, 4U);
    list.groups = *rc::gen::inRange(1U, 3U);
    list.waits_for_execute = *rc::gen::arbitrary<bool>();
    inputs.emplace_back(list);
    for (std::uint32_t i = 1; i <= list.groups; ++i) {
        ListGroup group;
        group.session = {1};
        group.group = i;
        group.parent = i - 1;
        group.contingency = any_contingency();
        group.release = *rc::gen::element(ReleaseOn::EachFill, ReleaseOn::FullFill);
        group.overfill =
            *rc::gen::element(OverfillPolicy::Reduce, OverfillPolicy::Block, OverfillPolicy::Accept);
        group.overfill_budget = any_quantity();
        inputs.emplace_back(group);
    }
    for (std::uint32_t i = 1; i <= list.legs; ++i) {
        ListLeg leg;
        leg.session = {1};
        leg.leg = i;
        leg.group = *rc::gen::inRange(1U, list.groups + 1);
        leg.order = order_named(any_name<ClOrdId>('a', 40).view(), "1");
        leg.order.quantity = any_quantity();
        inputs.emplace_back(leg);
    }
    inputs.emplace_back(EnterList{{1}, list.list_id});
    return inputs;
}

std::vector<InputBody> any_inputs() {
    switch (*rc::gen::inRange(0, 10)) {
        case 0:
        case 1: return any_list();
        case 2: return {ExecuteList{{1}, any_name<ClOrdId>('l', 6), {}}};
        case 3: return {CancelList{{1}, any_name<ClOrdId>('l', 6), {}}};
        case 4: return {ListStatusQuery{{1}, any_name<ClOrdId>('l', 6)}};
        case 5: {
            NewOrder order = order_named(any_name<ClOrdId>('a', 40).view(), "7");
            order.conditions.emplace().link_id = any_name<ClOrdId>('k', 2);
            return {order};
        }
        case 6: return {any_client_input()};
        default: return {any_venue_input()};
    }
}

/// What an order has filled is what its children have.
void check_fills(const World& world) {
    const OrderStore& orders = world.orders;
    orders.for_each_order([&](Slot<Order> slot) {
        RC_ASSERT(orders[slot].state.filled == orders[orders[slot].first_child].state.filled);
        RC_ASSERT(!leaves(orders[slot].state).is_negative());
    });
}

RC_GTEST_PROP(CoreProperty, AnyListsAmongAnyInputsReplayTheSame, ()) {
    Core core(kSmall);
    std::vector<Record> records = run(core, opening());
    const int length = *rc::gen::inRange(1, 60);
    Outbox out;
    for (int i = 0; i < length; ++i) {
        for (const InputBody& body : any_inputs()) {
            Record& record = records.emplace_back();
            record.input.seq = {records.size()};
            record.input.time = {static_cast<std::int64_t>(records.size()) * 1'000'000'000};
            record.input.body = body;
            out.clear();
            core.step(record.input, out);
            record.outputs.assign(out.view().begin(), out.view().end());
            check_fills(core.world());
        }
    }
    Core again(kSmall);
    for (const Record& record : records) RC_ASSERT(!replay(again, record, out));
    RC_ASSERT(again.state_hash() == core.state_hash());

    Core restored(kSmall);
    for (const Record& record : records) {
        RC_ASSERT(restart_from_snapshot(restored));
        RC_ASSERT(!replay(restored, record, out));
    }
    RC_ASSERT(restored.state_hash() == core.state_hash());
}

}  // namespace
}  // namespace penstock::oms
