// What decoding an order and encoding a report cost, in nanoseconds and allocations, beside QuickFIX
// doing the same in the same run. Ratios count; absolute figures belong to the machine.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "bench/codec/quickfix_side.hpp"
#include "fix/codec/decode_client.hpp"
#include "fix/codec/encode.hpp"
#include "fix/codec/message_writer.hpp"
#include "fix/codec/validate.hpp"
#include "fix/codec/values.hpp"

namespace {
std::atomic<std::size_t> allocations{0};
}

[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* const made = std::malloc(size)) return made;
    std::abort();
}
[[gnu::noinline]] void operator delete(void* at) noexcept { std::free(at); }
[[gnu::noinline]] void operator delete(void* at, std::size_t) noexcept { std::free(at); }

namespace penstock::bench {
namespace {

const Timestamp kNow = *fix::parse_timestamp("20260102-03:04:05.678");
const oms::IdSpace kIds{*FixedText<2>::from("P1"), 1};

std::string message(std::string_view msg_type, std::string_view fields) {
    std::string body(fields);
    for (char& c : body)
        if (c == '|') c = fix::kSoh;
    char out[fix::kMaxBody];
    const fix::Header header{fix::Version::Fix44, "CLIENT", "PENSTOCK", 7, kNow, 3, std::nullopt, false};
    return {out, fix::write_message(header, msg_type, body, out, sizeof out)};
}

/// 20 fields.
const std::string& order_message() {
    static const std::string text =
        message("D",
                "11=ORDER-0001|1=DESK7|21=1|100=XNAS|55=ABC|54=1|38=1500|40=2|"
                "44=101.25|59=0|60=20260102-03:04:05.678|");
    return text;
}

oms::Output report() {
    oms::ExecutionReport report;
    report.order_id = OrderId{1234567};
    report.exec_id = ExecId{7654321};
    report.exec_type = oms::ExecType::Trade;
    report.ord_status = oms::OrdStatus::PartiallyFilled;
    report.cl_ord_id = *ClOrdId::from("ORDER-0001");
    report.account = *AccountName::from("DESK7");
    report.symbol = *Symbol::from("ABC");
    report.quantity = Quantity::whole(1500);
    report.limit = *Price::parse("101.25");
    report.last_quantity = Quantity::whole(400);
    report.last_price = *Price::parse("101.2");
    report.leaves = Quantity::whole(1100);
    report.filled = Quantity::whole(400);
    report.average_price = *Price::parse("101.2");
    report.venue = *VenueName::from("XNAS");
    report.transact_time = kNow;
    return report;
}

const QuickFix& quickfix() {
    static const QuickFix made{std::string(fix::quickfix_xml(fix::Dialect::Fix44))};
    return made;
}

/// Runs `work` for as long as the library wants and notes allocations per round.
template <class Work>
void measure(benchmark::State& state, Work work) {
    work();  // warm-up: statics, caches
    const std::size_t before = allocations;
    for (auto _ : state) work();
    state.counters["allocations"] =
        benchmark::Counter(static_cast<double>(allocations - before), benchmark::Counter::kAvgIterations);
}

void parse_order(benchmark::State& state) {
    static fix::MessageIndex index;
    measure(state, [] { benchmark::DoNotOptimize(index.parse(order_message())); });
}

void check_order(benchmark::State& state) {
    static fix::MessageIndex index;
    if (!index.parse(order_message())) state.SkipWithError("does not parse");
    measure(state, [] { benchmark::DoNotOptimize(fix::check(index, fix::Version::Fix44)); });
}

void read_order(benchmark::State& state) {
    static fix::MessageIndex index;
    const fix::ClientContext context{SessionId{1}, fix::Version::Fix44, kNow, Duration::seconds(5)};
    measure(state, [&] {
        if (!index.parse(order_message()) || fix::check(index, fix::Version::Fix44) != fix::Verdict::Clean)
            state.SkipWithError("not clean");
        oms::InputBody command = fix::decode_client(index, context);
        benchmark::DoNotOptimize(command);
    });
}

void read_order_quickfix(benchmark::State& state) {
    measure(state, [] { benchmark::DoNotOptimize(quickfix().read_order(order_message())); });
}

void write_report(benchmark::State& state) {
    const oms::Output output = report();
    char body[fix::kMaxBody];
    char out[fix::kMaxBody];
    fix::BodyWriter writer(body, sizeof body);
    fix::Header header{fix::Version::Fix44, "PENSTOCK", "CLIENT", 1, kNow, 3, std::nullopt, false};
    measure(state, [&] {
        writer.clear();
        const std::string_view type = fix::encode_body(output, {fix::Version::Fix44, kIds, 3}, writer);
        ++header.msg_seq_num;
        benchmark::DoNotOptimize(fix::write_message(header, type, writer.view(), out, sizeof out));
    });
}

void write_report_quickfix(benchmark::State& state) {
    int number = 0;
    measure(state, [&] { benchmark::DoNotOptimize(quickfix().write_report(++number)); });
}

BENCHMARK(parse_order);
BENCHMARK(check_order);
BENCHMARK(read_order);
BENCHMARK(read_order_quickfix);
BENCHMARK(write_report);
BENCHMARK(write_report_quickfix);

}  // namespace
}  // namespace penstock::bench

BENCHMARK_MAIN();
