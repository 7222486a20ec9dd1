#include "fix/recovered_numbers.hpp"

#include <gtest/gtest.h>

#include <string>

namespace penstock::fix::test {
namespace {

class Bytes final : public oms::ByteSink {
  public:
    void write(std::string_view bytes) override { text.append(bytes); }
    std::string text;
};

/// Two sessions; many messages, so that they take several pieces; numbers that were set back.
RecoveredNumbers learned() {
    RecoveredNumbers numbers;
    oms::Record record;
    for (std::uint32_t at = 1; at <= 5'000; ++at) {
        record.input.seq = {at * 3};
        record.input.time = {std::int64_t{at} * 1'000'000};
        record.input.origin = {SessionId{2}, at};
        record.numbers = {{0, SessionId{1}, at == 4'000 ? 7 : at}, {1, SessionId{2}, 2 * at}};
        numbers.learn(record.input, record.numbers);
    }
    return numbers;
}

TEST(RecoveredNumbers, LoadedAreThoseThatWereSaved) {
    const RecoveredNumbers numbers = learned();
    Bytes saved;
    numbers.save(saved);
    RecoveredNumbers again;
    ASSERT_TRUE(again.load(saved.text));
    EXPECT_TRUE(again == numbers);
    EXPECT_LT(saved.text.size(), std::size_t{10'000} * 4);
}

TEST(RecoveredNumbers, CutBytesAreNoneOfItsOwnAndLeaveNothing) {
    Bytes saved;
    learned().save(saved);
    for (std::size_t size = 0; size < saved.text.size(); size += size < 64 ? 1 : 97) {
        RecoveredNumbers again = learned();
        ASSERT_FALSE(again.load(std::string_view(saved.text).substr(0, size))) << size;
        ASSERT_TRUE(again == RecoveredNumbers()) << size;
    }
    RecoveredNumbers again;
    EXPECT_FALSE(again.load(saved.text + "x"));
}

/// Two messages under old numbers, and two between a reset and the record that tells of it.
TEST(RecoveredNumbers, WhatWasSentBetweenAResetAndItsRecordIsKnown) {
    RecoveredNumbers numbers;
    oms::Record record;
    const std::uint32_t sent[] = {4, 5, 2, 3};
    for (const std::uint32_t number : sent) {
        ++record.input.seq.value;
        record.numbers = {{0, SessionId{1}, number}};
        numbers.learn(record.input, record.numbers);
    }
    record.input.seq = {5};
    record.input.body = oms::SessionAdvanced{SessionId{1}, 2, 4, true, 0, 0};
    record.numbers.clear();
    numbers.learn(record.input, record.numbers);
    const std::vector<std::pair<std::uint32_t, Seq>> known{{2, Seq{3}}, {3, Seq{4}}};
    EXPECT_EQ(numbers.of(SessionId{1}).sent, known);
    EXPECT_EQ(numbers.of(SessionId{1}).next_in, 2U);
    EXPECT_EQ(numbers.of(SessionId{1}).next_out, 4U);
    record.input.seq = {6};
    numbers.learn(record.input, record.numbers);
    EXPECT_TRUE(numbers.of(SessionId{1}).sent.empty()) << "nothing was sent since that reset";
}

}  // namespace
}  // namespace penstock::fix::test
