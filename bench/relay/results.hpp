#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bench/relay/measure.hpp"
#include "bench/support/summary.hpp"

namespace penstock::bench {

/// The figures of every system over all rounds, with one number of client sessions.
class Results {
  public:
    Results(std::vector<System> systems, int sessions) : systems_(std::move(systems)), sessions_(sessions) {}

    void add(const System& system, const Figures& figures) { rounds_[system.name].push_back(figures); }
    const std::vector<System>& systems() const { return systems_; }
    int sessions() const { return sessions_; }
    bool has(const System& system) const { return rounds_.count(system.name) > 0; }
    /// Ran, and every round counts.
    bool is_valid(const System& system) const { return has(system) && problem(system).empty(); }
    /// The problem of the first bad round; empty: every order of every round was acknowledged.
    std::string problem(const System& system) const;

    using Pick = std::function<double(const Figures&)>;
    /// One of each round, in order; empty: it did not run.
    std::vector<double> values(const System& system, const Pick& pick) const;
    Summary summary(const System& system, const Pick& pick) const;
    double median(const System& system, const Pick& pick) const { return summary(system, pick).median; }

  private:
    std::vector<System> systems_;
    int sessions_;
    std::map<std::string, std::vector<Figures>> rounds_;
};

/// Rate and latencies of each system: median [min-max] over the rounds.
void print_figures(const Results& results, const Options& options);
/// Each Penstock row divided by each baseline.
void print_ratios(const Results& results);
/// What was promised, and whether it holds: "must: ... yes (5.1x)".
void print_verdicts(const Results& results);

}  // namespace penstock::bench
