#include "persistence/journal/wire.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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

// What a replay asks: the bytes are compared, and nothing but the same outputs in the same order will do.
TEST(RecordBytes, HoldWhatTheInputCausedAndNothingElse) {
    Random random(14);
    RecordBytes stored;
    std::string bytes;
    for (std::size_t i = 0; i < 50 * kAlternatives; ++i) {
        oms::Record record = random_record(random, i + 1, i, i);
        bytes = encoded(record);
        ASSERT_TRUE(stored.take(bytes));
        ASSERT_TRUE(stored.caused(record.outputs));
        ASSERT_EQ(stored.input().seq, record.input.seq);
        ASSERT_TRUE(std::ranges::equal(stored.numbers(), record.numbers));
        const auto outputs = record.outputs;
        record.outputs.push_back(oms::Alarm{});
        ASSERT_FALSE(stored.caused(record.outputs));
        record.outputs = outputs;
        oms::Record other;
        while (other.outputs.empty()) other = random_record(random, i + 1, i, i + 1);
        if (!outputs.empty()) {
            record.outputs[0] = other.outputs[0];
            ASSERT_FALSE(stored.caused(record.outputs));
            ASSERT_FALSE(stored.caused({}));
        }
        ASSERT_NE(stored.whole(), nullptr);
        record.outputs = outputs;
        ASSERT_EQ(fields_of(*stored.whole()), fields_of(record));
    }
}

// Another program may write the fields in another order, or add one that this one does not know.
TEST(RecordBytes, OutputsThatDoNotLieTogetherAreComparedAllTheSame) {
    const oms::Record record = new_order_record(7);
    oms::Record first = record;
    first.outputs.resize(1);
    oms::Record rest = record;
    rest.outputs.erase(rest.outputs.begin());
    rest.raw.clear();
    rest.numbers.clear();
    // The second message repeats seq, time and input; later fields stand for earlier ones.
    const std::string apart = encoded(first) + encoded(rest);
    RecordBytes stored;
    ASSERT_TRUE(stored.take(apart));
    EXPECT_TRUE(stored.caused(record.outputs));
    EXPECT_FALSE(stored.caused(first.outputs));
    ASSERT_TRUE(stored.take(encoded(first)));
    EXPECT_TRUE(stored.caused(first.outputs));
}

TEST(RecordBytes, AnOutputThatDoesNotDecodeIsNobodys) {
    const oms::Record record = new_order_record(7);
    const std::string bytes = encoded(record) + std::string("\x2A\x03\xFF\xFF\xFF", 5);
    RecordBytes stored;
    ASSERT_TRUE(stored.take(bytes));
    EXPECT_FALSE(stored.caused(record.outputs));
    EXPECT_EQ(stored.whole(), nullptr);
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
