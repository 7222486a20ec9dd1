#include "tests/fix/codec/outputs.hpp"

#include <gtest/gtest.h>

#include "fix/codec/values.hpp"

namespace penstock::fix::test {
namespace {

constexpr oms::Side kSides[] = {
    oms::Side::Buy, oms::Side::Sell, oms::Side::SellShort, oms::Side::SellShortExempt};
constexpr oms::OrderType kTypes[] = {
    oms::OrderType::Unsupported, oms::OrderType::Market,          oms::OrderType::Limit, oms::OrderType::Stop,
    oms::OrderType::StopLimit,   oms::OrderType::MarketIfTouched, oms::OrderType::Pegged};
constexpr oms::TimeInForce kTimes[] = {
    oms::TimeInForce::Unsupported, oms::TimeInForce::Day,     oms::TimeInForce::Gtc,
    oms::TimeInForce::AtOpen,      oms::TimeInForce::Ioc,     oms::TimeInForce::Fok,
    oms::TimeInForce::Gtd,         oms::TimeInForce::AtClose, oms::TimeInForce::GoodForAuction};
constexpr std::string_view kExecTypes = "03456789ACDEFGHIL";
constexpr std::string_view kStatuses = "012346789ACE";

template <std::size_t Capacity>
FixedText<Capacity> any_text(Random& random, std::uint64_t least) {
    std::string text(least + random.below(Capacity - least + 1), 'x');
    for (char& c : text) c = static_cast<char>('!' + random.below(90));
    return *FixedText<Capacity>::from(text);
}

Decimal any_decimal(Random& random) {
    const auto mantissa =
        static_cast<Int128>(random.below(random.chance(2) ? 1000 : 1'000'000'000'000'000'000ULL));
    const auto made = Decimal::from_parts(mantissa, static_cast<int>(random.below(13)));
    return made ? *made : Decimal{};
}
std::optional<Price> maybe_price(Random& random) {
    if (random.chance(3)) return std::nullopt;
    return Price{any_decimal(random)};
}
Timestamp any_time(Random& random) {
    return {static_cast<std::int64_t>(random.below(1'000'000'000)) * 4'000'000'000 + 1};
}
oms::Denial any_denial(Random& random) {
    oms::Denial denial{static_cast<oms::Reason>(random.below(112)), std::nullopt, std::nullopt};
    if (random.chance(2)) denial.measured = Price{any_decimal(random)} * Quantity{any_decimal(random)};
    if (random.chance(2)) denial.limit = Notional::of(any_decimal(random));
    return denial;
}
std::optional<Quantity> maybe_quantity(Random& random) {
    if (random.chance(2)) return std::nullopt;
    return Quantity{any_decimal(random)};
}
std::optional<Decimal> maybe_offset(Random& random) {
    if (random.chance(2)) return std::nullopt;
    return any_decimal(random);
}
std::optional<oms::OrderConditions> maybe_conditions(Random& random) {
    constexpr oms::TriggerOn kWatched[] = {
        oms::TriggerOn::Default, oms::TriggerOn::BestOffer, oms::TriggerOn::Last,
        oms::TriggerOn::BestBid, oms::TriggerOn::Mid,       oms::TriggerOn::Mark};
    constexpr oms::TriggerDirection kDirections[] = {
        oms::TriggerDirection::Implied, oms::TriggerDirection::Up, oms::TriggerDirection::Down};
    constexpr oms::PegKind kPegs[] = {oms::PegKind::None, oms::PegKind::Last, oms::PegKind::Midpoint,
                                      oms::PegKind::Market, oms::PegKind::Primary};
    constexpr oms::OffsetUnit kUnits[] = {oms::OffsetUnit::Price, oms::OffsetUnit::BasisPoints,
                                          oms::OffsetUnit::Ticks, oms::OffsetUnit::Percent};
    if (random.chance(3)) return std::nullopt;
    oms::OrderConditions made;
    made.stop = maybe_price(random);
    made.trigger_on = random.pick(kWatched);
    made.trigger_direction = random.pick(kDirections);
    made.trail = maybe_offset(random);
    made.trail_unit = random.pick(kUnits);
    made.peg = random.pick(kPegs);
    made.peg_offset = maybe_offset(random);
    made.peg_unit = random.pick(kUnits);
    made.display = maybe_quantity(random);
    made.display_low = maybe_quantity(random);
    made.display_high = maybe_quantity(random);
    made.minimum = maybe_quantity(random);
    if (random.chance(3)) made.cash = Price{any_decimal(random)};
    if (random.chance(2)) made.expire_time = any_time(random);
    if (random.chance(3)) made.expire_time = *parse_end_of_date("20240229");
    if (random.chance(2)) made.effective_time = any_time(random);
    made.link_id = any_text<39>(random, 0);
    made.post_only = random.chance(2);
    made.reduce_only = random.chance(2);
    made.held = random.chance(2);
    return made;
}
ChildId any_child(Random& random) { return ChildId{1 + random.below(1'000'000'000)}; }

oms::ExecutionReport any_report(Random& random) {
    oms::ExecutionReport report;
    report.order_id = OrderId{random.below(1'000'000)};
    report.exec_id = ExecId{random.below(1'000'000'000'000)};
    report.exec_ref_id = ExecId{random.below(3)};
    report.exec_type = static_cast<oms::ExecType>(random.pick(kExecTypes));
    report.ord_status = static_cast<oms::OrdStatus>(random.pick(kStatuses));
    report.cl_ord_id = any_text<39>(random, 0);
    report.orig_cl_ord_id = any_text<39>(random, 0);
    report.account = any_text<31>(random, 0);
    report.symbol = any_text<31>(random, 0);
    report.side = random.pick(kSides);
    report.restatement_reason = static_cast<oms::RestatementReason>(random.below(15));
    report.type = random.pick(kTypes);
    report.time_in_force = random.pick(kTimes);
    report.quantity = {any_decimal(random)};
    report.limit = maybe_price(random);
    report.last_quantity = {any_decimal(random)};
    report.last_price = maybe_price(random);
    report.leaves = {any_decimal(random)};
    report.filled = {any_decimal(random)};
    report.average_price = {any_decimal(random)};
    report.venue = any_text<15>(random, 0);
    report.transact_time = any_time(random);
    report.denial = any_denial(random);
    report.text = any_text<95>(random, 0);
    report.request_id = any_text<39>(random, 0);
    report.total_reports = static_cast<std::uint32_t>(random.below(3));
    report.last_report = random.chance(2);
    report.conditions = maybe_conditions(random);
    report.list_id = any_text<39>(random, 0);
    report.triggered = random.chance(2);
    return report;
}

oms::CancelReject any_cancel_reject(Random& random) {
    return {{},
            OrderId{random.below(2)},
            any_text<39>(random, 1),
            any_text<39>(random, 0),
            any_text<31>(random, 0),
            static_cast<oms::OrdStatus>(random.pick(kStatuses)),
            random.chance(2) ? oms::CancelRejectTo::CancelRequest : oms::CancelRejectTo::ReplaceRequest,
            any_denial(random),
            any_time(random),
            any_text<95>(random, 0)};
}

oms::MassCancelReport any_mass_report(Random& random) {
    return {{},
            ExecId{1 + random.below(1000)},
            any_text<39>(random, 1),
            random.chance(2) ? oms::MassScope::All : oms::MassScope::Instrument,
            random.chance(2),
            static_cast<std::uint32_t>(random.below(1000)),
            any_text<31>(random, 0),
            any_denial(random),
            any_time(random),
            any_text<31>(random, 0),
            random.chance(2) ? std::nullopt : std::optional{oms::Side::Sell},
            static_cast<std::uint32_t>(random.below(10))};
}

oms::ListLine any_line(Random& random) {
    return {any_text<39>(random, 1), static_cast<oms::OrdStatus>(random.pick(kStatuses)),
            {any_decimal(random)},   {any_decimal(random)},
            {any_decimal(random)},   {any_decimal(random)},
            any_denial(random)};
}

oms::ListStatus any_list_status(Random& random) {
    constexpr std::uint8_t kTypesOfStatus[] = {0, 1, 2, 4, 5, 6};
    constexpr std::uint8_t kStatusesOfList[] = {0, 2, 3, 4, 5, 6, 7};
    oms::ListStatus status;
    status.list_id = any_text<39>(random, 1);
    status.type = static_cast<oms::ListStatusType>(random.pick(kTypesOfStatus));
    status.status = static_cast<oms::ListOrderStatus>(random.pick(kStatusesOfList));
    status.denial = any_denial(random);
    status.text = any_text<95>(random, 0);
    status.residual = maybe_quantity(random);
    status.orders = static_cast<std::uint32_t>(random.below(5));
    status.transact_time = any_time(random);
    // A message with lines that are sure to be told; none at all is a list that is not known.
    if (status.orders > 0) status.line1 = any_line(random);
    if (status.orders > 1) status.line2 = any_line(random);
    if (status.orders > 2) status.line3 = any_line(random);
    if (status.orders > 3) status.line4 = any_line(random);
    return status;
}

oms::BusinessReject any_business_reject(Random& random) {
    return {{},
            static_cast<std::uint32_t>(random.below(1000)),
            any_text<7>(random, 1),
            static_cast<std::uint32_t>(random.below(7)),
            any_text<39>(random, 0),
            any_text<95>(random, 0)};
}

oms::VenueNewOrder any_venue_order(Random& random) {
    return {{},
            {},
            any_child(random),
            any_text<31>(random, 1),
            any_text<31>(random, 0),
            random.pick(kSides),
            kTypes[1 + random.below(6)],
            kTimes[1 + random.below(8)],
            {any_decimal(random)},
            maybe_price(random),
            any_time(random),
            maybe_conditions(random)};
}

oms::VenueAmendOrder any_venue_amend(Random& random) {
    return {{},
            {},
            any_child(random),
            2,
            static_cast<std::uint32_t>(random.below(2)),
            any_text<39>(random, 0),
            any_text<31>(random, 1),
            any_text<31>(random, 0),
            random.pick(kSides),
            kTypes[1 + random.below(6)],
            kTimes[1 + random.below(8)],
            {any_decimal(random)},
            maybe_price(random),
            any_time(random),
            maybe_conditions(random)};
}

oms::VenueCancelOrder any_venue_cancel(Random& random) {
    return {{},
            {},
            any_child(random),
            2,
            1,
            any_text<39>(random, 0),
            any_text<31>(random, 1),
            any_text<31>(random, 0),
            random.pick(kSides),
            {any_decimal(random)},
            any_time(random)};
}

oms::VenueStatusRequest any_status_request(Random& random) {
    return {
        {}, {}, any_child(random), 1, any_text<39>(random, 0), any_text<31>(random, 1), random.pick(kSides)};
}

}  // namespace

oms::Output random_output(Random& random) {
    switch (random.below(14)) {
        case 0: return any_cancel_reject(random);
        case 1: return any_mass_report(random);
        case 2: return any_business_reject(random);
        case 3: return any_venue_order(random);
        case 4: return any_venue_amend(random);
        case 5: return any_venue_cancel(random);
        case 6: return any_status_request(random);
        case 7: return any_list_status(random);
        default: return any_report(random);
    }
}

oms::ExecutionReport fill_report() {
    oms::ExecutionReport report;
    report.order_id = OrderId{1234567};
    report.exec_id = ExecId{7654321};
    report.exec_type = oms::ExecType::Trade;
    report.ord_status = oms::OrdStatus::PartiallyFilled;
    report.cl_ord_id = id<ClOrdId>("ORDER-0001");
    report.account = id<AccountName>("DESK7");
    report.symbol = id<Symbol>("ABC");
    report.quantity = qty("1500");
    report.limit = px("101.25");
    report.last_quantity = qty("400");
    report.last_price = px("101.2");
    report.leaves = qty("1100");
    report.filled = qty("400");
    report.average_price = px("101.2");
    report.venue = id<VenueName>("XNAS");
    report.transact_time = *parse_timestamp("20260102-03:04:05.678");
    return report;
}

std::string encoded(const oms::Output& output, Version version) {
    char buffer[kMaxBody];
    BodyWriter out(buffer, sizeof buffer);
    const std::string_view type = encode_body(output, {version, kContext44.ids, 3}, out);
    EXPECT_FALSE(out.overflowed());
    return std::string(type) + " " + readable(out.view());
}

}  // namespace penstock::fix::test
