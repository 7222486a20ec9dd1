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

/// The core says no with an alarm that is about no order of ours.
std::optional<std::string> why_not(std::span<const oms::Output> outputs, oms::AlarmKind kind) {
    for (const oms::Output& output : outputs) {
        const auto* alarm = std::get_if<oms::Alarm>(&output);
        if (alarm != nullptr && alarm->kind == kind && alarm->child.is_none() && alarm->order_id.is_none())
            return std::string(alarm->text.view());
    }
    return std::nullopt;
}

ControlAnswer adopt(const ControlRequest& request, const oms::Directory& directory) {
    const ControlLine& line = request.line;
    oms::AdoptVenueOrder body;
    const bool is_whole =
        read(line, "venue", body.venue) && read(line, "order", body.venue_order_id) &&
        read(line, "for", body.owner) && read(line, "account", body.account) && !line.word("reason").empty();
    if (!is_whole) return no("adopt needs venue, order, for, account and reason");
    if (directory.venue_id(body.venue).is_none())
        return no("there is no venue " + std::string(body.venue.view()));
    body.by = Text::truncated(request.who);
    body.reason = Text::truncated(line.word("reason"));
    ControlAnswer answer;
    answer.input = body;
    answer.why_not = [](std::span<const oms::Output> outputs) {
        return why_not(outputs, oms::AlarmKind::OrphanOrder);
    };
    return answer;
}

ControlAnswer settle(const ControlRequest& request) {
    const std::string order = request.line.word("order");
    oms::SettleUnknown body;
    const auto read_to = std::from_chars(order.data(), order.data() + order.size(), body.order_id.value);
    const bool is_number = read_to.ec == std::errc{} && read_to.ptr == order.data() + order.size();
    if (!is_number || request.line.word("reason").empty())
        return no("settle needs order, a number, and reason");
    body.by = Text::truncated(request.who);
    body.reason = Text::truncated(request.line.word("reason"));
    ControlAnswer answer;
    answer.input = body;
    answer.why_not = [](std::span<const oms::Output> outputs) {
        return why_not(outputs, oms::AlarmKind::OutcomeUnknown);
    };
    return answer;
}

ControlAnswer accept_position(const ControlRequest& request, const oms::Directory& directory) {
    const ControlLine& line = request.line;
    oms::AcceptPosition body;
    const auto difference = Quantity::parse(line.word("difference"));
    const bool is_whole = read(line, "venue", body.venue) && read(line, "account", body.account) &&
                          read(line, "symbol", body.symbol) && difference && !line.word("reason").empty();
    if (!is_whole)
        return no("accept-position needs venue, account, symbol, difference, a number, and reason");
    if (directory.venue_id(body.venue).is_none())
        return no("there is no venue " + std::string(body.venue.view()));
    body.difference = *difference;
    body.by = Text::truncated(request.who);
    body.reason = Text::truncated(line.word("reason"));
    ControlAnswer answer;
    answer.input = body;
    answer.why_not = [](std::span<const oms::Output> outputs) {
        return why_not(outputs, oms::AlarmKind::PositionDiffers);
    };
    return answer;
}

}  // namespace

void add_venue_verbs(ControlDoor& door, const oms::Directory& directory) {
    door.on("adopt", [&directory](const ControlRequest& request) { return adopt(request, directory); });
    door.on("settle", settle);
    door.on("accept-position",
            [&directory](const ControlRequest& request) { return accept_position(request, directory); });
}

}  // namespace penstock::apps
