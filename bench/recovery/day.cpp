#include "bench/recovery/day.hpp"

#include <string>

#include "tests/oms/engine/trading_day.hpp"

namespace penstock::bench {
namespace {

constexpr oms::SetCapacity kCapacity{
    .orders = 1'000'000, .requests = 65'536, .fills = 2'000'000, .refusals = 1024};
constexpr oms::Capacity kNoCapacityYet{.orders = 1, .requests = 1, .fills = 1, .refusals = 1};
constexpr std::int64_t kStart_ns = 1'767'323'045'000'000'000;
constexpr std::int64_t kStep_ns = 5'000;
constexpr std::uint64_t kRestsOneIn = 10;

/// A message has some 200 bytes.
const std::string kRaw(200, 'x');

template <class Id>
void set_name(Id& id, char prefix, std::uint64_t number) {
    id.assign(prefix + std::to_string(number));
}

}  // namespace

Day::Day(const persistence::JournalSettings& settings)
    : journal_(persistence::SegmentJournal::open(settings)), core_(kNoCapacityYet) {
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
    oms::NewOrder order = oms::order_named("a", "100");
    set_name(order.cl_ord_id, 'a', ++orders_);
    take(order, order.session);
    const auto* const sent =
        out_.view().empty() ? nullptr : std::get_if<oms::VenueNewOrder>(&out_.view().back());
    PENSTOCK_ASSERT(sent != nullptr, "an order of the benchmark was refused");
    oms::VenueFilled fill;
    fill.report = oms::report_on(sent->child.value, 0);
    set_name(fill.report.venue_order_id, 'V', orders_);
    set_name(fill.report.exec_id, 'N', orders_);
    fill.quantity = order.quantity;
    fill.price = *order.limit;
    const SessionId venue = core_.world().directory[VenueId{1}].session;
    take(oms::VenueAccepted{fill.report}, venue);
    set_name(fill.report.exec_id, 'F', orders_);
    if (orders_ % kRestsOneIn != 0) take(fill, venue);
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
