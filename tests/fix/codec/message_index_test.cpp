#include "fix/codec/message_index.hpp"

#include <gtest/gtest.h>

#include "tests/fix/codec/samples.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

bool parses(const std::string& message) {
    MessageIndex index;
    return index.parse(message);
}

TEST(MessageIndex, GivesFieldsInWireOrder) {
    const std::string bytes = new_order_single(Version::Fix44);
    const MessageIndex index = parsed(bytes);
    EXPECT_EQ(index.begin_string(), "FIX.4.4");
    EXPECT_EQ(index.msg_type(), "D");
    EXPECT_EQ(index.find(44), "101.25");
    EXPECT_EQ(index.find(99), std::nullopt);
    EXPECT_EQ(index.fields().back().tag, 10U);
    EXPECT_EQ(index.fields().size(), split(bytes).size());
}

TEST(MessageIndex, FindsTheFirstOfSeveral) {
    const std::string bytes = message(Version::Fix44, "D", "58=one|58=two");
    EXPECT_EQ(parsed(bytes).find(58), "one");
}

TEST(MessageIndex, ReadsDataFieldsByTheirLength) {
    const std::string bytes = message(Version::Fix44, "D", "354=5|355=a|b=c|58=x");
    EXPECT_EQ(parsed(bytes).find(355), soh("a|b=c"));
    EXPECT_EQ(parsed(bytes).find(58), "x");
}

TEST(MessageIndex, RefusesDataOfAnotherLengthThanAnnounced) {
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "354=4|355=abc|58=x")));
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "354=999|355=abc")));
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "355=abc")));
}

TEST(MessageIndex, RefusesABrokenStructure) {
    EXPECT_FALSE(parses(""));
    EXPECT_FALSE(parses(soh("8=FIX.4.4|9=5|35=0|10=000|")));
    EXPECT_FALSE(parses(resealed(soh("8=FIX.4.4|9=0|34=1|35=0|10=000|"))));
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "58=")));
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "=x")));
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "058=x")));
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "5a=x")));
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "-5=x")));
    EXPECT_FALSE(parses(message(Version::Fix44, "D", "58")));
}

TEST(MessageIndex, RefusesAnyChangedByte) {
    const std::string good = new_order_single(Version::Fix44);
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        EXPECT_FALSE(parses(bad)) << i;
    }
}

TEST(MessageIndex, RefusesMoreFieldsThanItHolds) {
    std::string body;
    for (std::size_t i = 0; i < MessageIndex::kMaxFields; ++i) body += "58=x|";
    EXPECT_FALSE(parses(message(Version::Fix44, "D", body)));
}

TEST(MessageIndex, CanBeUsedAgain) {
    MessageIndex index;
    const std::string first = new_order_single(Version::Fix44);
    const std::string second = message(Version::Fix42, "H", "11=c|54=1|55=A");
    ASSERT_TRUE(index.parse(first));
    ASSERT_TRUE(index.parse(second));
    EXPECT_EQ(index.find(44), std::nullopt);
    EXPECT_EQ(index.msg_type(), "H");
}

}  // namespace
}  // namespace penstock::fix::test
