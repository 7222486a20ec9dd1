#include "tests/scenarios/scenario.hpp"

#include "tests/scenarios/lines.hpp"
#include "tests/scenarios/words.hpp"

namespace penstock::scenarios {
namespace {

/// Small, so that a scenario costs little; `capacity 2` as the first line makes it smaller.
constexpr oms::Capacity kCapacity{.orders = 200, .requests = 200, .fills = 200, .refusals = 200};

bool is_capacity(const Line& line) { return line.way == Way::Stage && line.words[0] == "capacity"; }

/// An expectation: the next output to this party must be this one.
void expect(Stage& stage, const Line& line) {
    const Facts* next = stage.next(line.party);
    const std::string got = next == nullptr ? "nothing" : to_text(*next);
    const auto complain = [&](const std::string& problem) {
        throw Failure(line.place() + ": " + problem + "\n  expected  " + line.text + "\n  got       " + got);
    };
    if (line.words == std::vector<std::string>{"nothing"}) {
        if (next != nullptr) complain("something was sent");
        return;
    }
    const Facts expected = facts_of(line);
    if (next == nullptr) return complain("nothing was sent");
    const std::string differs = difference(expected, *next);
    if (!differs.empty()) complain(differs);
    stage.claim(line.party);
}

void play_line(Stage& stage, const Line& line) {
    switch (line.way) {
        case Way::Out: return expect(stage, line);
        case Way::Stage: return play_stage_line(stage, line);
        case Way::In: break;
    }
    if (line.party.starts_with("client")) return play_client_line(stage, line);
    play_venue_line(stage, line);
}

void check_end(System& system, const Stage& stage, const std::string& file) {
    if (const Facts* left = stage.unclaimed())
        throw Failure(file + ": an output nobody expected\n  got       " + to_text(*left));
    const std::string differs = system.replay_difference();
    if (!differs.empty()) throw Failure(file + ": " + differs);
}

}  // namespace

oms::Capacity capacity_of(const std::vector<Line>& lines) {
    oms::Capacity capacity = kCapacity;
    if (lines.empty() || !is_capacity(lines.front())) return capacity;
    Words words(lines.front());
    words.take("capacity");
    capacity.orders = static_cast<std::uint32_t>(words.number("a number of orders").mantissa());
    if (words.take("requests"))
        capacity.requests = static_cast<std::uint32_t>(words.number("a number of requests").mantissa());
    if (words.take("fills"))
        capacity.fills = static_cast<std::uint32_t>(words.number("a number of fills").mantissa());
    if (words.take("refusals"))
        capacity.refusals = static_cast<std::uint32_t>(words.number("a number of refusals").mantissa());
    words.end();
    return capacity;
}

std::optional<std::string> play(const std::vector<Line>& world, const std::vector<Line>& lines,
                                System& system) {
    Stage stage(system);
    try {
        for (const Line& line : world) play_line(stage, line);
        for (std::size_t i = 0; i < lines.size(); ++i)
            if (i > 0 || !is_capacity(lines[i])) play_line(stage, lines[i]);
        check_end(system, stage, lines.empty() ? "scenario" : lines.front().file);
        return std::nullopt;
    } catch (const Failure& failure) {
        return std::string(failure.what()) + "\n" + stage.transcript();
    }
}

std::optional<std::string> play(const std::vector<Line>& world, const std::vector<Line>& lines) {
    PlainSystem system(capacity_of(lines));
    return play(world, lines, system);
}

}  // namespace penstock::scenarios
