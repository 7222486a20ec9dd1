#include <gtest/gtest.h>

#include <limits>

#include "oms/domain/decimal.hpp"
#include "tests/oms/words.hpp"

namespace penstock {
namespace {

using tests::px;
using tests::qty;

Price average(std::string_view total, std::string_view quantity, int scale) {
    return average_price(px(total) * qty("1"), qty(quantity), scale);
}

TEST(AveragePrice, IsTotalOverQuantity) {
    EXPECT_EQ(average("1090000", "10000", 8), px("109"));
    EXPECT_EQ(average("10", "4", 8), px("2.5"));
    EXPECT_EQ(average("0.3", "0.1", 8), px("3"));
}

TEST(AveragePrice, RoundsToTheNearest) {
    EXPECT_EQ(average("10", "3", 4), px("3.3333"));
    EXPECT_EQ(average("20", "3", 4), px("6.6667"));
    EXPECT_EQ(average("-20", "3", 4), px("-6.6667"));
}

TEST(AveragePrice, RoundsAHalfToTheEvenNeighbour) {
    EXPECT_EQ(average("1", "8", 2), px("0.12"));
    EXPECT_EQ(average("3", "8", 2), px("0.38"));
    EXPECT_EQ(average("5", "2", 0), px("2"));
    EXPECT_EQ(average("7", "2", 0), px("4"));
    EXPECT_EQ(average("-5", "2", 0), px("-2"));
    EXPECT_EQ(average("-7", "2", 0), px("-4"));
    EXPECT_EQ(average("1", "2", 0), px("0"));
}

TEST(AveragePrice, OfNothingIsZero) {
    EXPECT_EQ(average("0", "0", 8), Price{});
    EXPECT_EQ(average("10", "0", 8), Price{});
}

TEST(AveragePrice, OfVeryLargeTotalsGivesUpDecimalsAndNotTheValue) {
    const Notional total = px("9223372036854775807") * qty("9223372036854775807");
    EXPECT_EQ(average_price(total, qty("9223372036854775807"), 12), px("9223372036854775807"));
}

TEST(AveragePrice, ThatFitsNoPriceIsZero) {
    const Notional total = px("9223372036854775807") * qty("9223372036854775807");
    EXPECT_EQ(average_price(total, qty("1"), 8), Price{});
}

}  // namespace
}  // namespace penstock
