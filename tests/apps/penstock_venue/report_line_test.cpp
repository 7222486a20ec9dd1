#include "apps/penstock_venue/report_line.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace penstock::apps {
namespace {

sim::Send send(std::string type, std::string body) {
    std::replace(body.begin(), body.end(), '|', '\x01');
    return {std::move(type), std::move(body)};
}

TEST(ReportLine, OfATradeBeginsWithWhatTraded) {
    EXPECT_EQ(report_line(send("8",
                               "6=10|11=a2|14=40|17=E3|31=10.5|32=40|37=O2|38=100|39=1|44=11|54=2|55=XYZ|"
                               "150=F|151=60|")),
              "Trade  40 @ 10.5  O2 SELL 100 XYZ @ 11  cum 40 leaves 60  client id a2");
}

TEST(ReportLine, OfARefusalEndsWithItsText) {
    EXPECT_EQ(report_line(send("9", "11=c1|37=O2|39=2|58=too late|102=0|")), "CancelReject  c1  too late");
}

TEST(ReportLine, MarketDataHasNone) { EXPECT_EQ(report_line(send("W", "55=XYZ|268=0|")), ""); }

}  // namespace
}  // namespace penstock::apps
