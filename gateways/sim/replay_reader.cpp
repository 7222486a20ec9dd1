#include "gateways/sim/replay_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace penstock::sim {
namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::size_t kMaxColumns = 8;

struct Columns {
    std::array<std::string_view, kMaxColumns> at;
    std::size_t count = 0;
};

/// More columns than kMaxColumns are counted, not kept.
Columns split(std::string_view line) {
    Columns columns;
    while (true) {
        const std::size_t comma = line.find(',');
        if (columns.count < kMaxColumns) columns.at[columns.count] = line.substr(0, comma);
        ++columns.count;
        if (comma == std::string_view::npos) return columns;
        line.remove_prefix(comma + 1);
    }
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<std::int64_t> milliseconds(std::string_view text) {
    const auto value = whole_number(text);
    if (!value || *value < 0 || *value > INT64_MAX / kNsPerMs) return std::nullopt;
    return *value * kNsPerMs;
}

/// Sizes of recorded data may carry more decimals than a Decimal holds; those are cut off.
std::optional<Quantity> size(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point != std::string_view::npos)
        text = text.substr(0, std::min(text.size(), point + 1 + Decimal::kMaxScale));
    const auto parsed = Quantity::parse(text);
    if (!parsed || parsed->is_negative()) return std::nullopt;
    return *parsed;
}

/// The text value of `"name":"value"`; the feed writes no blanks. Empty when there is none.
std::string_view json_text(std::string_view line, std::string_view quoted_name) {
    const std::size_t at = line.find(quoted_name);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = line.substr(at + quoted_name.size());
    if (!rest.starts_with(":\"")) return {};
    return rest.substr(2, rest.find('"', 2) - 2);
}

bool is_heading(std::string_view line) {
    return !line.empty() && (line.front() < '0' || line.front() > '9') && line.front() != '-';
}

}  // namespace

std::string_view line_shape(ReplayFormat format) {
    switch (format) {
        case ReplayFormat::QuoteCsv: return "time_ms,bid,bid_size,ask,ask_size";
        case ReplayFormat::TradeCsv: return "time_ms,trade_price,trade_size";
        case ReplayFormat::BinanceCombined: return "receive_ns {\"stream\":...,\"data\":...}";
        case ReplayFormat::LeanTick: return "ms,price,size,exchange,condition,suspicious";
        case ReplayFormat::LeanBar: return "ms,open,high,low,close,volume";
    }
    return {};
}

ReplayReader::ReplayReader(std::string name, std::unique_ptr<std::istream> stream, ReplayFormat format,
                           int price_scale)
    : name_(std::move(name)), stream_(std::move(stream)), format_(format), price_scale_(price_scale) {}

ReplayReader::Outcome ReplayReader::next(ReplayTick& tick) {
    std::string line;
    while (std::getline(*stream_, line)) {
        ++line_number_;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty() || (line_number_ == 1 && is_heading(line))) continue;
        tick = {};
        const Line read_as = read(line, tick);
        if (read_as == Line::Tick) return Outcome::Tick;
        if (read_as == Line::Skip) continue;
        problem_ =
            name_ + ":" + std::to_string(line_number_) + ": expected " + std::string(line_shape(format_));
        return Outcome::Malformed;
    }
    return Outcome::End;
}

ReplayReader::Line ReplayReader::read(std::string_view line, ReplayTick& tick) const {
    switch (format_) {
        case ReplayFormat::QuoteCsv: return read_quote_csv(line, tick);
        case ReplayFormat::TradeCsv: return read_trade(line, 1, 2, 3, tick);
        case ReplayFormat::BinanceCombined: return read_binance(line, tick);
        case ReplayFormat::LeanTick: return read_trade(line, 1, 2, 6, tick);
        case ReplayFormat::LeanBar: return read_trade(line, 4, 5, 6, tick);
    }
    return Line::Malformed;
}

std::optional<Price> ReplayReader::price(std::string_view text) const {
    const auto parsed = Decimal::parse(text);
    if (!parsed || !parsed->is_positive()) return std::nullopt;
    const auto shifted = Decimal::from_parts(parsed->mantissa(), parsed->scale() + price_scale_);
    if (!shifted) return std::nullopt;
    return Price{*shifted};
}

ReplayReader::Line ReplayReader::read_quote_csv(std::string_view line, ReplayTick& tick) const {
    const Columns columns = split(line);
    const auto time = milliseconds(columns.at[0]);
    if (columns.count != 5 || !time) return Line::Malformed;
    tick.time_ns = *time;
    for (const std::size_t column : {std::size_t{1}, std::size_t{3}}) {
        // A side nobody quoted is written as two empty columns.
        if (columns.at[column].empty() && columns.at[column + 1].empty()) continue;
        const auto at = price(columns.at[column]);
        const auto shown = size(columns.at[column + 1]);
        if (!at || !shown) return Line::Malformed;
        (column == 1 ? tick.bid : tick.ask) = Level{*at, *shown};
    }
    return Line::Tick;
}

ReplayReader::Line ReplayReader::read_trade(std::string_view line, std::size_t price_column,
                                            std::size_t size_column, std::size_t columns_expected,
                                            ReplayTick& tick) const {
    const Columns columns = split(line);
    if (columns.count != columns_expected) return Line::Malformed;
    const auto time = milliseconds(columns.at[0]);
    const auto at = price(columns.at[price_column]);
    const auto traded = size(columns.at[size_column]);
    if (!time || !at || !traded) return Line::Malformed;
    tick.time_ns = *time;
    tick.trade = Execution{*traded, *at};
    return Line::Tick;
}

ReplayReader::Line ReplayReader::read_binance(std::string_view line, ReplayTick& tick) const {
    const std::size_t blank = line.find(' ');
    const auto time = whole_number(line.substr(0, blank));
    if (blank == std::string_view::npos || !time || *time < 0) return Line::Malformed;
    tick.time_ns = *time;
    const std::string_view stream = json_text(line, "\"stream\"");
    if (stream.ends_with("@bookTicker")) {
        const auto bid = price(json_text(line, "\"b\""));
        const auto ask = price(json_text(line, "\"a\""));
        const auto bid_size = size(json_text(line, "\"B\""));
        const auto ask_size = size(json_text(line, "\"A\""));
        if (!bid || !ask || !bid_size || !ask_size) return Line::Malformed;
        tick.bid = Level{*bid, *bid_size};
        tick.ask = Level{*ask, *ask_size};
        return Line::Tick;
    }
    if (!stream.ends_with("@trade")) return stream.empty() ? Line::Malformed : Line::Skip;
    const auto at = price(json_text(line, "\"p\""));
    const auto traded = size(json_text(line, "\"q\""));
    if (!at || !traded) return Line::Malformed;
    tick.trade = Execution{*traded, *at};
    // "m": the buyer was the maker, so the seller took.
    const bool seller_took = line.find("\"m\":true") != std::string_view::npos;
    tick.aggressor = seller_took ? Side::Sell : Side::Buy;
    return Line::Tick;
}

}  // namespace penstock::sim
