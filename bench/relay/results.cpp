#include "bench/relay/results.hpp"

#include <cstdio>

namespace penstock::bench {
namespace {

double rate(const Figures& figures) { return figures.orders_per_second / 1000.0; }

struct Column {
    const char* name;
    Results::Pick pick;
};

/// p50, p99 and p99.9 of one kind of latency, as three cells.
void add_percentiles(std::vector<std::string>& row, const Results& results, const System& system,
                     const std::function<const Percentiles&(const Figures&)>& of) {
    const auto cell = [&](double Percentiles::*part) {
        return to_text(results.summary(system, [&](const Figures& one) { return of(one).*part; }), 1);
    };
    row.push_back(cell(&Percentiles::p50));
    row.push_back(cell(&Percentiles::p99));
    row.push_back(cell(&Percentiles::p999));
}

void print_load(const Results& results, const std::string& title, LoadFigures Figures::*load) {
    std::printf("\n%s, us\n\n", title.c_str());
    Table table({"system", "order->venue p50", "p99", "p99.9", "venue->client p50", "p99", "p99.9", "rtt p50",
                 "p99", "p99.9"});
    for (const System& system : results.systems()) {
        if (!results.has(system)) continue;
        std::vector<std::string> row{system.name};
        for (Percentiles LoadFigures::*part :
             {&LoadFigures::order, &LoadFigures::report, &LoadFigures::round_trip})
            add_percentiles(row, results, system,
                            [&](const Figures& one) -> const Percentiles& { return one.*load.*part; });
        table.add(row);
    }
    table.print();
}

std::string times(double value) { return to_text(value, 2) + "x"; }

}  // namespace

std::string Results::problem(const System& system) const {
    const auto found = rounds_.find(system.name);
    if (found == rounds_.end()) return {};
    for (const Figures& figures : found->second)
        if (!figures.problem.empty()) return figures.problem;
    return {};
}

std::vector<double> Results::values(const System& system, const Pick& pick) const {
    std::vector<double> values;
    const auto found = rounds_.find(system.name);
    if (found == rounds_.end()) return values;
    for (const Figures& figures : found->second) values.push_back(pick(figures));
    return values;
}

Summary Results::summary(const System& system, const Pick& pick) const {
    return summarize(values(system, pick));
}

void print_figures(const Results& results, const Options& options) {
    std::printf("\n## %d client session%s\n\nflood, %llu outstanding\n\n", results.sessions(),
                results.sessions() == 1 ? "" : "s", static_cast<unsigned long long>(options.outstanding));
    Table table(
        {"system", "k orders/s", "wall us/order", "CPU us/order", "generator idle %", "every order acked"});
    for (const System& system : results.systems()) {
        if (!results.has(system)) continue;
        const auto us = [](const Figures& one) {
            return one.orders_per_second > 0 ? 1e6 / one.orders_per_second : 0;
        };
        const std::string problem = results.problem(system);
        table.add(
            {system.name, to_text(results.summary(system, rate), 1), to_text(results.median(system, us), 2),
             to_text(results.summary(system, [](const Figures& one) { return one.cpu_us_per_order; }), 2),
             to_text(results.median(system, [](const Figures& one) { return one.generator_idle * 100; }), 0),
             problem.empty() ? "yes" : "INVALID"});
    }
    table.print();
    print_load(results, "ping-pong", &Figures::ping_pong);
    print_load(results,
               "open loop, " + std::to_string(options.rate) + " orders/s, from the moment an order was due",
               &Figures::open_loop);
    for (const System& system : results.systems()) {
        const std::string problem = results.problem(system);
        if (!problem.empty()) std::printf("\nINVALID: %s: %s\n", system.name.c_str(), problem.c_str());
    }
}

void print_ratios(const Results& results) {
    const std::vector<Column> columns{
        {"orders/s", rate},
        {"CPU/order", [](const Figures& one) { return one.cpu_us_per_order; }},
        {"ping-pong order p50", [](const Figures& one) { return one.ping_pong.order.p50; }},
        {"p99", [](const Figures& one) { return one.ping_pong.order.p99; }},
        {"report p50", [](const Figures& one) { return one.ping_pong.report.p50; }},
        {"p99", [](const Figures& one) { return one.ping_pong.report.p99; }},
        {"rtt p50", [](const Figures& one) { return one.ping_pong.round_trip.p50; }},
        {"open loop order p50", [](const Figures& one) { return one.open_loop.order.p50; }},
        {"p99", [](const Figures& one) { return one.open_loop.order.p99; }},
        {"p99.9", [](const Figures& one) { return one.open_loop.order.p999; }},
    };
    std::printf("\nratios of medians, %d client session%s: Penstock / baseline\n\n", results.sessions(),
                results.sessions() == 1 ? "" : "s");
    std::vector<std::string> head{"Penstock", "baseline"};
    for (const Column& column : columns) head.emplace_back(column.name);
    Table table(head);
    for (const System& ours : results.systems()) {
        if (!is_penstock(ours.kind) || !results.is_valid(ours)) continue;
        for (const System& other : results.systems()) {
            if (is_penstock(other.kind) || !results.is_valid(other)) continue;
            std::vector<std::string> row{ours.name, other.name};
            for (const Column& column : columns) {
                const double base = results.median(other, column.pick);
                row.push_back(base > 0 ? times(results.median(ours, column.pick) / base) : "-");
            }
            table.add(row);
        }
    }
    table.print();
}

}  // namespace penstock::bench
