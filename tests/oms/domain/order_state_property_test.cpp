#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "tests/oms/domain/order_events.hpp"

namespace penstock::oms {
namespace {

/// What an order's numbers must be, kept the plain way: the list of executions that still stand.
struct Ledger {
    std::vector<Fill> standing;

    Quantity filled() const {
        Quantity sum;
        for (const Fill& each : standing) sum = *add(sum, each.quantity);
        return sum;
    }
    Notional notional() const {
        Notional sum;
        for (const Fill& each : standing) sum = *add(sum, each.price * each.quantity);
        return sum;
    }
};

Fill any_fill() {
    return {Quantity::whole(*rc::gen::inRange<std::int64_t>(1, 60)),
            Price{*Decimal::from_parts(*rc::gen::inRange(1, 100'000), 2)}};
}

/// A random event; a bust or correction names an execution that stands.
OrderEvent any_event(const Ledger& ledger, std::size_t& revised) {
    OrderEvent event = kOneOfEach[*rc::gen::inRange<std::size_t>(0, kOneOfEach.size())];
    if (std::holds_alternative<Fill>(event)) return any_fill();
    if (std::holds_alternative<Amended>(event))
        return Amended{Quantity::whole(*rc::gen::inRange<std::int64_t>(1, 200))};
    if (std::holds_alternative<Restated>(event))
        return Restated{Quantity::whole(*rc::gen::inRange<std::int64_t>(1, 200))};
    if (std::holds_alternative<Resized>(event))
        return Resized{Quantity::whole(*rc::gen::inRange<std::int64_t>(1, 200))};
    if (!std::holds_alternative<FillRevised>(event)) return event;
    if (ledger.standing.empty()) return any_fill();
    revised = *rc::gen::inRange<std::size_t>(0, ledger.standing.size());
    const Fill& before = ledger.standing[revised];
    return *rc::gen::arbitrary<bool>() ? bust(before) : correct(before, any_fill());
}

void book(Ledger& ledger, const OrderEvent& event, std::size_t revised) {
    if (const auto* booked = std::get_if<Fill>(&event)) ledger.standing.push_back(*booked);
    if (const auto* revision = std::get_if<FillRevised>(&event))
        ledger.standing[revised] = {revision->after_quantity, revision->after_price};
}

void check_numbers(const OrderState& state, const Ledger& ledger) {
    RC_ASSERT(state.filled == ledger.filled());
    RC_ASSERT(state.notional == ledger.notional());
    RC_ASSERT(!leaves(state).is_negative());
    const bool nothing_left = is_done(state.phase) || state.filled >= state.quantity;
    RC_ASSERT(leaves(state).is_zero() == nothing_left);
    if (!nothing_left) RC_ASSERT(*add(leaves(state), state.filled) == state.quantity);
    if (state.phase == Phase::Filled) RC_ASSERT(state.filled >= state.quantity);
    if (state.phase == Phase::Working) RC_ASSERT(state.filled < state.quantity);
}

RC_GTEST_PROP(OrderStateProperty, NumbersAreTheSumOfTheFactsWhateverHappens, ()) {
    OrderState state = pending("100");
    Ledger ledger;
    const int length = *rc::gen::inRange(1, 60);
    for (int i = 0; i < length; ++i) {
        std::size_t revised = 0;
        const OrderEvent event = any_event(ledger, revised);
        const OrderState before = state;
        const auto folded = fold(state, event);
        RC_ASSERT(state == before);
        RC_ASSERT(static_cast<bool>(folded) == is_legal(before.phase, event));
        if (!folded) continue;
        state = *folded;
        book(ledger, event, revised);
        check_numbers(state, ledger);
    }
}

RC_GTEST_PROP(OrderStateProperty, EndedOrdersStayEnded, ()) {
    OrderState state = pending("100");
    Ledger ledger;
    bool has_ended = false;
    for (int i = 0; i < 60; ++i) {
        std::size_t revised = 0;
        const OrderEvent event = any_event(ledger, revised);
        const auto folded = fold(state, event);
        if (!folded) continue;
        // Only what people had ended can be found alive, and that counts as cancelled.
        const bool is_found_alive = std::holds_alternative<Revived>(event);
        if (is_found_alive) RC_ASSERT(state.phase == Phase::Cancelled);
        if (has_ended && !is_found_alive) RC_ASSERT(folded->phase == state.phase);
        state = *folded;
        book(ledger, event, revised);
        has_ended = is_done(state.phase) && state.phase != Phase::Filled;
    }
}

}  // namespace
}  // namespace penstock::oms
