#include <gtest/gtest.h>

#include "tests/fix/codec/samples.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

TEST(Dictionary, LoadsInQuickFixAndPassesValidMessages) {
    for (const Version version : kVersions)
        for (const std::string& valid : valid_messages(version))
            EXPECT_EQ(validator(version).objection(valid), "") << readable(valid);
}

TEST(Dictionary, KnowsEveryApplicationMessageOf50Sp2SoThatUnservedOnesAreNotInvalid) {
    const std::string unserved = message(Version::Fix50Sp2, "AE", "571=r1|32=5|31=10");
    EXPECT_EQ(
        validator(Version::Fix50Sp2).objection(unserved).find("Invalid Message Type"), std::string::npos);
    const std::string unknown = message(Version::Fix50Sp2, "ZZ", "58=x");
    EXPECT_NE(validator(Version::Fix50Sp2).objection(unknown), "");
}

TEST(Dictionary, TransportDictionariesDoNotRestrictBeginString) {
    for (const Dialect dialect : {Dialect::Fix42, Dialect::Fix44, Dialect::Fixt11})
        EXPECT_NE(quickfix_xml(dialect).find("<field number=\"8\" name=\"BeginString\" type=\"STRING\"/>"),
                  std::string_view::npos);
}

TEST(Dictionary, StrategyParametersAreIn44) {
    EXPECT_NE(
        quickfix_xml(Dialect::Fix44).find("<group name=\"NoStrategyParameters\""), std::string_view::npos);
}

}  // namespace
}  // namespace penstock::fix::test
