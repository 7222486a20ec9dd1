// What an order costs on its way client -> system -> venue and back, for Penstock and for what it is
// measured against, in interleaved rounds of one run. bench/README.md has the method.
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <thread>

#include "bench/relay/added.hpp"
#include "bench/relay/results.hpp"
#include "bench/support/cores.hpp"

namespace {

using namespace penstock::bench;
namespace fs = std::filesystem;

int usage() {
    std::fprintf(
        stderr,
        "usage: bench_relay [--rounds N] [--seconds S] [--settle S] [--rate N] [--outstanding N] [--sessions "
        "1,64]\n"
        "                   [--spin default,0] [--only NAME[,NAME]] [--cores SYSTEM,GENERATOR] [--quick]\n"
        "                   [--sync-thread writer] [--profile PREFIX]\n"
        "       bench_relay --audit [--slow-rate N] [the same]\n"
        "  --rounds       interleaved rounds (5)\n"
        "  --seconds      of each of the three loads (1.5)\n"
        "  --settle       seconds of rest before each system (2.5)\n"
        "  --rate         orders a second in the open loop (5000)\n"
        "  --outstanding  orders out in the flood (256)\n"
        "  --sessions     numbers of client sessions (1,64)\n"
        "  --spin         microseconds penstockd looks before it sleeps, one row each; 0 blocks (default,0)\n"
        "  --sync-thread  penstockd's sync_thread: writer or caller (writer)\n"
        "  --only         only systems whose name contains one of these\n"
        "  --cores        where the system and the generator run (0,1)\n"
        "  --profile      perf record of each flood to PREFIX-SYSTEM-SESSIONS.data; slows what it samples\n"
        "  --audit        what an audit adds: penstockd without and with one and with a witness (6 rounds of "
        "1.5 "
        "s, 1 session, spin default)\n"
        "  --slow-rate    orders a second in one more open loop (0; 500 with --audit)\n"
        "  --quick        1 round of 0.3 seconds each: does everything work?\n");
    return 2;
}

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts;
    std::istringstream stream(list);
    for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
    return parts;
}

std::vector<int> numbers(const std::string& list) {
    std::vector<int> found;
    for (const std::string& part : split(list)) found.push_back(std::atoi(part.c_str()));
    return found;
}

std::vector<int> spins(const std::string& list) {
    std::vector<int> found;
    for (const std::string& part : split(list))
        found.push_back(part == "default" ? System::kDefaultSpin : std::atoi(part.c_str()));
    return found;
}

bool take(const std::string& word, const std::string& value, Options& options) {
    const double number = std::atof(value.c_str());
    if (word == "--rounds")
        options.rounds = static_cast<int>(number);
    else if (word == "--seconds")
        options.seconds = number;
    else if (word == "--settle")
        options.settle_seconds = number;
    else if (word == "--rate")
        options.rate = static_cast<int>(number);
    else if (word == "--slow-rate")
        options.slow_rate = static_cast<int>(number);
    else if (word == "--outstanding")
        options.outstanding = static_cast<std::uint64_t>(number);
    else if (word == "--sessions")
        options.sessions = numbers(value);
    else if (word == "--spin")
        options.spins = spins(value);
    else if (word == "--only")
        options.only = split(value);
    else if (word == "--sync-thread")
        options.sync_thread = value;
    else if (word == "--profile")
        options.profiles = value;
    else if (word == "--cores" && numbers(value).size() == 2) {
        options.system_core = numbers(value)[0];
        options.generator_core = numbers(value)[1];
    } else
        return false;
    return true;
}

bool are_sound(const Options& options) {
    for (const int sessions : options.sessions)
        if (sessions < 1 || sessions > Options::kMaxSessions) return false;
    return options.rounds > 0 && options.seconds > 0 && options.rate > 0 && options.slow_rate >= 0 &&
           (options.slow_rate > 0 || !options.compares_audits) && options.outstanding > 0 &&
           options.outstanding < 60'000 && !options.spins.empty();
}

/// What differs when audits are compared, unless it is said otherwise behind it.
void compare_audits(Options& options) {
    options.compares_audits = true;
    options.rounds = 6;
    options.settle_seconds = 1;
    options.slow_rate = 500;
    options.sessions = {1};
    options.spins = {System::kDefaultSpin};
    // At its end the audit catches up with all of it, in the ten seconds a system has to stop.
    options.flood_orders = 100'000;
}

bool read_options(int argc, char** argv, Options& options) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--audit") {
            compare_audits(options);
        } else if (word == "--quick") {
            options.rounds = 1;
            options.seconds = 0.3;
            options.settle_seconds = 0;
        } else if (i + 1 >= argc || !take(word, argv[++i], options)) {
            return false;
        }
    }
    return are_sound(options);
}

bool is_wanted(const System& system, const Options& options) {
    for (const std::string& part : options.only)
        if (system.name.find(part) != std::string::npos) return true;
    return options.only.empty();
}

/// A directory that is gone when the run is over, or was interrupted and is run again.
struct Scratch {
    fs::path path;
    explicit Scratch(fs::path where) : path(std::move(where)) {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

bool is_on_disk(const fs::path& path) {
    constexpr long kTmpfs = 0x01021994;
    struct statfs about {};
    return statfs(path.c_str(), &about) == 0 && about.f_type != kTmpfs;
}

void print_setting(const Options& options, bool is_pinned) {
    std::printf(
        "# Relay benchmark\n\n%d cores; the system under test on core %d, the generator on core %d%s.\n",
        core_count(), options.system_core, options.generator_core,
        is_pinned ? "" : " (could not be pinned: figures mean little)");
    std::printf("%d rounds, interleaved; each load %.1f s; cells are median [min-max] over the rounds.\n",
                options.rounds, options.seconds);
    std::fflush(stdout);
}

/// What one system left must not cost the next: dirty pages, and freed memory, which the kernel of a virtual
/// machine gives back to its host two seconds later, for milliseconds at a time.
void settle(const Options& options) {
    ::sync();
    std::this_thread::sleep_for(std::chrono::duration<double>(options.settle_seconds));
}

/// One round of every system with every number of sessions. True when all of it is valid.
bool run_round(int round, const Options& options, const Place& base, std::vector<Results>& results) {
    bool is_valid = true;
    for (Results& part : results) {
        std::vector<System> systems = part.systems();
        // Each way in turn: what changes evenly with time then meets all alike.
        if (options.compares_audits && round % 2 == 1) std::reverse(systems.begin(), systems.end());
        for (const System& system : systems) {
            if (!is_wanted(system, options)) continue;
            if (system.kind == System::Kind::Tcp && part.sessions() != 1) continue;
            std::fprintf(stderr, "round %d/%d, %d sessions: %s\n", round + 1, options.rounds, part.sessions(),
                         system.name.c_str());
            settle(options);
            Place place = base;
            place.sessions = part.sessions();
            const Scratch scratch(base.directory / "run");
            place.directory = scratch.path;
            const Figures figures =
                measure(system, place, options, round == 0 ? Journal::ReadBack : Journal::Counted);
            if (!figures.problem.empty()) std::fprintf(stderr, "INVALID: %s\n", figures.problem.c_str());
            is_valid = is_valid && figures.problem.empty();
            part.add(system, figures);
        }
    }
    return is_valid;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (!read_options(argc, argv, options)) return usage();
    Place base;
    base.programs = fs::read_symlink("/proc/self/exe").parent_path();
    base.core = options.system_core;
    base.sync_thread = options.sync_thread;
    const Scratch scratch(base.programs / "bench-state");
    base.directory = scratch.path;
    if (!is_on_disk(base.directory)) {
        std::fprintf(stderr, "bench_relay: %s is not on a disk; a journal there proves nothing\n",
                     base.directory.c_str());
        return 1;
    }
    print_setting(options, pin_to_core(options.generator_core));
    std::vector<Results> results;
    for (const int sessions : options.sessions)
        results.emplace_back(
            options.compares_audits ? audit_systems(options.spins) : all_systems(options.spins), sessions);
    bool is_valid = true;
    for (int round = 0; round < options.rounds; ++round)
        is_valid = run_round(round, options, base, results) && is_valid;
    for (const Results& part : results) {
        if (options.compares_audits) {
            print_added(part, options);
            continue;
        }
        print_figures(part, options);
        print_ratios(part);
        print_verdicts(part);
    }
    return is_valid ? 0 : 1;
}
