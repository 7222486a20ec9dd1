#include "fix/codec/message_writer.hpp"

#include <gtest/gtest.h>

#include "fix/codec/values.hpp"
#include "tests/fix/codec/wire.hpp"

namespace penstock::fix::test {
namespace {

Header header(Version version) {
    return {
        version, "PENSTOCK", "CLIENT", 42, *parse_timestamp("20260102-03:04:05.678"), 3, std::nullopt, false};
}

TEST(MessageWriter, WritesHeaderBodyAndTrailer) {
    char out[256];
    const std::size_t size = write_message(header(Version::Fix44), "8", soh("37=1|"), out, sizeof out);
    EXPECT_EQ(readable({out, size}),
              "8=FIX.4.4|9=63|35=8|34=42|49=PENSTOCK|52=20260102-03:04:05.678|56=CLIENT|37=1|10=015|");
}

TEST(MessageWriter, ResentMessageSaysSoAndWhenItWasFirstSent) {
    Header again = header(Version::Fix50Sp2);
    again.poss_dup = true;
    again.orig_sending_time = *parse_timestamp("20260102-03:00:00");
    char out[256];
    const std::size_t size = write_message(again, "8", soh("37=1|"), out, sizeof out);
    const std::string text = readable({out, size});
    EXPECT_EQ(text.substr(0, text.find("37=")),
              "8=FIXT.1.1|9=94|35=8|34=42|43=Y|49=PENSTOCK|52=20260102-03:04:05.678|56=CLIENT|"
              "122=20260102-03:00:00.000|");
}

TEST(MessageWriter, TooSmallABufferGivesNothing) {
    char out[256];
    const std::size_t size = write_message(header(Version::Fix44), "8", soh("37=1|"), out, sizeof out);
    EXPECT_EQ(write_message(header(Version::Fix44), "8", soh("37=1|"), out, size), size);
    EXPECT_EQ(write_message(header(Version::Fix44), "8", soh("37=1|"), out, size - 1), 0U);
    EXPECT_EQ(write_message(header(Version::Fix44), "8", soh("37=1|"), out, 0), 0U);
}

TEST(MessageWriter, EmptyBodyIsFine) {
    char out[256];
    const std::size_t size = write_message(header(Version::Fix44), "0", "", out, sizeof out);
    MessageIndex index;
    EXPECT_TRUE(index.parse({out, size}));
}

}  // namespace
}  // namespace penstock::fix::test
