#include <algorithm>

#include "apps/penstock_client/words.hpp"

namespace penstock::client {
namespace {

std::optional<oms::Side> side_of(const std::string& word) {
    if (word == "buy") return oms::Side::Buy;
    if (word == "sell") return oms::Side::Sell;
    if (word == "short") return oms::Side::SellShort;
    return std::nullopt;
}

/// ListExecInst(69) has these in capitals.
std::string upper(std::string word) {
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return word;
}

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// What stands before the colon.
std::string read_list_option(Words& words, SendList& list) {
    const std::string word = words.take();
    if (word == "wait") {
        list.waits = true;
        return {};
    }
    std::string said;
    if (is_one_of(word, {"oco", "ouo", "ouo-proportional", "oto", "oto-full", "block", "reduce"}))
        said = upper(word);
    if (word == "accept" && !words.empty()) said = "ACCEPT=" + words.take();
    if (said.empty())
        return "'" + word +
               "' is not known here; expected oco, ouo, ouo-proportional, oto, oto-full, block, "
               "reduce, 'accept N', wait or ':'";
    list.instruction += (list.instruction.empty() ? "" : " ") + said;
    return {};
}

}  // namespace

Parsed parse_list(Words& words) {
    SendList list;
    list.id = words.take();
    while (!words.empty() && !words.take_if(":"))
        if (auto error = read_list_option(words, list); !error.empty()) return wrong(std::move(error));
    const std::vector<std::string> orders = words.rest();
    if (list.id.empty() || orders.empty())
        return wrong("expected 'list ID [oco ...] : ORDER ; ORDER ...', with blanks around ':' and ';'");
    for (auto at = orders.begin(); at < orders.end();) {
        const auto end = std::find(at, orders.end(), ";");
        Words one({at, end});
        const auto side = side_of(one.take());
        if (!side) return wrong("expected buy, sell or short at the start of each order of a list");
        NewOrder& order = list.orders.emplace_back();
        order.side = *side;
        if (auto error = read_order(one, order); !error.empty()) return wrong(std::move(error));
        at = end == orders.end() ? end : end + 1;
    }
    return {list, {}};
}

Parsed parse_oco(Words& words) {
    constexpr std::string_view kExpected =
        "expected 'oco sell 100 XYZ limit 26 stop 24 [as ID ID]': one order at a limit, one at a stop";
    NewOrder order;
    const auto side = side_of(words.take());
    if (!side || !read_positive(words.take(), order.quantity)) return wrong(std::string(kExpected));
    order.side = *side;
    order.symbol = words.take();
    NewOrder stop = order;
    const auto limit_price = words.take_if("limit") ? Price::parse(words.take()) : Fault::Malformed;
    const auto stop_price = words.take_if("stop") ? Price::parse(words.take()) : Fault::Malformed;
    if (!limit_price || !stop_price) return wrong(std::string(kExpected));
    order.limit = *limit_price;
    stop.terms.stop = *stop_price;
    if (words.take_if("as")) {
        order.name = words.take();
        stop.name = words.take();
        if (stop.name.empty()) return wrong("expected two ids after 'as'");
    }
    return {SendList{"", "OCO", false, {order, stop}}, {}};
}

}  // namespace penstock::client
