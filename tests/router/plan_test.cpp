#include "router/plan.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/oms/words.hpp"

namespace penstock::router {
namespace {

using oms::Denial;
using oms::Reason;
using tests::qty;

constexpr VenueId kNone{};
constexpr VenueId kUp{1};
constexpr VenueId kDown{2};
constexpr VenueId kUnknown{3};
constexpr std::array<VenueView, 2> kVenues{{{kUp, true}, {kDown, false}}};

std::variant<ChildPlan, Denial> planned(VenueId explicit_destination, VenueId default_venue) {
    return plan({explicit_destination, default_venue, qty("100")}, kVenues);
}

/// None when it was routed.
Reason refused(const std::variant<ChildPlan, Denial>& routed) {
    const auto* denial = std::get_if<Denial>(&routed);
    return denial == nullptr ? Reason::None : denial->reason;
}

TEST(Plan, GoesWholeToTheInstrumentsVenue) {
    EXPECT_EQ(std::get<ChildPlan>(planned(kNone, kUp)), (ChildPlan{kUp, qty("100")}));
}

TEST(Plan, AnExplicitDestinationWins) {
    EXPECT_EQ(std::get<ChildPlan>(planned(kUp, kDown)), (ChildPlan{kUp, qty("100")}));
}

TEST(Plan, NothingWaitsInASessionThatIsDown) {
    EXPECT_EQ(refused(planned(kNone, kDown)), Reason::VenueNotConnected);
    EXPECT_EQ(refused(planned(kDown, kUp)), Reason::VenueNotConnected);
}

TEST(Plan, WithoutAVenueThereIsNoRoute) {
    EXPECT_EQ(refused(planned(kNone, kNone)), Reason::NoRoute);
    EXPECT_EQ(refused(planned(kUnknown, kUp)), Reason::NoRoute);
    EXPECT_EQ(refused(plan({kNone, kUp, qty("100")}, {})), Reason::NoRoute);
}

}  // namespace
}  // namespace penstock::router
