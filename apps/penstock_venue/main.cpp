#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <stdexcept>

#include "apps/command_line/command_line.hpp"
#include "apps/penstock_venue/settings.hpp"
#include "apps/penstock_venue/venue_host.hpp"
#include "apps/runtime/event_loop.hpp"
#include "apps/runtime/fix_log.hpp"
#include "apps/runtime/log.hpp"
#include "apps/runtime/system_clock.hpp"

namespace penstock::apps {
namespace {

constexpr int kExitUsage = 2;   // what was asked for makes no sense
constexpr int kExitCannot = 1;  // a file or a port is not to be had
constexpr auto kDrainTime = std::chrono::seconds(2);
/// A simulator shares its machine with what it is there to test, so it does not spin.
constexpr Patience kPatience{Patience::Duration{0}, Patience::Duration{0}};

struct Options {
    std::string config;
    bool verbose = false;
};

/// Ids must not repeat when a venue restarts within a day: the second of the start, in base 36.
std::string prefix_of(Timestamp now) {
    constexpr std::string_view kDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    constexpr std::int64_t kBase = 36;
    std::string prefix;
    for (std::int64_t second = now.ns / 1'000'000'000; second > 0; second /= kBase)
        prefix.insert(prefix.begin(), kDigits[static_cast<std::size_t>(second % kBase)]);
    return "V" + prefix;
}

void print_line(std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

std::string ready_line(const VenueSettings& settings, std::uint16_t port) {
    constexpr std::string_view kVersions[] = {"4.2", "4.4", "5.0SP2"};
    return "ready " + settings.name + " FIX " +
           std::string(kVersions[static_cast<std::size_t>(settings.profile.version)]) + " on " +
           settings.listener.host + ":" + std::to_string(port);
}

std::optional<VenueSettings> read_settings(const Options& options, Timestamp now) {
    LoadedVenue loaded = load_venue(options.config);
    VenueSettings& settings = loaded.settings;
    if (settings.profile.prefix.empty()) settings.profile.prefix = prefix_of(now);
    if (loaded.problems.empty())
        if (const auto wrong = problem_of(settings.profile))
            loaded.problems.push_back(options.config + ": " + *wrong);
    for (const std::string& problem : loaded.problems) std::fprintf(stderr, "%s\n", problem.c_str());
    if (!loaded.problems.empty()) return std::nullopt;
    return std::move(settings);
}

VenueLines lines_to(Log& log, FixLogFiles* fix_log, bool verbose) {
    VenueLines lines;
    lines.note = [&log](std::string_view line) { log.info(line); };
    if (verbose) lines.report = print_line;
    if (fix_log != nullptr) lines.fix_log = fix_log->writer();
    return lines;
}

/// Until a signal, and then until the sessions are logged out, but no longer than the drain time.
void serve(boost::asio::io_context& io, VenueHost& host) {
    EventLoop loop(io, kPatience);
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    boost::asio::steady_timer drain(io);
    bool is_stopping = false;
    signals.async_wait([&](const boost::system::error_code& failed, int) {
        if (failed) return;
        is_stopping = true;
        host.log_out();
        drain.expires_after(kDrainTime);
        drain.async_wait([&](const boost::system::error_code&) { loop.stop(); });
    });
    const auto end_turn = [&] {
        const bool was_busy = host.end_turn();
        if (!is_stopping || !host.is_done()) return was_busy;
        loop.stop();
        return true;
    };
    loop.run({end_turn, [] { return true; }});
    host.close();
}

int run(const Options& options) {
    SystemClock clock;
    const auto settings = read_settings(options, clock.now());
    if (!settings) return kExitUsage;
    Log log({});
    std::unique_ptr<FixLogFiles> fix_log;
    if (!settings->log_directory.empty()) {
        std::filesystem::create_directories(settings->log_directory);
        fix_log = std::make_unique<FixLogFiles>(settings->log_directory);
    }
    boost::asio::io_context io(1);
    VenueHost host(io, clock, *settings, lines_to(log, fix_log.get(), options.verbose));
    if (const auto wrong = host.open()) {
        std::fprintf(stderr, "penstock-venue: %s\n", wrong->c_str());
        return kExitCannot;
    }
    print_line(ready_line(*settings, host.port()));
    serve(io, host);
    return 0;
}

}  // namespace
}  // namespace penstock::apps

int main(int argc, char** argv) {
    const penstock::apps::CommandLine line(
        "A simulated FIX venue: matches orders, moves prices, misbehaves on a script.");
    const auto app = line.program();
    penstock::apps::Options options;
    app.add_option("--config", options.config, "the venue's TOML file").required();
    app.add_flag("--verbose", options.verbose, "print every report sent to a client");
    try {
        if (const auto ended = line.read(argc, argv)) return *ended;
        return penstock::apps::run(options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "penstock-venue: %s\n", error.what());
        return penstock::apps::kExitCannot;
    }
}
