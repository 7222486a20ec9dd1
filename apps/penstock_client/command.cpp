#include "apps/penstock_client/command.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace penstock::client {
namespace {

constexpr std::string_view kHelp =
    R"(buy 100 XYZ @ 11.00 [day|gtc|ioc|fok] [on VENUE] [account A] [as ID] [with TAG=VALUE]
sell 100 XYZ market ...        also: short
amend ID [qty 200] [price 10.5] [as REQUEST-ID] [with TAG=VALUE]
cancel ID [as REQUEST-ID]      cancel-all [SYMBOL]
status ID                      status all
orders                         what this client knows of its orders
wait logon | logout | done ID  until then, or until the timeout
expect WORDS...                until a report has these words in this order; each report counts once
timeout SECONDS                for wait and expect; 5 at first
watch                          print reports until Ctrl-C
raw 35=D|11=x|...              any application message; header and trailer are added
quit)";

/// The words of a command, taken from the left.
class Words {
  public:
    explicit Words(std::vector<std::string> words) : words_(std::move(words)) {}
    bool empty() const { return at_ == words_.size(); }
    std::string take() { return empty() ? std::string() : words_[at_++]; }
    /// Takes the next word if it is this one.
    bool take_if(std::string_view word) {
        if (empty() || words_[at_] != word) return false;
        ++at_;
        return true;
    }
    std::vector<std::string> rest() {
        const auto first = words_.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ = words_.size();
        return {first, words_.end()};
    }

  private:
    std::vector<std::string> words_;
    std::size_t at_ = 0;
};

Parsed wrong(std::string expected) { return {{}, std::move(expected)}; }

bool read_field(const std::string& text, Fields& fields) {
    std::uint32_t tag = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, tag);
    if (error != std::errc{} || tag == 0 || stop == end || *stop != '=' || stop + 1 == end) return false;
    fields.emplace_back(tag, std::string(stop + 1, end));
    return true;
}

template <class Number>
bool read_positive(const std::string& text, Number& out) {
    const auto parsed = Number::parse(text);
    if (!parsed || !parsed->is_positive()) return false;
    out = *parsed;
    return true;
}

std::optional<oms::TimeInForce> time_in_force(const std::string& word) {
    if (word == "day") return oms::TimeInForce::Day;
    if (word == "gtc") return oms::TimeInForce::Gtc;
    if (word == "ioc") return oms::TimeInForce::Ioc;
    if (word == "fok") return oms::TimeInForce::Fok;
    return std::nullopt;
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

std::string read_order_option(Words& words, NewOrder& order) {
    const std::string word = words.take();
    if (const auto time = time_in_force(word)) {
        order.time_in_force = *time;
        return {};
    }
    std::string* target = nullptr;
    if (word == "on") target = &order.venue;
    if (word == "account") target = &order.account;
    if (word == "as") target = &order.name;
    if (target == nullptr && word != "with")
        return "'" + word + "' is not known here; expected day, gtc, ioc, fok, on, account, as or with";
    if (words.empty()) return "expected something after '" + word + "'";
    if (target != nullptr) {
        *target = words.take();
        return {};
    }
    return read_field(words.take(), order.extra) ? std::string() : "expected TAG=VALUE after 'with'";
}

Parsed parse_new(oms::Side side, Words& words) {
    NewOrder order;
    order.side = side;
    const std::string quantity = words.take();
    if (!read_positive(quantity, order.quantity))
        return wrong("'" + quantity + "' is no quantity; expected a number above zero");
    order.symbol = words.take();
    if (order.symbol.empty()) return wrong("expected a symbol after the quantity");
    if (auto error = read_price(words, order.limit); !error.empty()) return wrong(std::move(error));
    while (!words.empty())
        if (auto error = read_order_option(words, order); !error.empty()) return wrong(std::move(error));
    return {order, {}};
}

Parsed parse_amend(Words& words) {
    AmendOrder amend;
    amend.name = words.take();
    if (amend.name.empty()) return wrong("expected the id of an order after amend");
    while (!words.empty()) {
        const std::string word = words.take();
        const std::string value = words.take();
        bool good = false;
        if (word == "qty") good = read_positive(value, amend.quantity.emplace());
        if (word == "price") {
            const auto price = Price::parse(value);
            good = static_cast<bool>(price);
            if (good) amend.limit = *price;
        }
        if (word == "as") good = !(amend.id = value).empty();
        if (word == "with") good = read_field(value, amend.extra);
        if (!good)
            return wrong(
                "expected 'qty N', 'price P', 'as ID' or 'with TAG=VALUE', not '" + word + " " + value + "'");
    }
    if (!amend.quantity && !amend.limit) return wrong("expected 'qty N' or 'price P': what is to change");
    return {amend, {}};
}

Parsed parse_cancel(Words& words) {
    CancelOrder cancel;
    cancel.name = words.take();
    if (cancel.name.empty()) return wrong("expected the id of an order after cancel");
    while (!words.empty()) {
        const std::string word = words.take();
        const std::string value = words.take();
        bool good = false;
        if (word == "as") good = !(cancel.id = value).empty();
        if (word == "with") good = read_field(value, cancel.extra);
        if (!good) return wrong("expected 'as ID' or 'with TAG=VALUE', not '" + word + " " + value + "'");
    }
    return {cancel, {}};
}

Parsed parse_wait(Words& words) {
    if (words.take_if("logon")) return {WaitFor{WaitFor::What::Logon, {}}, {}};
    if (words.take_if("logout")) return {WaitFor{WaitFor::What::Logout, {}}, {}};
    if (!words.take_if("done") || words.empty())
        return wrong("expected logon, logout or 'done ID' after wait");
    return {WaitFor{WaitFor::What::Done, words.take()}, {}};
}

Parsed parse_timeout(Words& words) {
    constexpr std::int64_t kMostSeconds = 3600;
    constexpr int kNanoScale = 9;
    const auto seconds = Decimal::parse(words.take());
    if (!seconds || !seconds->is_positive() || *seconds > Decimal::whole(kMostSeconds) ||
        seconds->scale() > kNanoScale)
        return wrong("expected seconds above 0 and up to 3600 after timeout");
    std::int64_t ns = seconds->mantissa();
    for (int scale = seconds->scale(); scale < kNanoScale; ++scale) ns *= 10;
    return {SetTimeout{{ns}}, {}};
}

Parsed parse_raw(std::string_view text) {
    constexpr std::array<std::uint32_t, 7> kOurs = {8, 9, 10, 34, 49, 52, 56};
    SendRaw raw;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('|'), text.size());
        Fields field;
        if (!read_field(std::string(text.substr(0, end)), field))
            return wrong("'" + std::string(text.substr(0, end)) + "' is not TAG=VALUE");
        const auto& [tag, value] = field.front();
        if (std::find(kOurs.begin(), kOurs.end(), tag) != kOurs.end())
            return wrong("tag " + std::to_string(tag) + " is the session's; leave it out");
        if (raw.msg_type.empty() != (tag == 35)) return wrong("expected 35= first and once");
        if (tag == 35)
            raw.msg_type = value;
        else
            raw.body += std::to_string(tag) + "=" + value + "\x01";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (raw.msg_type.empty()) return wrong("expected 35=TYPE|TAG=VALUE|... after raw");
    return {raw, {}};
}

Parsed parse_word(const std::string& verb, Words& words) {
    if (verb == "buy") return parse_new(oms::Side::Buy, words);
    if (verb == "sell") return parse_new(oms::Side::Sell, words);
    if (verb == "short") return parse_new(oms::Side::SellShort, words);
    if (verb == "amend") return parse_amend(words);
    if (verb == "cancel") return parse_cancel(words);
    if (verb == "cancel-all") return {CancelAll{words.take()}, {}};
    if (verb == "wait") return parse_wait(words);
    if (verb == "timeout") return parse_timeout(words);
    if (verb == "orders") return {ListOrders{}, {}};
    if (verb == "watch") return {Watch{}, {}};
    if (verb == "help") return {Help{}, {}};
    if (verb == "quit" || verb == "exit") return {Quit{}, {}};
    if (words.empty()) return wrong("'" + verb + "' is not a command, or needs more; help lists them all");
    if (verb == "status") return {AskStatus{words.take()}, {}};
    if (verb == "expect") return {Expect{words.rest()}, {}};
    return wrong("'" + verb + "' is not a command; help lists them all");
}

}  // namespace

std::vector<std::string> split_words(std::string_view line) {
    constexpr std::string_view kBlank = " \t\r";
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(kBlank, at)) != std::string_view::npos) {
        const std::size_t end = std::min(line.find_first_of(kBlank, at), line.size());
        words.emplace_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

Parsed parse_command(std::string_view line) {
    Words words(split_words(line));
    const std::string verb = words.take();
    if (verb.empty() || verb.starts_with('#')) return {};
    if (verb == "raw") {
        std::string_view text = line.substr(line.find("raw") + 3);
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        while (text.ends_with('\r') || text.ends_with(' ') || text.ends_with('|')) text.remove_suffix(1);
        return parse_raw(text);
    }
    Parsed parsed = parse_word(verb, words);
    if (parsed.error.empty() && !words.empty())
        return wrong("'" + words.take() + "' is too much for " + verb);
    return parsed;
}

std::string_view help_text() { return kHelp; }

}  // namespace penstock::client
