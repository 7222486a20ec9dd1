// What a mass cancel of 100,000 orders costs in the core, for each order, beside a plain cancel of each; and
// what one costs that finds few among many. Interleaved rounds, medians.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "bench/core/book.hpp"
#include "bench/support/clock.hpp"
#include "bench/support/cores.hpp"
#include "bench/support/rounds.hpp"
#include "bench/support/summary.hpp"

namespace {

using namespace penstock;
using bench::Book;

constexpr std::uint32_t kMeant = 100'000;
constexpr std::uint32_t kMany = 1'000'000;
constexpr double kAimRatio = 1.0;

struct Samples {
    std::vector<double> one_by_one{};  // ns an order
    std::vector<double> mass{};
    std::vector<double> longest_step{};  // us
    std::vector<double> few{};           // us in all
};

/// Orders of all clients, `count` in all.
std::unique_ptr<Book> filled(std::uint32_t count) {
    auto book = std::make_unique<Book>(kMany + bench::kFinishedKept);
    while (book->open_orders() < count && book->surprises() == 0) book->open();
    return book;
}

template <class Work>
double elapsed_ns(Work&& work) {
    const std::int64_t start = bench::now_ns();
    work();
    return static_cast<double>(bench::now_ns() - start);
}

/// True when everything went as expected.
bool run_round(Samples& samples) {
    auto plain = filled(kMeant);
    samples.one_by_one.push_back(elapsed_ns([&] { plain->cancel_each(); }) / kMeant);
    const std::uint64_t plain_surprises = plain->surprises();
    plain.reset();

    // All clients ask, one after the other, as a desk that is in trouble would.
    auto mass = filled(kMeant);
    std::int64_t longest_ns = 0;
    std::uint64_t affected = 0;
    samples.mass.push_back(elapsed_ns([&] {
                               for (std::uint32_t client = 0; client < bench::kClients; ++client)
                                   affected += mass->mass_cancel(client, longest_ns);
                           }) /
                           kMeant);
    samples.longest_step.push_back(static_cast<double>(longest_ns) / 1000);
    return plain_surprises + mass->surprises() == 0 && affected == kMeant;
}

int run(int rounds) {
    Samples samples;
    bool is_valid = true;
    for (int round = 0; round < rounds; ++round) is_valid = run_round(samples) && is_valid;
    const auto many = filled(kMany);
    for (int round = 0; round < rounds; ++round) {
        std::int64_t longest_ns = 0;
        // A symbol of which the client has no order: nothing is found, all has been looked at.
        samples.few.push_back(elapsed_ns([&] { many->mass_cancel_nothing(longest_ns); }) / 1000);
    }

    std::printf("# Mass cancel in the core\n\n%d rounds, median [min-max]\n\n", rounds);
    bench::Table table({"case", "figure"});
    table.add(
        {"100 thousand cancelled one by one, ns an order", to_text(bench::summarize(samples.one_by_one), 0)});
    table.add({"100 thousand by mass cancel, ns an order", to_text(bench::summarize(samples.mass), 0)});
    table.add({"the longest step of those, us", to_text(bench::summarize(samples.longest_step), 0)});
    table.add({"one that means nobody among 1 million open, us", to_text(bench::summarize(samples.few), 0)});
    table.print();
    std::printf("\n");
    const double ratio = bench::summarize(samples.mass).median / bench::summarize(samples.one_by_one).median;
    bench::print_aim("an order of a mass cancel costs no more than a plain cancel", ratio, kAimRatio, "x");
    if (is_valid && many->surprises() == 0) return 0;
    std::printf("\nINVALID: not every order went as expected\n");
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = bench::rounds_of(argc, argv, "bench_mass_cancel");
    bench::pin_to_core(bench::core_count() - 1);
    return run(rounds);
}
