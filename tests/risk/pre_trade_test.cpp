#include "risk/pre_trade.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::risk {
namespace {

using oms::Reason;
using tests::dec;
using tests::px;
using tests::qty;

constexpr Timestamp kNow{1'000'000'000'000};

AccountLimits limits() { return {qty("100"), px("2000"), dec("10"), Duration::seconds(10)}; }
marketdata::Reference quoted(std::string_view price) { return {px(price), kNow}; }
OrderTerms limit_order(std::string_view quantity, std::string_view price) {
    return {qty(quantity), px(price)};
}
OrderTerms market_order(std::string_view quantity) { return {qty(quantity), std::nullopt}; }

Reason refused(const OrderTerms& terms, const AccountLimits& account,
               const std::optional<marketdata::Reference>& reference) {
    const auto denial = check_order(terms, &account, reference, kNow);
    return denial ? denial->reason : Reason::None;
}

TEST(PreTrade, AnOrderWithinEveryLimitMayGo) {
    EXPECT_EQ(refused(limit_order("100", "10"), limits(), quoted("10")), Reason::None);
    EXPECT_EQ(refused(market_order("100"), limits(), quoted("10")), Reason::None);
}

TEST(PreTrade, AnAccountWithoutLimitsCanTradeNothing) {
    const auto denial = check_order(limit_order("1", "10"), nullptr, quoted("10"), kNow);
    ASSERT_TRUE(denial);
    EXPECT_EQ(denial->reason, Reason::NoLimits);
}

TEST(PreTrade, EachLimitThatIsMissingLetsNothingThrough) {
    AccountLimits no_quantity = limits();
    no_quantity.max_quantity.reset();
    EXPECT_EQ(refused(limit_order("1", "10"), no_quantity, quoted("10")), Reason::NoLimits);
    AccountLimits no_notional = limits();
    no_notional.max_notional.reset();
    EXPECT_EQ(refused(limit_order("1", "10"), no_notional, quoted("10")), Reason::NoLimits);
    AccountLimits no_collar = limits();
    no_collar.collar_percent.reset();
    EXPECT_EQ(refused(market_order("1"), no_collar, quoted("10")), Reason::NoLimits);
}

TEST(PreTrade, NoReferenceIsARefusalForMarketAndLimitOrders) {
    EXPECT_EQ(refused(limit_order("1", "10"), limits(), std::nullopt), Reason::NoReferencePrice);
    EXPECT_EQ(refused(market_order("1"), limits(), std::nullopt), Reason::NoReferencePrice);
}

TEST(PreTrade, AMarketOrderIsValuedAtTheReference) {
    EXPECT_EQ(refused(market_order("100"), limits(), quoted("20")), Reason::None);
    EXPECT_EQ(refused(market_order("100"), limits(), quoted("20.01")), Reason::MaxNotional);
}

TEST(PreTrade, ALimitOrderIsValuedAtItsOwnPrice) {
    EXPECT_EQ(refused(limit_order("100", "20"), limits(), quoted("20.01")), Reason::None);
    EXPECT_EQ(refused(limit_order("100", "20.01"), limits(), quoted("20")), Reason::MaxNotional);
}

TEST(PreTrade, TheFirstRuleBrokenIsTheOneTold) {
    // Too many, too dear and outside the collar: quantity, reference, value, collar is the order asked.
    EXPECT_EQ(refused(limit_order("101", "50"), limits(), std::nullopt), Reason::MaxQuantity);
    EXPECT_EQ(refused(limit_order("100", "50"), limits(), std::nullopt), Reason::NoReferencePrice);
    EXPECT_EQ(refused(limit_order("100", "50"), limits(), quoted("10")), Reason::MaxNotional);
    EXPECT_EQ(refused(limit_order("1", "50"), limits(), quoted("10")), Reason::PriceOutsideCollar);
}

}  // namespace
}  // namespace penstock::risk
