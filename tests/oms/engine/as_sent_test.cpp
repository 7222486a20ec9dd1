#include "oms/engine/handlers/as_sent.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

using tests::dec;
using tests::px;
using tests::qty;

marketdata::Quote book(std::string_view bid, std::string_view ask) {
    marketdata::Quote quote;
    quote.bid = px(bid);
    quote.ask = px(ask);
    return quote;
}

OrderConditions pegged(PegKind kind, std::string_view offset, OffsetUnit unit = OffsetUnit::Price) {
    OrderConditions conditions;
    conditions.peg = kind;
    conditions.peg_offset = dec(offset);
    conditions.peg_unit = unit;
    return conditions;
}

TEST(PegPrice, WithoutAKindOrAPriceThereIsNone) {
    const auto quote = book("10", "11");
    EXPECT_FALSE(peg_price(pegged(PegKind::None, "0"), Side::Buy, quote, {}, {}));
    EXPECT_FALSE(peg_price(pegged(PegKind::Unsupported, "0"), Side::Buy, quote, {}, {}));
    EXPECT_FALSE(peg_price(pegged(PegKind::Last, "0"), Side::Buy, quote, {}, {}));
    EXPECT_FALSE(peg_price(pegged(PegKind::Primary, "1", OffsetUnit::Ticks), Side::Buy, quote, {}, {}));
    EXPECT_FALSE(peg_price(pegged(PegKind::Primary, "-10"), Side::Buy, quote, {}, {}));
    EXPECT_FALSE(peg_price(pegged(PegKind::Primary, "9223372036854775807"), Side::Buy, quote, {}, {}));
    EXPECT_FALSE(peg_price(pegged(PegKind::Primary, "9223372036854775707"), Side::Sell, book("1", "1"), {},
                           px("1000000000000")));
    // Rounded to an increment that has decimals it would have more digits than a price can.
    EXPECT_FALSE(peg_price(pegged(PegKind::Primary, "0"), Side::Buy,
                           book("9223372036854775807", "9223372036854775807"), {}, px("0.03")));
}

TEST(PegPrice, TheCapIsTheWorstOfEitherSide) {
    const auto quote = book("10", "11");
    EXPECT_EQ(peg_price(pegged(PegKind::Market, "0"), Side::Buy, quote, px("10.5"), {}), px("10.5"));
    EXPECT_EQ(peg_price(pegged(PegKind::Primary, "0"), Side::Buy, quote, px("10.5"), {}), px("10"));
    EXPECT_EQ(peg_price(pegged(PegKind::Market, "0"), Side::Sell, quote, px("10.5"), {}), px("10.5"));
    EXPECT_EQ(peg_price(pegged(PegKind::Primary, "0"), Side::Sell, quote, px("10.5"), {}), px("11"));
}

TEST(NextSlice, StaysWithinItsBoundsInWholeStepsAndVaries) {
    OrderConditions conditions;
    conditions.display = qty("10");
    conditions.display_low = qty("5");
    conditions.display_high = qty("15");
    bool varies = false;
    for (std::uint32_t slice = 0; slice < 200; ++slice) {
        const Quantity whole = next_slice(conditions, {7}, slice, qty("1000"), {});
        const Quantity half = next_slice(conditions, {7}, slice, qty("1000"), qty("0.5"));
        EXPECT_GE(whole, qty("5"));
        EXPECT_LE(whole, qty("15"));
        EXPECT_EQ(whole.value.scale(), 0);
        EXPECT_GE(half, qty("5"));
        EXPECT_LE(half, qty("15"));
        varies |= whole != next_slice(conditions, {7}, 0, qty("1000"), {});
        EXPECT_EQ(next_slice(conditions, {7}, slice, qty("3"), {}), qty("3"));
    }
    EXPECT_TRUE(varies);
}

TEST(NextSlice, ShowsWhatIsShownWhenTheBoundsGiveNoQuantity) {
    OrderConditions conditions;
    conditions.display = qty("10");
    const Quantity open = qty("9000000000000000000");
    const auto slice_between = [&](std::string_view low, std::string_view high, std::string_view step) {
        conditions.display_low = qty(low);
        conditions.display_high = qty(high);
        // The share varies with the slice: over many of them every case is met.
        bool shows = false;
        for (std::uint32_t slice = 0; slice < 100; ++slice)
            shows |= next_slice(conditions, {7}, slice, open, qty(step)) == qty("10");
        return shows;
    };
    EXPECT_TRUE(slice_between("0.000000000001", "9223372036854775807", "1"));          // no span
    EXPECT_TRUE(slice_between("1", "9223372036854775807", "0.03"));                    // no share of it
    EXPECT_TRUE(slice_between("9100000000000000000", "9190000000000000001", "0.03"));  // no sum
    conditions.display_high.reset();
    EXPECT_EQ(next_slice(conditions, {7}, 1, open, {}), qty("10"));
}

}  // namespace
}  // namespace penstock::oms
