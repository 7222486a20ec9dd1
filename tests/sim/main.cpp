#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>

#include "tests/sim/options.hpp"
#include "tests/sim/world.hpp"

namespace {

using namespace penstock::sim;
using Clock = std::chrono::steady_clock;

constexpr auto kProgressEvery = std::chrono::seconds(5);
constexpr int kFound = 1;
constexpr int kUsage = 2;

volatile std::sig_atomic_t is_stopped = 0;
unsigned long long seed_now = 0;
const char* mutation_now = "none";

void stop(int) { is_stopped = 1; }

/// An assertion of the product has stopped it: say which world it was.
void tell_seed(int) {
    std::fprintf(stderr, "seed %llu ended the process; to play it again: ./dev sim %llu --mutation %s\n",
                 seed_now, seed_now, mutation_now);
    std::_Exit(kFound);
}

struct Outcome {
    std::optional<Violation> violation;
    std::uint64_t digest = 0;
};

Outcome play(const Plan& plan, const Options& options, std::size_t events, Tally& tally) {
    World world(plan, options.directory, events);
    Outcome outcome;
    try {
        world.run();
    } catch (const Violation& violation) {
        outcome.violation = violation;
    }
    outcome.digest = world.digest();
    tally.add(world.tally());
    for (const std::string& line : world.trace().lines()) std::printf("%s\n", line.c_str());
    return outcome;
}

/// Plays the world once more, to tell what went before.
void tell(const Plan& plan, const Violation& violation, const Options& options, bool in_full) {
    Tally unused;
    std::printf(
        "\nseed %llu violates I%d: %s\n", seed_now, static_cast<int>(violation.invariant), violation.what());
    if (!in_full) return;
    std::printf("its last events:\n");
    play(plan, options, options.events, unused);
    std::printf("its world:\n%s", to_text(plan).c_str());
    const bool is_mutant = plan.mutation != Mutation::None;
    std::printf("to play it again: ./dev sim %llu%s%s\n", seed_now, is_mutant ? " --mutation " : "",
                is_mutant ? mutation_now : "");
}

class Run {
  public:
    explicit Run(const Options& options)
        : options_(options), start_(Clock::now()), next_progress_(start_ + kProgressEvery) {}

    /// True when a violation was found.
    bool run() {
        const bool is_timed = options_.seconds > 0;
        const std::uint64_t to = is_timed ? std::numeric_limits<std::uint64_t>::max() : options_.to;
        for (std::uint64_t seed = options_.from; seed <= to && !is_over(); ++seed) one(seed);
        std::printf("%s; violations: %d\n", to_text(tally_).c_str(), violations_);
        return violations_ > 0;
    }

  private:
    bool is_over() const {
        if (is_stopped != 0 || (options_.expects_violation && violations_ > 0)) return true;
        return options_.seconds > 0 && Clock::now() - start_ > std::chrono::seconds(options_.seconds);
    }

    void one(std::uint64_t seed) {
        seed_now = seed;
        Plan plan = plan_of(seed);
        plan.mutation = options_.mutation;
        const std::size_t events = options_.prints_events ? std::numeric_limits<std::size_t>::max() : 0;
        const Outcome outcome = play(plan, options_, events, tally_);
        if (outcome.violation) tell(plan, *outcome.violation, options_, ++violations_ == 1);
        if (options_.plays_twice) compare(plan, outcome);
        if (Clock::now() < next_progress_) return;
        next_progress_ = Clock::now() + kProgressEvery;
        std::printf("seed %llu: %s; violations: %d\n", seed_now, to_text(tally_).c_str(), violations_);
        std::fflush(stdout);
    }

    void compare(const Plan& plan, const Outcome& first) {
        Tally unused;
        if (play(plan, options_, 0, unused).digest == first.digest) return;
        ++violations_;
        std::printf("seed %llu: the second run was another world\n", seed_now);
    }

    const Options& options_;
    Clock::time_point start_;
    Clock::time_point next_progress_;
    Tally tally_;
    int violations_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const Options options = read_options(argc, argv);
    if (options.wants_help) {
        std::fputs(usage(), stdout);
        return 0;
    }
    if (!options.problem.empty()) {
        std::fprintf(stderr, "%s\n\n%s", options.problem.c_str(), usage());
        return kUsage;
    }
    mutation_now = to_text(options.mutation).data();
    std::signal(SIGINT, stop);
    std::signal(SIGTERM, stop);
    std::signal(SIGABRT, tell_seed);
    bool found = Run(options).run();
    std::error_code ignored;
    std::filesystem::remove(options.directory.parent_path(), ignored);
    if (options.expects_violation) found = !found;
    return found ? kFound : 0;
}
