#pragma once

#include <array>
#include <initializer_list>
#include <string_view>

#include "oms/domain/order_state.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {

// An order's states and events by short words, for tests of the state machine.

inline constexpr std::array<Phase, kPhases> kAllPhases{
    Phase::PendingNew, Phase::Working, Phase::DoneForDay, Phase::Filled,
    Phase::Cancelled,  Phase::Expired, Phase::Rejected};
inline constexpr std::array<std::string_view, kPhases> kPhaseNames{
    "PendingNew", "Working", "DoneForDay", "Filled", "Cancelled", "Expired", "Rejected"};

/// One of each kind, in the order of the variant.
inline const std::array<OrderEvent, std::variant_size_v<OrderEvent>> kOneOfEach{
    Accepted{},      Refused{},     Fill{},       FillRevised{}, AmendSent{},     Amended{}, AmendRefused{},
    Restated{},      Resized{},     CancelSent{}, Cancelled{},   CancelRefused{}, Expired{}, DayEnded{},
    BecameUnknown{}, BecameKnown{}, Suspended{},  Stopped{},     Revived{}};
inline constexpr std::array<std::string_view, std::variant_size_v<OrderEvent>> kEventNames{
    "Accepted",      "Refused",     "Fill",       "FillRevised", "AmendSent",     "Amended", "AmendRefused",
    "Restated",      "Resized",     "CancelSent", "Cancelled",   "CancelRefused", "Expired", "DayEnded",
    "BecameUnknown", "BecameKnown", "Suspended",  "Stopped",     "Revived"};

inline OrderState pending(std::string_view quantity) {
    OrderState state;
    state.quantity = tests::qty(quantity);
    return state;
}

/// The state after these events, each of which must be legal.
inline OrderState after(OrderState state, std::initializer_list<OrderEvent> events) {
    for (const OrderEvent& event : events) state = *fold(state, event);
    return state;
}

inline OrderState working(std::string_view quantity) { return after(pending(quantity), {Accepted{}}); }

inline Fill fill(std::string_view quantity, std::string_view price) {
    return {tests::qty(quantity), tests::px(price)};
}
inline FillRevised bust(const Fill& gone) { return {gone.quantity, gone.price, {}, {}}; }
inline FillRevised correct(const Fill& before, const Fill& now) {
    return {before.quantity, before.price, now.quantity, now.price};
}

}  // namespace penstock::oms
