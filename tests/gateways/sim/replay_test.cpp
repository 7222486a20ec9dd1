#include "gateways/sim/replay_flow.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tests/gateways/sim/engine_fixture.hpp"
#include "tests/places.hpp"

namespace penstock::sim {
namespace {

constexpr Timestamp kStart{1'000'000'000'000};

ReplayReader reader(std::string_view text, ReplayFormat format, int price_scale = 0) {
    return {"file", std::make_unique<std::istringstream>(std::string(text)), format, price_scale};
}

std::vector<ReplayTick> all(ReplayReader source) {
    std::vector<ReplayTick> ticks;
    ReplayTick tick;
    while (source.next(tick) == ReplayReader::Outcome::Tick) ticks.push_back(tick);
    EXPECT_EQ(source.problem(), "");
    return ticks;
}

TEST(ReplayReader, ReadsQuotesPassingOverTheHeading) {
    const auto ticks = all(reader(
        "time_ms,bid,bid_size,ask,ask_size\r\n5,9.9,100,10.1,200\r\n7,,,10.2,1\n", ReplayFormat::QuoteCsv));
    ASSERT_EQ(ticks.size(), 2U);
    EXPECT_EQ(ticks[0].time_ns, 5'000'000);
    EXPECT_EQ(ticks[0].bid, (Level{px("9.9"), qty("100")}));
    EXPECT_EQ(ticks[1].bid, std::nullopt);
    EXPECT_EQ(ticks[1].ask, (Level{px("10.2"), qty("1")}));
}

TEST(ReplayReader, ReadsTrades) {
    const auto ticks = all(reader("5,9.9,100\n", ReplayFormat::TradeCsv));
    ASSERT_EQ(ticks.size(), 1U);
    EXPECT_EQ(ticks[0].trade, (Execution{qty("100"), px("9.9")}));
}

TEST(ReplayReader, ReadsBinanceTickersAndTradesAndPassesOverDepth) {
    const auto ticks = all(reader(
        "1000 {\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":1,\"s\":\"BTCUSDT\",\"b\":\"9.90\","
        "\"B\":\"1.5\",\"a\":\"9.91\",\"A\":\"2\"}}\n"
        "1001 {\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"b\":[[\"9.9\",\"1\"]],\"a\":[]}}\n"
        "1002 {\"stream\":\"btcusdt@trade\",\"data\":{\"p\":\"9.91\",\"q\":\"0.5\",\"m\":false}}\n"
        "1003 {\"stream\":\"btcusdt@trade\",\"data\":{\"p\":\"9.90\",\"q\":\"0.25\",\"m\":true}}\n",
        ReplayFormat::BinanceCombined));
    ASSERT_EQ(ticks.size(), 3U);
    EXPECT_EQ(ticks[0].bid, (Level{px("9.9"), qty("1.5")}));
    EXPECT_EQ(ticks[0].ask, (Level{px("9.91"), qty("2")}));
    EXPECT_EQ(ticks[1].trade, (Execution{qty("0.5"), px("9.91")}));
    EXPECT_EQ(ticks[1].aggressor, Side::Buy);
    EXPECT_EQ(ticks[2].aggressor, Side::Sell);
    EXPECT_EQ(ticks[2].time_ns, 1003);
}

TEST(ReplayReader, ReadsLeanTicksWithShiftedPricesAndBarsAtTheirClose) {
    const auto ticks = all(reader("14400688,491800,300,P,2000,0\n", ReplayFormat::LeanTick, 4));
    ASSERT_EQ(ticks.size(), 1U);
    EXPECT_EQ(ticks[0].trade, (Execution{qty("300"), px("49.18")}));
    const auto bars = all(reader("0,7424.91,7424.91,7422,7422,33.35399601000002\n", ReplayFormat::LeanBar));
    ASSERT_EQ(bars.size(), 1U);
    EXPECT_EQ(bars[0].trade, (Execution{qty("33.35399601"), px("7422")}));
}

TEST(ReplayReader, StopsAtABadLineAndNamesIt) {
    for (const std::string_view bad :
         {"5,9.9,x", "5,9.9", "5,-9.9,1", "5,9.9,1,1", "-5,9.9,1", "5,9.9,-1", ",,"}) {
        ReplayReader source = reader("1,9.9,100\n" + std::string(bad) + "\n", ReplayFormat::TradeCsv);
        ReplayTick tick;
        EXPECT_EQ(source.next(tick), ReplayReader::Outcome::Tick);
        EXPECT_EQ(source.next(tick), ReplayReader::Outcome::Malformed) << bad;
        EXPECT_EQ(source.problem(), "file:2: expected time_ms,trade_price,trade_size");
    }
}

TEST(ReplayReader, NamesABadBinanceLine) {
    ReplayReader source =
        reader("12 {\"stream\":\"x@bookTicker\",\"data\":{}}\n", ReplayFormat::BinanceCombined);
    ReplayTick tick;
    EXPECT_EQ(source.next(tick), ReplayReader::Outcome::Malformed);
}

FlowCommands played(ReplayFlow& flow, int ms) {
    FlowCommands commands;
    flow.step(kStart + Duration::milliseconds(ms), commands);
    return commands;
}

TEST(ReplayFlow, PlaysFromTheFirstCallInTheFilesRhythm) {
    ReplayFlow flow(xyz(), reader("100,9.9,1,10.1,1\n350,9.8,1,10.1,1\n", ReplayFormat::QuoteCsv));
    EXPECT_EQ(played(flow, 0).size(), 2U);
    EXPECT_TRUE(played(flow, 249).empty());
    const FlowOrder moved{3, Side::Buy, TimeInForce::Day, qty("1"), px("9.8")};
    EXPECT_EQ(played(flow, 250), (FlowCommands{FlowCancel{1}, moved}));
    EXPECT_EQ(flow.next_step(), std::nullopt);
}

TEST(ReplayFlow, SpeedShortensTheWaits) {
    ReplayFlow flow(xyz(), reader("0,9.9,1,10.1,1\n1000,9.8,1,10.1,1\n", ReplayFormat::QuoteCsv), 10);
    played(flow, 0);
    EXPECT_EQ(flow.next_step(), kStart + Duration::milliseconds(100));
}

TEST(ReplayFlow, TradeWithAKnownSideTakes) {
    const std::string line = R"(1 {"stream":"a@trade","data":{"p":"10.00","q":"5","m":true}})";
    ReplayFlow flow(xyz(), reader(line, ReplayFormat::BinanceCombined));
    const FlowOrder take{1, Side::Sell, TimeInForce::Ioc, qty("5"), px("10")};
    EXPECT_EQ(played(flow, 0), FlowCommands{take});
}

TEST(ReplayFlow, TradesOnlyFileGetsQuotesBesideEachTrade) {
    ReplayFlow flow(xyz(), reader("0,10.00,5\n", ReplayFormat::TradeCsv));
    const FlowCommands commands = played(flow, 0);
    ASSERT_EQ(commands.size(), 5U);
    EXPECT_EQ(std::get<FlowOrder>(commands[3]).limit, px("9.99"));
    EXPECT_EQ(std::get<FlowOrder>(commands[4]).limit, px("10.01"));
}

TEST(ReplayFlow, PassesOverWhatIsOffTheGridAndCountsIt) {
    ReplayFlow flow(xyz(), reader("0,10.001,5,10.10,0.5\n", ReplayFormat::QuoteCsv));
    EXPECT_TRUE(played(flow, 0).empty());
    EXPECT_EQ(flow.passed_over(), 2U);
}

TEST(ReplayFlow, TakesABoundedNumberOfTicksAStep) {
    std::string file;
    for (int i = 0; i < 1500; ++i)
        file += std::to_string(i) + (i % 2 == 0 ? ",9.9,1,10,1\n" : ",9.8,1,10,1\n");
    ReplayFlow flow(xyz(), reader(file, ReplayFormat::QuoteCsv));
    played(flow, 0);
    played(flow, 100'000);
    EXPECT_NE(flow.next_step(), std::nullopt);
    played(flow, 100'000);
    EXPECT_EQ(flow.next_step(), std::nullopt);
}

/// The recordings lie beside the repository where this was developed, and nowhere else.
std::filesystem::path recordings() {
    const char* told = std::getenv("PENSTOCK_REFERENCE_DATA");
    if (told != nullptr) return std::filesystem::path(told) / "venues";
    return std::filesystem::path(tests::source_dir()) / ".." / "shared" / "data" / "venues";
}

/// What a command prints, up to a bound.
std::string output_of(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return text;
    char buffer[65536];
    for (std::size_t got = 1; got > 0 && text.size() < 64'000'000;) {
        got = std::fread(buffer, 1, sizeof buffer, pipe);
        text.append(buffer, got);
    }
    pclose(pipe);
    return text;
}

TEST(ReplayRecorded, HftbacktestSampleReadsToItsEnd) {
    const auto file = recordings() / "hftbacktest" / "binance_spot_btcusdt_20240809.gz";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no recording at " << file;
    const std::string text = output_of("gzip -dc '" + file.string() + "'");
    if (text.empty()) GTEST_SKIP() << "no gzip to unpack " << file;
    const Instrument btc{symbol("BTCUSDT"), px("0.01"), qty("0.00001"), px("61000")};
    ReplayFlow flow(btc, reader(text, ReplayFormat::BinanceCombined), 1000);
    std::size_t commands = 0;
    for (int i = 0; i < 100'000 && flow.next_step(); ++i) commands += played(flow, i * 100).size();
    EXPECT_EQ(flow.problem(), "");
    EXPECT_EQ(flow.next_step(), std::nullopt);
    EXPECT_GT(commands, 10'000U);
    EXPECT_EQ(flow.passed_over(), 0U);
}

TEST(ReplayRecorded, LeanTradeFilesReadToTheirEnd) {
    struct File {
        std::string_view name;
        ReplayFormat format;
        int price_scale;
    };
    for (const File& each :
         {File{"equity_usa_tick_aig_20131007_trade.zip", ReplayFormat::LeanTick, 4},
          File{"equity_usa_minute_spy_20131007_trade.zip", ReplayFormat::LeanBar, 4},
          File{"crypto_coinbase_minute_btcusd_20180404_trade.zip", ReplayFormat::LeanBar, 0}}) {
        const auto file = recordings() / "lean" / each.name;
        if (!std::filesystem::exists(file)) GTEST_SKIP() << "no recording at " << file;
        const std::string text = output_of("unzip -p '" + file.string() + "' 2>/dev/null");
        if (text.empty()) GTEST_SKIP() << "no unzip to unpack " << file;
        EXPECT_GT(all(reader(text, each.format, each.price_scale)).size(), 100U) << each.name;
    }
}

}  // namespace
}  // namespace penstock::sim
