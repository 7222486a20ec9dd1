#pragma once

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateways/sim/engine_types.hpp"

namespace penstock::sim {

/// How a recorded market is written down.
enum class ReplayFormat : std::uint8_t {
    /// `time_ms,bid,bid_size,ask,ask_size`. A first line of names is skipped, here and below.
    QuoteCsv,
    /// `time_ms,trade_price,trade_size`.
    TradeCsv,
    /// hftbacktest's feed files, uncompressed: `<receive time, ns> <Binance combined stream JSON>`.
    /// bookTicker and trade are read; depth updates are deltas to a book we do not have and are skipped.
    BinanceCombined,
    /// LEAN tick trades: `ms since midnight,price,size,exchange,condition,suspicious`.
    LeanTick,
    /// LEAN trade bars: `ms since midnight,open,high,low,close,volume`; a bar is one trade at its close.
    LeanBar,
};

struct ReplayTick {
    std::int64_t time_ns = 0;  // in the file's own time; only differences matter
    std::optional<Level> bid;
    std::optional<Level> ask;
    std::optional<Execution> trade;
    std::optional<Side> aggressor;  // where the file says who took

    friend bool operator==(const ReplayTick&, const ReplayTick&) = default;
};

/// Reads a recorded market line by line; holds one line at a time. The stream is opened, and unpacked
/// if need be, by the caller.
class ReplayReader {
  public:
    enum class Outcome : std::uint8_t { Tick, End, Malformed };

    /// `name` is for messages. `price_scale`: decimals to shift prices by, 4 for LEAN equities, else 0.
    ReplayReader(std::string name, std::unique_ptr<std::istream> stream, ReplayFormat format,
                 int price_scale = 0);

    /// The next tick; lines of no interest are passed over. After Malformed see `problem`.
    Outcome next(ReplayTick& tick);
    /// "file.csv:17: expected time_ms,bid,bid_size,ask,ask_size".
    const std::string& problem() const { return problem_; }

  private:
    enum class Line : std::uint8_t { Tick, Skip, Malformed };

    Line read(std::string_view line, ReplayTick& tick) const;
    Line read_quote_csv(std::string_view line, ReplayTick& tick) const;
    Line read_trade(std::string_view line, std::size_t price_column, std::size_t size_column,
                    std::size_t columns, ReplayTick& tick) const;
    Line read_binance(std::string_view line, ReplayTick& tick) const;
    std::optional<Price> price(std::string_view text) const;

    std::string name_;
    std::unique_ptr<std::istream> stream_;
    ReplayFormat format_;
    int price_scale_;
    std::uint64_t line_number_ = 0;
    std::string problem_;
};

/// What a line of the format looks like, for messages.
std::string_view line_shape(ReplayFormat format);

}  // namespace penstock::sim
