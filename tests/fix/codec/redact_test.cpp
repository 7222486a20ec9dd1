#include "fix/codec/redact.hpp"

#include <gtest/gtest.h>

#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

TEST(Redact, PasswordsAndRawDataAreHidden) {
    const std::string frame =
        message(Version::Fix44, "BE", "923=U1|924=3|553=joe|554=old secret|925=new secret|95=4|96=blob|");
    const MessageIndex& index = parsed(frame);
    std::string scratch;
    const std::string_view kept = redacted(index, scratch);
    EXPECT_EQ(kept.find("secret"), std::string_view::npos);
    EXPECT_EQ(kept.find("blob"), std::string_view::npos);
    EXPECT_NE(kept.find("\x01"
                        "554=***\x01"
                        "925=***\x01"
                        "95=4\x01"
                        "96=***\x01"
                        "10="),
              std::string_view::npos);
    EXPECT_NE(kept.find("553=joe"), std::string_view::npos);
}

TEST(Redact, AMessageWithoutSecretsIsNotCopied) {
    const std::string frame = message(Version::Fix44, "D", "11=a1|");
    std::string scratch;
    EXPECT_EQ(redacted(parsed(frame), scratch).data(), parsed(frame).frame().data());
    EXPECT_TRUE(scratch.empty());
}

}  // namespace
}  // namespace penstock::fix::test
