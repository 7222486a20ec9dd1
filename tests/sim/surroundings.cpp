#include "tests/sim/surroundings.hpp"

#include <cstdio>

namespace penstock::sim {

void Tally::add(const Tally& other) {
    worlds += other.worlds;
    events += other.events;
    records += other.records;
    orders += other.orders;
    requests += other.requests;
    reports += other.reports;
    fills += other.fills;
    prices += other.prices;
    crashes += other.crashes;
    torn_tails += other.torn_tails;
    recovery_crashes += other.recovery_crashes;
    cuts += other.cuts;
    clock_steps += other.clock_steps;
    mischief += other.mischief;
    silences += other.silences;
    losses += other.losses;
    positions_moved += other.positions_moved;
    accepted += other.accepted;
    not_accepted += other.not_accepted;
    excused += other.excused;
    damage_refused += other.damage_refused;
    snapshots += other.snapshots;
    restored += other.restored;
    snapshots_refused += other.snapshots_refused;
    simulated_ms += other.simulated_ms;
}

std::string to_text(const Tally& tally) {
    const auto count = [](std::uint64_t number, const char* what) {
        return std::to_string(number) + " " + what;
    };
    char hours[32];
    std::snprintf(hours, sizeof hours, "%.1f", static_cast<double>(tally.simulated_ms) / 3'600'000);
    return count(tally.worlds, "worlds, ") + hours + " simulated hours, " + count(tally.orders, "orders, ") +
           count(tally.requests, "other requests, ") + count(tally.fills, "fills, ") +
           count(tally.prices, "prices, ") + count(tally.reports, "reports to clients, ") +
           count(tally.records, "journal records; ") + count(tally.faults(), "faults: ") +
           count(tally.crashes, "crashes (") + count(tally.torn_tails, "torn tails, ") +
           count(tally.recovery_crashes, "more during recovery), ") + count(tally.cuts, "cuts, ") +
           count(tally.clock_steps, "clock steps, ") + count(tally.mischief, "acts of mischief, ") +
           count(tally.silences, "answers withheld, ") + count(tally.losses, "executions never reported (") +
           count(tally.excused, "orders left to people), ") +
           count(tally.positions_moved, "positions moved by hand (") +
           count(tally.accepted, "differences accepted, ") + count(tally.not_accepted, "not), ") +
           count(tally.damage_refused, "damaged journals refused; ") + count(tally.snapshots, "snapshots, ") +
           count(tally.restored, "starts from one, ") +
           count(tally.snapshots_refused, "of another layout or damaged");
}

std::string Trace::stamp(Timestamp now) {
    char text[32];
    const std::int64_t us = (now - Surroundings::kStart).ns / 1000;
    std::snprintf(text, sizeof text, "%6lld.%06lld  ", static_cast<long long>(us / 1'000'000),
                  static_cast<long long>(us % 1'000'000));
    return text;
}

}  // namespace penstock::sim
