#include "bench/relay/added.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace penstock::bench {
namespace {

constexpr double kChance = 0.05;

struct Figure {
    std::string name;
    Results::Pick pick;
};

/// One group of audit_systems().
struct Row {
    const System* without;
    const System* audit;
    const System* again;
    const System* witnessed;

    std::array<const System*, kAuditRow> all() const { return {without, audit, again, witnessed}; }
};

std::vector<Figure> figures_of(const Options& options) {
    struct Load {
        std::string name;
        LoadFigures Figures::*load;
    };
    const std::string slow = std::to_string(options.slow_rate) + "/s";
    const Load loads[] = {{slow, &Figures::slow_loop},
                          {slow + ", behind", &Figures::behind_loop},
                          {std::to_string(options.rate) + "/s", &Figures::open_loop},
                          {"ping-pong", &Figures::ping_pong}};
    const std::pair<const char*, Percentiles LoadFigures::*> ways[] = {
        {" order->venue", &LoadFigures::order}, {" rtt", &LoadFigures::round_trip}};
    const std::pair<const char*, double Percentiles::*> parts[] = {
        {" p50", &Percentiles::p50}, {" p99", &Percentiles::p99}, {" p99.9", &Percentiles::p999}};
    std::vector<Figure> figures;
    for (const Load& load : loads)
        for (const auto& [way_name, way] : ways)
            for (const auto& [part_name, part] : parts)
                figures.push_back({load.name + way_name + part_name,
                                   [load = load.load, way = way, part = part](const Figures& one) {
                                       return one.*load.*way.*part;
                                   }});
    return figures;
}

/// Of one round: with an audit, less the mean of the two without.
struct Added {
    double us = 0;
    double ratio = 1;
    int higher = 0;
    int rounds = 0;
};

Added added_by(const System& system, const Row& row, const Results& results, const Results::Pick& pick) {
    const std::vector<double> with = results.values(system, pick);
    const std::vector<double> first = results.values(*row.without, pick);
    const std::vector<double> again = results.values(*row.again, pick);
    std::vector<double> differences;
    Added added;
    for (std::size_t round = 0; round < with.size(); ++round) {
        differences.push_back(with[round] - (first[round] + again[round]) / 2);
        if (differences.back() > 0) ++added.higher;
    }
    added.rounds = static_cast<int>(differences.size());
    added.us = summarize(differences).median;
    std::vector<double> both = first;
    both.insert(both.end(), again.begin(), again.end());
    added.ratio = summarize(with).median / summarize(both).median;
    return added;
}

/// How far the two runs without an audit are apart, in the middle one of the rounds.
double spread_of(const Row& row, const Results& results, const Results::Pick& pick) {
    const std::vector<double> first = results.values(*row.without, pick);
    const std::vector<double> again = results.values(*row.again, pick);
    std::vector<double> apart;
    for (std::size_t round = 0; round < first.size(); ++round)
        apart.push_back(std::abs(first[round] - again[round]));
    return summarize(apart).median;
}

const char* verdict_on(const Added& added, double spread) {
    const bool is_within = std::abs(added.us) <= spread;
    const bool is_chance = could_be_chance(added.higher, added.rounds);
    if (is_within && is_chance) return "none";
    if (is_within) return "below the spread";
    if (is_chance) return "unclear";
    return added.us > 0 ? "YES" : "less";
}

std::string text_of(const Added& added, double spread) {
    char text[96];
    std::snprintf(text, sizeof text, "%+.1f %.2fx %d/%d %s", added.us, added.ratio, added.higher,
                  added.rounds, verdict_on(added, spread));
    return text;
}

void print_latencies(const Results& results, const Row& row, const Options& options) {
    Table table({"us", "no audit", "no audit, again", "audit", "audit + witness", "spread", "audit adds",
                 "audit + witness adds"});
    for (const Figure& figure : figures_of(options)) {
        std::vector<std::string> cells{figure.name};
        for (const System* system : {row.without, row.again, row.audit, row.witnessed})
            cells.push_back(to_text(results.summary(*system, figure.pick), 1));
        const double spread = spread_of(row, results, figure.pick);
        cells.push_back(to_text(spread, 1));
        for (const System* system : {row.audit, row.witnessed})
            cells.push_back(text_of(added_by(*system, row, results, figure.pick), spread));
        table.add(cells);
    }
    table.print();
}

void print_rates(const Results& results, const Row& row) {
    std::printf("\n");
    Table table({"system", "flood k orders/s", "CPU us/order", "records behind after the open loop",
                 "other programs' CPU %"});
    for (const System* system : row.all()) {
        const auto cell = [&](const Results::Pick& pick, int decimals) {
            return to_text(results.summary(*system, pick), decimals);
        };
        table.add(
            {system->name, cell([](const Figures& one) { return one.orders_per_second / 1000; }, 1),
             cell([](const Figures& one) { return one.cpu_us_per_order; }, 2),
             system->audit == Audit::Off ? "-" : cell([](const Figures& one) { return one.audit_behind; }, 0),
             cell([](const Figures& one) { return one.others_percent; }, 0)});
    }
    table.print();
}

void print_row(const Results& results, const Row& row, const Options& options) {
    std::printf("\n## %s, %d client session%s: what the audit adds\n\n", row.without->name.c_str(),
                results.sessions(), results.sessions() == 1 ? "" : "s");
    for (const System* system : row.all()) {
        const std::string problem = results.problem(*system);
        if (!problem.empty()) std::printf("INVALID: %s: %s\n", system->name.c_str(), problem.c_str());
        if (!results.is_valid(*system)) return;
    }
    print_latencies(results, row, options);
    print_rates(results, row);
}

}  // namespace

bool could_be_chance(int higher, int rounds) {
    // Both ends of a fair coin's distribution, from the extreme to what was seen.
    const int extreme = std::min(higher, rounds - higher);
    double ways = 1;
    double sum = 0;
    for (int k = 0; k <= extreme; ++k) {
        sum += ways;
        ways = ways * (rounds - k) / (k + 1);
    }
    return 2 * sum / std::pow(2.0, rounds) >= kChance;
}

void print_added(const Results& results, const Options& options) {
    const std::vector<System>& systems = results.systems();
    for (std::size_t at = 0; at + kAuditRow <= systems.size(); at += kAuditRow) {
        const Row row{&systems[at], &systems[at + 1], &systems[at + 2], &systems[at + 3]};
        if (results.has(*row.without)) print_row(results, row, options);
    }
    std::printf(
        "\nbehind: right after the warm-up, which the audit catches up with meanwhile.\n"
        "spread: how far two runs without an audit are apart, in the middle one of the rounds.\n"
        "adds: with less without, in the middle one of the rounds; ratio of the medians; in how many rounds "
        "it "
        "was more.\n"
        "none: no more than the spread, and as often less as more; below the spread: no more than it, but "
        "nearly always\n"
        "to one side; unclear: more than the spread, but to both sides; YES: more than the spread, and "
        "nearly "
        "always more\n"
        "(less: nearly always less).\n");
}

}  // namespace penstock::bench
