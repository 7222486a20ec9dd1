#include "bench/recovery/day.hpp"

#include <string>

#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::bench {
namespace {

constexpr oms::SetCapacity kCapacity{
    .orders = 1'000'000, .requests = 65'536, .fills = 2'000'000, .refusals = 1024};
constexpr oms::Capacity kNoCapacityYet{.orders = 1, .requests = 1, .fills = 1, .refusals = 1};
constexpr std::int64_t kStart_ns = 1'767'323'045'000'000'000;
constexpr std::int64_t kStep_ns = 5'000;
constexpr std::uint64_t kRestsOneIn = 10;
constexpr int kAmends = 4;

/// A message has some 200 bytes.
const std::string kRaw(200, 'x');

template <class Id>
void set_name(Id& id, char prefix, std::uint64_t number) {
    id.assign(prefix + std::to_string(number));
}

}  // namespace

std::optional<Shape> shape_named(std::string_view name) {
    if (name == "day") return Shape::Day;
    if (name == "amends") return Shape::Amends;
    if (name == "cancels") return Shape::Cancels;
    if (name == "refusals") return Shape::Refusals;
    if (name == "quotes") return Shape::Quotes;
    return std::nullopt;
}

Day::Day(const persistence::JournalSettings& settings, Shape shape)
    : shape_(shape), journal_(persistence::SegmentJournal::open(settings)), core_(kNoCapacityYet) {
    PENSTOCK_ASSERT(journal_.journal != nullptr, "the journal of the benchmark cannot be opened");
    journal_.journal->recover({});
    input_.time = Timestamp{kStart_ns};
    take(kCapacity, {});
    for (const oms::InputBody& body : oms::opening()) take(body, {});
}

void Day::trade_until(std::uint64_t records) {
    while (input_.seq.value < records) trade();
    while (journal_.journal->durable() != input_.seq) journal_.journal->flush();
}

void Day::trade() {
    switch (shape_) {
        case Shape::Day: return order_and_fill();
        case Shape::Amends: return order_and_cancel(kAmends);
        case Shape::Cancels: return order_and_cancel(0);
        case Shape::Refusals: return order_too_large();
        case Shape::Quotes: return quotes_and_order();
    }
}

void Day::name(ClOrdId& id) { set_name(id, 'a', ++ids_); }

SessionId Day::venue() const { return core_.world().directory[VenueId{1}].session; }

/// An order that has arrived there and is acknowledged. What the venue says of it next.
oms::VenueReport Day::order_at_venue() {
    oms::NewOrder order = oms::order_named("a", "100");
    name(order.cl_ord_id);
    ++orders_;
    take(order, order.session);
    const auto* const sent =
        out_.view().empty() ? nullptr : std::get_if<oms::VenueNewOrder>(&out_.view().back());
    PENSTOCK_ASSERT(sent != nullptr, "an order of the benchmark was refused");
    oms::VenueReport report = oms::report_on(sent->child.value, 0);
    set_name(report.venue_order_id, 'V', orders_);
    set_name(report.exec_id, 'N', orders_);
    take(oms::VenueAccepted{report}, venue());
    return report;
}

void Day::order_and_fill() {
    oms::VenueFilled fill;
    fill.report = order_at_venue();
    if (orders_ % kRestsOneIn == 0) return;
    set_name(fill.report.exec_id, 'F', orders_);
    const oms::NewOrder order = oms::order_named("a", "100");
    fill.quantity = order.quantity;
    fill.price = *order.limit;
    take(fill, venue());
}

void Day::order_and_cancel(int amends) {
    oms::VenueReport report = order_at_venue();
    const oms::NewOrder order = oms::order_named("a", "100");
    oms::CancelOrder cancel{order.session, {}, {}, order.symbol, order.side, {}};
    set_name(cancel.orig_cl_ord_id, 'a', ids_);
    for (int at = 0; at < amends; ++at) {
        oms::AmendOrder amend;
        amend.session = order.session;
        amend.orig_cl_ord_id = cancel.orig_cl_ord_id;
        name(amend.cl_ord_id);
        amend.symbol = order.symbol;
        amend.quantity = at % 2 == 0 ? oms::order_named("a", "80").quantity : order.quantity;
        amend.limit = order.limit;
        take(amend, amend.session);
        ++report.revision;
        take(oms::VenueAmended{report, amend.quantity, amend.limit}, venue());
        cancel.orig_cl_ord_id = amend.cl_ord_id;
    }
    name(cancel.cl_ord_id);
    take(cancel, cancel.session);
    ++report.revision;
    take(oms::VenueCancelled{report, {}}, venue());
    PENSTOCK_ASSERT(out_.view().size() == 1, "a cancel of the benchmark was not reported");
}

void Day::order_too_large() {
    oms::NewOrder order = oms::order_named("a", "2000000");
    name(order.cl_ord_id);
    take(order, order.session);
}

void Day::quotes_and_order() {
    constexpr int kQuotes = 100;
    oms::QuoteChanged quote;
    quote.venue = VenueId{1};
    quote.symbol = oms::order_named("a", "100").symbol;
    for (int at = 0; at < kQuotes; ++at) {
        quote.bid = tests::px(at % 2 == 0 ? "9.99" : "9.98");
        quote.ask = tests::px(at % 4 < 2 ? "10.01" : "10.02");
        take(quote, {});
    }
    order_at_venue();
}

void Day::take(const oms::InputBody& body, SessionId from) {
    ++input_.seq.value;
    input_.time.ns += kStep_ns;
    input_.body = body;
    input_.origin = {from, from.is_none() ? 0 : ++next_in_[from.value]};
    out_.clear();
    core_.step(input_, out_);
    numbers_.clear();
    for (std::uint32_t at = 0; at < out_.view().size(); ++at) {
        const SessionId to = oms::destination(out_.view()[at]);
        if (!to.is_none()) numbers_.push_back({at, to, ++next_out_[to.value]});
    }
    journal_.journal->append({input_, out_.view(), numbers_, from.is_none() ? std::string_view{} : kRaw});
    if (input_.seq.value % 64 == 0) journal_.journal->flush();
}

}  // namespace penstock::bench
