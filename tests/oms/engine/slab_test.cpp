#include "oms/engine/slab.hpp"

#include <gtest/gtest.h>

namespace penstock::oms {
namespace {

struct Place {
    int value = 7;
};

TEST(Slab, GivesFreshPlacesUpToItsCapacity) {
    Slab<Place> places(2);
    const auto first = places.acquire();
    places[first].value = 1;
    const auto second = places.acquire();
    EXPECT_EQ(places[second].value, 7);
    EXPECT_TRUE(places.acquire().is_none());
    EXPECT_EQ(places.live(), 2U);
}

TEST(Slab, AReleasedPlaceIsUsedAgainAndIsFresh) {
    Slab<Place> places(1);
    const auto first = places.acquire();
    places[first].value = 1;
    places.release(first);
    const auto again = places.acquire();
    EXPECT_EQ(again, first);
    EXPECT_EQ(places[again].value, 7);
    EXPECT_EQ(places.high_water(), 1U);
}

TEST(SlabDeathTest, APlaceOutsideStopsTheProcess) {
    Slab<Place> places(1);
    EXPECT_DEATH(places[Slot<Place>{1}].value = 1, "a slot outside its slab was read");
    EXPECT_DEATH(places[Slot<Place>{}].value = 1, "a slot outside its slab was read");
}

}  // namespace
}  // namespace penstock::oms
