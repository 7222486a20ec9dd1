#include "persistence/journal/wire.hpp"

#include <gtest/gtest.h>

#include <variant>

#include "tests/persistence/journal/random_record.hpp"

namespace penstock::persistence {
namespace {

constexpr std::size_t kAlternatives = std::variant_size_v<oms::InputBody> + std::variant_size_v<oms::Output>;

}  // namespace

TEST(Wire, EveryAlternativeSurvivesWithRandomFields) {
    Random random(11);
    oms::Record back;
    for (std::size_t i = 0; i < 200 * kAlternatives; ++i) {
        const oms::Record record = random_record(random, i + 1, i, i);
        ASSERT_EQ(decode(encoded(record), back), Fault::None);
        ASSERT_EQ(fields_of(back), fields_of(record));
    }
}

TEST(Wire, BoundHoldsForFieldsAtTheirLongest) {
    Random random(12);
    for (std::size_t i = 0; i < 100 * kAlternatives; ++i) {
        const oms::Record record = random_record(random, ~std::uint64_t{0}, i, i);
        ASSERT_LE(encoded(record).size(), encoded_bound(view_of(record)));
    }
}

TEST(Wire, PresentZeroIsNotAbsent) {
    oms::Record record = new_order_record(1);
    std::get<oms::NewOrder>(record.input.body).limit = Price{};
    oms::Record back;
    ASSERT_EQ(decode(encoded(record), back), Fault::None);
    EXPECT_EQ(std::get<oms::NewOrder>(back.input.body).limit, Price{});
}

// Zero is left out of the bytes, and must not come back as what a fresh struct holds.
TEST(Wire, ZeroComesBackAsZeroWhereTheStructStartsWithSomethingElse) {
    oms::DefineVenue venue;
    venue.amend_quantity_is_total = false;
    venue.answer_timeout = Duration{};
    oms::Record record;
    record.input = {Seq{1}, Timestamp{}, {}, venue};
    oms::Record back;
    ASSERT_EQ(decode(encoded(record), back), Fault::None);
    EXPECT_FALSE(std::get<oms::DefineVenue>(back.input.body).amend_quantity_is_total);
    EXPECT_EQ(std::get<oms::DefineVenue>(back.input.body).answer_timeout, Duration{});
}

TEST(Wire, UnknownFieldsAreSkipped) {
    const std::string varint = "\xF8\x07\x2A";               // field 127, varint
    const std::string fixed32 = "\xFD\x07\x01\x02\x03\x04";  // field 127, fixed32
    const std::string bytes =
        "\xFA\x07\x03"
        "abc";  // field 127, bytes
    const oms::Record record = new_order_record(9);
    oms::Record back;
    ASSERT_EQ(decode(varint + fixed32 + encoded(record) + bytes, back), Fault::None);
    EXPECT_EQ(fields_of(back), fields_of(record));
}

TEST(Wire, EveryPrefixIsRefusedOrARecord) {
    const std::string whole = encoded(new_order_record(1));
    oms::Record back;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        // A copy of exact size, so that a sanitizer sees a read past the end.
        const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        [[maybe_unused]] const Fault fault = decode({cut.data(), cut.size()}, back);
    }
    EXPECT_EQ(decode("", back), Fault::Corrupt);
    EXPECT_EQ(decode(std::string_view(whole).substr(0, whole.size() - 1), back), Fault::Corrupt);
}

TEST(Wire, MutatedBytesAreReadWithinTheirBounds) {
    Random random(13);
    oms::Record back;
    for (std::size_t i = 0; i < 50'000; ++i) {
        const std::string whole = encoded(random_record(random, i, i, i));
        std::vector<char> bytes(whole.begin(), whole.end());
        for (std::size_t changes = 1 + random() % 8; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        if (decode({bytes.data(), bytes.size()}, back) != Fault::None) continue;
        // What was accepted is a record like any other.
        oms::Record again;
        ASSERT_EQ(decode(encoded(back), again), Fault::None);
        ASSERT_EQ(fields_of(again), fields_of(back));
    }
}

}  // namespace penstock::persistence
