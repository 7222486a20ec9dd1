#include "apps/penstockd/venue_verbs.hpp"

#include <charconv>

namespace penstock::apps {
namespace {

ControlAnswer no(std::string words) {
    ControlAnswer answer;
    answer.refusal = std::move(words);
    return answer;
}

/// False when the word is missing or longer than the id may be.
template <class Id>
bool read(const ControlLine& line, const std::string& name, Id& out) {
    const std::string word = line.word(name);
    return !word.empty() && out.assign(word);
}

ControlAnswer adopt(const ControlRequest& request) {
    const ControlLine& line = request.line;
    oms::AdoptVenueOrder body;
    const bool is_whole =
        read(line, "venue", body.venue) && read(line, "order", body.venue_order_id) &&
        read(line, "for", body.owner) && read(line, "account", body.account) && !line.word("reason").empty();
    if (!is_whole) return no("adopt needs venue, order, for, account and reason");
    body.by = Text::truncated(request.who);
    body.reason = Text::truncated(line.word("reason"));
    ControlAnswer answer;
    answer.input = body;
    return answer;
}

ControlAnswer settle(const ControlRequest& request) {
    const std::string order = request.line.word("order");
    oms::SettleUnknown body;
    const auto read_to = std::from_chars(order.data(), order.data() + order.size(), body.order_id.value);
    const bool is_number = !order.empty() && read_to.ptr == order.data() + order.size();
    if (!is_number || request.line.word("reason").empty())
        return no("settle needs order, a number, and reason");
    body.by = Text::truncated(request.who);
    body.reason = Text::truncated(request.line.word("reason"));
    ControlAnswer answer;
    answer.input = body;
    return answer;
}

}  // namespace

void add_venue_verbs(ControlDoor& door) {
    door.on("adopt", adopt);
    door.on("settle", settle);
}

}  // namespace penstock::apps
