#include "apps/penstock/book_text.hpp"

#include <array>
#include <cstdio>

#include "apps/penstock/record_text.hpp"
#include "apps/runtime/printable.hpp"
#include "oms/domain/fields.hpp"
#include "oms/domain/print.hpp"

namespace penstock::apps {
namespace {

using namespace penstock::oms;

bool is_open(const OrderState& state) {
    return state.phase == Phase::PendingNew || state.phase == Phase::Working;
}

std::string_view side_text(Side side) {
    switch (side) {
        case Side::Buy: return "BUY";
        case Side::Sell: return "SELL";
        case Side::SellShort: return "SELL SHORT";
        case Side::SellShortExempt: return "SELL SHORT EXEMPT";
    }
    return "?";
}

std::string_view phase_text(Phase phase) {
    switch (phase) {
        case Phase::PendingNew: return "PendingNew";
        case Phase::Working: return "Working";
        case Phase::DoneForDay: return "DoneForDay";
        case Phase::Filled: return "Filled";
        case Phase::Cancelled: return "Cancelled";
        case Phase::Expired: return "Expired";
        case Phase::Rejected: return "Rejected";
    }
    return "?";
}

/// Name and value, in the order they are shown.
using Fields = std::vector<std::pair<std::string_view, std::string>>;

std::string in_flight(const OrderState& state) {
    std::string text;
    const auto add = [&](bool is_so, std::string_view word) {
        if (is_so) text += (text.empty() ? "" : ",") + std::string(word);
    };
    add(state.amends_in_flight > 0, "amend");
    add(state.cancels_in_flight > 0, "cancel");
    add(state.outcome_unknown, "unknown");
    add(state.suspended, "suspended");
    return text;
}

Fields terms(const World& world, const Order& order) {
    const std::string_view name = world.directory[order.session].name.view();
    Fields fields{
        {"order", std::to_string(order.id.value)},
        {"session", std::string(name)},
        {"cl_ord_id", std::string(world.orders.text(order.cl_ord_id).view())},
        {"account", std::string(world.directory[order.account].name.view())},
        {"symbol", std::string(world.directory[order.instrument].symbol.view())},
        {"side", std::string(side_text(order.side))},
        {"type", std::string(1, static_cast<char>(order.type))},
        {"time_in_force", std::string(1, static_cast<char>(order.time_in_force))},
        {"quantity", to_text(order.state.quantity.value)}};
    if (order.has_limit) fields.emplace_back("limit", to_text(order.limit.value));
    fields.emplace_back("state", phase_text(order.state.phase));
    fields.emplace_back("in_flight", in_flight(order.state));
    fields.emplace_back("cum", to_text(order.state.filled.value));
    fields.emplace_back("leaves", to_text(leaves(order.state).value));
    if (order.special.is_none()) return fields;
    const Special& special = world.orders[order.special];
    if (special.has_stop) fields.emplace_back("stop", to_text(special.stop.value));
    if (special.holds != 0) fields.emplace_back("held", std::to_string(special.holds));
    if (special.triggered) fields.emplace_back("triggered", "yes");
    return fields;
}

Fields child_fields(const World& world, const Child& child) {
    Fields fields{
        {"child", std::to_string(child.id.value)},
        {"venue", child.venue.is_none() ? "" : std::string(world.directory[child.venue].name.view())},
        {"venue_order_id", std::string(child.venue_order_id.view())},
        {"state", std::string(phase_text(child.state.phase))},
        {"in_flight", in_flight(child.state)},
        {"quantity", to_text(child.state.quantity.value)},
        {"cum", to_text(child.state.filled.value)},
        {"leaves", to_text(leaves(child.state).value)}};
    if (child.is_held) fields.emplace_back("held", "yes");
    return fields;
}

std::string line(const Fields& fields) {
    std::string text;
    for (const auto& [name, value] : fields)
        if (!value.empty()) text += (text.empty() ? "" : " ") + std::string(name) + "=" + printable(value);
    return text;
}

std::string object(const Fields& fields) {
    std::string text = "{";
    for (const auto& [name, value] : fields)
        if (!value.empty())
            text += (text.size() == 1 ? "\"" : ",\"") + std::string(name) + "\":" + json_text(value);
    return text;
}

void add_order(std::string& text, const World& world, const Order& order, bool json) {
    text += json ? object(terms(world, order)) + ",\"children\":[" : line(terms(world, order)) + "\n";
    bool is_first = true;
    for (auto slot = order.first_child; !slot.is_none(); slot = world.orders[slot].next_of_order) {
        const Child& child = world.orders[slot];
        const Fields fields = child_fields(world, child);
        text += json ? (is_first ? "" : ",") + object(fields) + "}" : "    at " + line(fields) + "\n";
        is_first = false;
    }
    if (json) text += "]}\n";
}

}  // namespace

std::string open_orders_text(const World& world, bool json) {
    std::string text;
    world.orders.for_each_open({}, [&](Slot<Order> slot) {
        if (is_open(world.orders[slot].state)) add_order(text, world, world.orders[slot], json);
    });
    return text;
}

std::uint64_t open_orders(const World& world) {
    std::uint64_t count = 0;
    world.orders.for_each_open({}, [&](Slot<Order> slot) { count += is_open(world.orders[slot].state); });
    return count;
}

std::string positions_text(const World& world, bool json) {
    std::string text;
    for (const Position& position : world.positions.all()) {
        Fields fields{{"venue", std::string(world.directory[position.key.venue].name.view())},
                      {"account", std::string(world.directory[position.key.account].name.view())},
                      {"symbol", std::string(world.directory[position.key.instrument].symbol.view())},
                      {"ours", to_text(position.ours.value)}};
        if (position.has_opening) fields.emplace_back("opening", to_text(position.opening.value));
        if (position.named_in != 0) fields.emplace_back("told", to_text(position.told.value));
        if (position.differs) fields.emplace_back("difference", to_text(position.difference.value));
        if (position.is_lost) fields.emplace_back("compared", "no");
        text += json ? object(fields) + "}\n" : line(fields) + "\n";
    }
    return text;
}

std::string state_text(const World& world) {
    std::string text;
    const Directory& directory = world.directory;
    for (std::size_t id = 1; id < directory.sessions().size(); ++id) {
        const Session& session = directory.sessions()[id];
        text += "session " + std::to_string(id) + " " + printable(session.name.view()) +
                (session.is_up ? " up" : " down") + "\n";
    }
    for (std::size_t id = 1; id < directory.venues().size(); ++id) {
        const Venue& venue = directory.venues()[id];
        text += "venue " + std::to_string(id) + " " + printable(venue.name.view()) +
                (directory[venue.session].is_up ? " up" : " down") + "\n";
    }
    for (std::size_t id = 1; id < directory.accounts().size(); ++id)
        text +=
            "account " + std::to_string(id) + " " + printable(directory.accounts()[id].name.view()) + "\n";
    text += "orders " + std::to_string(world.orders.kept_orders()) + " kept, " +
            std::to_string(open_orders(world)) + " open\n";
    return text;
}

}  // namespace penstock::apps
