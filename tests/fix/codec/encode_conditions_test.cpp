#include <gtest/gtest.h>

#include "fix/codec/encode.hpp"
#include "fix/codec/values.hpp"
#include "tests/fix/codec/outputs.hpp"

namespace penstock::fix::test {
namespace {

using oms::OrderType;

Timestamp at(std::string_view text) { return *parse_timestamp(text); }

oms::ExecutionReport report_of(OrderType type, const oms::OrderConditions& conditions) {
    oms::ExecutionReport report;
    report.order_id = OrderId{7};
    report.exec_id = ExecId{17};
    report.cl_ord_id = id<ClOrdId>("a1");
    report.symbol = id<Symbol>("ABC");
    report.side = oms::Side::Sell;
    report.type = type;
    report.quantity = qty("100");
    report.leaves = qty("100");
    report.conditions = conditions;
    return report;
}

/// The fields that say what the order is, without those every report has.
std::string told(const oms::ExecutionReport& report, Version version) {
    std::string out;
    for (const std::string& field : split(soh(encoded(report, version).substr(2)))) {
        const std::string tag = field.substr(0, field.find('='));
        constexpr std::string_view kEveryReport[] = {
            "6", "11", "14", "17", "20", "37", "38", "39", "54", "55", "150", "151"};
        if (std::find(std::begin(kEveryReport), std::end(kEveryReport), tag) == std::end(kEveryReport))
            out += field + "|";
    }
    return out;
}

TEST(EncodeConditions, Stop) {
    oms::OrderConditions stop;
    stop.stop = px("9.5");
    for (const Version version : kVersions)
        EXPECT_EQ(told(report_of(OrderType::Stop, stop), version), "40=3|59=0|99=9.5|");
}

TEST(EncodeConditions, IfTouchedHasNoWordIn42) {
    oms::OrderConditions touched;
    touched.stop = px("11");
    const auto report = report_of(OrderType::MarketIfTouched, touched);
    EXPECT_EQ(told(report, Version::Fix42), "59=0|99=11|");
    EXPECT_EQ(told(report, Version::Fix44), "40=J|59=0|99=11|");
}

TEST(EncodeConditions, TriggerOfALimitOrder) {
    oms::OrderConditions trigger;
    trigger.stop = px("9.5");
    trigger.trigger_on = oms::TriggerOn::Last;
    trigger.trigger_direction = oms::TriggerDirection::Down;
    const auto report = report_of(OrderType::Limit, trigger);
    EXPECT_EQ(told(report, Version::Fix42), "40=2|59=0|99=9.5|");
    EXPECT_EQ(told(report, Version::Fix50Sp2), "40=2|59=0|1100=4|1101=1|1102=9.5|1107=2|1109=D|");
}

TEST(EncodeConditions, TrailingStopTellsNoOffsetRatherThanAWrongOne) {
    oms::OrderConditions trailing;
    trailing.stop = px("9.5");
    trailing.trail = *Decimal::parse("0.5");
    EXPECT_EQ(told(report_of(OrderType::Stop, trailing), Version::Fix42), "40=P|59=0|99=9.5|211=0.5|");
    EXPECT_EQ(told(report_of(OrderType::Stop, trailing), Version::Fix44), "18=a|40=P|59=0|99=9.5|211=0.5|");
    EXPECT_EQ(
        told(report_of(OrderType::Stop, trailing), Version::Fix50Sp2), "40=3|59=0|99=9.5|211=0.5|1094=8|");
    trailing.trail_unit = oms::OffsetUnit::Percent;
    EXPECT_EQ(told(report_of(OrderType::Stop, trailing), Version::Fix44), "18=a|40=P|59=0|99=9.5|");
    EXPECT_EQ(told(report_of(OrderType::Stop, trailing), Version::Fix50Sp2),
              "40=3|59=0|99=9.5|211=0.5|836=4|1094=8|");
}

TEST(EncodeConditions, Peg) {
    oms::OrderConditions peg;
    peg.peg = oms::PegKind::Primary;
    peg.peg_offset = *Decimal::parse("-0.01");
    peg.post_only = true;
    const auto report = report_of(OrderType::Pegged, peg);
    EXPECT_EQ(told(report, Version::Fix42), "18=6 R|40=P|59=0|211=-0.01|");
    EXPECT_EQ(told(report, Version::Fix50Sp2), "18=6|40=P|59=0|211=-0.01|1094=5|");
}

TEST(EncodeConditions, DisplayMinimumAndCash) {
    oms::OrderConditions sizes;
    sizes.display = qty("10");
    sizes.display_low = qty("5");
    sizes.display_high = qty("15");
    sizes.minimum = qty("20");
    sizes.cash = px("5000");
    const auto report = report_of(OrderType::Market, sizes);
    EXPECT_EQ(told(report, Version::Fix44), "40=1|59=0|110=20|111=10|152=5000|");
    EXPECT_EQ(told(report, Version::Fix50Sp2), "40=1|59=0|110=20|152=5000|1085=5|1086=15|1138=10|");
}

TEST(EncodeConditions, Times) {
    oms::OrderConditions times;
    times.expire_time = at("20260105-10:00:00");
    times.effective_time = at("20260103-08:00:00");
    auto report = report_of(OrderType::Market, times);
    report.time_in_force = oms::TimeInForce::Gtd;
    EXPECT_EQ(told(report, Version::Fix42), "40=1|59=6|126=20260105-10:00:00.000|168=20260103-08:00:00.000|");
    report.conditions->expire_time = *parse_end_of_date("20260105");
    EXPECT_EQ(told(report, Version::Fix42), "40=1|59=6|168=20260103-08:00:00.000|432=20260105|");
    report.conditions.reset();
    report.time_in_force = oms::TimeInForce::AtClose;
    EXPECT_EQ(told(report, Version::Fix42), "40=1|");
    EXPECT_EQ(told(report, Version::Fix44), "40=1|59=7|");
}

TEST(EncodeConditions, LinkListAndHeld) {
    oms::OrderConditions held;
    held.held = true;
    held.reduce_only = true;
    held.link_id = id<ClOrdId>("pair");
    auto report = report_of(OrderType::Market, held);
    report.list_id = id<ClOrdId>("l1");
    EXPECT_EQ(told(report, Version::Fix42), "18=E S|40=1|59=0|66=l1|");
    EXPECT_EQ(told(report, Version::Fix44), "18=E S|40=1|59=0|66=l1|583=pair|");
    report.conditions->on_disconnect = oms::OnDisconnect::Cancel;
    EXPECT_EQ(told(report, Version::Fix44), "18=E S|40=1|59=0|66=l1|583=pair|");
    EXPECT_EQ(told(report, Version::Fix50Sp2), "18=E S o|40=1|59=0|66=l1|583=pair|");
}

TEST(EncodeConditions, TriggeredIsARestatementBefore50) {
    auto report = report_of(OrderType::Stop, {});
    report.exec_type = oms::ExecType::Triggered;
    const auto kind = [&](Version version) {
        const std::string text = encoded(report, version);
        return text.substr(text.find("|150=") + 5, 1);
    };
    EXPECT_EQ(kind(Version::Fix42), "D");
    EXPECT_EQ(kind(Version::Fix44), "D");
    EXPECT_EQ(kind(Version::Fix50Sp2), "L");
    EXPECT_EQ(told(report, Version::Fix42), "40=3|58=triggered|59=0|378=4|");
    EXPECT_EQ(told(report, Version::Fix44), "40=3|58=triggered|59=0|378=99|");
    EXPECT_EQ(told(report, Version::Fix50Sp2), "40=3|59=0|");
}

TEST(EncodeConditions, AVenueThatKeepsAConditionIsToldAllOfIt) {
    oms::VenueNewOrder order;
    order.child = ChildId{1};
    order.symbol = id<Symbol>("ABC");
    order.type = OrderType::Stop;
    order.quantity = qty("5");
    order.conditions.emplace().trail = *Decimal::parse("2");
    order.conditions->trail_unit = oms::OffsetUnit::Percent;
    order.conditions->link_id = id<ClOrdId>("pair");
    EXPECT_NE(encoded(order, Version::Fix42).find("|18=a|21=1|38=5|40=P|"), std::string::npos);
    EXPECT_NE(encoded(order, Version::Fix42).find("|211=2|836=4|"), std::string::npos);
    EXPECT_NE(encoded(order, Version::Fix50Sp2).find("|211=2|836=4|1094=8|"), std::string::npos);
    EXPECT_EQ(encoded(order, Version::Fix44).find("|583="), std::string::npos);
}

TEST(EncodeConditions, ListStatus) {
    oms::ListStatus status;
    status.list_id = id<ClOrdId>("l1");
    status.type = oms::ListStatusType::Ack;
    status.status = oms::ListOrderStatus::Executing;
    status.residual = qty("100");
    status.orders = 2;
    status.transact_time = at("20260102-03:04:05");
    status.line1 = oms::ListLine{
        id<ClOrdId>("a"), oms::OrdStatus::PartiallyFilled, qty("5"), qty("95"), {}, px("10.5"), {}};
    status.line2 = oms::ListLine{
        id<ClOrdId>("b"),
        oms::OrdStatus::Rejected,
        {},
        {},
        qty("9"),
        {},
        {oms::Reason::InvalidQuantity, {}, {}}};
    const std::string expected =
        "N "
        "60=20260102-03:04:05.000|66=l1|68=2|73=2|11=a|14=5|39=1|151=95|84=0|6=10.5|11=b|14=0|39=8|151=0|84="
        "9|"
        "6=0|103=13|58=InvalidQuantity; OrderQty(38) is not above zero|82=1|83=1|429=1|431=3|444=at most 100 "
        "can be filled beyond what was "
        "meant|";
    EXPECT_EQ(encoded(status, Version::Fix44), expected);
    status = {};
    status.list_id = id<ClOrdId>("l1");
    status.status = oms::ListOrderStatus::Rejected;
    status.denial.reason = oms::Reason::DuplicateClOrdId;
    status.text = *Text::from("why");
    EXPECT_NE(encoded(status, Version::Fix50Sp2).find("|429=2|431=7|444=DuplicateClOrdId; why|1386=6|"),
              std::string::npos);
}

}  // namespace
}  // namespace penstock::fix::test
