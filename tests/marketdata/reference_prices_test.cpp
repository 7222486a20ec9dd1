#include "marketdata/reference_prices.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::marketdata {
namespace {

using tests::px;

constexpr InstrumentId kInstrument{1};

/// A quote by text; an empty text is a price not given.
Quote quote(std::string_view bid, std::string_view ask, std::string_view last, std::int64_t time = 1) {
    const auto price = [](std::string_view text) {
        return text.empty() ? std::nullopt : std::optional(px(text));
    };
    return {price(bid), price(ask), price(last), std::nullopt, {time}};
}

/// The reference after this one quote.
std::optional<Price> reference_of(const Quote& only) {
    ReferencePrices prices;
    prices.update({1}, kInstrument, only);
    const auto reference = prices.reference(kInstrument);
    return reference ? std::optional(reference->price) : std::nullopt;
}

TEST(ReferencePrices, AreTheMiddleOfTheBook) {
    EXPECT_EQ(reference_of(quote("9.99", "10.01", "")), px("10"));
    EXPECT_EQ(reference_of(quote("10", "10.01", "9")), px("10.005"));
    EXPECT_EQ(reference_of(quote("10", "10", "9")), px("10"));
}

TEST(ReferencePrices, AreTheLastTradeWhenTheBookIsOneSidedOrCrossed) {
    EXPECT_EQ(reference_of(quote("10", "", "9")), px("9"));
    EXPECT_EQ(reference_of(quote("", "10", "9")), px("9"));
    EXPECT_EQ(reference_of(quote("10.01", "10", "9")), px("9"));
}

TEST(ReferencePrices, OneSideAloneIsNone) {
    EXPECT_EQ(reference_of(quote("10", "", "")), std::nullopt);
    EXPECT_EQ(reference_of(quote("", "10", "")), std::nullopt);
    EXPECT_EQ(reference_of(quote("", "", "")), std::nullopt);
}

// Many feeds say zero for "no price". Valued at it, any market order would be worth nothing.
TEST(ReferencePrices, ZeroAndLessAreNone) {
    EXPECT_EQ(reference_of(quote("0", "0", "")), std::nullopt);
    EXPECT_EQ(reference_of(quote("0", "10", "")), std::nullopt);
    EXPECT_EQ(reference_of(quote("-1", "1", "")), std::nullopt);
    EXPECT_EQ(reference_of(quote("0", "10", "9")), px("9"));
    EXPECT_EQ(reference_of(quote("", "", "0")), std::nullopt);
}

TEST(ReferencePrices, AMiddleThatIsNoPriceFallsBackToTheBid) {
    EXPECT_EQ(reference_of(quote("0.000000000001", "0.000000000002", "")), px("0.000000000001"));
    EXPECT_EQ(
        reference_of(quote("9223372036854775806", "9223372036854775807", "")), px("9223372036854775806"));
}

TEST(ReferencePrices, TheNewestVenueCounts) {
    ReferencePrices prices;
    prices.update({1}, kInstrument, quote("", "", "10", 5));
    prices.update({2}, kInstrument, quote("", "", "11", 7));
    EXPECT_EQ(prices.reference(kInstrument)->price, px("11"));
    EXPECT_EQ(prices.reference(kInstrument)->time, Timestamp{7});
    prices.update({1}, kInstrument, quote("", "", "12", 8));
    EXPECT_EQ(prices.reference(kInstrument)->price, px("12"));
}

TEST(ReferencePrices, AVenueThatTakesItsQuoteBackLeavesTheOthers) {
    ReferencePrices prices;
    prices.update({1}, kInstrument, quote("", "", "10", 5));
    prices.update({2}, kInstrument, quote("", "", "11", 7));
    prices.update({2}, kInstrument, quote("", "", "", 9));
    EXPECT_EQ(prices.reference(kInstrument)->price, px("10"));
    EXPECT_EQ(prices.reference(kInstrument)->time, Timestamp{5});
}

TEST(ReferencePrices, AnInstrumentNeverQuotedHasNone) {
    ReferencePrices prices;
    EXPECT_FALSE(prices.reference(kInstrument));
    prices.update({1}, {5}, quote("", "", "10"));
    EXPECT_FALSE(prices.reference(kInstrument));
    EXPECT_FALSE(prices.reference({6}));
}

}  // namespace
}  // namespace penstock::marketdata
