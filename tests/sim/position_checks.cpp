#include <algorithm>

#include "tests/sim/order_checks.hpp"

// What is executed here against what venues count: of each order, and of each position.

namespace penstock::sim {
namespace {

int symbol_of(const oms::World& world, const oms::Position& position) {
    const Symbol& name = world.directory[position.key.instrument].symbol;
    int symbol = 0;
    while (symbol_name(symbol) != name.view()) ++symbol;
    return symbol;
}

bool is_one_of(const std::vector<std::int64_t>& all, const Result<Quantity>& number) {
    return number && std::any_of(all.begin(), all.end(), [&](std::int64_t one) {
               return *number == Quantity::whole(one);
           });
}

}  // namespace

/// Reports and positions come by one session, in turn: where no report is lost a venue tells of what has been
/// reported, and of what the account held beside that at some time. No other difference is one.
void OrderChecks::check_no_position_differs() const {
    const oms::World& world = process_->core().world();
    for (const oms::Position& position : world.positions.all()) {
        const Venue& venue = *venues_[position.key.venue.value - 1];
        if (venue.plan().losses != 0 || !position.has_opening) continue;
        const std::vector<std::int64_t>& held = venue.held(symbol_of(world, position));
        require(is_one_of(held, position.opening), Invariant::QuantitiesAdd,
                "what a position was before is no number its venue ever had");
        const bool is_apart = position.is_doubted && position.apart != Quantity{};
        if (is_apart)
            require(is_one_of(held, add(position.opening, position.apart)), Invariant::QuantitiesAdd,
                    "a position differs from what the venue tells");
        if (position.differs)
            require(is_one_of(held, add(position.opening, position.difference)), Invariant::QuantitiesAdd,
                    "the desk was told of a difference that a position never had");
    }
}

std::string OrderChecks::position_in_doubt() const {
    const oms::World& world = process_->core().world();
    for (const oms::Position& position : world.positions.all()) {
        const Venue& venue = *venues_[position.key.venue.value - 1];
        if (venue.plan().positions_every_s == 0) continue;
        const int symbol = symbol_of(world, position);
        const auto expected = add(position.opening, position.ours);
        const std::int64_t has = venue.held(symbol).back() + venue.traded(symbol_name(symbol));
        // Its venue is asked when its orders are confirmed, which may take a while.
        const bool is_known = position.has_opening && expected && *expected == Quantity::whole(has);
        if (position.differs || position.is_doubted || !is_known)
            return "the position in " + symbol_name(symbol) + " is in doubt";
    }
    return {};
}

/// What of it counts as filled here. At rest that is what the venue counts, or the desk knows; and never more
/// or less than what was reported or may have been inferred. Only what was taken back or changed leaves
/// anything to people: of what works what it was is not known, of what has ended any of it.
std::int64_t OrderChecks::booked(const Venue& venue, const VenueOrder& truth) const {
    const oms::Child* const child = child_of(truth.child);
    const std::int64_t booked = child == nullptr ? 0 : child->state.filled.value.mantissa();
    if (booked == truth.filled) return booked;
    const std::string numbers =
        truth.id + ": " + std::to_string(booked) + " here, " + std::to_string(truth.filled) + " at the venue";
    if (venue.plan().losses == 0) violated(Invariant::QuantitiesAdd, "filled of " + numbers);
    if (!alarms_.excuse(truth.child))
        violated(Invariant::QuantitiesAdd, "nobody was told: filled of " + numbers);
    std::int64_t reported = 0;
    std::int64_t lost = 0;
    bool is_revised = false;
    for (const Execution& execution : truth.executions) {
        is_revised = is_revised || execution.is_void;
        if (execution.is_lost) lost += execution.quantity;
        if (!execution.is_lost && !execution.is_void) reported += execution.quantity;
    }
    if (booked < reported || booked > reported + lost)
        violated(Invariant::QuantitiesAdd, "more or less than was executed, filled of " + numbers);
    if (!is_revised || !(truth.is_closed() || alarms_.has_unknown(truth.child)))
        violated(Invariant::QuantitiesAdd, "it could be known: filled of " + numbers);
    return booked;
}

bool OrderChecks::is_left_to_people(const oms::Order& order) const {
    const oms::OrderStore& orders = process_->core().world().orders;
    for (oms::Slot<oms::Child> at = order.first_child; !at.is_none(); at = orders[at].next_of_order)
        if (alarms_.excuse(orders[at].id)) return true;
    return false;
}

/// At rest ours are the executions that stand and are known, and with what was there before they make what
/// the venue has: people have accepted what does not.
void OrderChecks::check_positions() const {
    const oms::World& world = process_->core().world();
    for (std::size_t at = 0; at < venues_.size(); ++at)
        for (int symbol = 0; symbol < kSymbols; ++symbol) {
            const Venue& venue = *venues_[at];
            const std::string name = symbol_name(symbol);
            const oms::PositionKey key{VenueId{static_cast<std::uint32_t>(at + 1)},
                                       world.directory.account_id(*AccountName::from("ACC")),
                                       world.directory.instrument_id(*Symbol::from(name))};
            const auto& all = world.positions.all();
            const auto found = std::find_if(
                all.begin(), all.end(), [&](const oms::Position& one) { return one.key == key; });
            std::int64_t known = 0;
            for (const auto& [child, order] : venue.orders())
                if (order.symbol == name)
                    known += order.side == '1' ? booked(venue, order) : -booked(venue, order);
            const std::int64_t ours = found == all.end() ? 0 : found->ours.value.mantissa();
            if (ours != known)
                violated(Invariant::QuantitiesAdd, "a position is " + std::to_string(ours) +
                                                       ", its orders make " + std::to_string(known));
            if (found == all.end() || venue.plan().positions_every_s == 0) continue;
            const std::int64_t expected = found->opening.value.mantissa() + ours;
            const std::int64_t has = venue.held(symbol).back() + venue.traded(name);
            if (!found->has_opening || expected != has)
                violated(Invariant::QuantitiesAdd,
                         "a position is to be " + std::to_string(expected) + " here and is " +
                             std::to_string(has) + " at the venue");
        }
}

}  // namespace penstock::sim
