#include "oms/domain/print.hpp"

#include <gtest/gtest.h>

#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

TEST(Print, MomentsAreUtcWithNanoseconds) {
    EXPECT_EQ(to_text(Timestamp{1}), "1970-01-01T00:00:00.000000001Z");
    EXPECT_EQ(to_text(Timestamp{951'827'696'123'456'789}), "2000-02-29T12:34:56.123456789Z");
    EXPECT_EQ(to_text(Timestamp{-1}), "1969-12-31T23:59:59.999999999Z");
}

TEST(Print, InputsShowTheirNameAndWhatIsSet) {
    NewOrder order;
    order.cl_ord_id = tests::id<ClOrdId>("a1");
    order.quantity = tests::qty("100");
    const std::string text = to_text(InputBody{order});
    EXPECT_EQ(text.substr(0, 9), "NewOrder{");
    EXPECT_NE(text.find("cl_ord_id=a1"), std::string::npos);
    EXPECT_NE(text.find("quantity=100"), std::string::npos);
    EXPECT_EQ(text.find("poss_resend"), std::string::npos);
    EXPECT_EQ(text.find("limit"), std::string::npos);
}

TEST(Print, OutputsShowTheReasonByName) {
    ExecutionReport report;
    report.denial.reason = Reason::MaxQuantity;
    EXPECT_NE(to_text(Output{report}).find("MaxQuantity"), std::string::npos);
}

TEST(Print, NothingToSayIsEmptyBraces) { EXPECT_EQ(to_text(InputBody{TimePassed{}}), "TimePassed{}"); }

// A reason or an alarm without a name would leave support with a number.
TEST(Print, EveryReasonAndAlarmHasAName) {
    for (const int reason : {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 20,
                             21, 22, 23, 24, 25, 26, 40, 41, 42, 43, 44, 45, 46, 47, 60, 61, 62})
        EXPECT_NE(to_text(static_cast<Reason>(reason)), "Unknown") << reason;
    for (int kind = 1; kind <= 10; ++kind)
        EXPECT_NE(to_text(static_cast<AlarmKind>(kind)), "Unknown") << kind;
}

}  // namespace
}  // namespace penstock::oms
