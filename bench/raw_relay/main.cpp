// The floors a FIX relay is measured against: a hand-written relay, and plain TCP.
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "bench/raw_relay/answer.hpp"
#include "bench/raw_relay/relay.hpp"

namespace {

using namespace penstock::bench;

volatile int stopped = 0;

struct Options {
    bool answers_only = false;
    bool spins = false;
    std::uint16_t venue_port = 0;
    std::string journal;  // a file; empty: none
};

int usage() {
    std::fprintf(stderr,
                 "usage: bench_raw_relay --venue PORT [--spin] [--journal FILE]\n"
                 "       bench_raw_relay --answer [--spin]\n"
                 "A hand-written FIX relay, or a program that answers plain TCP. bench_relay starts it.\n");
    return 2;
}

bool read_options(int argc, char** argv, Options& options) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool has_value = i + 1 < argc;
        if (word == "--answer")
            options.answers_only = true;
        else if (word == "--spin")
            options.spins = true;
        else if (word == "--venue" && has_value)
            options.venue_port = static_cast<std::uint16_t>(atoi(argv[++i]));
        else if (word == "--journal" && has_value)
            options.journal = argv[++i];
        else
            return false;
    }
    return options.answers_only || options.venue_port != 0;
}

int answer(const Options& options) {
    const int listener = listen_on_loopback(0);
    if (listener < 0) return 1;
    std::printf("ready bench_raw_relay, port %d\n", port_of(listener));
    std::fflush(stdout);
    answer_requests(listener, options.spins, stopped);
    return 0;
}

int relay(const Options& options) {
    std::unique_ptr<SyncFile> journal;
    if (!options.journal.empty()) {
        journal = std::make_unique<SyncFile>(options.journal);
        if (!journal->is_open()) {
            std::perror(options.journal.c_str());
            return 1;
        }
    }
    Relay made({options.venue_port, options.spins ? Waiting::Spin : Waiting::Epoll, journal.get()});
    if (!made.connect_venue()) {
        std::fprintf(stderr, "bench_raw_relay: cannot connect to port %d\n", options.venue_port);
        return 1;
    }
    std::printf("ready bench_raw_relay, port %d\n", made.port());
    std::fflush(stdout);
    const bool went_well = made.run(stopped);
    std::printf(
        "stopped, journal records %llu\n", static_cast<unsigned long long>(journal ? journal->records() : 0));
    return went_well ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (!read_options(argc, argv, options)) return usage();
    struct sigaction action {};
    action.sa_handler = [](int) { stopped = 1; };
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    return options.answers_only ? answer(options) : relay(options);
}
