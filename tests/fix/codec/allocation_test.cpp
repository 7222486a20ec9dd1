#include <gtest/gtest.h>

#include "fix/codec/decode_client.hpp"
#include "fix/codec/decode_venue.hpp"
#include "fix/codec/frame.hpp"
#include "fix/codec/message_writer.hpp"
#include "fix/codec/validate.hpp"
#include "tests/fix/codec/allocation_count.hpp"
#include "tests/fix/codec/outputs.hpp"
#include "tests/fix/codec/samples.hpp"

namespace penstock::fix::test {
namespace {

TEST(Allocation, NoneOnTheWayInOrOut) {
    for (const Version version : kVersions) {
        const std::vector<std::string> messages = valid_messages(version);
        const oms::Output report = fill_report();
        static MessageIndex index;
        char body[kMaxBody];
        char out[kMaxBody];
        BodyWriter writer(body, sizeof body);
        std::size_t decoded = 0;
        const std::size_t before = allocation_count();
        for (const std::string& bytes : messages) {
            const FrameScan scan = scan_frame(bytes, 65'536);
            ASSERT_TRUE(index.parse(std::string_view(bytes).substr(scan.skip, scan.size)));
            ASSERT_EQ(check(index, version), Verdict::Clean);
            ASSERT_FALSE(decode_client(index, {SessionId{1}, version, {}, {}}).valueless_by_exception());
            decoded += decode_venue(index, {VenueId{1}, version, kContext44.ids}) ? 1 : 0;
            writer.clear();
            const std::string_view type = encode_body(report, {version, kContext44.ids, 3}, writer);
            const Header header{version, "A", "B", 1, Timestamp{1}, 3, {}, false};
            ASSERT_NE(write_message(header, type, writer.view(), out, sizeof out), 0U);
        }
        EXPECT_EQ(allocation_count() - before, 0U);
        EXPECT_GT(decoded, 0U);
    }
}

}  // namespace
}  // namespace penstock::fix::test
