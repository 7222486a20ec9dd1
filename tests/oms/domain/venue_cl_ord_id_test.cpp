#include "oms/domain/venue_cl_ord_id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

constexpr std::uint64_t kChildren = 2'176'782'336;  // 36^6
constexpr std::uint32_t kRevisions = 46'656;        // 36^3
constexpr std::uint64_t kEpochs = 78'364'164'096;   // 36^7

IdSpace space(std::string_view instance, std::uint64_t epoch) {
    return {*FixedText<2>::from(instance), epoch};
}

TEST(VenueClOrdId, NamesInstanceEpochChildAndRevision) {
    EXPECT_EQ(venue_cl_ord_id(space("P1", 1), {{83}, 3}).view(), "P10000001-2B-3");
    EXPECT_EQ(venue_cl_ord_id(space("A", 35), {{1}, 0}).view(), "A0000000Z-1-0");
}

TEST(VenueClOrdId, TakesTwentyCharactersAtMost) {
    const ClOrdId longest = venue_cl_ord_id(space("ZZ", kEpochs - 1), {{kChildren - 1}, kRevisions - 1});
    EXPECT_EQ(longest.view(), "ZZZZZZZZZ-ZZZZZZ-ZZZ");
    EXPECT_EQ(longest.size(), 20U);
}

TEST(VenueClOrdId, ForeignIdsAreNotOurs) {
    const IdSpace ours = space("P1", 1);
    for (const char* text :
         {"", "-", "P10000001", "P10000001-", "P10000001-1", "P10000001-1-", "P10000001--0", "P20000001-1-0",
          "P10000002-1-0", "p10000001-1-0", "P10000001-1-0 ", " P10000001-1-0", "P10000001-1-0-0",
          "P10000001_1-0", "12345678901234567890", "P10000001-!-0", "P10000001-1-+1"})
        EXPECT_FALSE(parse_venue_cl_ord_id(ours, text)) << '"' << text << '"';
}

TEST(VenueClOrdId, OneRequestHasOneText) {
    const IdSpace ours = space("P1", 1);
    for (const char* text : {"P10000001-01-0", "P10000001-1-00", "P10000001-2b-0", "P10000001-1-a"})
        EXPECT_FALSE(parse_venue_cl_ord_id(ours, text)) << text;
}

TEST(VenueClOrdId, NumbersPastTheTypeAreNotOurs) {
    EXPECT_FALSE(parse_venue_cl_ord_id(space("P1", 1), "P10000001-ZZZZZZZZZZZZZZ-0"));
    EXPECT_FALSE(parse_venue_cl_ord_id(space("P1", 1), "P10000001-1-ZZZZZZZZ"));
}

TEST(VenueClOrdId, ChildZeroNamesNothing) {
    EXPECT_FALSE(parse_venue_cl_ord_id(space("P1", 1), "P10000001-0-0"));
}

// A state directory made anew within the same second must not give out the ids of the last one.
TEST(VenueClOrdId, JournalsMadeAHundredthOfASecondApartHaveDifferentEpochs) {
    const Timestamp made{1'795'000'000'000'000'000};
    EXPECT_NE(epoch_of(made), epoch_of(made + Duration::milliseconds(10)));
    EXPECT_NE(epoch_of(made), epoch_of(made + Duration::seconds(59)));
    EXPECT_EQ(epoch_of(made), epoch_of(made + Duration::milliseconds(9)));
    EXPECT_LT(epoch_of(made), kEpochs);
    EXPECT_LT(epoch_of({1'000'000'000}), kEpochs);  // a clock that is years behind
}

RC_GTEST_PROP(VenueClOrdId, ReadsBackWhatItWrote, ()) {
    const IdSpace ours = space("P1", *rc::gen::inRange<std::uint64_t>(0, kEpochs));
    const ChildRequest request{
        {*rc::gen::inRange<std::uint64_t>(1, kChildren)}, *rc::gen::inRange<std::uint32_t>(0, kRevisions)};
    const ClOrdId text = venue_cl_ord_id(ours, request);
    RC_ASSERT(text.size() <= 20U);
    RC_ASSERT(parse_venue_cl_ord_id(ours, text.view()) == request);
}

RC_GTEST_PROP(VenueClOrdId, AnotherEpochIsAnotherSpace, ()) {
    const auto epoch = *rc::gen::inRange<std::uint64_t>(0, kEpochs);
    const auto other = *rc::gen::suchThat(
        rc::gen::inRange<std::uint64_t>(0, kEpochs), [&](std::uint32_t value) { return value != epoch; });
    const ClOrdId text =
        venue_cl_ord_id(space("P1", epoch), {{*rc::gen::inRange<std::uint64_t>(1, 1000)}, 0});
    RC_ASSERT(!parse_venue_cl_ord_id(space("P1", other), text.view()));
}

}  // namespace
}  // namespace penstock::oms
