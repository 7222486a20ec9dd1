#include "fix/codec/decode_venue.hpp"

#include <gtest/gtest.h>

#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

const oms::IdSpace kIds{id<FixedText<2>>("P1"), 1};
/// Ours: child 83, revision 0 and 3.
const std::string kNew = std::string(oms::venue_cl_ord_id(kIds, {ChildId{83}, 0}).view());
const std::string kThird = std::string(oms::venue_cl_ord_id(kIds, {ChildId{83}, 3}).view());

std::optional<oms::InputBody> decode(Version version, const std::string& type, const std::string& body,
                                     Text* problem = nullptr) {
    return decode_venue(parsed(message(version, type, body)), {VenueId{5}, version, kIds}, problem);
}

template <class Fact>
Fact fact(Version version, const std::string& type, const std::string& body) {
    Text problem;
    const auto decoded = decode(version, type, body, &problem);
    EXPECT_TRUE(decoded && std::holds_alternative<Fact>(*decoded)) << body << " " << problem.view();
    return decoded && std::holds_alternative<Fact>(*decoded) ? std::get<Fact>(*decoded) : Fact{};
}

std::string report(const std::string& rest) {
    return "37=V1|17=E1|60=20260102-03:04:05|55=ABC|54=1|6=0|14=0|151=0|39=0|11=" + kNew + "|" + rest;
}

TEST(DecodeVenue, ReportIsMatchedByOurClOrdId) {
    const auto accepted = fact<oms::VenueAccepted>(Version::Fix44, "8", report("150=0"));
    EXPECT_EQ(accepted.report.venue, VenueId{5});
    EXPECT_EQ(accepted.report.child, ChildId{83});
    EXPECT_EQ(accepted.report.revision, 0U);
    EXPECT_EQ(accepted.report.venue_order_id.view(), "V1");
    EXPECT_EQ(accepted.report.exec_id.view(), "E1");
    EXPECT_FALSE(accepted.report.venue_time.is_none());
}

TEST(DecodeVenue, ForeignClOrdIdFallsBackToTheOriginal) {
    const auto cancelled = fact<oms::VenueCancelled>(
        Version::Fix44, "8", "37=V1|17=E1|55=ABC|54=1|6=0|14=0|151=0|39=4|150=4|11=theirs|41=" + kThird);
    EXPECT_EQ(cancelled.report.child, ChildId{83});
    EXPECT_EQ(cancelled.report.revision, 3U);
}

TEST(DecodeVenue, SomebodyElsesOrderIsToldWithItsTerms) {
    const auto told = fact<oms::VenueOrderTold>(
        Version::Fix44, "8",
        "37=V1|17=E1|11=x|1=HOUSE|55=ABC|54=2|40=2|59=1|38=100|44=11|14=40|6=10.5|150=F|39=1|32=40|31=10.5");
    EXPECT_TRUE(told.report.child.is_none());
    EXPECT_EQ(told.exec_type, oms::ExecType::Trade);
    EXPECT_EQ(told.terms.cl_ord_id.view(), "x");
    EXPECT_EQ(told.terms.account.view(), "HOUSE");
    EXPECT_EQ(told.terms.side, oms::Side::Sell);
    EXPECT_EQ(told.terms.type, oms::OrderType::Limit);
    EXPECT_EQ(told.terms.time_in_force, oms::TimeInForce::Gtc);
    EXPECT_EQ(told.terms.status, oms::OrdStatus::PartiallyFilled);
    EXPECT_EQ(told.terms.quantity, qty("100"));
    EXPECT_EQ(told.terms.filled, qty("40"));
    EXPECT_EQ(told.terms.limit, px("11"));
    EXPECT_EQ(told.terms.average_price, px("10.5"));
    EXPECT_EQ(told.last_quantity, qty("40"));
    EXPECT_EQ(told.last_price, px("10.5"));
    EXPECT_EQ(told.place.request, 0U);
    // Pending is no news of it either.
    EXPECT_FALSE(decode(Version::Fix44, "8", "37=V1|17=E1|11=x|150=A|39=A"));
}

TEST(DecodeVenue, OldVersionsSayOtherwiseWhatBecameOfAnothersOrder) {
    const auto type = [](const std::string& words) {
        return fact<oms::VenueOrderTold>(Version::Fix42, "8", "37=V1|17=E2|11=x|39=1|14=1|" + words)
            .exec_type;
    };
    EXPECT_EQ(type("20=0|150=1|32=1|31=9"), oms::ExecType::Trade);
    EXPECT_EQ(type("20=1|150=1|19=E1"), oms::ExecType::TradeCancel);
    EXPECT_EQ(type("20=2|150=1|19=E1|32=1|31=9"), oms::ExecType::TradeCorrect);
    EXPECT_EQ(type("20=3|150=1|40=Q|59=9"), oms::ExecType::OrderStatus);
}

TEST(DecodeVenue, LinesOfOurListAreCountedWhoseverTheyAre) {
    const std::string list = "150=I|584=" + std::string(oms::book_request_id(kIds, 7).view());
    const auto line = fact<oms::VenueOrderTold>(Version::Fix44, "8", report(list + "|911=2|912=N|38=9"));
    EXPECT_EQ(line.report.child, ChildId{83});
    EXPECT_EQ(line.place, (oms::BookPlace{7, 2, false}));
    const auto last = fact<oms::VenueOrderTold>(Version::Fix44, "8", report(list + "|911=2|912=Y|38=9"));
    EXPECT_TRUE(last.place.is_last);
    const auto others = fact<oms::VenueOrderTold>(Version::Fix44, "8", report("150=I|584=BOOK-7|912=Y|38=9"));
    EXPECT_EQ(others.place.request, 0U);
    const auto none = fact<oms::VenueBookTold>(
        Version::Fix44, "8", "37=NONE|17=E1|39=8|14=0|58=no orders|911=0|912=Y|" + list);
    EXPECT_EQ(none.request, 7U);
    EXPECT_FALSE(none.is_refused);
    const auto refused = fact<oms::VenueBookTold>(
        Version::Fix44, "j", "372=AF|380=3|58=not served|379=" + list.substr(list.find("584=") + 4));
    EXPECT_EQ(refused.request, 7U);
    EXPECT_TRUE(refused.is_refused);
}

TEST(DecodeVenue, FillsOfEveryVersion) {
    for (const auto& [version, kind] :
         {std::pair{Version::Fix42, "20=0|150=1"},
          {Version::Fix42, "20=0|150=2"},
          {Version::Fix44, "150=F"},
          {Version::Fix50Sp2, "150=F"}}) {
        const auto filled =
            fact<oms::VenueFilled>(version, "8", report(std::string(kind) + "|32=40|31=10.25"));
        EXPECT_EQ(filled.quantity, qty("40"));
        EXPECT_EQ(filled.price, px("10.25"));
    }
}

TEST(DecodeVenue, AFillOfNothingOrLessIsReported) {
    for (const char* quantity : {"0", "-40"}) {
        Text problem;
        EXPECT_FALSE(
            decode(Version::Fix44, "8", report("150=F|31=10|32=" + std::string(quantity)), &problem));
        EXPECT_NE(problem.view().find("LastQty(32)"), std::string_view::npos) << problem.view();
    }
}

TEST(DecodeVenue, BustsAndCorrectionsOfEveryVersion) {
    EXPECT_EQ(
        fact<oms::FillBusted>(Version::Fix42, "8", report("20=1|150=1|19=E0")).exec_ref_id.view(), "E0");
    EXPECT_EQ(fact<oms::FillBusted>(Version::Fix44, "8", report("150=H|19=E0")).exec_ref_id.view(), "E0");
    EXPECT_EQ(
        fact<oms::FillCorrected>(Version::Fix42, "8", report("20=2|150=1|19=E0|32=4|31=5")).price, px("5"));
    EXPECT_EQ(
        fact<oms::FillCorrected>(Version::Fix50Sp2, "8", report("150=G|19=E0|32=4|31=5")).quantity, qty("4"));
}

TEST(DecodeVenue, AmendmentsCarryWhatTheVenueNowHas) {
    const auto amended = fact<oms::VenueAmended>(Version::Fix44, "8", report("150=5|38=70|44=9.5"));
    EXPECT_EQ(amended.quantity, qty("70"));
    EXPECT_EQ(amended.limit, px("9.5"));
    EXPECT_EQ(fact<oms::VenueAmended>(Version::Fix44, "8", report("150=D|38=60")).quantity, qty("60"));
}

TEST(DecodeVenue, EndsOfAnOrder) {
    EXPECT_EQ(fact<oms::VenueRefused>(Version::Fix44, "8", report("150=8|103=6|58=no")).venue_reason, 6U);
    EXPECT_EQ(fact<oms::VenueCancelled>(Version::Fix42, "8", report("20=0|150=4|58=bye")).text.view(), "bye");
    fact<oms::VenueExpired>(Version::Fix44, "8", report("150=C"));
    fact<oms::VenueDoneForDay>(Version::Fix44, "8", report("150=3"));
}

TEST(DecodeVenue, PendingAcknowledgementsAreNoFacts) {
    for (const char* kind : {"150=A", "150=6", "150=E"}) {
        Text problem;
        EXPECT_FALSE(decode(Version::Fix44, "8", report(kind), &problem));
        EXPECT_TRUE(problem.empty());
    }
}

TEST(DecodeVenue, StatusAnswers) {
    const std::string state = "37=V1|17=0|55=ABC|54=1|6=0|14=40|151=60|38=100|39=1|11=" + kNew;
    const auto later = fact<oms::VenueStatus>(Version::Fix44, "8", state + "|150=I");
    EXPECT_TRUE(later.known);
    EXPECT_EQ(later.status, oms::OrdStatus::PartiallyFilled);
    EXPECT_EQ(later.quantity, qty("100"));
    EXPECT_EQ(later.filled, qty("40"));
    EXPECT_EQ(fact<oms::VenueStatus>(Version::Fix42, "8", state + "|20=3|150=1").filled, qty("40"));
    const auto unknown =
        fact<oms::VenueStatus>(Version::Fix44, "8", "37=NONE|17=0|39=8|150=I|14=0|11=" + kNew);
    EXPECT_FALSE(unknown.known);
    EXPECT_TRUE(unknown.report.venue_order_id.empty());
}

TEST(DecodeVenue, RefusedRequests) {
    const auto no = fact<oms::VenueRequestRefused>(
        Version::Fix44, "9", "11=" + kThird + "|37=V1|39=0|41=" + kNew + "|102=3|434=2|58=busy");
    EXPECT_EQ(no.report.revision, 3U);
    EXPECT_EQ(no.response_to, oms::CancelRejectTo::ReplaceRequest);
    EXPECT_EQ(no.venue_reason, 3U);
    EXPECT_EQ(no.text.view(), "busy");
    for (const std::string_view status : {"0", "1", "2", "3", "4", "6", "8", "C", "E"}) {
        const auto one = fact<oms::VenueRequestRefused>(
            Version::Fix44, "9",
            "11=" + kThird + "|37=V1|39=" + std::string(status) + "|41=" + kNew + "|434=1");
        EXPECT_EQ(one.order_has_ended, std::string_view{"2348C"}.find(status) != std::string_view::npos)
            << status;
    }
}

TEST(DecodeVenue, BusinessRejectsAreRefusalsOfTheRequestTheyName) {
    EXPECT_EQ(
        fact<oms::VenueRefused>(Version::Fix44, "j", "372=D|379=" + kNew + "|380=4|58=down").venue_reason,
        4U);
    EXPECT_EQ(
        fact<oms::VenueRequestRefused>(Version::Fix44, "j", "372=F|379=" + kThird + "|380=4").response_to,
        oms::CancelRejectTo::CancelRequest);
    EXPECT_EQ(
        fact<oms::VenueRequestRefused>(Version::Fix44, "j", "372=G|379=" + kThird + "|380=4").report.revision,
        3U);
    Text problem;
    EXPECT_FALSE(decode(Version::Fix44, "j", "372=D|380=4|58=which one?", &problem));
    EXPECT_EQ(problem.view(), "MsgType(35)=j which one?");
}

TEST(DecodeVenue, FullRefreshGivesTheTopOfTheBook) {
    const auto quote = fact<oms::QuoteChanged>(
        Version::Fix44, "W",
        "55=ABC|268=5|269=0|270=10.1|271=5|269=0|270=10.2|271=5|269=1|"
        "270=10.4|269=1|270=10.3|269=2|270=10.25");
    EXPECT_EQ(quote.symbol.view(), "ABC");
    EXPECT_EQ(quote.bid, px("10.2"));
    EXPECT_EQ(quote.ask, px("10.3"));
    EXPECT_EQ(quote.last, px("10.25"));
}

TEST(DecodeVenue, WhatCannotBeReadIsReported) {
    Text problem;
    EXPECT_FALSE(decode(Version::Fix44, "8", report("150=F|32=1|31=1e5"), &problem));
    EXPECT_EQ(problem.view(), "LastPx(31)=1e5 is no decimal number");
    EXPECT_FALSE(decode(Version::Fix44, "8", report("150=F|31=1"), &problem));
    EXPECT_EQ(problem.view(), "LastQty(32) is missing");
    EXPECT_FALSE(decode(Version::Fix44, "8", report("150=Z"), &problem));
    EXPECT_EQ(problem.view(), "ExecType(150)=Z is not served");
    EXPECT_FALSE(decode(Version::Fix44, "Q", "37=V1", &problem));
    EXPECT_FALSE(decode(Version::Fix44, "8", report("150=Z")));
}

TEST(DecodeVenue, ARestatementSaysWhyAndHowMuchIsFilled) {
    const auto split = fact<oms::VenueAmended>(
        Version::Fix44, "8",
        "37=V1|17=E1|55=ABC|54=1|6=5|14=40|151=160|39=1|150=D|378=0|38=200|44=5|11=" + kNew);
    EXPECT_TRUE(split.is_restatement);
    EXPECT_EQ(split.restatement_reason, oms::RestatementReason::GtCorporateAction);
    EXPECT_EQ(split.filled, qty("40"));
    const auto replaced = fact<oms::VenueAmended>(Version::Fix44, "8", report("150=5|38=100"));
    EXPECT_FALSE(replaced.is_restatement);
    const auto other = fact<oms::VenueCancelled>(Version::Fix44, "8", report("150=4|378=77"));
    EXPECT_EQ(other.restatement_reason, oms::RestatementReason::Other);
}

TEST(DecodeVenue, EveryReportOfFillsEndsAndTermsSaysWhatTheVenueCounts) {
    const auto counts = [](const auto& body) {
        EXPECT_EQ(body.filled, qty("40"));
        EXPECT_EQ(body.average_price, px("9.98"));
    };
    const std::string told = "37=V1|17=E1|55=ABC|54=1|151=0|39=4|6=9.98|14=40|38=100|11=" + kNew + "|";
    counts(fact<oms::VenueFilled>(Version::Fix44, "8", told + "150=F|32=10|31=9.9"));
    counts(fact<oms::VenueAmended>(Version::Fix44, "8", told + "150=5"));
    counts(fact<oms::VenueAmended>(Version::Fix44, "8", told + "150=D|378=3"));
    counts(fact<oms::VenueCancelled>(Version::Fix44, "8", told + "150=4"));
    counts(fact<oms::VenueExpired>(Version::Fix44, "8", told + "150=C"));
    counts(fact<oms::VenueDoneForDay>(Version::Fix44, "8", told + "150=3"));
    counts(fact<oms::VenueCancelled>(Version::Fix42, "8", told + "20=0|150=4"));
}

TEST(DecodeVenue, AnAverageThatIsNoExactNumberIsCutOrAbsentAndTheReportCounts) {
    const std::string fill = "37=V1|17=E1|55=ABC|54=1|151=0|39=2|38=100|150=F|32=10|31=9.9|11=" + kNew + "|";
    const auto binary = fact<oms::VenueFilled>(Version::Fix44, "8", fill + "14=3|6=24.983333333333334");
    EXPECT_EQ(binary.price, px("9.9"));
    EXPECT_EQ(binary.average_price, px("24.983333333333"));
    const auto whole = fact<oms::VenueFilled>(Version::Fix44, "8", fill + "14=3|6=25");
    EXPECT_EQ(whole.average_price, px("25"));
    const auto huge = fact<oms::VenueFilled>(Version::Fix44, "8", fill + "14=3|6=99999999999999999999");
    EXPECT_EQ(huge.filled, qty("3"));
    EXPECT_FALSE(huge.average_price);
    const auto odd = fact<oms::VenueFilled>(Version::Fix44, "8", fill + "14=0.1234567890123|6=25");
    EXPECT_FALSE(odd.filled || odd.average_price);
}

TEST(DecodeVenue, AHaltAndAGuaranteeAreFacts) {
    fact<oms::VenueSuspended>(Version::Fix44, "8", report("150=9"));
    const auto stopped = fact<oms::VenueStopped>(Version::Fix42, "8", report("20=0|150=7|32=10|31=9.9"));
    EXPECT_EQ(stopped.quantity, qty("10"));
    EXPECT_EQ(stopped.price, px("9.9"));
    Text problem;
    EXPECT_FALSE(decode(Version::Fix44, "8", report("150=7|32=10"), &problem));
    EXPECT_EQ(problem.view(), "LastPx(31) is missing");
}

}  // namespace
}  // namespace penstock::fix::test
