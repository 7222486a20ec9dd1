#include "oms/engine/pipeline.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/oms/engine/trading_day.hpp"
#include "tests/oms/words.hpp"

namespace penstock::oms {
namespace {

/// Keeps records in memory; the test says how far the disk has come.
class PaperJournal final : public Journal {
  public:
    void append(const RecordView& record) override {
        inputs.push_back(record.input);
        outputs.emplace_back(record.outputs.begin(), record.outputs.end());
        numbers.emplace_back(record.numbers.begin(), record.numbers.end());
        raws.emplace_back(record.raw);
    }
    void flush() override { ++flushes; }
    Seq durable() const override { return disk; }
    Result<Record> read(Seq) override { return Fault::NotFound; }
    JournalRoom room() const override { return disk_room; }

    Seq disk;
    JournalRoom disk_room;
    int flushes = 0;
    std::vector<Input> inputs;
    std::vector<std::vector<Output>> outputs;
    std::vector<std::vector<WireNumber>> numbers;
    std::vector<std::string> raws;
};

/// Holds what is staged and writes down what has left, in order.
class NotedEgress final : public Egress {
  public:
    void stage(Seq seq, Timestamp time, std::span<const Output> outputs, Staged& out) override {
        staged_at = time;
        for (const Output& output : outputs) staged.emplace(seq, output);
        if (!outputs.empty()) out.numbers.push_back({0, {7}, static_cast<std::uint32_t>(seq.value)});
    }
    void release(Seq durable) override {
        for (auto at = staged.begin(); at != staged.end() && at->first <= durable; at = staged.erase(at))
            left.push_back(at->first);
        released_to.push_back(durable);
    }

    Timestamp staged_at;
    std::multimap<Seq, Output> staged;
    std::vector<Seq> left;
    std::vector<Seq> released_to;
};

class SetClock final : public Clock {
  public:
    Timestamp now() override { return time; }
    Timestamp time{1'000};
};

class PipelineTest : public testing::Test {
  protected:
    PipelineTest() {
        pipeline.add_egress(egress);
        for (const InputBody& body : opening()) last = pipeline.accept(body, {}, {});
        journal.disk = last;
        pipeline.end_turn();
        egress.left.clear();
        egress.released_to.clear();
    }

    Core core{Capacity{.orders = 20, .requests = 20, .fills = 20}};
    PaperJournal journal;
    SetClock clock;
    NotedEgress egress;
    Pipeline pipeline{core, journal, clock};
    Seq last;
};

TEST_F(PipelineTest, NothingLeavesBeforeItsRecordIsDurable) {
    const Seq seq = pipeline.accept(order_named("a1", "100"), {}, {});
    EXPECT_TRUE(egress.left.empty());
    EXPECT_TRUE(pipeline.end_turn());
    EXPECT_TRUE(egress.left.empty());
    EXPECT_TRUE(egress.released_to.empty());
    journal.disk = seq;
    EXPECT_FALSE(pipeline.end_turn());
    EXPECT_FALSE(egress.left.empty());
    EXPECT_EQ(egress.left.front(), seq);
}

TEST_F(PipelineTest, OnlyWhatIsDurableLeavesAndInOrder) {
    const Seq first = pipeline.accept(order_named("a1", "100"), {}, {});
    const Seq second = pipeline.accept(order_named("a2", "100"), {}, {});
    journal.disk = first;
    EXPECT_TRUE(pipeline.end_turn());
    for (const Seq seq : egress.left) EXPECT_EQ(seq, first);
    journal.disk = second;
    EXPECT_FALSE(pipeline.end_turn());
    EXPECT_EQ(egress.left.back(), second);
    EXPECT_TRUE(std::is_sorted(egress.left.begin(), egress.left.end()));
    EXPECT_TRUE(egress.staged.empty());
}

TEST_F(PipelineTest, ATurnWithoutNewsTouchesNothing) {
    const int flushes = journal.flushes;
    EXPECT_FALSE(pipeline.end_turn());
    EXPECT_EQ(journal.flushes, flushes);
    EXPECT_TRUE(egress.released_to.empty());
}

TEST_F(PipelineTest, OneBatchIsFlushedOnceATurn) {
    const int flushes = journal.flushes;
    pipeline.accept(order_named("a1", "100"), {}, {});
    pipeline.accept(order_named("a2", "100"), {}, {});
    pipeline.end_turn();
    EXPECT_EQ(journal.flushes, flushes + 1);
}

TEST_F(PipelineTest, ARecordHasInputOutputsNumbersAndTheRawMessage) {
    const Seq seq = pipeline.accept(order_named("a1", "100"), {{1}, 42}, "8=FIX.4.4");
    EXPECT_EQ(journal.inputs.back().seq, seq);
    EXPECT_EQ(journal.inputs.back().origin, (Origin{{1}, 42}));
    EXPECT_EQ(journal.outputs.back().size(), 2U);
    EXPECT_EQ(
        journal.numbers.back(), (std::vector<WireNumber>{{0, {7}, static_cast<std::uint32_t>(seq.value)}}));
    EXPECT_EQ(journal.raws.back(), "8=FIX.4.4");
}

// What is on record before an input may take numbers of the session that is about to tell its own.
TEST_F(PipelineTest, WhoCatchesUpSeesWhatIsOnRecordBefore) {
    clock.time = {9'000'000'000};
    pipeline.accept(TimePassed{}, {}, {});
    clock.time = {5'000'000'000};
    journal.disk_room.is_nearly_full = true;
    const Seq before = pipeline.last();
    pipeline.catch_up();
    const Seq caught_up = pipeline.last();
    EXPECT_EQ(caught_up.value, before.value + 2);
    EXPECT_TRUE(std::holds_alternative<ClockSetBack>(journal.inputs[journal.inputs.size() - 2].body));
    EXPECT_TRUE(std::holds_alternative<JournalSpace>(journal.inputs.back().body));
    // Not told again by the input itself, even if the clock has moved meanwhile.
    clock.time = {2'000'000'000};
    const Seq told = pipeline.accept_session(SessionAdvanced{{1}, 2, 3, false}, {}, {});
    EXPECT_EQ(told.value, caught_up.value + 1);
    EXPECT_EQ(pipeline.accept(TimePassed{}, {}, {}).value, told.value + 2);
}

TEST_F(PipelineTest, SeqsCountWithoutGaps) {
    const Seq next = pipeline.accept(TimePassed{}, {}, {});
    EXPECT_EQ(next.value, last.value + 1);
    EXPECT_EQ(pipeline.last(), next);
}

TEST_F(PipelineTest, TheJournalsTimeNeverGoesBack) {
    clock.time = {5'000};
    pipeline.accept(TimePassed{}, {}, {});
    clock.time = {4'000};
    pipeline.accept(TimePassed{}, {}, {});
    EXPECT_EQ(journal.inputs.back().time, Timestamp{5'000});
}

// A clock that leapt an hour ahead and was put right must not freeze the timeouts for that hour.
TEST_F(PipelineTest, TimeRunsAtHalfSpeedUntilASetBackClockHasCaughtUp) {
    const auto at = [&](std::int64_t seconds) {
        clock.time = Timestamp{} + Duration::seconds(seconds);
        pipeline.accept(TimePassed{}, {}, {});
        return journal.inputs.back().time - Timestamp{};
    };
    EXPECT_EQ(at(4'600), Duration::seconds(4'600));
    EXPECT_EQ(at(1'000), Duration::seconds(4'600));
    EXPECT_EQ(at(1'010), Duration::seconds(4'605));
    EXPECT_EQ(at(1'020), Duration::seconds(4'610));
    // 3,590 seconds ahead, halved each second: caught up, and exact from then on.
    EXPECT_EQ(at(8'200), Duration::seconds(8'200));
    EXPECT_EQ(at(8'201), Duration::seconds(8'201));
}

TEST_F(PipelineTest, AClockSetBackByMoreThanASecondIsToldOnce) {
    clock.time = Timestamp{} + Duration::seconds(100);
    pipeline.accept(TimePassed{}, {}, {});
    clock.time = Timestamp{} + Duration::seconds(10);
    const std::size_t before = journal.inputs.size();
    const Seq seq = pipeline.accept(TimePassed{}, {}, {});
    ASSERT_EQ(journal.inputs.size(), before + 2);
    const auto* told = std::get_if<ClockSetBack>(&journal.inputs[before].body);
    ASSERT_NE(told, nullptr);
    EXPECT_EQ(told->by, Duration::seconds(90));
    EXPECT_EQ(journal.inputs.back().seq, seq);
    pipeline.accept(TimePassed{}, {}, {});
    EXPECT_EQ(journal.inputs.size(), before + 3);
}

TEST_F(PipelineTest, MessagesLeaveWithTheClocksTimeAlsoWhileTheJournalIsAhead) {
    clock.time = Timestamp{} + Duration::seconds(4'600);
    pipeline.accept(TimePassed{}, {}, {});
    clock.time = Timestamp{} + Duration::seconds(1'000);
    pipeline.accept(order_named("a1", "100"), {}, {});
    EXPECT_EQ(egress.staged_at, clock.time);
}

TEST_F(PipelineTest, AJournalThatRunsFullIsToldBeforeTheNextInputAndOnce) {
    journal.disk_room = {true, 1, 2};
    const std::size_t before = journal.inputs.size();
    pipeline.accept(order_named("a1", "100"), {}, {});
    ASSERT_EQ(journal.inputs.size(), before + 2);
    ASSERT_TRUE(std::holds_alternative<JournalSpace>(journal.inputs[before].body));
    const auto* no = std::get_if<ExecutionReport>(&journal.outputs.back().front());
    ASSERT_NE(no, nullptr);
    EXPECT_EQ(no->denial.reason, Reason::JournalNearlyFull);

    pipeline.accept(order_named("a2", "100"), {}, {});
    EXPECT_EQ(journal.inputs.size(), before + 3);
    journal.disk_room = {false, 2, 2};
    pipeline.accept(order_named("a3", "100"), {}, {});
    EXPECT_EQ(journal.inputs.size(), before + 5);
    EXPECT_TRUE(std::holds_alternative<RoutingDecision>(journal.outputs.back().front()));
}

TEST_F(PipelineTest, ContinuesAfterARecoveredJournal) {
    pipeline.continue_after({100}, {9'000});
    EXPECT_FALSE(pipeline.end_turn());
    EXPECT_EQ(pipeline.accept(TimePassed{}, {}, {}), Seq{101});
    EXPECT_EQ(journal.inputs.back().time, Timestamp{9'000});
}

TEST_F(PipelineTest, AsksForTimeWhileAVenueOwesAnAnswer) {
    EXPECT_FALSE(pipeline.needs_time());
    pipeline.accept(order_named("a1", "100"), {}, {});
    EXPECT_TRUE(pipeline.needs_time());
    pipeline.accept(VenueAccepted{report_on(1, 0)}, {}, {});
    EXPECT_FALSE(pipeline.needs_time());
}

}  // namespace
}  // namespace penstock::oms
