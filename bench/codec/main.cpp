// What reading an order and writing a report cost, in nanoseconds and allocations, beside QuickFIX doing
// the same in the same run: interleaved rounds, medians. Ratios count; the figures belong to the machine.
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "bench/codec/messages.hpp"
#include "bench/codec/quickfix_side.hpp"
#include "bench/support/allocations.hpp"
#include "bench/support/clock.hpp"
#include "bench/support/cores.hpp"
#include "bench/support/keep.hpp"
#include "bench/support/rounds.hpp"
#include "bench/support/summary.hpp"
#include "fix/codec/decode_client.hpp"
#include "fix/codec/encode.hpp"
#include "fix/codec/message_writer.hpp"
#include "fix/codec/validate.hpp"
#include "fix/codec/values.hpp"

namespace {

using namespace penstock;
using bench::kMessages;

constexpr std::size_t kOurBatch = 200'000;
constexpr std::size_t kQuickFixBatch = 20'000;
constexpr double kAimNs = 250;

const Timestamp kNow = *fix::parse_timestamp("20260102-03:04:05.678");

struct Case {
    std::string name;
    std::size_t batch;
    std::function<void(std::size_t count)> run;
    std::vector<double> ns{};
    double allocations = 0;
};

/// The work of all cases and what it works on.
struct Work {
    std::vector<std::string> orders = bench::order_messages();
    std::vector<oms::Output> reports = bench::fill_reports();
    fix::MessageIndex index;
    bench::QuickFix quickfix{std::string(fix::quickfix_xml(fix::Dialect::Fix44))};
    char body[fix::kMaxBody];
    char out[2 * fix::kMaxBody];
    fix::BodyWriter writer{body, sizeof body};
    int number = 0;

    void index_orders(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) bench::keep(index.parse(orders[i % kMessages]));
    }
    void read_orders(std::size_t count) {
        const fix::ClientContext context{SessionId{1}, fix::Version::Fix44, kNow, Duration::seconds(10)};
        for (std::size_t i = 0; i < count; ++i) {
            if (!index.parse(orders[i % kMessages]) ||
                fix::check(index, fix::Version::Fix44) != fix::Verdict::Clean)
                std::abort();
            const oms::InputBody command = fix::decode_client(index, context);
            if (!std::holds_alternative<oms::NewOrder>(command)) std::abort();
            bench::keep(command);
        }
    }
    void read_orders_quickfix(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) bench::keep(quickfix.read_order(orders[i % kMessages]));
    }
    void write_reports(std::size_t count) {
        static const oms::IdSpace kIds{*FixedText<2>::from("P1"), 1};
        fix::Header header{fix::Version::Fix44, "PENSTOCK", "C00", 1'000'000, kNow, 3, std::nullopt, false};
        for (std::size_t i = 0; i < count; ++i) {
            writer.clear();
            const auto type =
                fix::encode_body(reports[i % kMessages], {fix::Version::Fix44, kIds, 3}, writer);
            ++header.msg_seq_num;
            header.sending_time = Timestamp{kNow.ns + static_cast<std::int64_t>(i) * 5000};
            if (fix::write_message(header, type, writer.view(), out, sizeof out) == 0) std::abort();
            bench::keep(out);
        }
    }
    void write_reports_quickfix(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) bench::keep(quickfix.write_report(++number));
    }
};

void run_round(Case& one) {
    const std::size_t before = bench::allocations();
    const std::int64_t start = bench::now_ns();
    one.run(one.batch);
    const auto elapsed = static_cast<double>(bench::now_ns() - start);
    const std::size_t allocated = bench::allocations() - before;
    one.ns.push_back(elapsed / static_cast<double>(one.batch));
    one.allocations = static_cast<double>(allocated) / static_cast<double>(one.batch);
}

void print(const std::vector<Case>& cases) {
    bench::Table table({"operation", "ns", "allocations", "QuickFIX / Penstock"});
    const double read = bench::summarize(cases[1].ns).median;
    const double written = bench::summarize(cases[3].ns).median;
    const double quickfix_read = bench::summarize(cases[2].ns).median;
    const double quickfix_written = bench::summarize(cases[4].ns).median;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const double ratio = i == 1 ? quickfix_read / read : i == 3 ? quickfix_written / written : 0;
        table.add({cases[i].name, bench::to_text(bench::summarize(cases[i].ns), 0),
                   bench::to_text(cases[i].allocations, 2), ratio > 0 ? bench::to_text(ratio, 1) + "x" : ""});
    }
    table.print();
    const auto verdict = [](const char* what, double ns, double allocations) {
        std::printf("aim: %s in 250 ns: %s (%.0f ns); no allocation: %s\n", what, ns <= kAimNs ? "yes" : "no",
                    ns, allocations == 0 ? "yes" : "no");
    };
    std::printf("\n");
    verdict("an order checked, validated and typed", read, cases[1].allocations);
    verdict("a report built", written, cases[3].allocations);
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = bench::rounds_of(argc, argv, "bench_codec");
    bench::pin_to_core(bench::core_count() - 1);
    Work work;
    std::vector<Case> cases{
        {"NewOrderSingle: structure, BodyLength, CheckSum", kOurBatch,
         [&](std::size_t n) { work.index_orders(n); }},
        {"NewOrderSingle: the same, validated and typed", kOurBatch,
         [&](std::size_t n) { work.read_orders(n); }},
        {"QuickFIX: parsed, validated, 12 typed fields", kQuickFixBatch,
         [&](std::size_t n) { work.read_orders_quickfix(n); }},
        {"ExecutionReport: built", kOurBatch, [&](std::size_t n) { work.write_reports(n); }},
        {"QuickFIX: built from typed fields, toString", kQuickFixBatch,
         [&](std::size_t n) { work.write_reports_quickfix(n); }},
    };
    for (Case& one : cases) one.run(one.batch / 10);  // caches, statics
    for (int round = 0; round < rounds; ++round)
        for (Case& one : cases) run_round(one);
    std::printf("# Codec benchmark\n\n%zu messages in turn, order %zu bytes; %d rounds, median [min-max]\n\n",
                kMessages, work.orders[0].size(), rounds);
    print(cases);
    return 0;
}
