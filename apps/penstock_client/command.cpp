#include "apps/penstock_client/command.hpp"

#include <algorithm>
#include <array>

#include "apps/penstock_client/words.hpp"

namespace penstock::client {
namespace {

constexpr std::string_view kHelp =
    R"(buy 100 XYZ @ 11.00 [on VENUE] [account A] [as ID] [with TAG=VALUE] and any of
  day gtc ioc fok at-open at-close auction   until 20260131[-16:30:00]   from 20260131-09:00:00
  stop 9.5   touch 12   trail 0.5 (2% 10bp 3ticks)   peg primary|mid|market|last [offset -0.01]
  show 10 [between 5 15]   min 50   post-only   reduce-only   held   link NAME
sell 100 XYZ market ...        also: short; 'cash 5000' in the place of the quantity
oco sell 100 XYZ limit 26 stop 24 [as ID ID]
list L [oco|ouo|ouo-proportional|oto|oto-full] [block|reduce|accept N] [wait] : ORDER ; ORDER ...
                               an ORDER as above, and 'in OCO-1' for a group inside the list
execute L    cancel-list L     list-status L
amend ID [qty 200] [price 10.5] [stop 9 ... released] [as REQUEST-ID] [with TAG=VALUE]
cancel ID [as REQUEST-ID]      cancel-all [SYMBOL]
status ID                      status all
orders                         what this client knows of its orders
wait logon | logout | done ID  until then, or until the timeout
expect WORDS...                until a report has these words in this order; each report counts once
timeout SECONDS                for wait and expect; 5 at first
watch                          print reports until Ctrl-C
raw 35=D|11=x|...              any application message; header and trailer are added
quit)";

Parsed parse_new(oms::Side side, Words& words) {
    NewOrder order;
    order.side = side;
    if (auto error = read_order(words, order); !error.empty()) return wrong(std::move(error));
    return {order, {}};
}

/// A word of the order's terms, kept for the order it is about: only there is known what it changes.
bool keep_condition(Words& words, AmendOrder& amend) {
    Words rest(words);
    Terms unused;
    bool is_known = false;
    const std::size_t before = rest.left();
    if (!read_condition(rest, unused, is_known).empty() || !is_known) return false;
    for (std::size_t taken = before - rest.left(); taken > 0; --taken)
        amend.conditions.push_back(words.take());
    return true;
}

Parsed parse_amend(Words& words) {
    AmendOrder amend;
    amend.name = words.take();
    if (amend.name.empty()) return wrong("expected the id of an order after amend");
    while (!words.empty()) {
        if (keep_condition(words, amend)) continue;
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
            return wrong("expected 'qty N', 'price P', 'stop P' ..., 'as ID' or 'with TAG=VALUE', not '" +
                         word + " " + value + "'");
    }
    if (!amend.quantity && !amend.limit && amend.conditions.empty())
        return wrong("expected 'qty N', 'price P' or 'stop P' ...: what is to change");
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
    if (verb == "list") return parse_list(words);
    if (verb == "oco") return parse_oco(words);
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
    if (verb == "execute") return {AskList{'L', words.take()}, {}};
    if (verb == "cancel-list") return {AskList{'K', words.take()}, {}};
    if (verb == "list-status") return {AskList{'M', words.take()}, {}};
    if (verb == "status") return {AskStatus{words.take()}, {}};
    if (verb == "expect") return {Expect{words.rest()}, {}};
    return wrong("'" + verb + "' is not a command; help lists them all");
}

}  // namespace

bool read_field(const std::string& text, Fields& fields) {
    std::uint32_t tag = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, tag);
    if (error != std::errc{} || tag == 0 || stop == end || *stop != '=' || stop + 1 == end) return false;
    fields.emplace_back(tag, std::string(stop + 1, end));
    return true;
}

void change_terms(const std::vector<std::string>& conditions, Terms& terms) {
    Words words(conditions);
    bool is_known = true;
    while (!words.empty() && is_known) read_condition(words, terms, is_known);
}

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
