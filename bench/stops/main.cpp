// What resting emulated stops cost: a price that meets none, with a thousand and with a million of them, and
// one that meets a hundred thousand of a million, until the last has been sent. The baseline beside the
// latter is the same number of plain orders entered one by one.
#include <cstdint>
#include <cstdio>
#include <string>

#include "bench/support/clock.hpp"
#include "oms/engine/core.hpp"

namespace penstock::bench {
namespace {

constexpr std::uint32_t kStops = 1'000'000;
constexpr std::uint32_t kMet = 100'000;
constexpr int kQuotes = 100'000;

/// One client, one venue, one instrument.
class Desk {
  public:
    explicit Desk(std::uint32_t capacity) : core_({capacity, 1024, capacity}) {
        const auto name = *AccountName::from("DESK");
        give(oms::DefineAccount{name});
        give(oms::SetLimits{name, Quantity::whole(1'000), Price::whole(1'000'000'000), Decimal::whole(50),
                            Duration::seconds(3'600)});
        const auto client = *SessionName::from("FIX.4.4:PENSTOCK->C");
        const auto venue = *SessionName::from("FIX.4.4:PENSTOCK->V");
        give(oms::DefineSession{client, oms::SessionRole::Client, name});
        give(oms::PermitAccount{client, name});
        give(oms::DefineSession{venue, oms::SessionRole::Venue, {}});
        oms::DefineVenue define;
        define.name = *VenueName::from("V");
        define.session = venue;
        give(define);
        give(oms::DefineInstrument{symbol_, define.name});
        give(oms::SessionChanged{SessionId{2}, true});
        quote(50'000'000);
    }
    /// Prices are in ten thousandths.
    void quote(std::int64_t last) {
        oms::QuoteChanged fact;
        fact.venue = VenueId{1};
        fact.symbol = symbol_;
        fact.last = price(last);
        give(fact);
    }
    void enter_plain() { give(order(oms::OrderType::Market)); }
    void enter_stop(std::int64_t stop) {
        oms::NewOrder body = order(oms::OrderType::Stop);
        body.side = oms::Side::Sell;
        body.conditions.emplace().stop = price(stop);
        give(body);
    }
    /// As the pipeline does while a step has left work.
    void finish_work() {
        while (core_.has_work()) give(oms::ContinueWork{});
    }
    std::uint64_t sent() const { return sent_; }

  private:
    static Price price(std::int64_t ten_thousandths) {
        return Price{*Decimal::from_parts(ten_thousandths, 4)};
    }
    oms::NewOrder order(oms::OrderType type) {
        oms::NewOrder body;
        body.session = SessionId{1};
        body.cl_ord_id = *ClOrdId::from("C" + std::to_string(++orders_));
        body.symbol = symbol_;
        body.type = type;
        body.quantity = Quantity::whole(100);
        return body;
    }
    template <class Body>
    void give(const Body& body) {
        ++input_.seq.value;
        input_.time.ns += 500;
        input_.body = body;
        out_.clear();
        core_.step(input_, out_);
        for (const oms::Output& output : out_.view())
            sent_ += std::holds_alternative<oms::VenueNewOrder>(output) ? 1U : 0U;
    }

    oms::Core core_;
    oms::Outbox out_;
    oms::Input input_{{}, Timestamp{1'767'323'045'000'000'000}, {}, {}};
    Symbol symbol_ = *Symbol::from("XYZ");
    std::uint64_t orders_ = 0;
    std::uint64_t sent_ = 0;
};

/// Stops a ten thousandth apart, the highest at `top`.
void fill(Desk& desk, std::uint32_t stops, std::int64_t top) {
    for (std::uint32_t i = 0; i < stops; ++i)
        desk.enter_stop(top - static_cast<std::int64_t>(i * 7919ULL % stops));
}

long long ns_of_a_quote(std::uint32_t stops) {
    Desk desk(stops + 1);
    fill(desk, stops, 40'000'000);
    const auto start = now_ns();
    for (int i = 0; i < kQuotes; ++i) desk.quote(50'000'000 + i % 100);
    return static_cast<long long>(now_ns() - start) / kQuotes;
}

}  // namespace
}  // namespace penstock::bench

int main() {
    using namespace penstock::bench;
    const long long few = ns_of_a_quote(1'000);
    const long long many = ns_of_a_quote(kStops);
    std::printf("a price that meets none: %lld ns with 1,000 stops, %lld ns with 1,000,000: %.2fx\n", few,
                many, static_cast<double>(many) / static_cast<double>(few));

    Desk desk(kStops + 1);
    fill(desk, kStops, 40'000'000);
    const std::uint64_t before = desk.sent();
    const auto start = now_ns();
    desk.quote(40'000'000 - kMet + 1);
    desk.finish_work();
    const auto took = static_cast<long long>(now_ns() - start);
    const auto met = static_cast<long long>(desk.sent() - before);
    if (met != kMet) {
        std::printf("met %lld stops, expected %u\n", met, kMet);
        return 1;
    }
    Desk plain(kMet + 1);
    const auto plain_start = now_ns();
    for (std::uint32_t i = 0; i < kMet; ++i) plain.enter_plain();
    const auto plain_took = static_cast<long long>(now_ns() - plain_start);
    std::printf(
        "100,000 of 1,000,000 stops met: last order after %lld ms, %lld ns each; a plain order %lld ns: "
        "%.2fx\n",
        took / 1'000'000, took / met, plain_took / kMet,
        static_cast<double>(took) / static_cast<double>(plain_took));
    return 0;
}
