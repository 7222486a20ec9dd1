#include "persistence/journal/crc32c.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/persistence/journal/random_record.hpp"

namespace penstock::persistence {

// RFC 3720, B.4.
TEST(Crc32c, MatchesThePublishedVectors) {
    const std::string zeros(32, '\0');
    const std::string ones(32, '\xFF');
    EXPECT_EQ(crc32c(zeros.data(), zeros.size()), 0x8A9136AAU);
    EXPECT_EQ(crc32c(ones.data(), ones.size()), 0x62A8AB43U);
    EXPECT_EQ(crc32c("123456789", 9), 0xE3069283U);
    EXPECT_EQ(crc32c_portable("123456789", 9), 0xE3069283U);
}

TEST(Crc32c, InstructionAndTableAgreeAtEveryLength) {
    Random random(1);
    std::string bytes(1500, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        ASSERT_EQ(crc32c(bytes.data(), size), crc32c_portable(bytes.data(), size)) << size;
    }
}

}  // namespace penstock::persistence
