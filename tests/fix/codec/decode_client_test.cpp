#include "fix/codec/decode_client.hpp"

#include <gtest/gtest.h>

#include "fix/codec/values.hpp"
#include "tests/fix/codec/samples.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

using oms::DoorRefusal;
using oms::Reason;
using oms::RequestRefused;

Timestamp at(std::string_view text) { return *parse_timestamp(text); }

oms::InputBody decode(const std::string& bytes, Version version = Version::Fix44) {
    return decode_client(
        parsed(bytes), {SessionId{3}, version, at("20260102-03:04:06"), Duration::seconds(5)});
}

template <class Command>
Command decoded(const std::string& bytes, Version version = Version::Fix44) {
    const oms::InputBody body = decode(bytes, version);
    EXPECT_TRUE(std::holds_alternative<Command>(body)) << readable(bytes);
    return std::holds_alternative<Command>(body) ? std::get<Command>(body) : Command{};
}

constexpr const char* kOrder = "11=c1|55=ABC|54=1|60=20260102-03:04:05|";

/// The order is for the core to refuse, with this.
DoorRefusal refused_order(const std::string& rest) {
    return decoded<oms::NewOrder>(message(Version::Fix44, "D", kOrder + rest))
        .refusal.value_or(DoorRefusal{});
}

TEST(DecodeClient, OrderInEveryVersion) {
    for (const Version version : kVersions) {
        const auto order = decoded<oms::NewOrder>(new_order_single(version), version);
        EXPECT_EQ(order.session, SessionId{3});
        EXPECT_EQ(order.cl_ord_id.view(), "ORDER-0001");
        EXPECT_EQ(order.account.view(), "DESK7");
        EXPECT_EQ(order.symbol.view(), "ABC");
        EXPECT_EQ(order.destination.view(), "XNAS");
        EXPECT_EQ(order.side, oms::Side::Buy);
        EXPECT_EQ(order.type, oms::OrderType::Limit);
        EXPECT_EQ(order.time_in_force, oms::TimeInForce::Day);
        EXPECT_EQ(order.quantity, qty("1500"));
        EXPECT_EQ(order.limit, px("101.25"));
        EXPECT_EQ(order.transact_time, at("20260102-03:04:05.678"));
        EXPECT_FALSE(order.poss_resend);
        EXPECT_FALSE(order.stale);
    }
}

TEST(DecodeClient, NumbersAreExact) {
    const auto order = decoded<oms::NewOrder>(
        message(Version::Fix44, "D", std::string(kOrder) + "38=0.000000000001|40=2|44=123456789.12345678"));
    EXPECT_EQ(order.quantity, qty("0.000000000001"));
    EXPECT_EQ(order.limit, px("123456789.12345678"));
}

TEST(DecodeClient, ValuesTheCoreLacksAreForTheCoreToRefuse) {
    const auto stop =
        decoded<oms::NewOrder>(message(Version::Fix44, "D", std::string(kOrder) + "38=1|40=K|59=5"));
    EXPECT_EQ(stop.type, oms::OrderType::Unsupported);
    EXPECT_EQ(stop.time_in_force, oms::TimeInForce::Unsupported);
}

TEST(DecodeClient, TimeInForceIsCarried) {
    for (const char* code : {"1", "2", "3", "4", "6", "7", "B"}) {
        const auto order = decoded<oms::NewOrder>(
            message(Version::Fix44, "D", std::string(kOrder) + "38=1|40=1|59=" + code));
        EXPECT_EQ(static_cast<char>(order.time_in_force), code[0]);
    }
}

TEST(DecodeClient, AmendAndCancel) {
    const auto amend = decoded<oms::AmendOrder>(
        message(Version::Fix44, "G", "11=c2|41=c1|55=ABC|54=2|60=20260102-03:04:05|38=7|40=2|44=1.5"));
    EXPECT_EQ(amend.cl_ord_id.view(), "c2");
    EXPECT_EQ(amend.orig_cl_ord_id.view(), "c1");
    EXPECT_EQ(amend.quantity, qty("7"));
    EXPECT_EQ(amend.limit, px("1.5"));
    const auto cancel = decoded<oms::CancelOrder>(
        message(Version::Fix44, "F", "11=c3|41=c2|55=ABC|54=2|60=20260102-03:04:05|38=7"));
    EXPECT_EQ(cancel.cl_ord_id.view(), "c3");
    EXPECT_EQ(cancel.orig_cl_ord_id.view(), "c2");
    EXPECT_EQ(cancel.side, oms::Side::Sell);
}

TEST(DecodeClient, MassCancelAndQueries) {
    const auto all =
        decoded<oms::MassCancel>(message(Version::Fix44, "q", "11=m|530=7|60=20260102-03:04:05"));
    EXPECT_EQ(all.scope, oms::MassScope::All);
    const auto one =
        decoded<oms::MassCancel>(message(Version::Fix44, "q", "11=m|530=1|55=ABC|60=20260102-03:04:05"));
    EXPECT_EQ(one.scope, oms::MassScope::Instrument);
    EXPECT_EQ(one.symbol.view(), "ABC");
    const auto query =
        decoded<oms::OrderStatusQuery>(message(Version::Fix44, "H", "11=c|54=1|55=ABC|790=r1"));
    EXPECT_EQ(query.request_id.view(), "r1");
    EXPECT_EQ(
        decoded<oms::MassStatusQuery>(message(Version::Fix44, "AF", "584=s1|585=7")).request_id.view(), "s1");
}

TEST(DecodeClient, TextNamesTheTagItsValueAndTheRule) {
    EXPECT_EQ(refused_order("38=1|40=2|44=1.2345678901234").text.view(),
              "Price(44)=1.2345678901234 has more than 12 decimals");
    EXPECT_EQ(refused_order("38=99999999999999999999|40=1").text.view(),
              "OrderQty(38)=99999999999999999999 has too many digits");
    EXPECT_EQ(refused_order("38=1|40=1|100=" + std::string(16, 'V')).text.view(),
              "ExDestination(100)=VVVVVVVVVVVVVVVV is longer than 15 characters");
    EXPECT_EQ(decoded<RequestRefused>(message(Version::Fix44, "AF", "584=s1|585=1")).text.view(),
              "Symbol(55) is missing");
}

TEST(DecodeClient, WhatNarrowsAMassRequestIsNeverDropped) {
    const auto cancel = decoded<oms::MassCancel>(
        message(Version::Fix44, "q", "11=m1|530=7|60=20260102-03:04:05|1=ACC|54=2|55=XYZ"));
    EXPECT_EQ(cancel.scope, oms::MassScope::All);
    EXPECT_EQ(cancel.account.view(), "ACC");
    EXPECT_EQ(cancel.side, oms::Side::Sell);
    EXPECT_EQ(cancel.symbol.view(), "XYZ");
    const auto query =
        decoded<oms::MassStatusQuery>(message(Version::Fix50Sp2, "AF", "584=s|585=1|55=XYZ|1=ACC"));
    EXPECT_EQ(query.scope, oms::MassScope::Instrument);
    EXPECT_EQ(query.account.view(), "ACC");
    EXPECT_FALSE(query.side);
    const auto odd = decoded<oms::MassStatusQuery>(message(Version::Fix50Sp2, "AF", "584=s|585=10"));
    EXPECT_EQ(odd.scope, oms::MassScope{});  // none, which the core refuses
}

TEST(DecodeClient, AnotherNameOfAnInstrumentDoesNotWidenAMassRequest) {
    const auto cancel = [](std::string_view fields) {
        return decoded<oms::MassCancel>(
            message(Version::Fix44, "q", "11=m1|530=7|60=20260102-03:04:05|" + std::string(fields)));
    };
    for (const std::string_view name : {"48=X1", "167=CS", "309=X1", "311=X", "460=5", "461=ES", "762=GOV"})
        EXPECT_EQ(cancel(name).refusal->reason, oms::Reason::UnsupportedInstruction) << name;
    EXPECT_EQ(cancel("48=X1").refusal->text.view(), "SecurityID(48)=X1 is not served");
    EXPECT_FALSE(cancel("55=XYZ|48=X1|167=CS").refusal);
    EXPECT_EQ(decoded<RequestRefused>(message(Version::Fix44, "AF", "584=s1|585=7|461=ES")).text.view(),
              "CFICode(461)=ES is not served");
}

TEST(DecodeClient, RefusalTellsWhatItRefers) {
    const std::string account = "1=" + std::string(32, 'A');
    const auto refused = decoded<RequestRefused>(message(Version::Fix44, "AF", "584=s1|585=7|" + account));
    EXPECT_EQ(refused.session, SessionId{3});
    EXPECT_EQ(refused.ref_msg_seq_num, 7U);
    EXPECT_EQ(refused.ref_msg_type.view(), "AF");
    EXPECT_EQ(refused.ref_id.view(), "s1");
    EXPECT_EQ(refused.business_reject_reason, 0U);
}

TEST(DecodeClient, MissingFieldIsReason5) {
    const auto refused =
        decoded<RequestRefused>(message(Version::Fix44, "D", "11=c1|54=1|60=20260102-03:04:05|38=1|40=1"));
    EXPECT_EQ(refused.business_reject_reason, 5U);
    EXPECT_EQ(refused.text.view(), "Symbol(55) is missing");
}

TEST(DecodeClient, WhatAnOrderCannotSayIsForTheCoreToRefuseWithTheRule) {
    EXPECT_EQ(refused_order("40=1").reason, Reason::InvalidQuantity);
    EXPECT_EQ(refused_order("40=1").text.view(), "OrderQty(38) is missing");
    EXPECT_EQ(refused_order("38=1|40=2|44=1.2345678901234").reason, Reason::InvalidPrice);
    EXPECT_EQ(refused_order("38=99999999999999999999|40=1").reason, Reason::InvalidQuantity);
    EXPECT_EQ(refused_order("38=1|40=1|1=" + std::string(32, 'a')).reason, Reason::FieldTooLong);
    const auto amend = decoded<oms::AmendOrder>(message(
        Version::Fix44, "G", "11=c2|41=c1|55=ABC|54=2|60=20260102-03:04:05|38=7|40=2|44=0.1234567890123"));
    EXPECT_EQ(amend.refusal.value_or(DoorRefusal{}).reason, Reason::InvalidPrice);
    EXPECT_EQ(amend.refusal.value_or(DoorRefusal{}).text.view(),
              "Price(44)=0.1234567890123 has more than 12 decimals");
}

TEST(DecodeClient, ACancelIsNeverRefusedForWhatItDoesNotNeed) {
    const auto cancel = decoded<oms::CancelOrder>(message(
        Version::Fix44, "F", "11=c3|41=c2|55=" + std::string(32, 'S') + "|54=2|60=22990102-03:04:05|38=7"));
    EXPECT_EQ(cancel.orig_cl_ord_id.view(), "c2");
    EXPECT_TRUE(cancel.symbol.empty());
}

TEST(DecodeClient, RequestsAboutLists) {
    const std::string when = "|60=20260102-03:04:05";
    EXPECT_EQ(decoded<oms::CancelList>(message(Version::Fix44, "K", "66=l1" + when)).list_id.view(), "l1");
    const auto execute = decoded<oms::ExecuteList>(message(Version::Fix44, "L", "66=l1" + when));
    EXPECT_EQ(execute.list_id.view(), "l1");
    EXPECT_FALSE(execute.stale);
    EXPECT_TRUE(
        decoded<oms::ExecuteList>(message(Version::Fix44, "L", "43=Y|122=20260102-03:00:00|66=l1" + when))
            .stale);
    EXPECT_EQ(decoded<oms::ListStatusQuery>(message(Version::Fix44, "M", "66=l1")).list_id.view(), "l1");
    const auto refused = decoded<RequestRefused>(message(Version::Fix44, "M", "66=" + std::string(40, 'l')));
    EXPECT_TRUE(refused.ref_id.empty());
    EXPECT_EQ(refused.text.view(), "ListID(66)=" + std::string(32, 'l') + "... is longer than 39 characters");
}

TEST(DecodeClient, MessageNotServedIsReason3) {
    const auto refused = decoded<RequestRefused>(message(Version::Fix44, "R", "131=q1|146=1|55=ABC"));
    EXPECT_EQ(refused.business_reject_reason, 3U);
    EXPECT_EQ(refused.text.view(), "MsgType(35)=R is not served");
}

TEST(DecodeClient, OverlongIdIsRefusedAndNotQuotedAsAnotherId) {
    const std::string long_id(40, 'i');
    const auto refused = decoded<RequestRefused>(
        message(Version::Fix44, "D", "11=" + long_id + "|55=ABC|54=1|60=20260102-03:04:05|38=1|40=1"));
    EXPECT_TRUE(refused.ref_id.empty());
    EXPECT_EQ(
        refused.text.view(), "ClOrdID(11)=" + long_id.substr(0, 32) + "... is longer than 39 characters");
}

TEST(DecodeClient, OrderThatCameByResendIsStaleAfterTheSessionsAge) {
    const auto stale = [](const std::string& header, const std::string& transact_time) {
        return decoded<oms::NewOrder>(
                   message(Version::Fix44, "D", header + "11=c|55=A|54=1|38=1|40=1|60=" + transact_time))
            .stale;
    };
    constexpr const char* kFresh = "20260102-03:04:02";
    constexpr const char* kOld = "20260102-03:04:00.999";
    EXPECT_FALSE(stale("", kOld)) << "not a resend";
    EXPECT_FALSE(stale("43=N|122=20260102-03:00:00|", kOld));
    EXPECT_FALSE(stale(std::string("43=Y|122=") + kFresh + "|", kFresh));
    EXPECT_TRUE(stale(std::string("43=Y|122=") + kOld + "|", kFresh));
    EXPECT_TRUE(stale(std::string("43=Y|122=") + kFresh + "|", kOld));
    EXPECT_FALSE(stale("43=Y|", kFresh)) << "SendingTime stands in for OrigSendingTime";
    EXPECT_TRUE(stale("43=Y|122=nonsense|", kFresh));
}

TEST(DecodeClient, PossResendIsCarried) {
    EXPECT_TRUE(
        decoded<oms::NewOrder>(message(Version::Fix44, "D", "97=Y|" + std::string(kOrder) + "38=1|40=1"))
            .poss_resend);
    const std::string request = "97=Y|41=c0|" + std::string(kOrder);
    EXPECT_TRUE(decoded<oms::CancelOrder>(message(Version::Fix44, "F", request)).poss_resend);
    EXPECT_TRUE(decoded<oms::AmendOrder>(message(Version::Fix44, "G", request + "38=1|40=1")).poss_resend);
    EXPECT_FALSE(
        decoded<oms::CancelOrder>(message(Version::Fix44, "F", "41=c0|" + std::string(kOrder))).poss_resend);
}

TEST(DecodeClient, ControlCharactersDoNotReachTheText) {
    EXPECT_EQ(refused_order("38=1\t2|40=1").text.view(), "OrderQty(38)=1?2 is no decimal number");
}

TEST(DecodeClient, AQuestionedTradeIsPassedOnWithItsIds) {
    const auto questioned = decoded<oms::TradeQuestioned>(
        message(Version::Fix44, "Q", "37=7|17=12|127=F|55=ABC|54=1|38=40|58=who\tsays"));
    EXPECT_EQ(questioned.order_id.value, 7U);
    EXPECT_EQ(questioned.exec_id.value, 12U);
    EXPECT_EQ(questioned.text.view(), "execution 12, reason F: who?says");
}

}  // namespace
}  // namespace penstock::fix::test
