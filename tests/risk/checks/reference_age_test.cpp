#include "risk/checks/reference_age.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::risk {
namespace {

constexpr Timestamp kQuoted{1'000'000'000'000};
constexpr Duration kMaxAge = Duration::seconds(10);

std::optional<oms::Denial> check_after(Duration age) {
    const marketdata::Reference reference{tests::px("10"), kQuoted};
    return check_reference_age(reference, kQuoted + age, kMaxAge);
}

TEST(ReferenceAge, IsGoodUpToItsLastNanosecond) {
    EXPECT_FALSE(check_after({0}));
    EXPECT_FALSE(check_after(kMaxAge));
}

TEST(ReferenceAge, OneNanosecondLaterItIsStale) {
    const auto denial = check_after({kMaxAge.ns + 1});
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->reason, oms::Reason::StaleReferencePrice);
}

TEST(ReferenceAge, MeasuredAndLimitAreMilliseconds) {
    const auto denial = check_after(Duration::milliseconds(12'345));
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->measured, Notional::of(tests::dec("12345")));
    EXPECT_EQ(denial->limit, Notional::of(tests::dec("10000")));
}

TEST(ReferenceAge, NoReferenceIsARefusal) {
    const auto denial = check_reference_age(std::nullopt, kQuoted, kMaxAge);
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->reason, oms::Reason::NoReferencePrice);
    EXPECT_FALSE(denial->measured);
    EXPECT_FALSE(denial->limit);
}

TEST(ReferenceAge, AnAgeOfZeroAllowsOnlyTheSameMoment) {
    const marketdata::Reference reference{tests::px("10"), kQuoted};
    EXPECT_FALSE(check_reference_age(reference, kQuoted, {}));
    EXPECT_TRUE(check_reference_age(reference, kQuoted + Duration{1}, {}));
}

}  // namespace
}  // namespace penstock::risk
