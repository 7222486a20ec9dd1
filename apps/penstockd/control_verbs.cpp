#include "apps/penstockd/control_verbs.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "apps/runtime/restore.hpp"

namespace penstock::apps {
namespace {

/// Up to this many orders the state hash, which walks all of them, is no burden to those who trade.
constexpr std::uint32_t kQuickHash = 20'000;

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x20 || byte >= 0x7F) continue;
        if (letter == '"' || letter == '\\') out += '\\';
        out += letter;
    }
    return out + "\"";
}

std::string hash_text(const oms::Core& core) {
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(core.state_hash()));
    return text.data();
}

std::uint64_t open_orders(const oms::OrderStore& orders) {
    std::uint64_t count = 0;
    orders.for_each_open({}, [&](oms::Slot<oms::Order> slot) {
        const oms::Phase phase = orders[slot].state.phase;
        count += phase == oms::Phase::PendingNew || phase == oms::Phase::Working ? 1 : 0;
    });
    return count;
}

VenueId venue_at(std::size_t place) { return {static_cast<std::uint32_t>(place)}; }

bool takes_orders(const oms::World& world, std::size_t place) {
    return world.directory.takes_orders(venue_at(place));
}

std::string status_json(const ControlView& view, bool hash) {
    const oms::World& world = view.core.world();
    std::string text =
        "{\"seq\":" + std::to_string(view.pipeline.last().value) +
        ",\"durable\":" + std::to_string(view.journal.durable().value) +
        ",\"pid\":" + std::to_string(::getpid()) +
        ",\"halted\":" + (world.directory.is_halted() ? "true" : "false") +
        ",\"journal_nearly_full\":" + (view.journal.nearly_full() ? "true" : "false") +
        ",\"journal_check\":" + json_string(view.journal_check()) +
        ",\"orders_kept\":" + std::to_string(world.orders.kept_orders()) +
        ",\"orders_open\":" + std::to_string(open_orders(world.orders));
    if (hash || world.orders.kept_orders() <= kQuickHash)
        text += ",\"state_hash\":" + json_string(hash_text(view.core));
    text += ",\"sessions\":[";
    const auto& sessions = world.directory.sessions();
    for (std::size_t id = 1; id < sessions.size(); ++id)
        text += std::string(id == 1 ? "" : ",") + "{\"name\":" + json_string(sessions[id].name.view()) +
                ",\"up\":" + (sessions[id].is_up ? "true" : "false") + "}";
    text += "],\"venues\":[";
    const auto& venues = world.directory.venues();
    for (std::size_t id = 1; id < venues.size(); ++id)
        text += std::string(id == 1 ? "" : ",") + "{\"name\":" + json_string(venues[id].name.view()) +
                ",\"up\":" + (world.directory[venues[id].session].is_up ? "true" : "false") +
                ",\"takes_orders\":" + (takes_orders(world, id) ? "true" : "false") +
                ",\"orphans\":" + std::to_string(world.venue_orders.orphans_of(venue_at(id))) +
                ",\"positions_differ\":" + std::to_string(world.positions.differing_at(venue_at(id))) + "}";
    return text + "]}";
}

ControlAnswer needs_reason(const ControlRequest& request) {
    ControlAnswer no;
    no.refusal = request.line.verb + " needs a reason";
    return no;
}

/// Nobody who has to halt trading is told to say it shorter: a reason that is too long is cut, and that is
/// said.
ControlAnswer answer_to(const ControlRequest& request) {
    ControlAnswer answer;
    const std::size_t bytes = request.line.word("reason").size();
    if (bytes > Text::kCapacity)
        answer.json = "{\"cut\":\"reason has " + std::to_string(bytes) + " bytes, the first " +
                      std::to_string(Text::kCapacity) + " are on record\"}";
    return answer;
}

ControlAnswer act(const ControlRequest& request) {
    ControlAnswer answer = answer_to(request);
    const std::string action = request.line.word("action");
    if (action.empty()) {
        answer.refusal = "act needs an action";
        return answer;
    }
    answer.input = act_of(request, action);
    return answer;
}

ControlAnswer halt(const ControlRequest& request, const ControlView& view) {
    if (request.line.word("reason").empty()) return needs_reason(request);
    ControlAnswer answer = answer_to(request);
    answer.when_durable = view.checkpoint_soon;
    oms::OperatorActed acted = act_of(request, "halt");
    acted.effect = oms::OperatorEffect::Halt;
    answer.input = acted;
    return answer;
}

ControlAnswer resume(const ControlRequest& request) {
    if (request.line.word("reason").empty()) return needs_reason(request);
    ControlAnswer answer = answer_to(request);
    oms::OperatorActed acted = act_of(request, "resume");
    acted.effect = oms::OperatorEffect::Resume;
    answer.input = acted;
    return answer;
}

}  // namespace

std::filesystem::path halted_file(const std::filesystem::path& state) { return state / "halted"; }

std::optional<oms::OperatorActed> halt_by_file(const std::filesystem::path& state) {
    std::ifstream file(halted_file(state));
    if (!file) return std::nullopt;
    const std::string reason{std::istreambuf_iterator<char>(file), {}};
    oms::OperatorActed acted;
    acted.who.assign(user_at_host(::geteuid()).substr(0, acted.who.kCapacity));
    acted.action.assign("restored");
    acted.subject.assign("journal");
    acted.reason = Text::truncated(reason.substr(0, reason.find('\n')));
    acted.text = Text::truncated("audit origin ends with /" + audit_origin_suffix(state));
    acted.effect = oms::OperatorEffect::Restored;
    return acted;
}

oms::OperatorActed act_of(const ControlRequest& request, std::string_view action) {
    const ControlLine& line = request.line;
    oms::OperatorActed acted;
    acted.who = decltype(acted.who)::truncated(request.who);
    acted.action = decltype(acted.action)::truncated(action);
    acted.subject = decltype(acted.subject)::truncated(line.word("subject"));
    acted.reason = Text::truncated(line.word("reason"));
    acted.text = Text::truncated(line.word("text"));
    return acted;
}

void add_control_verbs(ControlDoor& door, const ControlView& view) {
    door.on("status", [view](const ControlRequest& request) {
        ControlAnswer answer;
        answer.json = status_json(view, !request.line.word("hash").empty());
        return answer;
    });
    door.on("act", act);
    door.on("halt", [view](const ControlRequest& request) { return halt(request, view); });
    door.on("resume", resume);
}

}  // namespace penstock::apps
