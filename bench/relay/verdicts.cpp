#include <algorithm>
#include <cstdio>
#include <optional>

#include "bench/relay/results.hpp"

namespace penstock::bench {
namespace {

using Kind = System::Kind;

constexpr double kRateAgainstQuickFix = 3.0;
constexpr double kRateAimed = 5.0;
constexpr double kOrdersPerSecondAimed = 290'000;
constexpr double kLatencyAgainstSync = 1.5;

double rate(const Figures& figures) { return figures.orders_per_second; }

struct Latency {
    const char* name;
    Results::Pick p50;
    Results::Pick p99;
};
const Latency kOneWay[] = {
    {"ping-pong order->venue", [](const Figures& one) { return one.ping_pong.order.p50; },
     [](const Figures& one) { return one.ping_pong.order.p99; }},
    {"ping-pong venue->client", [](const Figures& one) { return one.ping_pong.report.p50; },
     [](const Figures& one) { return one.ping_pong.report.p99; }},
    {"open-loop order->venue", [](const Figures& one) { return one.open_loop.order.p50; },
     [](const Figures& one) { return one.open_loop.order.p99; }},
    {"open-loop venue->client", [](const Figures& one) { return one.open_loop.report.p50; },
     [](const Figures& one) { return one.open_loop.report.p99; }},
};

enum class Wanted { AtLeast, AtMost, Below };

struct Claim {
    const char* strength;  // "must" or "aim"
    std::string text;
    Wanted wanted;
    double limit;
};

void say(const Results& results, const System& ours, const Claim& claim, double measured) {
    const bool holds = claim.wanted == Wanted::AtLeast  ? measured >= claim.limit
                       : claim.wanted == Wanted::AtMost ? measured <= claim.limit
                                                        : measured < claim.limit;
    std::printf(
        "%s: %s, %d session%s: %s: %s (%.2fx)\n", claim.strength, ours.name.c_str(), results.sessions(),
        results.sessions() == 1 ? "" : "s", claim.text.c_str(), holds ? "yes" : "no", measured);
}

const System* find(const Results& results, Kind kind) {
    for (const System& system : results.systems())
        if (system.kind == kind && results.is_valid(system)) return &system;
    return nullptr;
}

/// The lowest median among the variants of a baseline: it may block or spin, whichever suits it.
std::optional<double> best(const Results& results, Kind kind, const Results::Pick& pick) {
    std::optional<double> lowest;
    for (const System& system : results.systems()) {
        if (system.kind != kind || !results.is_valid(system)) continue;
        const double median = results.median(system, pick);
        if (median > 0) lowest = std::min(lowest.value_or(median), median);
    }
    return lowest;
}

void judge_process(const Results& results, const System& ours) {
    const double our_rate = results.median(ours, rate);
    if (const System* const quickfix = find(results, Kind::QuickFixMemory)) {
        const double ratio = our_rate / results.median(*quickfix, rate);
        say(results, ours,
            {"must", "3 times the orders/s of QuickFIX at its best", Wanted::AtLeast, kRateAgainstQuickFix},
            ratio);
        const auto cpu = [](const Figures& one) { return one.cpu_us_per_order; };
        say(results, ours,
            {"also", "the same by CPU time of an order, which other programs' load hardly moves",
             Wanted::AtLeast, kRateAgainstQuickFix},
            results.median(*quickfix, cpu) / results.median(ours, cpu));
        for (const Latency& one : kOneWay) {
            const std::string lower = std::string(one.name) + " lower than QuickFIX at its best, ";
            say(results, ours, {"must", lower + "p50", Wanted::Below, 1.0},
                results.median(ours, one.p50) / results.median(*quickfix, one.p50));
            say(results, ours, {"must", lower + "p99", Wanted::Below, 1.0},
                results.median(ours, one.p99) / results.median(*quickfix, one.p99));
        }
        say(results, ours,
            {"aim", "5 times the orders/s of QuickFIX at its best", Wanted::AtLeast, kRateAimed}, ratio);
    }
    say(results, ours, {"aim", "290,000 orders/s on the core", Wanted::AtLeast, 1.0},
        our_rate / kOrdersPerSecondAimed);
}

void judge_power(const Results& results, const System& ours) {
    if (const System* const quickfix = find(results, Kind::QuickFixFile))
        say(results, ours, {"must", "more orders/s than QuickFIX with FileStore", Wanted::AtLeast, 1.0},
            results.median(ours, rate) / results.median(*quickfix, rate));
    for (const Latency& one : kOneWay) {
        const std::string within =
            std::string(one.name) + " within 1.5 times the hand-written syncing relay, ";
        const auto p50 = best(results, Kind::RawSyncRelay, one.p50);
        const auto p99 = best(results, Kind::RawSyncRelay, one.p99);
        if (p50)
            say(results, ours, {"must", within + "p50", Wanted::AtMost, kLatencyAgainstSync},
                results.median(ours, one.p50) / *p50);
        if (p99)
            say(results, ours, {"must", within + "p99", Wanted::AtMost, kLatencyAgainstSync},
                results.median(ours, one.p99) / *p99);
    }
}

}  // namespace

void print_verdicts(const Results& results) {
    std::printf("\n");
    for (const System& system : results.systems()) {
        if (!is_penstock(system.kind) || !results.has(system)) continue;
        if (!results.is_valid(system)) {
            std::printf("must: %s, %d sessions: no, the result is INVALID\n", system.name.c_str(),
                        results.sessions());
            continue;
        }
        if (system.kind == Kind::PenstockProcess)
            judge_process(results, system);
        else
            judge_power(results, system);
    }
}

}  // namespace penstock::bench
