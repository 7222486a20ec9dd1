#include "fix/codec/encode.hpp"

#include <gtest/gtest.h>

#include "fix/codec/values.hpp"
#include "tests/fix/codec/outputs.hpp"

namespace penstock::fix::test {
namespace {

TEST(Encode, FillInEveryVersion) {
    const std::string before = "8 1=DESK7|6=101.2|11=ORDER-0001|14=400|17=7654321|";
    const std::string after =
        "30=XNAS|31=101.2|32=400|37=1234567|38=1500|39=1|40=2|44=101.25|54=1|55=ABC|59=0|60=20260102-03:04:"
        "05.678|";
    EXPECT_EQ(encoded(fill_report(), Version::Fix42), before + "20=0|" + after + "150=1|151=1100|");
    EXPECT_EQ(encoded(fill_report(), Version::Fix44), before + after + "150=F|151=1100|");
    EXPECT_EQ(encoded(fill_report(), Version::Fix50Sp2), before + after + "150=F|151=1100|");
}

/// ExecTransType and ExecType of a 4.2 report.
std::string kinds42(oms::ExecType type, oms::OrdStatus status) {
    oms::ExecutionReport report = fill_report();
    report.exec_type = type;
    report.ord_status = status;
    if (status == oms::OrdStatus::Filled) report.filled = report.quantity;
    const std::string text = encoded(report, Version::Fix42);
    return text.substr(text.find("|20=") + 4, 1) + text.substr(text.find("|150=") + 5, 1);
}

TEST(Encode, Fix42SaysInTwoFieldsWhatLaterVersionsSayInOne) {
    EXPECT_EQ(kinds42(oms::ExecType::New, oms::OrdStatus::New), "00");
    EXPECT_EQ(kinds42(oms::ExecType::Trade, oms::OrdStatus::PartiallyFilled), "01");
    EXPECT_EQ(kinds42(oms::ExecType::Trade, oms::OrdStatus::Filled), "02");
    EXPECT_EQ(kinds42(oms::ExecType::TradeCancel, oms::OrdStatus::PartiallyFilled), "11");
    EXPECT_EQ(kinds42(oms::ExecType::TradeCorrect, oms::OrdStatus::Filled), "22");
    EXPECT_EQ(kinds42(oms::ExecType::OrderStatus, oms::OrdStatus::Canceled), "34");
    EXPECT_EQ(kinds42(oms::ExecType::Stopped, oms::OrdStatus::Stopped), "07");
}

TEST(Encode, RefusalSaysWhatWasMeasuredAndTheLimit) {
    oms::ExecutionReport report = fill_report();
    report.exec_type = oms::ExecType::Rejected;
    report.ord_status = oms::OrdStatus::Rejected;
    report.denial = {
        oms::Reason::MaxQuantity, Notional::of(qty("5000").value), Notional::of(qty("1000").value)};
    const std::string text = encoded(report, Version::Fix44);
    EXPECT_NE(
        text.find("|58=MaxQuantity: measured 5000, limit 1000; OrderQty(38) is above "), std::string::npos)
        << text;
    EXPECT_NE(text.find("|103=3|"), std::string::npos) << text;
}

TEST(Encode, RefusalCodesExistInTheVersion) {
    oms::ExecutionReport report = fill_report();
    report.exec_type = oms::ExecType::Rejected;
    report.denial.reason = oms::Reason::UnknownAccount;
    EXPECT_NE(encoded(report, Version::Fix42).find("|103=0|"), std::string::npos);
    EXPECT_NE(encoded(report, Version::Fix44).find("|103=15|"), std::string::npos);
    report.denial.reason = oms::Reason::PriceOutsideCollar;
    EXPECT_NE(encoded(report, Version::Fix44).find("|103=3|"), std::string::npos);
    EXPECT_NE(encoded(report, Version::Fix50Sp2).find("|103=16|"), std::string::npos);
}

TEST(Encode, AVenuesOwnCodeIsPassedOnWhereTheVersionHasIt) {
    oms::CancelReject reject;
    const auto code = [&](Version version, std::uint32_t venue_code) {
        reject.denial = {oms::Reason::VenueRefused, Notional::of(Decimal::whole(venue_code)), {}};
        const std::string text = encoded(reject, version);
        return text.substr(text.find("|102="), 7);
    };
    EXPECT_EQ(code(Version::Fix42, 0), "|102=0|");
    EXPECT_EQ(code(Version::Fix42, 6), "|102=2|") << "4.2 knows 0 to 3";
    EXPECT_EQ(code(Version::Fix44, 6), "|102=6|");
    EXPECT_EQ(code(Version::Fix44, 7), "|102=2|");
    EXPECT_EQ(code(Version::Fix50Sp2, 7), "|102=7|");
    EXPECT_EQ(code(Version::Fix50Sp2, 99), "|102=2|");
    reject.denial = {oms::Reason::VenueRejectedMessage, Notional::of(Decimal::whole(0)), {}};
    EXPECT_NE(encoded(reject, Version::Fix44).find("|102=2|"), std::string::npos);
}

TEST(Encode, ARestatementReasonTheVersionLacksBecomesItsNearest) {
    oms::ExecutionReport report = fill_report();
    report.restatement_reason = oms::RestatementReason::ConnectionLoss;
    EXPECT_NE(encoded(report, Version::Fix42).find("|378=4|"), std::string::npos);
    EXPECT_NE(encoded(report, Version::Fix44).find("|378=99|"), std::string::npos);
    EXPECT_NE(encoded(report, Version::Fix50Sp2).find("|378=12|"), std::string::npos);
    report.restatement_reason = oms::RestatementReason::None;
    EXPECT_EQ(encoded(report, Version::Fix44).find("|378="), std::string::npos);
}

TEST(Encode, CancelRejectOfAnUnknownOrder) {
    oms::CancelReject reject;
    reject.cl_ord_id = id<ClOrdId>("c2");
    reject.orig_cl_ord_id = id<ClOrdId>("c1");
    reject.denial.reason = oms::Reason::UnknownOrder;
    EXPECT_EQ(encoded(reject, Version::Fix42),
              "9 11=c2|37=NONE|39=8|41=c1|58=UnknownOrder; no order of this session goes by this id now|"
              "102=1|434=1|");
}

TEST(Encode, AnswersCarryTheRequestsId) {
    oms::ExecutionReport report = fill_report();
    report.exec_type = oms::ExecType::OrderStatus;
    report.request_id = id<RequestId>("r1");
    EXPECT_NE(encoded(report, Version::Fix44).find("|790=r1|"), std::string::npos);
    EXPECT_EQ(encoded(report, Version::Fix42).find("790="), std::string::npos);
    report.total_reports = 2;
    report.last_report = true;
    EXPECT_NE(encoded(report, Version::Fix50Sp2).find("|584=r1|911=2|912=Y|"), std::string::npos);
}

TEST(Encode, MassCancelReport) {
    oms::MassCancelReport report;
    report.report_id = ExecId{9};
    report.cl_ord_id = id<ClOrdId>("m1");
    report.affected = 3;
    EXPECT_EQ(encoded(report, Version::Fix44), "r 11=m1|37=9|530=7|531=7|533=3|");
    EXPECT_EQ(encoded(report, Version::Fix50Sp2), "r 11=m1|37=9|530=7|531=7|533=3|1369=9|");
    report.accepted = false;
    report.denial.reason = oms::Reason::UnknownInstrument;
    EXPECT_EQ(encoded(report, Version::Fix44),
              "r 11=m1|37=9|58=UnknownInstrument; Symbol(55) is not in the catalogue|530=7|531=0|532=1|");
    EXPECT_EQ(encoded(report, Version::Fix42), " ");
}

/// Child 83's request as venues know it.
std::string our_id(std::uint32_t revision) {
    return std::string(oms::venue_cl_ord_id(kContext44.ids, {ChildId{83}, revision}).view());
}

TEST(Encode, VenueOrdersCarryOurIds) {
    oms::VenueNewOrder order;
    order.child = ChildId{83};
    order.symbol = id<Symbol>("ABC");
    order.quantity = qty("100");
    order.limit = px("9.5");
    order.transact_time = *parse_timestamp("20260102-03:04:05");
    EXPECT_EQ(encoded(order, Version::Fix44),
              "D 11=" + our_id(0) + "|38=100|40=2|44=9.5|54=1|55=ABC|59=0|60=20260102-03:04:05.000|");
    EXPECT_NE(encoded(order, Version::Fix42).find("|21=1|"), std::string::npos);

    oms::VenueCancelOrder cancel;
    cancel.child = ChildId{83};
    cancel.revision = 3;
    cancel.orig_revision = 1;
    cancel.venue_order_id = id<VenueOrderId>("V1");
    cancel.symbol = order.symbol;
    cancel.quantity = order.quantity;
    cancel.transact_time = order.transact_time;
    EXPECT_EQ(encoded(cancel, Version::Fix44), "F 11=" + our_id(3) + "|37=V1|38=100|41=" + our_id(1) +
                                                   "|54=1|55=ABC|60=20260102-03:04:05.000|");
}

TEST(Encode, DecisionsAndAlarmsGoNowhere) {
    EXPECT_EQ(encoded(oms::RoutingDecision{}, Version::Fix44), " ");
    EXPECT_EQ(encoded(oms::Alarm{}, Version::Fix44), " ");
}

}  // namespace
}  // namespace penstock::fix::test
