#include "apps/penstockd/venue_verbs.hpp"

#include "apps/penstockd/request_words.hpp"

namespace penstock::apps {
namespace {

/// The core says no with an alarm that is about no order of ours.
std::optional<std::string> why_not(std::span<const oms::Output> outputs, oms::AlarmKind kind) {
    for (const oms::Output& output : outputs) {
        const auto* alarm = std::get_if<oms::Alarm>(&output);
        if (alarm != nullptr && alarm->kind == kind && alarm->child.is_none() && alarm->order_id.is_none())
            return std::string(alarm->text.view());
    }
    return std::nullopt;
}

/// The input with who asks, or what is wrong with the words; the core's no is an alarm of that kind.
template <class Body>
ControlAnswer asked(const ControlRequest& request, const RequestWords& words, Body body,
                    oms::AlarmKind kind) {
    ControlAnswer answer;
    if (!words.problem().empty()) {
        answer.refusal = words.problem();
        return answer;
    }
    body.by = Text::truncated(request.who);
    answer.input = body;
    answer.why_not = [kind](std::span<const oms::Output> outputs) { return why_not(outputs, kind); };
    return answer;
}

ControlAnswer adopt(const ControlRequest& request, const oms::Directory& directory) {
    oms::AdoptVenueOrder body;
    RequestWords words(request);
    words.read("venue", body.venue, directory)
        .read("order", body.venue_order_id)
        .read("for", body.owner)
        .read("account", body.account)
        .read("reason", body.reason);
    return asked(request, words, body, oms::AlarmKind::OrphanOrder);
}

ControlAnswer settle(const ControlRequest& request, const oms::OrderStore& orders) {
    oms::SettleUnknown body;
    RequestWords words(request);
    words.read("order", body.order_id, orders).read("reason", body.reason);
    return asked(request, words, body, oms::AlarmKind::OutcomeUnknown);
}

ControlAnswer accept_position(const ControlRequest& request, const oms::Directory& directory) {
    oms::AcceptPosition body;
    RequestWords words(request);
    words.read("venue", body.venue, directory)
        .read("account", body.account)
        .read("symbol", body.symbol)
        .read("difference", body.difference)
        .read("reason", body.reason);
    return asked(request, words, body, oms::AlarmKind::PositionDiffers);
}

}  // namespace

void add_venue_verbs(ControlDoor& door, const oms::World& world) {
    const oms::Directory& directory = world.directory;
    const oms::OrderStore& orders = world.orders;
    door.on("adopt", [&directory](const ControlRequest& request) { return adopt(request, directory); });
    door.on("settle", [&orders](const ControlRequest& request) { return settle(request, orders); });
    door.on("accept-position",
            [&directory](const ControlRequest& request) { return accept_position(request, directory); });
}

}  // namespace penstock::apps
