#include <gtest/gtest.h>

#include "fix/codec/encode.hpp"
#include "fix/codec/message_writer.hpp"
#include "fix/codec/tags.hpp"
#include "fix/codec/validate.hpp"
#include "tests/fix/codec/outputs.hpp"

namespace penstock::fix::test {
namespace {

oracle::Fields fields_of(std::string_view bytes) {
    oracle::Fields fields;
    for (const std::string& field : split(bytes)) {
        const std::size_t equals = field.find('=');
        fields.emplace_back(std::stoi(field.substr(0, equals)), field.substr(equals + 1));
    }
    return fields;
}

/// Everything about one output in one version; empty when there is nothing to object to.
std::string objection(const oms::Output& output, Version version, std::uint32_t number, Random& random) {
    char body[kMaxBody];
    BodyWriter out(body, sizeof body);
    const int precision = static_cast<int>(random.below(10));
    const std::string_view type = encode_body(output, {version, kContext44.ids, precision}, out);
    if (type.empty()) return {};
    if (out.overflowed()) return "overflowed";

    Header header{
        version, "PENSTOCK", "CLIENT", number, Timestamp{1'700'000'000'123'456'789}, precision, {}, false};
    if (random.chance(4)) {
        header.poss_dup = true;
        header.orig_sending_time = Timestamp{1'600'000'000'000'000'000};
    }
    char whole[kMaxBody + 512];
    const std::string message(whole, write_message(header, type, out.view(), whole, sizeof whole));

    MessageIndex index;
    if (!index.parse(message)) return "does not parse: " + readable(message);
    // A count of nothing is fine by QuickFIX; the fast lane leaves it to that.
    const bool is_of_nothing = index.find(tag::kNoOrders) == "0";
    if (!is_of_nothing && check(index, version) != Verdict::Clean) return "not clean: " + readable(message);
    if (const std::string theirs = validator(version).objection(message); !theirs.empty())
        return theirs + ": " + readable(message);
    const bool is_to_venue = type == "D" || type == "F" || type == "G" || type == "H";
    if (const std::string theirs = stock_validator(version).objection(message);
        !is_to_venue && !theirs.empty())
        return "by the standard's dictionary " + theirs + ": " + readable(message);
    if (type == "N")
        return validator(version).rebuilt(message) == message ? "" : "other order: " + readable(message);
    const std::size_t body_at = message.size() - 7 - out.view().size();
    const std::string rebuilt =
        oracle::build_message(fields_of({message.data(), body_at}), fields_of(out.view()));
    if (rebuilt != message) return readable(message) + "\nQuickFIX makes " + readable(rebuilt);
    return {};
}

TEST(EncodeAgainstQuickFix, EveryOutputIsCleanValidAndByteForByteWhatQuickFixWouldSend) {
    for (const Version version : kVersions) {
        Random random(static_cast<std::uint64_t>(version));
        for (std::uint32_t i = 1; i <= 5'000; ++i)
            ASSERT_EQ(objection(random_output(random), version, i, random), "") << "number " << i;
    }
}

TEST(EncodeAgainstQuickFix, ARequestForPositionsIsValidByTheStandardAndInItsOrder) {
    oms::VenuePositionsRequest request;
    request.request = 7;
    request.account = id<AccountName>("ACC");
    request.transact_time = Timestamp{1'700'000'000'123'456'789};
    for (const Version version : {Version::Fix44, Version::Fix50Sp2}) {
        char body[kMaxBody];
        BodyWriter out(body, sizeof body);
        ASSERT_EQ(encode_body(request, {version, kContext44.ids, 3}, out), "AN");
        const Header header{version, "PENSTOCK", "X", 2, request.transact_time, 3, {}, false};
        char whole[kMaxBody + 512];
        const std::string message(whole, write_message(header, "AN", out.view(), whole, sizeof whole));
        EXPECT_EQ(stock_validator(version).objection(message), "") << readable(message);
        EXPECT_EQ(validator(version).rebuilt(message), message);
        EXPECT_NE(readable(message).find("715=20231114"), std::string::npos) << readable(message);
    }
}

}  // namespace
}  // namespace penstock::fix::test
