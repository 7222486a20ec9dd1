#include "apps/penstock_client/report.hpp"

#include <gtest/gtest.h>

#include "tests/apps/penstock_client/fix_text.hpp"

namespace penstock::client {
namespace {

Report report_of(const std::string& fields) {
    const std::string message = fix_text(fields);
    fix::MessageIndex index;
    EXPECT_TRUE(index.parse(message)) << message;
    return read_report(index);
}

std::string line_of(const std::string& fields) { return to_line(report_of(fields)); }

constexpr const char* kTerms = "|37=17|38=100|40=2|44=11.00|54=1|55=XYZ|59=0";

TEST(ReportLine, OfANewOrder) {
    EXPECT_EQ(line_of("35=8|6=0|11=a1|14=0|17=33|39=0|150=0|151=100" + std::string(kTerms)),
              "< New            a1  BUY 100 XYZ @ 11 DAY  cum 0 leaves 100 avg 0  order 17 exec 33");
}

TEST(ReportLine, OfAFillSaysWhatTradedAndWhere) {
    EXPECT_EQ(line_of("35=8|6=10.990|11=a1|14=40|17=34|30=XV44|31=10.99|32=40|39=1|150=F|151=60" +
                      std::string(kTerms)),
              "< PartFilled     a1  BUY 100 XYZ @ 11 DAY  last 40 @ 10.99 on XV44  cum 40 leaves 60 avg 10.99"
              "  order 17 exec 34");
    EXPECT_EQ(
        line_of("35=8|6=11|11=a1|14=100|17=35|31=11|32=60|39=2|150=F|151=0" + std::string(kTerms)),
        "< Filled         a1  BUY 100 XYZ @ 11 DAY  last 60 @ 11  cum 100 leaves 0 avg 11  order 17 exec 35");
}

TEST(ReportLine, SaysTheStatusWhenTheEventDoesNot) {
    EXPECT_EQ(line_of("35=8|6=11|11=a1|14=40|17=36|31=11|32=40|39=E|150=F|151=60" + std::string(kTerms)),
              "< PartFilled     a1  BUY 100 XYZ @ 11 DAY  last 40 @ 11  cum 40 leaves 60 avg 11"
              "  status PendingReplace  order 17 exec 36");
}

TEST(ReportLine, OfARefusalEndsWithRuleMeasureAndLimit) {
    EXPECT_EQ(
        line_of("35=8|6=0|11=a1|14=0|17=33|39=8|58=MaxQuantity: measured 5000, limit 1000|103=3|150=8|151=0" +
                std::string(kTerms)),
        "< Rejected       a1  BUY 100 XYZ @ 11 DAY  cum 0 leaves 0 avg 0  order 17 exec 33"
        "  code 3  text MaxQuantity: measured 5000, limit 1000");
}

TEST(ReportLine, Of42TellsBustsAndStatusByExecTransType) {
    EXPECT_EQ(report_of("35=8|11=a1|20=1|39=0|150=2|151=0").event, "Busted");
    EXPECT_EQ(report_of("35=8|11=a1|20=3|39=0|150=0|151=0").event, "Status");
    EXPECT_EQ(report_of("35=8|11=a1|20=0|39=2|150=2|151=0").event, "Filled");
}

TEST(ReportLine, OfAStopAndAnIcebergSaysTheirTerms) {
    const std::string rest = "6=0|11=a1|14=0|17=33|37=17|38=100|39=0|54=2|55=XYZ|151=100|";
    EXPECT_EQ(line_of("35=8|" + rest + "40=3|59=1|99=9.50|150=0"),
              "< New            a1  SELL 100 XYZ MKT stop 9.5 GTC  cum 0 leaves 100 avg 0  order 17 exec 33");
    EXPECT_EQ(line_of("35=8|" + rest + "40=2|44=11|59=0|1138=10|150=0"),
              "< New            a1  SELL 100 XYZ @ 11 show 10 DAY  cum 0 leaves 100 avg 0  order 17 exec 33");
    EXPECT_EQ(report_of("35=8|" + rest + "40=3|150=L").event, "Triggered");
}

TEST(ReportLine, OfAListNamesItsOrders) {
    EXPECT_EQ(
        line_of("35=N|66=l1|429=1|82=1|431=3|83=1|444=at most 5|68=2|73=2|11=a|14=5|39=1|151=5|84=0|6=11|"
                "11=b|14=0|39=8|151=0|84=10|6=0|103=0|58=no"),
        "< ListExecuting  l1  orders 2  a cum 5 PartiallyFilled leaves 5  b cum 0 Rejected leaves 0 (no)"
        "  text at most 5");
}

TEST(ReportLine, OfARefusedCancel) {
    EXPECT_EQ(line_of("35=9|11=a1|37=17|39=2|41=a0|58=too late|102=0|434=1"),
              "< CancelRefused  a1  status Filled  order 17  code 0  text too late");
    EXPECT_EQ(report_of("35=9|11=a1|37=17|39=2|41=a0|434=2").event, "AmendRefused");
}

TEST(ReportLine, OfRejectsNamesTheRefusedType) {
    EXPECT_EQ(line_of("35=j|45=7|58=no|372=V|379=m1|380=3"), "< BusinessReject m1  type V  code 3  text no");
    EXPECT_EQ(line_of("35=3|45=7|58=Required tag missing|371=11|372=D|373=1"),
              "< SessionReject   type D  code 1  text Required tag missing");
}

TEST(ReportLine, OfAnythingElseShowsItsFields) {
    EXPECT_EQ(line_of("35=W|55=XYZ|268=0"), "< MessageW        55=XYZ|268=0");
}

TEST(ReportJson, IsOneObjectOfExactTexts) {
    EXPECT_EQ(to_json(report_of("35=9|11=a\"1|37=17|39=2|434=1")),
              R"({"event":"CancelRefused","name":"a\"1","cl_ord_id":"a\"1","status":"Filled","order":"17"})");
}

}  // namespace
}  // namespace penstock::client
