#include "bench/relay/measure.hpp"

#include <algorithm>
#include <memory>

#include "bench/relay/auditing.hpp"
#include "bench/relay/generator.hpp"
#include "bench/relay/loads.hpp"
#include "bench/relay/profile.hpp"
#include "bench/relay/tcp.hpp"
#include "bench/support/clock.hpp"
#include "bench/support/others.hpp"

namespace penstock::bench {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kTimeToStart = 20 * kSecond;
constexpr std::int64_t kTimeToRecover = 120 * kSecond;
constexpr std::int64_t kTimeToRest = 3 * kSecond / 2;
constexpr std::int64_t kTimeToCatchUp = 20 * kSecond;
constexpr std::uint64_t kWarmUpOrders = 20'000;
constexpr std::uint64_t kRecordsPerOrder = 2;  // the order and the venue's report

struct Run {
    const System& system;
    const Place& place;
    const Options& options;

    /// "PREFIX-penstock-power-block-64.data"
    std::string profile_file() const {
        if (options.profiles.empty()) return {};
        std::string name =
            options.profiles + "-" + system.name + "-" + std::to_string(place.sessions) + ".data";
        std::replace(name.begin(), name.end(), ' ', '-');
        return name;
    }
};

LoadFigures figures_of(const Latencies& latencies) {
    return {percentiles(latencies.order), percentiles(latencies.report), percentiles(latencies.round_trip)};
}

/// Until an audit has every record, and without one as long as that takes. What is wrong, or nothing.
std::string rest(Generator& generator, const Run& run) {
    const std::int64_t begin = now_ns();
    const auto rested = [&] { return now_ns() - begin; };
    const auto is_behind = [&] {
        return run.system.audit != Audit::Off &&
               audited_records(run.place) < generator.done() * kRecordsPerOrder;
    };
    while (rested() < kTimeToRest || is_behind()) {
        if (rested() > kTimeToCatchUp) return "the audit has not caught up in 20 seconds";
        const std::int64_t next = now_ns() + kSecond / 100;
        while (now_ns() < next) generator.turn();
    }
    return {};
}

void run_loads(Generator& generator, const Child& child, const Run& run, Figures& figures) {
    const Options& options = run.options;
    const auto duration = static_cast<std::int64_t>(options.seconds * 1e9);
    flood(generator, {duration, kWarmUpOrders, options.outstanding});
    if (options.compares_audits) {
        Latencies behind;
        open_loop(generator, duration, options.slow_rate, &behind);
        figures.behind_loop = figures_of(behind);
        figures.problem = rest(generator, run);
        if (!figures.problem.empty()) return;
    }
    if (options.slow_rate > 0) {
        Latencies slow;
        open_loop(generator, duration, options.slow_rate, &slow);
        figures.slow_loop = figures_of(slow);
    }
    Latencies ping;
    ping_pong(generator, duration, &ping);
    figures.ping_pong = figures_of(ping);
    Latencies open;
    open_loop(generator, duration, options.rate, &open);
    figures.open_loop = figures_of(open);
    if (run.system.audit != Audit::Off) {
        const auto audited = static_cast<double>(audited_records(run.place));
        figures.audit_behind = static_cast<double>(generator.done() * kRecordsPerOrder) - audited;
    }
    const Profile profile(child.id(), run.profile_file());
    const std::int64_t cpu_before = child.cpu_ns();
    const Flood flooded = flood(generator, {duration, options.flood_orders, options.outstanding});
    figures.orders_per_second = flooded.orders_per_second;
    figures.generator_idle = flooded.generator_idle;
    if (flooded.orders == 0) return;
    figures.cpu_us_per_order =
        static_cast<double>(child.cpu_ns() - cpu_before) / 1000.0 / static_cast<double>(flooded.orders);
}

/// Every order and every report must be in the journal: a restart has to find them all, and come to the
/// same state.
std::string read_back(const Command& command, const std::string& last_line, std::uint64_t orders) {
    Child child(command);
    child.await_ready(now_ns() + kTimeToRecover, [] {});
    if (!child.problem().empty()) return "the restart failed: it " + child.problem();
    std::uint64_t records = 0;
    const std::string& line = child.ready_line();
    const std::size_t at = line.find(" records recovered");
    const std::size_t begin = line.rfind(' ', at - 1);
    if (at != std::string::npos) records = number_of(line.substr(begin + 1));
    if (records < orders * kRecordsPerOrder)
        return std::to_string(records) + " records in the journal for " + std::to_string(orders) + " orders";
    const auto hash_of = [](const std::string& text) { return text.substr(text.rfind(' ') + 1); };
    if (hash_of(line) != hash_of(last_line)) return "the restart came to another state: " + line;
    return {};
}

std::string check_journal(const System& system, const Place& place, const Command& command,
                          const std::string& last_line, std::uint64_t orders, Journal journal) {
    if (system.kind == System::Kind::RawSyncRelay) {
        const std::uint64_t records = number_of(last_line.substr(last_line.rfind(' ') + 1));
        if (records != orders * kRecordsPerOrder)
            return "the relay kept " + std::to_string(records) + " records";
    }
    if (system.audit != Audit::Off && audited_records(place) < orders * kRecordsPerOrder)
        return std::to_string(audited_records(place)) + " records in the audit for " +
               std::to_string(orders) + " orders";
    if (is_penstock(system.kind) && journal == Journal::ReadBack)
        return read_back(command, last_line, orders);
    return {};
}

}  // namespace

Figures measure(const System& system, Place place, const Options& options, Journal journal) {
    if (system.kind == System::Kind::Tcp) return measure_tcp(system, place, options);
    Figures figures;
    auto generator = std::make_unique<Generator>(place.sessions);
    place.venue_port = generator->venue_port();
    const Auditing auditing(system, place);
    place.audit_section = auditing.section();
    figures.problem = auditing.problem();
    if (!figures.problem.empty()) return figures;
    const Command command = prepare(system, place);
    Child child(command);
    child.await_ready(now_ns() + kTimeToStart, [&] { generator->turn(); });
    figures.problem = child.problem();
    if (!figures.problem.empty()) return figures;
    generator->log_on(static_cast<std::uint16_t>(child.number_after(" port ")), now_ns() + kTimeToStart);
    const Others others;
    const std::int64_t cpu_before = child.cpu_ns();
    if (generator->problem().empty()) run_loads(*generator, child, {system, place, options}, figures);
    figures.others_percent = others.percent(child.cpu_ns() - cpu_before);
    figures.orders = generator->done();
    if (figures.problem.empty()) figures.problem = generator->problem();
    // Sessions end first: a system that stops would wait for their logouts.
    generator.reset();
    const auto last_line = child.stop();
    if (!last_line)
        figures.problem += (figures.problem.empty() ? "" : ". Then it ") + child.problem();
    else if (!figures.problem.empty())
        figures.problem += ". It wrote: " + child.last_words();
    if (figures.problem.empty())
        figures.problem = check_journal(system, place, command, *last_line, figures.orders, journal);
    return figures;
}

}  // namespace penstock::bench
