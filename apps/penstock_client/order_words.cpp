#include <map>

#include "apps/penstock_client/words.hpp"

namespace penstock::client {
namespace {

std::optional<oms::TimeInForce> time_in_force(const std::string& word) {
    static const std::map<std::string, oms::TimeInForce> kWords{
        {"day", oms::TimeInForce::Day},          {"gtc", oms::TimeInForce::Gtc},
        {"ioc", oms::TimeInForce::Ioc},          {"fok", oms::TimeInForce::Fok},
        {"gtd", oms::TimeInForce::Gtd},          {"at-open", oms::TimeInForce::AtOpen},
        {"at-close", oms::TimeInForce::AtClose}, {"auction", oms::TimeInForce::GoodForAuction}};
    const auto found = kWords.find(word);
    if (found == kWords.end()) return std::nullopt;
    return found->second;
}

/// "market", "@ 11.00" or "@11.00". Empty when understood.
std::string read_price(Words& words, std::optional<Price>& limit) {
    std::string word = words.take();
    if (word == "market") return {};
    constexpr std::string_view kExpected = "expected '@ PRICE' or 'market' after the symbol";
    if (!word.starts_with('@')) return std::string(kExpected);
    word.erase(0, 1);
    if (word.empty()) word = words.take();
    const auto price = Price::parse(word);
    if (!price) return "'" + word + "' is no exact price; expected a decimal such as 11.05";
    limit = *price;
    return {};
}

template <class Number>
bool read_number(const std::string& text, std::optional<Number>& out) {
    const auto parsed = Number::parse(text);
    if (parsed) out = *parsed;
    return static_cast<bool>(parsed);
}

/// "0.5", "2%", "3ticks", "10bp".
bool read_offset(std::string text, Offset& out) {
    const auto strip = [&](std::string_view ending, oms::OffsetUnit unit) {
        if (!text.ends_with(ending)) return;
        text.resize(text.size() - ending.size());
        out.unit = unit;
    };
    strip("%", oms::OffsetUnit::Percent);
    strip("ticks", oms::OffsetUnit::Ticks);
    strip("bp", oms::OffsetUnit::BasisPoints);
    const auto parsed = Decimal::parse(text);
    if (parsed) out.value = *parsed;
    return static_cast<bool>(parsed);
}

bool read_peg(Words& words, Terms& terms) {
    static const std::map<std::string, oms::PegKind> kPegs{
        {"primary", oms::PegKind::Primary},
        {"mid", oms::PegKind::Midpoint},
        {"market", oms::PegKind::Market},
        {"last", oms::PegKind::Last}};
    const auto found = kPegs.find(words.take());
    if (found == kPegs.end()) return false;
    terms.peg = found->second;
    return !words.take_if("offset") || read_offset(words.take(), terms.peg_offset.emplace());
}

bool read_display(Words& words, Terms& terms) {
    if (!read_number(words.take(), terms.display)) return false;
    if (!words.take_if("between")) return true;
    return read_number(words.take(), terms.display_low) && read_number(words.take(), terms.display_high);
}

bool read_text(Words& words, std::string& out) {
    out = words.take();
    return !out.empty();
}

/// Words that take something behind them.
bool read_valued(const std::string& word, Words& words, Terms& terms) {
    if (word == "stop") return read_number(words.take(), terms.stop);
    if (word == "touch") return read_number(words.take(), terms.touch);
    if (word == "trail") return read_offset(words.take(), terms.trail.emplace());
    if (word == "peg") return read_peg(words, terms);
    if (word == "show") return read_display(words, terms);
    if (word == "min") return read_number(words.take(), terms.minimum);
    if (word == "from") return read_text(words, terms.effective_time);
    if (word == "link") return read_text(words, terms.link);
    terms.time_in_force = oms::TimeInForce::Gtd;  // "until"
    return read_text(words, terms.expire_time);
}

bool is_valued(const std::string& word) {
    return word == "stop" || word == "touch" || word == "trail" || word == "peg" || word == "show" ||
           word == "min" || word == "until" || word == "from" || word == "link";
}

std::string read_order_option(Words& words, NewOrder& order) {
    bool is_known = false;
    if (std::string error = read_condition(words, order.terms, is_known); is_known) return error;
    const std::string word = words.take();
    std::string* target = nullptr;
    if (word == "on") target = &order.venue;
    if (word == "account") target = &order.account;
    if (word == "as") target = &order.name;
    if (word == "in") target = &order.group;
    if (target == nullptr && word != "with")
        return "'" + word +
               "' is not known here; expected day, gtc, stop, show ... (help has them all), on, "
               "account, as or with";
    if (words.empty()) return "expected something after '" + word + "'";
    if (target != nullptr) {
        *target = words.take();
        return {};
    }
    return read_field(words.take(), order.extra) ? std::string() : "expected TAG=VALUE after 'with'";
}

}  // namespace

std::string read_condition(Words& words, Terms& terms, bool& is_known) {
    const std::string word = words.peek();
    is_known = true;
    if (const auto time = time_in_force(word)) {
        terms.time_in_force = *time;
    } else if (word == "post-only") {
        terms.post_only = true;
    } else if (word == "reduce-only") {
        terms.reduce_only = true;
    } else if (word == "held") {
        terms.hold = Terms::Hold::Held;
    } else if (word == "released") {
        terms.hold = Terms::Hold::Released;
    } else if (is_valued(word)) {
        words.take();
        return read_valued(word, words, terms) ? std::string()
                                               : "what follows '" + word + "' is not understood";
    } else {
        is_known = false;
        return {};
    }
    words.take();
    return {};
}

std::string read_order(Words& words, NewOrder& order) {
    if (words.take_if("cash")) {
        const std::string cash = words.take();
        if (!read_positive(cash, order.terms.cash.emplace()))
            return "'" + cash + "' is no amount; expected a number above zero";
    } else {
        const std::string quantity = words.take();
        if (!read_positive(quantity, order.quantity))
            return "'" + quantity + "' is no quantity; expected a number above zero";
    }
    order.symbol = words.take();
    if (order.symbol.empty()) return "expected a symbol after the quantity";
    if (auto error = read_price(words, order.limit); !error.empty()) return error;
    while (!words.empty())
        if (auto error = read_order_option(words, order); !error.empty()) return error;
    return {};
}

}  // namespace penstock::client
