#include "oms/domain/text.hpp"

#include <gtest/gtest.h>

namespace penstock {
namespace {

using Name = FixedText<5>;

TEST(FixedText, HoldsUpToItsCapacity) {
    EXPECT_EQ(Name::from("abcde")->view(), "abcde");
    EXPECT_EQ(Name::from("")->view(), "");
    EXPECT_TRUE(Name::from("")->empty());
    EXPECT_EQ(Name::from("abc")->size(), 3U);
}

TEST(FixedText, LongerTextIsAFaultAndNeverCut) { EXPECT_EQ(Name::from("abcdef").error(), Fault::Overflow); }

TEST(FixedText, TextForPeopleIsCut) {
    EXPECT_EQ(Name::truncated("abcdef").view(), "abcde");
    EXPECT_EQ(Name::truncated("ab").view(), "ab");
}

TEST(FixedText, ComparesAsTheTextDoes) {
    EXPECT_EQ(*Name::from("ab"), *Name::from("ab"));
    EXPECT_NE(*Name::from("ab"), *Name::from("abc"));
    EXPECT_LT(*Name::from("ab"), *Name::from("abc"));
    EXPECT_LT(*Name::from("abc"), *Name::from("b"));
}

TEST(FixedText, KeepsBytesThatAreNoLetters) {
    const std::string_view text("a\0\x01", 3);
    EXPECT_EQ(Name::from(text)->view(), text);
    EXPECT_NE(*Name::from(text), *Name::from("a"));
}

}  // namespace
}  // namespace penstock
