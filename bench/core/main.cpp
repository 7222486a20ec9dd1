// What new + ack + fill of an order costs in the core alone, risk included, with few and with many open
// orders: nanoseconds, allocations, bytes. Interleaved rounds, medians.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>

#include "bench/core/book.hpp"
#include "bench/support/allocations.hpp"
#include "bench/support/clock.hpp"
#include "bench/support/cores.hpp"
#include "bench/support/rounds.hpp"
#include "bench/support/summary.hpp"

namespace {

using namespace penstock;
using bench::Book;

constexpr std::uint32_t kFew = 1'000;
constexpr std::uint32_t kMany = 1'000'000;
constexpr int kBatch = 100'000;
constexpr double kAimNs = 1000;
constexpr double kAimGrowth = 1.10;
constexpr double kAimBytes = 400;

/// Places in an order nobody can predict, the same on every run.
class Places {
  public:
    std::size_t next(std::size_t count) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_ % count;
    }

  private:
    std::uint64_t state_ = 0x9E3779B97F4A7C15ULL;
};

struct Case {
    std::string name;
    Book& book;
    std::function<std::size_t(Book&)> place;  // which open order is filled
    std::vector<double> ns{};
    std::vector<double> allocations{};
};

void run_round(Case& one) {
    const std::size_t before = bench::allocations();
    const std::int64_t start = bench::now_ns();
    for (int i = 0; i < kBatch; ++i) {
        one.book.open();
        one.book.fill(one.place(one.book));
    }
    const auto elapsed = static_cast<double>(bench::now_ns() - start);
    const std::size_t allocated = bench::allocations() - before;
    one.ns.push_back(elapsed / kBatch);
    one.allocations.push_back(static_cast<double>(allocated) / kBatch);
}

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double size = 0;
    double resident = 0;
    statm >> size >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Fills the book to `count` open orders. Bytes of memory each took.
double fill_up(Book& book, std::uint32_t count) {
    const double before = resident_bytes();
    const std::size_t already = book.open_orders();
    while (book.open_orders() < count && book.surprises() == 0) book.open();
    return (resident_bytes() - before) / static_cast<double>(count - already);
}

void print_case(bench::Table& table, const Case& one) {
    const auto most = *std::max_element(one.allocations.begin(), one.allocations.end());
    table.add({one.name, bench::to_text(bench::summarize(one.ns), 0), bench::to_text(most, 3)});
}

struct Books {
    Book few_small{kFew + bench::kFinishedKept};
    Book few{kMany + bench::kFinishedKept};
    Book many{kMany + bench::kFinishedKept};
};

std::vector<Case> make_cases(Books& books, Places& places) {
    const auto newest = [](Book& book) { return book.open_orders() - 1; };
    const auto any = [&places](Book& book) { return places.next(book.open_orders()); };
    return {{"1 thousand open in a small store, the newest is filled", books.few_small, newest},
            {"1 thousand open, the newest is filled", books.few, newest},
            {"1 million open, the newest is filled", books.many, newest},
            {"1 thousand open, any one is filled", books.few, any},
            {"1 million open, any one is filled", books.many, any}};
}

/// Until finished orders fill the stores and their places are used again: that is how a day ends.
void warm_up(std::vector<Case>& cases) {
    for (Case& one : cases) run_round(one);
    for (std::uint32_t i = 0; i < kMany / kBatch; ++i) run_round(cases[1]);
    for (Case& one : cases) {
        one.ns.clear();
        one.allocations.clear();
    }
}

void print_verdicts(const std::vector<Case>& cases, double bytes) {
    const auto median = [&](std::size_t i) { return bench::summarize(cases[i].ns).median; };
    bench::print_aim(
        "1 million orders a second with 1 thousand open, us an order", median(1) / kAimNs, 1.0, "");
    bench::print_aim(
        "at most 10 % more with 1 million open, the newest filled", median(2) / median(1), kAimGrowth, "x");
    bench::print_aim(
        "at most 10 % more with 1 million open, any one filled", median(4) / median(3), kAimGrowth, "x");
    double most = 0;
    for (const Case& one : cases)
        most = std::max(most, *std::max_element(one.allocations.begin(), one.allocations.end()));
    bench::print_aim("no allocation after warm-up", most, 0, " an order");
    bench::print_aim("at most 400 bytes an open order", bytes, kAimBytes, " bytes");
}

int run(int rounds) {
    const auto books = std::make_unique<Books>();
    fill_up(books->few_small, kFew);
    fill_up(books->few, kFew);
    const double bytes = fill_up(books->many, kMany);
    Places places;
    std::vector<Case> cases = make_cases(*books, places);
    warm_up(cases);
    for (int round = 0; round < rounds; ++round)
        for (Case& one : cases) run_round(one);

    std::printf("# Core benchmark: new + ack + fill of an order, with risk\n\n");
    std::printf("%d rounds of %d orders, median [min-max]\n\n", rounds, kBatch);
    bench::Table table({"case", "ns per order", "allocations per order"});
    for (const Case& one : cases) print_case(table, one);
    table.print();
    std::printf(
        "\nan open order: %.0f bytes resident, of which Order %zu, Child %zu, ClOrdID %zu, the rest "
        "indexes\n\n",
        bytes, sizeof(oms::Order), sizeof(oms::Child), sizeof(oms::ClOrdIdEntry));
    print_verdicts(cases, bytes);
    const std::uint64_t surprises =
        books->few_small.surprises() + books->few.surprises() + books->many.surprises();
    if (surprises == 0) return 0;
    std::printf(
        "\nINVALID: %llu orders did not go as expected\n", static_cast<unsigned long long>(surprises));
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = bench::rounds_of(argc, argv, "bench_core");
    bench::pin_to_core(bench::core_count() - 1);
    return run(rounds);
}
