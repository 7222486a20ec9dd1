// An amend storm in the core: a desk that changes each of a thousand orders fifteen times while the venue
// still has the change before, as an algo does that follows a fast book. What an amend costs from the request
// to its own answer, and how much of the storm reaches the venue, beside amends one at a time and a plain
// order.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/support/clock.hpp"
#include "bench/support/cores.hpp"
#include "bench/support/rounds.hpp"
#include "bench/support/summary.hpp"
#include "oms/engine/core.hpp"

namespace penstock::bench {
namespace {

constexpr std::uint32_t kOrders = 1'000;
constexpr std::uint32_t kBurst = 15;  // of the 16 requests an order may have out
constexpr std::uint32_t kPlain = 20'000;

/// How a desk and its venue are set up.
struct Setup {
    const char* name;
    std::uint32_t burst;     // amends sent before the venue answers any
    bool conflates;          // of the session
    bool concurrent_amends;  // of the venue
};

constexpr std::array kSetups = {
    Setup{"one at a time", 1, true, false}, Setup{"15 at once, merged to the newest", kBurst, true, false},
    Setup{"15 at once, each sent in its turn", kBurst, false, false},
    Setup{"15 at once, the venue takes a chain", kBurst, false, true}};

class Desk {
  public:
    explicit Desk(const Setup& setup) : core_({kOrders + kPlain, 2 * kBurst * kOrders, kPlain}) {
        give(oms::DefineAccount{account_});
        give(oms::SetLimits{account_, Quantity::whole(1'000'000), Price::whole(1'000'000'000),
                            Decimal::whole(90), Duration::seconds(3'600)});
        oms::DefineSession client{*SessionName::from("A"), oms::SessionRole::Client, account_};
        client.conflate_amends = setup.conflates;
        client.pending_reports = oms::PendingReports::None;
        give(client);
        give(oms::PermitAccount{client.name, account_});
        give(oms::DefineSession{*SessionName::from("X"), oms::SessionRole::Venue, {}});
        oms::DefineVenue venue;
        venue.name = *VenueName::from("X");
        venue.session = *SessionName::from("X");
        venue.concurrent_amends = setup.concurrent_amends;
        give(venue);
        give(oms::DefineInstrument{symbol_, venue.name});
        give(oms::SessionChanged{SessionId{2}, true});
        give(oms::QuoteChanged{VenueId{1}, symbol_, Price::whole(100), Price::whole(101), {}});
    }

    void open() {
        oms::NewOrder order;
        order.session = SessionId{1};
        order.cl_ord_id = name(++orders_, 0);
        order.symbol = symbol_;
        order.quantity = Quantity::whole(100);
        order.limit = Price::whole(100);
        give(order);
        give(oms::VenueAccepted{report_on(orders_, 0)});
        newest_.push_back(0);
    }

    void fill() {
        oms::VenueFilled fact;
        fact.report = report_on(orders_, 0);
        fact.quantity = Quantity::whole(100);
        fact.price = Price::whole(100);
        give(fact);
    }

    /// A burst on each of the first `kOrders` orders, the requests of all orders in turn; then the venue
    /// answers whatever it gets, in the order in which it came.
    void storm(std::uint32_t burst) {
        for (std::uint32_t i = 0; i < burst; ++i)
            for (std::uint32_t order = 1; order <= kOrders; ++order) amend(order);
        for (std::size_t next = 0; next < at_venue_.size(); ++next) {
            const oms::VenueAmendOrder sent = at_venue_[next];
            oms::VenueAmended fact;
            fact.report = report_on(sent.child.value, sent.revision);
            fact.quantity = sent.quantity;
            fact.limit = sent.limit;
            give(fact);
        }
        at_venue_.clear();
    }

    std::uint64_t requests() const { return requests_; }
    std::uint64_t replaced() const { return replaced_; }
    std::uint64_t refused() const { return refused_; }
    std::uint64_t to_venue() const { return to_venue_; }

  private:
    static ClOrdId name(std::uint64_t order, std::uint32_t change) {
        return *ClOrdId::from("C" + std::to_string(order) + "-" + std::to_string(change));
    }

    void amend(std::uint32_t order) {
        oms::AmendOrder body;
        body.session = SessionId{1};
        body.orig_cl_ord_id = name(order, newest_[order - 1]);
        body.cl_ord_id = name(order, ++newest_[order - 1]);
        body.symbol = symbol_;
        body.quantity = Quantity::whole(100 + static_cast<int>(requests_ % 7));
        body.limit = Price::whole(100 + static_cast<int>(requests_ % 3));
        ++requests_;
        give(body);
    }

    oms::VenueReport report_on(std::uint64_t child, std::uint32_t revision) {
        oms::VenueReport report;
        report.venue = VenueId{1};
        report.child = ChildId{child};
        report.revision = revision;
        report.venue_order_id = *VenueOrderId::from("V" + std::to_string(child));
        report.exec_id = *VenueExecId::from("E" + std::to_string(++reports_));
        return report;
    }

    template <class Body>
    void give(const Body& body) {
        ++input_.seq.value;
        input_.time.ns += 500;
        input_.body = body;
        out_.clear();
        core_.step(input_, out_);
        for (const oms::Output& output : out_.view()) count(output);
    }

    void count(const oms::Output& output) {
        if (const auto* sent = std::get_if<oms::VenueAmendOrder>(&output)) {
            ++to_venue_;
            at_venue_.push_back(*sent);
        } else if (const auto* report = std::get_if<oms::ExecutionReport>(&output)) {
            replaced_ += report->exec_type == oms::ExecType::Replaced ? 1U : 0U;
        } else if (std::holds_alternative<oms::CancelReject>(output) ||
                   std::holds_alternative<oms::Alarm>(output)) {
            ++refused_;
        }
    }

    oms::Core core_;
    oms::Outbox out_;
    oms::Input input_{{}, Timestamp{1'767'323'045'000'000'000}, {}, {}};
    AccountName account_ = *AccountName::from("ACC");
    Symbol symbol_ = *Symbol::from("XYZ");
    std::vector<std::uint32_t> newest_;  // change of each order
    std::vector<oms::VenueAmendOrder> at_venue_;
    std::uint64_t orders_ = 0;
    std::uint64_t reports_ = 0;
    std::uint64_t requests_ = 0;
    std::uint64_t replaced_ = 0;
    std::uint64_t refused_ = 0;
    std::uint64_t to_venue_ = 0;
};

struct Figures {
    std::vector<double> ns{};  // an amend
    std::uint64_t requests = 0;
    std::uint64_t to_venue = 0;
};

/// One round: everything is amended `kBurst` times in all. False when an amend had no answer of its own.
bool run_round(const Setup& setup, Figures& figures) {
    Desk desk(setup);
    for (std::uint32_t i = 0; i < kOrders; ++i) desk.open();
    const std::int64_t start = now_ns();
    for (std::uint32_t done = 0; done < kBurst; done += setup.burst) desk.storm(setup.burst);
    const auto elapsed = static_cast<double>(now_ns() - start);
    figures.ns.push_back(elapsed / static_cast<double>(desk.requests()));
    figures.requests += desk.requests();
    figures.to_venue += desk.to_venue();
    return desk.replaced() == desk.requests() && desk.refused() == 0;
}

double ns_of_a_plain_order() {
    Desk desk(kSetups[0]);
    const std::int64_t start = now_ns();
    for (std::uint32_t i = 0; i < kPlain; ++i) {
        desk.open();
        desk.fill();
    }
    return static_cast<double>(now_ns() - start) / kPlain;
}

int run(int rounds) {
    std::array<Figures, kSetups.size()> figures;
    std::vector<double> plain;
    bool is_valid = true;
    for (int round = 0; round < rounds; ++round) {
        plain.push_back(ns_of_a_plain_order());
        for (std::size_t i = 0; i < kSetups.size(); ++i)
            is_valid = run_round(kSetups[i], figures[i]) && is_valid;
    }
    const double order_ns = summarize(plain).median;
    std::printf("# Amend storm in the core\n\n%u orders, %u amends each; %d rounds, median [min-max]\n\n",
                kOrders, kBurst, rounds);
    Table table({"amends", "ns an amend", "beside a plain order", "replaces at the venue an amend"});
    for (std::size_t i = 0; i < kSetups.size(); ++i) {
        const Summary ns = summarize(figures[i].ns);
        table.add(
            {kSetups[i].name, to_text(ns, 0), to_text(ns.median / order_ns, 2) + "x",
             to_text(
                 static_cast<double>(figures[i].to_venue) / static_cast<double>(figures[i].requests), 3)});
    }
    table.print();
    std::printf(
        "\na plain order, new, acknowledged and filled: %s ns\n", to_text(summarize(plain), 0).c_str());
    std::printf("\n");
    print_aim("an amend of a storm costs no more than a plain order",
              summarize(figures[1].ns).median / order_ns, 1.0, "x");
    if (is_valid) return 0;
    std::printf("\nINVALID: not every amend had exactly one answer of its own\n");
    return 1;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) {
    using namespace penstock;
    const int rounds = bench::rounds_of(argc, argv, "bench_amend_storm");
    bench::pin_to_core(bench::core_count() - 1);
    return bench::run(rounds);
}
