#pragma once

#include <string>
#include <vector>

#include "bench/relay/systems.hpp"
#include "bench/support/histogram.hpp"

namespace penstock::bench {

struct Options {
    int rounds = 5;
    double seconds = 1.5;         // of each load
    double settle_seconds = 2.5;  // before each system
    int rate = 5000;              // orders a second in the open loop
    int slow_rate = 0;            // orders a second in one more open loop; 0: there is none
    std::uint64_t outstanding = 256;
    std::uint64_t flood_orders = 400'000;  // ends a flood early: bounds journals and open orders
    std::vector<int> sessions{1, kMaxSessions};
    std::vector<int> spins{System::kDefaultSpin, 0};  // of Penstock
    std::string sync_thread = "writer";
    std::vector<std::string> only;  // parts of names; empty: every system
    std::string profiles;           // prefix of files for perf record of each flood; empty: none
    int system_core = 0;
    int generator_core = 1;

    bool compares_audits = false;  // Penstock with and without an audit, nothing else

    static constexpr int kMaxSessions = 64;
};

/// The latencies of one load, microseconds.
struct LoadFigures {
    Percentiles order;
    Percentiles report;
    Percentiles round_trip;
};

/// What one run of one system gave.
struct Figures {
    LoadFigures ping_pong;
    LoadFigures open_loop;
    LoadFigures slow_loop;    // at Options::slow_rate
    LoadFigures behind_loop;  // the same while an audit is behind the warm-up; only when audits are compared
    double orders_per_second = 0;
    double cpu_us_per_order = 0;
    double generator_idle = 0;
    std::uint64_t orders = 0;
    /// Records of orders that were under no checkpoint of the audit when the open loop ended.
    double audit_behind = 0;
    double others_percent = 0;  // of all cores, used by programs that are not measured
    std::string problem;        // not empty: the figures mean nothing
};

/// Should the journal be read back by a restart after the run? Takes seconds.
enum class Journal { Counted, ReadBack };

/// Starts the system in `place`, whose venue port is filled in here, and runs the three loads.
Figures measure(const System& system, Place place, const Options& options, Journal journal);

}  // namespace penstock::bench
