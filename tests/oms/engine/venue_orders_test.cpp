#include "oms/engine/venue_orders.hpp"

#include <gtest/gtest.h>

#include <string>

#include "oms/engine/settings.hpp"

namespace penstock::oms {
namespace {

constexpr VenueId kVenue{3};

VenueOrderId id_of(std::size_t number) { return *VenueOrderId::from("H" + std::to_string(number)); }

class FullOfOrphans : public testing::Test {
  protected:
    FullOfOrphans() {
        for (std::size_t at = 0; at < kMaxVenueOrders; ++at)
            EXPECT_NE(orders_.add(kVenue, id_of(at)), nullptr);
    }
    VenueOrders orders_;
};

TEST_F(FullOfOrphans, OneMoreIsNotKeptWhileAllAreOpen) {
    EXPECT_EQ(orders_.add(kVenue, id_of(kMaxVenueOrders)), nullptr);
    EXPECT_EQ(orders_.orphans_of(kVenue), kMaxVenueOrders);
    EXPECT_EQ(orders_.orphans_of(VenueId{4}), 0U);
}

TEST_F(FullOfOrphans, OneMoreTakesThePlaceOfTheOldestThatHasEnded) {
    orders_.find(kVenue, id_of(7))->has_ended = true;
    orders_.find(kVenue, id_of(5))->has_ended = true;
    const VenueOrder* const made = orders_.add(kVenue, id_of(kMaxVenueOrders));
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->number, kMaxVenueOrders + 1);
    EXPECT_FALSE(made->has_ended);
    EXPECT_EQ(orders_.find(kVenue, id_of(5)), nullptr);
    EXPECT_NE(orders_.find(kVenue, id_of(7)), nullptr);
    EXPECT_EQ(orders_.find(kVenue, id_of(kMaxVenueOrders)), made);
}

/// An adopted order's record, given again to another so that only its ClOrdID is kept.
void lose_record(VenueOrders& orders, std::uint64_t child) {
    VenueOrder* const order = orders.add(kVenue, id_of(0));
    order->child = ChildId{child};
    order->terms.cl_ord_id = *ClOrdId::from("web-" + std::to_string(child));
    orders.pass_on(*order, {}, {});
}

TEST(FormerIds, TheFirstIsForgottenForOneMoreThanAreKept) {
    VenueOrders orders;
    for (std::size_t child = 1; child <= kMaxVenueOrders; ++child) lose_record(orders, child);
    EXPECT_EQ(orders.cl_ord_id_of(ChildId{1}).view(), "web-1");
    lose_record(orders, kMaxVenueOrders + 1);
    EXPECT_TRUE(orders.cl_ord_id_of(ChildId{1}).empty());
    EXPECT_EQ(orders.cl_ord_id_of(ChildId{2}).view(), "web-2");
    EXPECT_EQ(orders.former().size(), kMaxVenueOrders);
}

TEST(Strangers, AreKnownUntilOneIsOursOrNewerOnesTakeTheirPlaces) {
    VenueOrders orders;
    orders.note_stranger(kVenue, id_of(0));
    orders.note_stranger(kVenue, id_of(0));
    orders.note_stranger(kVenue, id_of(1));
    EXPECT_TRUE(orders.is_stranger(kVenue, id_of(0)));
    EXPECT_FALSE(orders.is_stranger(VenueId{4}, id_of(0)));
    orders.is_ours(kVenue, id_of(1));
    EXPECT_FALSE(orders.is_stranger(kVenue, id_of(1)));
    for (std::size_t at = 2; at <= kMaxStrangers; ++at) orders.note_stranger(kVenue, id_of(at));
    EXPECT_FALSE(orders.is_stranger(kVenue, id_of(0)));
    EXPECT_TRUE(orders.is_stranger(kVenue, id_of(2)));
}

}  // namespace
}  // namespace penstock::oms
