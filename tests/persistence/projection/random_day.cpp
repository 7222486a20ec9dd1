#include "tests/persistence/projection/random_day.hpp"

#include "tests/oms/engine/trading_day.hpp"

namespace penstock::projection {
namespace {

constexpr oms::SetCapacity kCapacity{.orders = 65'536, .requests = 65'536, .fills = 65'536, .refusals = 1024};
constexpr oms::Capacity kNoCapacityYet{.orders = 1, .requests = 1, .fills = 1, .refusals = 1};
constexpr std::int64_t kStart_ns = 1'767'322'745'000'000'000;  // five minutes before midnight
constexpr SessionId kClient{1};
constexpr SessionId kVenue{2};

Quantity quantity(std::uint64_t units) { return {*Decimal::from_parts(static_cast<Int128>(units), 1)}; }
Price price(std::uint64_t cents) { return {*Decimal::from_parts(static_cast<Int128>(cents), 2)}; }

template <class Id>
Id named(const std::string& name) {
    return Id::truncated(name);
}

}  // namespace

RandomDay::RandomDay(const persistence::JournalSettings& settings, std::uint64_t seed)
    : random_(seed), journal_(persistence::SegmentJournal::open(settings)), core_(kNoCapacityYet) {
    PENSTOCK_ASSERT(journal_.journal != nullptr, "the journal of the test cannot be opened");
    journal_.journal->recover({});
    input_.time = Timestamp{kStart_ns};
    take(kCapacity, {});
    for (const oms::InputBody& body : oms::opening()) take(body, {});
}

void RandomDay::trade_until(std::uint64_t records) {
    while (input_.seq.value < records) happen();
    while (journal_.journal->durable() != input_.seq) journal_.journal->flush();
}

void RandomDay::happen() {
    const std::uint64_t what = below(100);
    if (what < 25) return enter();
    if (what < 40) return ask();
    if (what < 97) return answer();
    disturb();
}

void RandomDay::enter() {
    const std::string name = "o" + std::to_string(++names_);
    oms::NewOrder order = oms::order_named(name, "100");
    order.quantity = quantity(1 + below(5000));
    order.limit = price(900 + below(200));
    order.side = below(2) == 0 ? oms::Side::Buy : oms::Side::Sell;
    if (below(20) == 0) order.symbol = Symbol::truncated("NONE");
    if (below(30) == 0) order.quantity = quantity(1'000'000'000);
    cl_ord_ids_.push_back(name);
    take(order, kClient);
}

void RandomDay::ask() {
    if (cl_ord_ids_.empty()) return enter();
    const std::string of = cl_ord_ids_[below(cl_ord_ids_.size())];
    const std::string name = "r" + std::to_string(++names_);
    cl_ord_ids_.push_back(name);
    if (below(2) == 0) {
        oms::CancelOrder cancel;
        cancel.session = kClient;
        cancel.cl_ord_id = named<ClOrdId>(name);
        cancel.orig_cl_ord_id = named<ClOrdId>(of);
        cancel.symbol = Symbol::truncated("XYZ");
        return take(cancel, kClient);
    }
    oms::AmendOrder amend;
    amend.session = kClient;
    amend.cl_ord_id = named<ClOrdId>(name);
    amend.orig_cl_ord_id = named<ClOrdId>(of);
    amend.symbol = Symbol::truncated("XYZ");
    amend.quantity = quantity(1 + below(5000));
    amend.limit = price(900 + below(200));
    take(amend, kClient);
}

void RandomDay::answer() {
    if (asked_.empty()) return enter();
    // Mostly of the newest: an order that is old was answered before.
    const std::uint64_t back =
        below(below(4) == 0 ? asked_.size() : std::min<std::size_t>(asked_.size(), 10));
    const std::uint64_t child = asked_.size() - 1 - back;
    const oms::VenueReport about = report(child);
    const std::uint64_t what = below(20);
    if (what < 6) return take(oms::VenueAccepted{about}, kVenue);
    if (what < 14) {
        trades_.push_back({child, std::string(about.exec_id.view())});
        return take(oms::VenueFilled{about, quantity(1 + below(900)), price(900 + below(200))}, kVenue);
    }
    if (what < 15) {
        oms::VenueRefused refused;
        refused.report = about;
        refused.text = Text::truncated("no \xff thanks");
        return take(refused, kVenue);
    }
    if (what < 17) return take(oms::VenueCancelled{about, {}}, kVenue);
    if (what < 18)
        return take(oms::VenueAmended{about, quantity(1 + below(5000)), price(900 + below(200))}, kVenue);
    if (trades_.empty()) return;
    const Trade trade = trades_[below(trades_.size())];
    const oms::VenueReport of = report(trade.child);
    if (what < 19) return take(oms::FillBusted{of, named<VenueExecId>(trade.exec_id)}, kVenue);
    trades_.push_back({trade.child, std::string(of.exec_id.view())});
    take(oms::FillCorrected{of, named<VenueExecId>(trade.exec_id), quantity(1 + below(900)),
                            price(900 + below(200))},
         kVenue);
}

void RandomDay::disturb() {
    input_.time.ns += static_cast<std::int64_t>(below(7'200)) * 1'000'000'000;
    if (below(2) == 0) {
        take(oms::SessionChanged{kVenue, false}, {});
        return take(oms::SessionChanged{kVenue, true}, {});
    }
    oms::SetLimits limits;
    limits.account = AccountName::truncated("ACC");
    limits.max_quantity = quantity(4'000 + below(4'000'000));
    limits.max_notional = price(100'000'000'000);
    limits.collar_percent = Decimal::whole(50);
    limits.max_reference_age = Duration::seconds(1'000'000);
    take(limits, {});
}

/// About the newest request of a child.
oms::VenueReport RandomDay::report(std::uint64_t child) {
    oms::VenueReport made = asked_[child];
    made.exec_id = named<VenueExecId>("e" + std::to_string(++names_));
    made.venue_order_id = named<VenueOrderId>("V" + std::to_string(child));
    made.venue_time = input_.time;
    return made;
}

void RandomDay::take(const oms::InputBody& body, SessionId from) {
    ++input_.seq.value;
    input_.time.ns += static_cast<std::int64_t>(1 + below(1'000'000));
    input_.body = body;
    input_.origin = {from, from.is_none() ? 0 : ++next_in_[from.value]};
    out_.clear();
    core_.step(input_, out_);
    numbers_.clear();
    for (std::uint32_t at = 0; at < out_.view().size(); ++at) {
        const oms::Output& output = out_.view()[at];
        const SessionId to = oms::destination(output);
        if (!to.is_none()) numbers_.push_back({at, to, ++next_out_[to.value]});
        if (const auto* order = std::get_if<oms::VenueNewOrder>(&output))
            asked_.push_back({order->venue, order->child, 0, {}, {}, {}});
        const auto again = [&](ChildId child, std::uint32_t revision) {
            for (oms::VenueReport& known : asked_)
                if (known.child == child) known.revision = revision;
        };
        if (const auto* amend = std::get_if<oms::VenueAmendOrder>(&output))
            again(amend->child, amend->revision);
        if (const auto* cancel = std::get_if<oms::VenueCancelOrder>(&output))
            again(cancel->child, cancel->revision);
    }
    // No UTF-8, and what no text of a database may have.
    std::string raw;
    if (!from.is_none()) raw = std::string("8=FIX.4.4\x01", 10) + "58=\xff\x80\t\\N\n" + std::string(1, '\0');
    journal_.journal->append({input_, out_.view(), numbers_, raw});
    if (input_.seq.value % 64 == 0) journal_.journal->flush();
}

}  // namespace penstock::projection
